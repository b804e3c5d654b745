// SPDX-License-Identifier: Apache-2.0
package dev.marshal.kernel;

import dev.marshal.project.Cache;
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
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the cross compiler answered when the kernel's makefiles and its Kconfig asked what it can do, which they do anew at each of their starts: some
 * 45 such questions for a configuration, 25 for anything else, a quarter to a third of the time of a start. A program that is searched before the compiler answers them
 * from the cache; everything else it leaves to the compiler (compiler-answers.c says what is a question). Another compiler, or the same made anew, is
 * asked anew: the folder of answers is named after it.
 */
final class CompilerAnswers {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String SOURCE = "compiler-answers.c";
    /** What the compiler calls to compile nothing. */
    private static final List<String> OWN_PROGRAMS = List.of("cc1", "as");
    /** Where compilers have said that those are, by the compiler's state. */
    private static final Map<String, List<Path>> PROGRAMS = new ConcurrentHashMap<>();

    private final Toolbox tools;
    private final Cache cache;
    private final Log log;

    /** @param tools the host's programs @param cache keeps the answers @param log told if they cannot be kept */
    CompilerAnswers(Toolbox tools, Cache cache, Log log) {
        this.tools = tools;
        this.cache = cache;
        this.log = log;
    }

    /**
     * A value for the environment's {@code PATH}, by which the program is found before the compiler. Where it cannot be made, or the compiler is named
     * by its path, nothing is kept, and the compiler is asked each time.
     *
     * @param prefix what stands before the cross compiler's programs
     * @param path   folders that are searched
     */
    String path(String prefix, String path) {
        if (prefix.contains("/")) {
            return path;
        }
        Tool compiler = tools.require(HostTools.CROSS_GCC.named(prefix + "gcc"));
        try {
            return folder(prefix, compiler) + File.pathSeparator + path;
        } catch (IOException | RuntimeException e) {
            log.debug("answers of " + compiler.path() + " are not kept: " + e);
            return path;
        }
    }

    private Path folder(String prefix, Tool compiler) throws IOException {
        String source = source();
        // the program knows where answers are, so a copy of the cache has one of its own
        String key = Sha256.of(String.join("\n", source, cache.compilers().toString(), prefix, compiler.version(), state(compiler.path()))).substring(0, 16);
        Path folder = cache.compilers().resolve(key);
        if (!LastUse.claim(cache.folder(), folder)) {
            try (CacheLock lock = CacheLock.hold(cache.lock("compilers-" + key), () -> {})) {
                if (!LastUse.claim(cache.folder(), folder)) {
                    WholeOutput.folder(folder, temporary -> {
                        Files.createDirectory(temporary.resolve("answers"));
                        Path code = Files.writeString(temporary.resolve(SOURCE), source);
                        new Command("compile the program that keeps the compiler's answers", tools.require(HostTools.HOST_GCC).path().toString())
                                .args("-O2", "-DCOMPILER=" + literal(compiler.path()), "-DANSWERS=" + literal(folder.resolve("answers")), "-o", temporary.resolve(prefix + "gcc"), code)
                                .cleanEnvironment().env("PATH", tools.searchPath()).limit(LIMIT).check();
                    });
                }
            }
        }
        return folder;
    }

    /** What changes when the compiler, or a program that it calls, is replaced. */
    private String state(Path compiler) throws IOException {
        String own = identity(compiler);
        List<Path> programs = PROGRAMS.get(own);
        if (programs == null) {
            programs = new ArrayList<>();
            for (String program : OWN_PROGRAMS) {
                programs.add(programOf(compiler, program));
            }
            PROGRAMS.put(own, programs);
        }
        StringBuilder state = new StringBuilder(own);
        for (Path program : programs) {
            state.append('\n').append(identity(program));
        }
        return state.toString();
    }

    private Path programOf(Path compiler, String program) throws IOException {
        String path = new Command("ask " + compiler + " for its " + program, compiler.toString()).args("-print-prog-name=" + program).cleanEnvironment()
                .env("PATH", tools.searchPath()).limit(LIMIT).output().strip();
        return tools.locate(path).orElseThrow(() -> new IOException(compiler + " does not tell where its " + program + " is"));
    }

    private static String identity(Path program) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(program, BasicFileAttributes.class);
        return program + " " + attributes.size() + " " + attributes.lastModifiedTime();
    }

    private static String literal(Path path) {
        return '"' + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String source() throws IOException {
        try (InputStream in = CompilerAnswers.class.getResourceAsStream("/dev/marshal/kernel/" + SOURCE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
