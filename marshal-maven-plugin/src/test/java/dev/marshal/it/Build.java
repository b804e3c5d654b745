// SPDX-License-Identifier: Apache-2.0
package dev.marshal.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.maven.shared.invoker.DefaultInvocationRequest;
import org.apache.maven.shared.invoker.DefaultInvoker;
import org.apache.maven.shared.invoker.InvocationRequest;
import org.apache.maven.shared.invoker.InvocationResult;
import org.apache.maven.shared.invoker.MavenInvocationException;

/** A Maven project of an integration test: its files can be edited, and it is built by a Maven of its own, as often as wanted. */
public final class Build {

    private static final Duration LIMIT = Duration.ofMinutes(40);
    private static final String SPECIFICATION = "src/main/workload/workload.yaml";

    private final Path folder;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private Path mavenHome = Path.of(System.getProperty("invoker.mavenHome", System.getProperty("maven.home")));
    private Path javaHome = Path.of(System.getProperty("java.home"));
    private Path launcher;
    private Path home;

    /** @param folder with the project's POM */
    public Build(File folder) {
        this.folder = folder.toPath();
    }

    /** Builds with another Maven from now on. @param home its folder */
    public Build maven(Path home) {
        mavenHome = home;
        return this;
    }

    /** Builds with another JDK from now on. @param home its folder */
    public Build java(Path home) {
        javaHome = home;
        return this;
    }

    /** Builds as somebody else from now on. @param newHome that person's home, with the local repository and, if there is one, {@code .m2/settings.xml} */
    public Build home(Path newHome) {
        home = newHome;
        return this;
    }

    /** Builds with this variable in its environment from now on. */
    public Build environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Starts Maven by this program from now on. @param program gets the path of Maven's own script as {@code REAL_MVN}; null for none */
    public Build launcher(Path program) {
        launcher = program;
        if (program != null) {
            // copies of a test's folder lose the bit
            program.toFile().setExecutable(true);
        }
        return this;
    }

    /** Builds; the test fails if the build does. @param arguments goals, phases and options */
    public BuildLog succeeds(String... arguments) throws IOException {
        BuildLog log = run(arguments);
        assertThat(log.exit()).as("exit status of 'mvn %s' in %s; log: %s%n%s", String.join(" ", arguments), folder, log.file(), log.tail()).isZero();
        return log;
    }

    /** Builds; the test fails if the build does not. @param arguments goals, phases and options */
    public BuildLog fails(String... arguments) throws IOException {
        BuildLog log = run(arguments);
        assertThat(log.exit()).as("exit status of 'mvn %s' in %s, which should fail; log: %s", String.join(" ", arguments), folder, log.file()).isNotZero();
        return log;
    }

    /** A file of the project. @param path relative to its folder */
    public Path file(String path) {
        return folder.resolve(path);
    }

    /** Writes a file of the project. */
    public void write(String path, String text) throws IOException {
        Files.createDirectories(file(path).getParent());
        Files.writeString(file(path), text);
    }

    /** Replaces a text that occurs once in a file of the project. */
    public void edit(String path, String from, String to) throws IOException {
        String text = Files.readString(file(path));
        assertThat(text.split(java.util.regex.Pattern.quote(from), -1)).as("'%s' in %s", from, file(path)).hasSize(2);
        Files.writeString(file(path), text.replace(from, to));
    }

    /** Replaces a text that occurs once in the specification. */
    public void edit(String from, String to) throws IOException {
        edit(SPECIFICATION, from, to);
    }

    /** Writes the specification. */
    public void specification(String text) throws IOException {
        write(SPECIFICATION, text);
    }

    private BuildLog run(String... arguments) throws IOException {
        Path file = nextLog();
        InvocationRequest request = new DefaultInvocationRequest();
        request.setBaseDirectory(folder.toFile());
        request.setBatchMode(true);
        request.setNoTransferProgress(true);
        // the invoker itself would prefer the Maven that runs the tests
        request.setMavenHome(mavenHome.toFile());
        request.setJavaHome(javaHome.toFile());
        request.setTimeoutInSeconds((int) LIMIT.toSeconds());
        environment.forEach(request::addShellEnvironment);
        if (launcher != null) {
            request.setMavenExecutable(launcher.toFile());
            request.addShellEnvironment("REAL_MVN", mavenHome.resolve("bin/mvn").toString());
        }
        if (home != null) {
            request.addShellEnvironment("HOME", home.toString());
            request.setMavenOpts("-Duser.home=" + home);
            request.setLocalRepositoryDirectory(home.resolve(".m2/repository").toFile());
        } else if (System.getProperty("maven.repo.local") != null) {
            request.setLocalRepositoryDirectory(new File(System.getProperty("maven.repo.local")));
        }
        request.addArgs(List.of(arguments));
        // two threads write to it: one for each of the outputs
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        request.setOutputHandler(lines::add);
        request.setErrorHandler(lines::add);
        long begun = System.nanoTime();
        try {
            InvocationResult result = new DefaultInvoker().execute(request);
            int exit = result.getExitCode();
            Files.write(file, lines);
            if (exit == Integer.MIN_VALUE) {
                throw new IOException("'mvn " + String.join(" ", arguments) + "' did not end by itself; log: " + file, result.getExecutionException());
            }
            return new BuildLog(exit, List.copyOf(lines), file, Duration.ofNanos(System.nanoTime() - begun));
        } catch (MavenInvocationException e) {
            throw new IOException(e);
        }
    }

    private Path nextLog() {
        int number = 1;
        while (Files.exists(file("build-" + number + ".log"))) {
            number++;
        }
        return file("build-" + number + ".log");
    }
}
