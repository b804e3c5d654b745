// SPDX-License-Identifier: Apache-2.0
package dev.marshal.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.marshal.tool.Command;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A Maven that runs while the test goes on, and that can be killed. */
public final class BackgroundBuild {

    private static final Duration LIMIT = Duration.ofMinutes(20);

    private final Path file;
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final long begun = System.nanoTime();
    private final Command.Running running;
    private final Thread waiting;
    private volatile int exit = Integer.MIN_VALUE;

    private BackgroundBuild(File folder, String name, String... arguments) throws IOException {
        file = folder.toPath().resolve(name + ".log");
        Path maven = Path.of(System.getProperty("invoker.mavenHome", System.getProperty("maven.home")), "bin/mvn");
        Command command = new Command("run Maven in " + folder, maven.toString()).args("-B", "-ntp").env("JAVA_HOME", System.getProperty("java.home"));
        if (System.getProperty("maven.repo.local") != null) {
            command.args("-Dmaven.repo.local=" + System.getProperty("maven.repo.local"));
        }
        running = command.args((Object[]) arguments).in(folder.toPath()).log(file).onLine(lines::add).limit(LIMIT).start();
        // a kill is no end of the test's own making
        waiting = new Thread(() -> {
            try {
                exit = running.await().exit();
            } catch (IOException e) {
                exit = -2;
            }
        });
        waiting.start();
    }

    /** Starts Maven. @param folder with a POM @param name of its log, which is in that folder too @param arguments goals, phases and options */
    public static BackgroundBuild start(File folder, String name, String... arguments) throws IOException {
        return new BackgroundBuild(folder, name, arguments);
    }

    /** Waits until it printed a text, or ended. */
    public BackgroundBuild await(String text) throws InterruptedException {
        while (waiting.isAlive() && !printed(text)) {
            Thread.sleep(20);
        }
        return this;
    }

    /** Whether it printed a text. */
    public boolean printed(String text) {
        synchronized (lines) {
            return lines.stream().anyMatch(line -> line.contains(text));
        }
    }

    /** Kills Maven, and waits until all that it started is gone too. The test fails if it has ended by itself already. */
    public void kill() throws InterruptedException {
        assertThat(waiting.isAlive()).as("the build to be killed still runs; log: %s", file).isTrue();
        List<ProcessHandle> found = ProcessHandle.allProcesses().filter(process -> runsIn(process, file.getParent())).toList();
        assertThat(found).as("processes of the build to be killed; log: %s", file).isNotEmpty();
        found.forEach(ProcessHandle::destroyForcibly);
        waiting.join(LIMIT.toMillis());
        assertThat(exit).as("exit status of the build that was killed").isNotZero();
    }

    /** Maven stays in the folder that it was started in. */
    private static boolean runsIn(ProcessHandle process, Path folder) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/cwd")).equals(folder);
        } catch (IOException e) {
            return false; // it has ended, or is somebody else's
        }
    }

    /** Waits for its end; the test fails if the build did. */
    public BuildLog succeeds() throws InterruptedException {
        waiting.join(LIMIT.toMillis());
        BuildLog log = new BuildLog(exit, List.copyOf(lines), file, Duration.ofNanos(System.nanoTime() - begun));
        assertThat(exit).as("exit status of Maven; log: %s%n%s", file, log.tail()).isZero();
        return log;
    }
}
