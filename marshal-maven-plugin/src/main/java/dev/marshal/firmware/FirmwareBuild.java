// SPDX-License-Identifier: Apache-2.0
package dev.marshal.firmware;

import dev.marshal.compiler.CompilerFront;
import dev.marshal.problem.ProblemException;
import dev.marshal.source.SourceTree;
import dev.marshal.tool.Command;
import dev.marshal.tool.HostTools;
import dev.marshal.tool.Log;
import dev.marshal.tool.Stragglers;
import dev.marshal.tool.Tool;
import dev.marshal.tool.Toolbox;
import dev.marshal.uptodate.CacheLock;
import dev.marshal.uptodate.LastUse;
import dev.marshal.uptodate.Sha256;
import dev.marshal.uptodate.WholeOutput;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The build folder of a firmware: kept, so that its objects are compiled once and only linked again for another kernel. */
final class FirmwareBuild {

    private static final Duration LIMIT = Duration.ofMinutes(30);

    private final String name;
    private final SourceTree source;
    private final Toolbox tools;
    private final String crossPrefix;
    private final Path cache;
    private final Log log;
    private final Path folder;

    /**
     * @param name      name of the firmware
     * @param source    its source
     * @param arguments what else decides what its objects are
     */
    FirmwareBuild(String name, SourceTree source, List<String> arguments, Toolbox tools, String crossPrefix, Path cache, Log log) {
        this.name = name;
        this.source = source;
        this.tools = tools;
        this.crossPrefix = crossPrefix;
        this.cache = cache;
        this.log = log;
        Tool compiler = tools.require(HostTools.CROSS_GCC.named(crossPrefix + "gcc"));
        // the folder too: beside its objects, make keeps the full paths of what they were compiled from
        String key = Sha256.of(String.join("\n", name, source.identity(), source.folder().toAbsolutePath().toString(), String.join("\n", arguments), compiler.version(), compiler.path().toString()));
        this.folder = cache.resolve("firmware").resolve(name + "-" + key.substring(0, 32));
    }

    /** Where objects are. */
    Path folder() {
        return folder;
    }

    /** Where the source is. */
    Path source() {
        return source.folder();
    }

    /** Whether nobody edits the source: another one is in another folder. */
    boolean sourceIsConstant() {
        return source.shared();
    }

    /** Options of the compiler that keep this machine's folders out of objects. */
    String prefixMaps() {
        return "-ffile-prefix-map=" + source.folder() + "=" + name + " -ffile-prefix-map=" + folder + "=build";
    }

    /** A command in the build folder, with nothing of the user's environment. */
    Command command(String what, String program) {
        return new Command(what, program).cleanEnvironment().env("PATH", new CompilerFront(tools, cache, log).path(crossPrefix, tools.searchPath())).env("SOURCE_DATE_EPOCH", "0").in(folder).limit(LIMIT);
    }

    /**
     * Links while nobody else uses the folder.
     *
     * @param linker compiles what is not compiled yet, and links
     * @param elf    where the result goes
     * @param extras files of the folder, by pattern, that belong to one kernel only: as large as it, and never to be taken for another's
     */
    void link(Linker linker, Path elf, List<String> extras) throws IOException {
        try (CacheLock lock = CacheLock.hold(cache.resolve("locks").resolve("firmware-" + folder.getFileName()), () -> log.info("waiting for another build that links " + name))) {
            refuseSpaces(source.folder());
            refuseSpaces(folder);
            if (LastUse.claim(cache, folder)) {
                Stragglers.await(folder);
            }
            Path compiled = folder.resolve("compiled");
            if (!Files.exists(compiled)) {
                // a compiler that was killed may have left half an object, which make takes for a whole one
                WholeOutput.delete(folder);
                Files.createDirectories(folder);
            }
            delete(extras);
            Path linked = linker.link();
            // what debuggers want of the firmware would bring this machine's folders in; Linux has its own symbols
            WholeOutput.file(elf, temporary -> command("strip " + linked, crossPrefix + "strip").args("--strip-debug", "-o", temporary.toAbsolutePath(), linked).check());
            if (!Files.exists(compiled)) {
                WholeOutput.file(compiled, temporary -> Files.writeString(temporary, source.origin() + "\n"));
            }
            delete(extras);
        }
    }

    private void refuseSpaces(Path path) {
        if (path.toString().chars().anyMatch(Character::isWhitespace)) {
            throw new ProblemException("the path holds a space, which the makefiles of " + name + " cannot cope with", path, "Move it, or choose another cache with -Dmarshal.cache=FOLDER");
        }
    }

    private void delete(List<String> patterns) throws IOException {
        for (String pattern : patterns) {
            Path at = folder.resolve(pattern).getParent();
            if (Files.isDirectory(at)) {
                try (DirectoryStream<Path> files = Files.newDirectoryStream(at, folder.resolve(pattern).getFileName().toString())) {
                    for (Path file : files) {
                        Files.delete(file);
                    }
                }
            }
        }
    }

    /** Makes the ELF file. */
    @FunctionalInterface
    interface Linker {
        /** @return where it is */
        Path link() throws IOException;
    }
}
