// SPDX-License-Identifier: Apache-2.0
package dev.marshal.tool;

import dev.marshal.problem.ProblemException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Finds the host's programs and asks each for its version, once a build. Thread-safe. */
public final class Toolbox {

    /** Prefixes under which distributions install the cross compiler, most common first. */
    public static final List<String> CROSS_PREFIXES = List.of("riscv64-linux-gnu-", "riscv64-unknown-linux-gnu-", "riscv64-buildroot-linux-gnu-");

    private final List<Path> searchPath;
    private final ToolVersions versions;
    private final Map<String, Optional<Tool>> found = new ConcurrentHashMap<>();

    /**
     * @param path     folders to search, in the form of the environment's {@code PATH}; the system's folders for administrators are searched after it, since e2fsprogs lives there
     * @param versions what programs printed of themselves before
     */
    public Toolbox(String path, ToolVersions versions) {
        Set<Path> folders = new LinkedHashSet<>();
        Stream.concat(Stream.of(path.split(File.pathSeparator)), Stream.of("/usr/local/sbin", "/usr/sbin", "/sbin"))
                .filter(folder -> !folder.isBlank())
                .forEach(folder -> folders.add(Path.of(folder)));
        this.searchPath = List.copyOf(folders);
        this.versions = versions;
    }

    /** The folders that are searched, as a value for the environment's {@code PATH}. */
    public String searchPath() {
        return String.join(File.pathSeparator, searchPath.stream().map(Path::toString).toList());
    }

    /**
     * The program, new enough.
     *
     * @throws ProblemException if it is missing or too old: names the package to install
     */
    public Tool require(Requirement requirement) {
        Tool tool = find(requirement).orElseThrow(() -> new ProblemException(
                "'" + requirement.program() + "' was not found on the PATH; it is needed to " + requirement.purpose(), null, requirement.remedy()));
        if (requirement.minimum() != null) {
            Version version = Version.find(tool.version()).orElseThrow(() -> new ProblemException(
                    tool.path() + " does not tell its version (it printed '" + tool.version() + "')", null,
                    "Check that it works; version " + requirement.minimum() + " or newer is needed to " + requirement.purpose()));
            if (version.compareTo(requirement.minimum()) < 0) {
                throw new ProblemException(tool.path() + " is version " + version + "; " + requirement.minimum() + " or newer is needed to " + requirement.purpose(),
                        null, requirement.remedy());
            }
        }
        return tool;
    }

    /** The program in whatever version; empty if there is none. */
    public Optional<Tool> find(Requirement requirement) {
        return found.computeIfAbsent(requirement.program(), program -> locate(program).map(path -> new Tool(path, version(path, requirement))));
    }

    /**
     * The prefix of the cross compiler that is installed, such as {@code riscv64-linux-gnu-}.
     *
     * @param asked a prefix that the user set; null to take the first of {@link #CROSS_PREFIXES} whose gcc is found
     * @throws ProblemException if no such compiler is found
     */
    public String crossPrefix(String asked) {
        String prefix = installedCrossPrefix(asked).orElse(asked == null ? CROSS_PREFIXES.get(0) : asked);
        require(HostTools.CROSS_GCC.named(prefix + "gcc"));
        return prefix;
    }

    /** The prefix of the cross compiler that is installed, new enough or not; empty if none is. @param asked as for {@link #crossPrefix} */
    public Optional<String> installedCrossPrefix(String asked) {
        List<String> prefixes = asked == null ? CROSS_PREFIXES : List.of(asked);
        return prefixes.stream().filter(prefix -> locate(prefix + "gcc").isPresent()).findFirst();
    }

    /** Where a program is, without asking it for its version; empty if it is not installed. @param program its name, or a path */
    public Optional<Path> locate(String program) {
        if (program.contains("/")) {
            Path path = Path.of(program).toAbsolutePath();
            return Files.isExecutable(path) ? Optional.of(path) : Optional.empty();
        }
        return searchPath.stream().map(folder -> folder.resolve(program)).filter(path -> Files.isRegularFile(path) && Files.isExecutable(path)).findFirst();
    }

    private String version(Path path, Requirement requirement) {
        if (requirement.versionArgs().isEmpty()) {
            return "";
        }
        return versions.of(path, () -> {
            try {
                List<String> lines = new ArrayList<>();
                new Command("ask " + path + " for its version", path.toString()).args(requirement.versionArgs()).limit(Duration.ofSeconds(30)).onLine(lines::add).run();
                return lines.stream().filter(line -> !line.isBlank()).findFirst().orElse("");
            } catch (IOException e) {
                return "";
            }
        });
    }
}
