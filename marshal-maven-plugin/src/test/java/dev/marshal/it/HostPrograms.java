// SPDX-License-Identifier: Apache-2.0
package dev.marshal.it;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The programs of the host that tests need beside those of an ordinary build. */
public final class HostPrograms {

    private HostPrograms() {}

    /** A program of the environment's {@code PATH}. */
    public static Optional<Path> find(String name) {
        return path().stream().map(folder -> folder.resolve(name)).filter(Files::isExecutable).findFirst();
    }

    /**
     * Links to every program of the {@code PATH} but some: a host that lacks these.
     *
     * @param folder to be made
     * @param absent names of programs
     */
    public static Path allBut(Path folder, String... absent) throws IOException {
        Files.createDirectories(folder);
        Set<String> left = Set.of(absent);
        for (Path each : path()) {
            try (Stream<Path> programs = Files.list(each)) {
                for (Path program : programs.filter(file -> !left.contains(file.getFileName().toString())).toList()) {
                    Path link = folder.resolve(program.getFileName().toString());
                    if (!Files.exists(link, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
                        Files.createSymbolicLink(link, program);
                    }
                }
            }
        }
        return folder;
    }

    /** An installed JDK of that version. @param version such as 25 */
    public static Optional<Path> jdk(int version) throws IOException {
        Path folder = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> homes = Files.list(folder)) {
            return homes.filter(home -> isJdk(home, version)).sorted().findFirst();
        }
    }

    /** Whether a program ends well. @param command with its arguments; what it prints is dropped @param seconds that it may take */
    public static boolean works(int seconds, String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectInput(new File("/dev/null")).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("GIT_TERMINAL_PROMPT", "0");
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return false; // there is no such program
        }
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return false;
        }
        return process.exitValue() == 0;
    }

    private static boolean isJdk(Path home, int version) {
        try {
            return Files.isExecutable(home.resolve("bin/javac")) && Files.readString(home.resolve("release")).contains("JAVA_VERSION=\"" + version);
        } catch (IOException e) {
            return false; // something else lies there
        }
    }

    private static List<Path> path() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator)).filter(folder -> !folder.isBlank()).map(Path::of).filter(Files::isDirectory).toList();
    }
}
