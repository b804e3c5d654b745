// SPDX-License-Identifier: Apache-2.0
package dev.marshal.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.marshal.tool.Command;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A Maven that runs while the test goes on, and that can be ended at any moment. */
public final class BackgroundBuild {

    private static final Duration LIMIT = Duration.ofMinutes(20);

    private final Path file;
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final long begun = System.nanoTime();
    private final Command.Running running;
    private final Thread waiting;
    private volatile int exit = Integer.MIN_VALUE;
    private volatile long ended;

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
            ended = System.nanoTime();
        });
        waiting.start();
    }

    /** Starts Maven. @param folder with a POM @param name of its log, which is in that folder too @param arguments goals, phases and options */
    public static BackgroundBuild start(File folder, String name, String... arguments) throws IOException {
        return new BackgroundBuild(folder, name, arguments);
    }

    /** How a build is ended from outside. */
    public enum End {
        /** Maven, and all of its process group with it, cannot do anything any more. */
        KILLED("kill -KILL -$0"),
        /** Maven is asked to end. */
        TERMINATED("kill -TERM $0");

        private final String script;

        End(String script) {
            this.script = script;
        }
    }

    /** Waits until it printed a text, or ended. */
    public BackgroundBuild await(String text) throws InterruptedException {
        while (waiting.isAlive() && !printed(text)) {
            Thread.sleep(20);
        }
        return this;
    }

    private boolean printed(String text) {
        synchronized (lines) {
            return lines.stream().anyMatch(line -> line.contains(text));
        }
    }

    /** Ends Maven, and waits until it is gone. @return whether that cut it off: not if it had ended by itself before */
    public boolean end(End how) throws IOException, InterruptedException {
        Optional<ProcessHandle> maven = maven();
        while (maven.isEmpty() && waiting.isAlive()) {
            Thread.sleep(5);
            maven = maven();
        }
        if (maven.isPresent()) {
            Command.Outcome outcome = new Command("end Maven", "sh").args("-c", how.script, maven.get().pid()).limit(LIMIT).run();
            assertThat(outcome.exit() == 0 || !maven.get().isAlive()).as("whether the signal was sent: %s", outcome.tail()).isTrue();
        }
        waiting.join(LIMIT.toMillis());
        return exit != 0;
    }

    /** Of the processes in the folder that lead a group of their own, the first: what Maven starts gets groups of its own too. */
    private Optional<ProcessHandle> maven() {
        return ProcessHandle.allProcesses().filter(process -> runsIn(process, file.getParent()) && leadsGroup(process))
                .min(Comparator.comparing((ProcessHandle process) -> process.info().startInstant().orElse(Instant.MAX)).thenComparing(ProcessHandle::pid));
    }

    private static boolean leadsGroup(ProcessHandle process) {
        try {
            String status = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
            // after the name, which may hold anything: state, parent, group
            return status.substring(status.lastIndexOf(')') + 2).split(" ")[2].equals(Long.toString(process.pid()));
        } catch (IOException e) {
            return false; // it has ended
        }
    }

    /** Maven stays in the folder that it was started in. */
    private static boolean runsIn(ProcessHandle process, Path folder) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/cwd")).equals(folder);
        } catch (IOException e) {
            return false; // it has ended, or is somebody else's
        }
    }

    /** What it printed last; empty if it has not printed anything. */
    public String lastLine() {
        synchronized (lines) {
            return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
        }
    }

    /** How long it took from its start to its end; until now, if it still runs. */
    public Duration elapsed() {
        return Duration.ofNanos((waiting.isAlive() ? System.nanoTime() : ended) - begun);
    }

    /** Waits for its end; the test fails if the build did. */
    public BuildLog succeeds() throws InterruptedException {
        waiting.join(LIMIT.toMillis());
        BuildLog log = new BuildLog(exit, List.copyOf(lines), file, elapsed());
        assertThat(exit).as("exit status of Maven; log: %s%n%s", file, log.tail()).isZero();
        return log;
    }
}
