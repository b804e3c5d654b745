// SPDX-License-Identifier: Apache-2.0
package dev.marshal.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.marshal.fixture.Problems;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandTest {

    @TempDir
    Path folder;

    private static Command sh(String script, Object... arguments) {
        return new Command("do it", "/bin/sh").args("-c", script, "sh").args(arguments);
    }

    @Test
    void argumentsArePassedAsTheyAre() throws IOException {
        String odd = "$(touch x); 'a' \"b\" \\ *\n\ttab";
        assertThat(sh("printf '<%s>' \"$@\"", odd, "", "-x").output()).isEqualTo("<" + odd + "><><-x>");
        assertThat(new Command("list", "printf").args(List.of("%s", "$HOME")).output()).isEqualTo("$HOME");
    }

    @Test
    void bothOutputsAreOneAndInputIsEmpty() throws IOException {
        assertThat(sh("echo one; echo two >&2; cat; echo three").output()).isEqualTo("one\ntwo\nthree\n");
    }

    @Test
    void runsInAFolder() throws IOException {
        assertThat(sh("pwd -P").in(folder).output().strip()).isEqualTo(folder.toRealPath().toString());
    }

    @Test
    void theEnvironmentIsTheUsersWithChanges() throws IOException {
        assertThat(sh("echo \"$MARSHAL_TEST-$PATH\"").env("MARSHAL_TEST", "x y").output().strip()).isEqualTo("x y-" + System.getenv("PATH"));
        // not PATH: a shell without one takes its own, which may be the user's
        assertThat(sh("echo \"${HOME-none}\"").env("HOME", null).output().strip()).isEqualTo("none");
    }

    @Test
    void aCleanEnvironmentHoldsNothingOfTheUsersSession() throws IOException {
        List<String> names = new Command("list", "/usr/bin/env").cleanEnvironment().env("MINE", "1").output().lines().map(line -> line.substring(0, line.indexOf('='))).toList();
        assertThat(names).contains("PATH", "LC_ALL", "TZ", "MINE").isSubsetOf("PATH", "HOME", "TMPDIR", "LC_ALL", "TZ", "MINE", "PWD", "OLDPWD", "SHLVL", "_");
        assertThat(sh("echo $LC_ALL $TZ").cleanEnvironment().output()).isEqualTo("C UTC\n");
    }

    @Test
    void theExitStatusIsTheProgramsOwn() throws IOException {
        assertThat(sh("exit 7").run().exit()).isEqualTo(7);
        assertThat(sh("true").run().exit()).isZero();
        assertThat(sh("kill -SEGV $$").run().exit()).isEqualTo(128 + 11);
    }

    @Test
    void aFailureShowsTheLastLines() {
        Throwable failure = catchThrowable(() -> sh("seq 1 100; exit 3").check());
        assertThat(failure).isInstanceOf(ToolFailure.class);
        assertThat(((ToolFailure) failure).exit()).isEqualTo(3);
        assertThat(failure.getMessage()).startsWith("could not do it: /bin/sh exited with status 3").contains("    76\n", "    100\n").doesNotContain("    75\n").endsWith("The lines above say why");
        assertThat(Problems.of(() -> sh("exit 3").check()).what()).isEqualTo("could not do it: /bin/sh exited with status 3 and printed nothing");
    }

    @Test
    void aFailureNamesTheLogThatHasEverything() throws IOException {
        Path log = folder.resolve("new/folder/tool.log");
        assertThat(Problems.of(() -> sh("seq 1 100; exit 3").log(log).check()).remedy()).isEqualTo("The lines above say why; all of the output is in " + log);
        assertThat(Files.readAllLines(log)).hasSize(100);
        sh("echo again").log(log).check();
        assertThat(log).hasContent("again");
    }

    @Test
    void aProgramThatIsNotThereIsNamed() {
        assertThat(Problems.of(() -> new Command("start it", "/no/such/program").check()).what()).startsWith("could not start it: /no/such/program exited with status 127").contains("No such file");
    }

    @Test
    void everyLineAndEveryByteIsHandedOn() throws IOException {
        List<String> lines = new CopyOnWriteArrayList<>();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Command.Outcome outcome = sh("printf 'a\\r\\n\\nlast \\303\\251 \\377'").onLine(lines::add).copyTo(bytes).run();
        assertThat(lines).containsExactly("a\r", "", "last é \ufffd");
        assertThat(bytes.toByteArray()).isEqualTo("a\r\n\nlast \u00c3\u00a9 \u00ff".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(outcome.tail()).isEqualTo(lines);
        assertThat(outcome.timedOut()).isFalse();
    }

    @Test
    void aStreamThatCannotTakeTheOutputFailsTheRun() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        assertThatThrownBy(() -> sh("echo x; sleep 60").copyTo(full).run()).isInstanceOf(IOException.class).hasMessage("No space left on device");
    }

    @Test
    void theTimeLimitEndsAllThatWasStarted() throws IOException {
        Path pids = folder.resolve("pids");
        Command command = sh("sleep 300 & echo $! >\"$1\"; echo $$ >>\"$1\"; wait", pids).limit(Duration.ofMillis(400));
        assertThat(Problems.of(command::check).what()).startsWith("could not do it: /bin/sh was ended after its time limit of 0 s");
        assertGone(pids);
        assertThat(sh("sleep 300").limit(Duration.ofMillis(100)).run().timedOut()).isTrue();
    }

    @Test
    void theTimeLimitEndsThoseTooThatDoNotWantToEnd() throws IOException {
        Path pids = folder.resolve("pids");
        // the child does not care for SIGTERM, and its parent is gone before it
        Command.Outcome outcome = sh("(trap '' TERM; exec sleep 300) & echo $! >\"$1\"; echo $$ >>\"$1\"; wait", pids).limit(Duration.ofMillis(400)).run();
        assertThat(outcome.timedOut()).isTrue();
        assertGone(pids);
    }

    @Test
    void killEndsAProgramThatHasJustBeenStarted() throws IOException {
        for (int i = 0; i < 5; i++) {
            Command.Running running = sh("exec sleep 300").start();
            running.kill();
            Command.Outcome outcome = running.await();
            assertThat(outcome.exit()).isGreaterThan(128);
            assertThat(outcome.elapsed()).isLessThan(Duration.ofSeconds(2));
        }
    }

    @Test
    void anInterruptEndsTheProgram() throws Exception {
        Path pids = folder.resolve("pids");
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread = new Thread(() -> thrown.set(catchThrowable(() -> sh("echo $$ >\"$1.new\"; mv \"$1.new\" \"$1\"; sleep 300", pids).run())));
        thread.start();
        awaitFile(pids);
        thread.interrupt();
        thread.join(10_000);
        assertThat(thrown.get()).isInstanceOf(InterruptedIOException.class).hasMessage("do it was interrupted");
        assertGone(pids);
    }

    @Test
    void programsDieWithTheJvm() throws Exception {
        Path pids = folder.resolve("pids");
        Process jvm = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                Starter.class.getName(), pids.toString()).redirectErrorStream(true).redirectOutput(folder.resolve("output").toFile()).start();
        try {
            awaitFile(pids);
            jvm.destroyForcibly();
            assertThat(jvm.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertGone(pids);
        } finally {
            jvm.destroyForcibly();
        }
    }

    @Test
    void wordsAndEnvironmentCanBeFingerprinted() {
        Command command = new Command("x", "tool").args("a", 1).env("B", "2");
        assertThat(command.words()).containsExactly("tool", "a", "1");
        assertThat(command.environment()).containsOnly(java.util.Map.entry("B", "2"));
    }

    private static void awaitFile(Path file) throws InterruptedException {
        for (int i = 0; i < 1000 && !Files.exists(file); i++) {
            Thread.sleep(10);
        }
        assertThat(file).exists();
    }

    /** Waits a little: the end is asked for, and comes soon after. */
    private static void assertGone(Path pids) throws IOException {
        List<Long> alive = List.of();
        for (int i = 0; i < 500; i++) {
            alive = Files.readAllLines(pids).stream().map(Long::valueOf).filter(CommandTest::runs).toList();
            if (alive.isEmpty()) {
                return;
            }
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        alive.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        assertThat(alive).isEmpty();
    }

    /** Zombies, which nobody has waited for yet, have no command. */
    private static boolean runs(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return false;
        }
    }

    /** Another JVM that starts a program and waits for it. */
    static final class Starter {

        private Starter() {}

        public static void main(String[] words) throws IOException {
            sh("sleep 300 & echo $! >\"$1.new\"; echo $$ >>\"$1.new\"; mv \"$1.new\" \"$1\"; wait", new File(words[0])).run();
        }
    }
}
