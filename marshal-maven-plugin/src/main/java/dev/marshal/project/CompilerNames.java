// SPDX-License-Identifier: Apache-2.0
package dev.marshal.project;

import dev.marshal.tool.Toolbox;
import dev.marshal.uptodate.CacheLock;
import dev.marshal.uptodate.LastUse;
import dev.marshal.uptodate.Sha256;
import dev.marshal.uptodate.WholeOutput;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Gives the cross compiler's programs the names by which scripts and makefiles of users call them, where the host has it under another: a folder of
 * links, to be searched last, so that what is really installed comes first.
 */
final class CompilerNames {

    /** The compiler for programs without an operating system. */
    private static final String BARE = "riscv64-unknown-elf-";
    private static final List<String> PREFIXES = List.of("riscv64-unknown-linux-gnu-", "riscv64-linux-gnu-", BARE);
    private static final String COMPILER = "(gcc|g\\+\\+|c\\+\\+)(-[0-9.]+)?";
    /** What a compiler for Linux does of itself, and one for the bare machine does not: addresses from a table that nobody fills, and a note before the first instruction. */
    private static final String BARE_COMPILER = """
            #!/bin/sh
            exec '%s' -fno-pie -no-pie -Wl,--build-id=none "$@"
            """;

    private final Toolbox tools;
    private final Cache cache;

    /** @param tools the host's programs @param cache keeps the folder of links */
    CompilerNames(Toolbox tools, Cache cache) {
        this.tools = tools;
        this.cache = cache;
    }

    /**
     * A value for the environment's {@code PATH}.
     *
     * @param asked prefix of the cross compiler that the user set; null to take the one that is installed
     */
    String path(String asked) throws IOException {
        Optional<String> prefix = tools.installedCrossPrefix(asked);
        if (prefix.isEmpty()) {
            return tools.searchPath();
        }
        SortedMap<String, Path> names = names(prefix.get());
        return names.isEmpty() ? tools.searchPath() : tools.searchPath() + File.pathSeparator + folder(names);
    }

    /** Further names of the installed programs. */
    private SortedMap<String, Path> names(String prefix) throws IOException {
        String stem = prefix.substring(prefix.lastIndexOf('/') + 1);
        List<String> wanted = PREFIXES.stream().filter(other -> tools.locate(other + "gcc").isEmpty()).toList();
        SortedMap<String, Path> names = new TreeMap<>();
        if (wanted.isEmpty()) {
            return names;
        }
        Path bin = tools.locate(prefix + "gcc").orElseThrow().getParent();
        try (DirectoryStream<Path> programs = Files.newDirectoryStream(bin, file -> file.getFileName().toString().startsWith(stem) && Files.isExecutable(file))) {
            for (Path program : programs) {
                String name = program.getFileName().toString().substring(stem.length());
                wanted.forEach(other -> names.put(other + name, program));
            }
        }
        return names;
    }

    private Path folder(SortedMap<String, Path> names) throws IOException {
        String key = Sha256.of(BARE_COMPILER + names).substring(0, 16);
        Path folder = cache.compilers().resolve(key);
        if (!LastUse.claim(cache.folder(), folder)) {
            try (CacheLock lock = CacheLock.hold(cache.lock("compilers-" + key), () -> {})) {
                if (!LastUse.claim(cache.folder(), folder)) {
                    WholeOutput.folder(folder, temporary -> fill(temporary, names));
                }
            }
        }
        return folder;
    }

    private static void fill(Path folder, Map<String, Path> names) throws IOException {
        for (Map.Entry<String, Path> name : names.entrySet()) {
            Path file = folder.resolve(name.getKey());
            if (name.getKey().matches(java.util.regex.Pattern.quote(BARE) + COMPILER)) {
                Files.writeString(file, BARE_COMPILER.formatted(name.getValue().toString().replace("'", "'\\''")));
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
            } else {
                Files.createSymbolicLink(file, name.getValue());
            }
        }
    }
}
