// SPDX-License-Identifier: Apache-2.0
package dev.marshal.compiler;

import dev.marshal.tool.Command;
import dev.marshal.tool.HostTools;
import dev.marshal.tool.Log;
import dev.marshal.tool.Tool;
import dev.marshal.tool.Toolbox;
import dev.marshal.uptodate.CacheLock;
import dev.marshal.uptodate.LastUse;
import dev.marshal.uptodate.Sha256;
import dev.marshal.uptodate.WholeOutput;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Programs that stand before those of the cross compiler, so that makefiles which call them get the same bytes sooner; found by {@code PATH}, so that command
 * lines stay the same. They are compiled by the host's compiler, once for each cross compiler.
 *
 * <p>Before {@code gcc}: what it answered when makefiles and Kconfig asked what it can do, which they do anew at each of their starts (some 45 such questions
 * for a configuration of Linux, 25 for anything else, a quarter to a third of the time of a start), is answered from the cache; compiler-answers.c says what
 * is a question. Another compiler, or the same made anew, is asked anew: the folder of answers is named after it. Whatever else it is called for, the
 * compiler does, with its memory in large pages where it can have them (large-pages.c).
 *
 * <p>Before {@code nm} and {@code ar}: nothing but another place, where they find no plugins to load (without-plugins.c). The kernel's makefiles call
 * {@code nm} once for each object.
 */
public final class CompilerFront {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String ANSWERS = "compiler-answers.c";
    private static final String LARGE_PAGES = "large-pages.c";
    private static final String WITHOUT_PLUGINS = "without-plugins.c";
    /** Folders of what stands before the compiler, and before the rest. */
    private static final String COMPILER = "compiler";
    private static final String BINUTILS = "binutils";
    /** The library made of {@link #LARGE_PAGES}. */
    private static final String LIBRARY = "large-pages.so";
    /** What the compiler calls to answer. */
    private static final List<String> OWN_PROGRAMS = List.of("cc1", "as", "ld");
    /** What stands for the C library and its headers. */
    private static final List<String> LIBRARY_FILES = List.of("crt1.o", "libc.a", "libc.so");
    private static final List<String> READERS_OF_OBJECTS = List.of("nm", "ar");
    /** Where compilers have said that those are, by the compiler's state. */
    private static final Map<String, List<Path>> OWN = new ConcurrentHashMap<>();

    private final Toolbox tools;
    private final Path cache;
    private final Log log;

    /** @param tools the host's programs @param cache folder of the cache, which keeps the programs and the answers @param log told if they cannot be kept */
    public CompilerFront(Toolbox tools, Path cache, Log log) {
        this.tools = tools;
        this.cache = cache;
        this.log = log;
    }

    /**
     * A value for the environment's {@code PATH}, by which the programs are found before the compiler's. Where they cannot be made, or the compiler is named
     * by its path, nothing stands before it.
     *
     * @param prefix what stands before the names of the cross compiler's programs
     * @param path   folders that are searched
     */
    public String path(String prefix, String path) {
        return path(prefix, path, List.of(COMPILER, BINUTILS));
    }

    /** The same without what stands before {@code gcc}: for ccache, which looks at the compiler that it finds, and has to find the real one. */
    public String pathWithRealCompiler(String prefix, String path) {
        return path(prefix, path, List.of(BINUTILS));
    }

    private String path(String prefix, String path, List<String> fronts) {
        if (prefix.contains("/")) {
            return path;
        }
        Tool compiler = tools.require(HostTools.CROSS_GCC.named(prefix + "gcc"));
        try {
            Path folder = folder(prefix, compiler);
            return Stream.concat(fronts.stream().map(front -> folder.resolve(front).toString()), Stream.of(path)).collect(Collectors.joining(File.pathSeparator));
        } catch (IOException | RuntimeException e) {
            log.debug("nothing stands before " + compiler.path() + ": " + e);
            return path;
        }
    }

    private Path folder(String prefix, Tool compiler) throws IOException {
        SortedMap<String, Path> readers = new TreeMap<>();
        READERS_OF_OBJECTS.forEach(name -> tools.locate(prefix + name).ifPresent(program -> readers.put(prefix + name, program)));
        // the programs know where answers and the compiler are, so a copy of the cache has some of its own
        String key = Sha256.of(String.join("\n", source(ANSWERS), source(LARGE_PAGES), source(WITHOUT_PLUGINS), cache.toString(), prefix, compiler.version(), state(compiler.path()), readers.toString()))
                .substring(0, 16);
        Path folder = cache.resolve("compilers").resolve(key);
        if (!LastUse.claim(cache, folder)) {
            try (CacheLock lock = CacheLock.hold(cache.resolve("locks").resolve("compilers-" + key), () -> {})) {
                if (!LastUse.claim(cache, folder)) {
                    WholeOutput.folder(folder, temporary -> {
                        for (String name : List.of("answers", COMPILER, BINUTILS)) {
                            Files.createDirectory(temporary.resolve(name));
                        }
                        List<String> words = new ArrayList<>(List.of("-DCOMPILER=" + literal(compiler.path()), "-DANSWERS=" + literal(folder.resolve("answers"))));
                        if (takesLargePages(compiler, temporary)) {
                            words.add("-DLARGE_PAGES=" + literal(folder.resolve(LIBRARY)));
                        }
                        compile(ANSWERS, temporary, temporary.resolve(COMPILER).resolve(prefix + "gcc"), words);
                        for (Map.Entry<String, Path> reader : readers.entrySet()) {
                            compile(WITHOUT_PLUGINS, temporary, temporary.resolve(BINUTILS).resolve(reader.getKey()), List.of("-DPROGRAM=" + literal(reader.getValue())));
                        }
                    });
                }
            }
        }
        return folder;
    }

    private void compile(String name, Path folder, Path program, List<String> words) throws IOException {
        Path code = Files.writeString(folder.resolve(name), source(name));
        new Command("compile what stands before the cross compiler", tools.require(HostTools.HOST_GCC).path().toString())
                .args("-O2").args(words).args("-o", program, code).cleanEnvironment().env("PATH", tools.searchPath()).limit(LIMIT).check();
    }

    /** Makes the library. @return whether the compiler loads it, and says nothing: one that is linked statically, or for another word size, does not */
    private boolean takesLargePages(Tool compiler, Path folder) {
        Path library = folder.resolve(LIBRARY);
        // the loader takes more of a list than it is given
        if (folder.toString().chars().anyMatch(each -> each == ' ' || each == ':' || each == ';' || each == '$')) {
            return false;
        }
        try {
            compile(LARGE_PAGES, folder, library, List.of("-shared", "-fPIC"));
            List<String> said = new ArrayList<>();
            for (Path program : Stream.concat(Stream.of(compiler.path()), ownFiles(compiler.path()).stream().limit(OWN_PROGRAMS.size())).toList()) {
                new Command("ask " + program + " for its version", program.toString()).args("--version").cleanEnvironment().env("PATH", tools.searchPath())
                        .env("LD_PRELOAD", library.toString()).limit(LIMIT).onLine(said::add).check();
            }
            return said.stream().noneMatch(line -> line.contains(LIBRARY));
        } catch (IOException | RuntimeException e) {
            log.debug(compiler.path() + " has its memory in small pages: " + e);
            return false;
        }
    }

    /** What changes when the compiler, a program that it calls, or the C library that it links with is replaced. */
    private String state(Path compiler) throws IOException {
        StringBuilder state = new StringBuilder(identity(compiler));
        for (Path file : ownFiles(compiler)) {
            state.append('\n').append(identity(file));
        }
        return state.toString();
    }

    private List<Path> ownFiles(Path compiler) throws IOException {
        String own = identity(compiler);
        List<Path> files = OWN.get(own);
        if (files == null) {
            files = new ArrayList<>();
            for (String program : OWN_PROGRAMS) {
                files.add(tools.locate(ask(compiler, "-print-prog-name=" + program)).orElseThrow(() -> new IOException(compiler + " does not tell where its " + program + " is")));
            }
            for (String name : LIBRARY_FILES) {
                Path file = Path.of(ask(compiler, "-print-file-name=" + name));
                // what it does not have, it tells the bare name of
                if (Files.exists(file) && file.isAbsolute()) {
                    files.add(file);
                }
            }
            OWN.put(own, files);
        }
        return files;
    }

    private String ask(Path compiler, String question) throws IOException {
        return new Command("ask " + compiler + ": " + question, compiler.toString()).args(question).cleanEnvironment().env("PATH", tools.searchPath()).limit(LIMIT).output().strip();
    }

    private static String identity(Path program) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(program, BasicFileAttributes.class);
        return program + " " + attributes.size() + " " + attributes.lastModifiedTime();
    }

    private static String literal(Path path) {
        return '"' + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String source(String name) throws IOException {
        try (InputStream in = CompilerFront.class.getResourceAsStream("/dev/marshal/compiler/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
