// SPDX-License-Identifier: Apache-2.0
package dev.marshal.uptodate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheLockTest {

    @TempDir
    Path folder;

    private final List<String> events = new CopyOnWriteArrayList<>();
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("locks/source");
    }

    private Thread waiter(CountDownLatch waiting) {
        Thread thread = new Thread(() -> {
            try (CacheLock lock = CacheLock.hold(file, () -> {
                events.add("waiting");
                waiting.countDown();
            })) {
                events.add("held " + (lock != null));
            } catch (IOException e) {
                events.add(e.toString());
            }
        });
        thread.start();
        return thread;
    }

    @Test
    void aFreeLockIsTakenAtOnce() throws IOException {
        try (CacheLock lock = CacheLock.hold(file, () -> events.add("waiting"))) {
            assertThat(lock).isNotNull();
            assertThat(file).exists();
        }
        try (CacheLock again = CacheLock.hold(file, () -> events.add("waiting"))) {
            assertThat(again).isNotNull();
        }
        assertThat(events).isEmpty();
    }

    @Test
    void threadsTakeTurns() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        Thread thread;
        try (CacheLock lock = CacheLock.hold(file, () -> {})) {
            thread = waiter(waiting);
            assertThat(waiting.await(10, TimeUnit.SECONDS)).isTrue();
            events.add("releasing " + (lock != null));
        }
        thread.join(10_000);
        assertThat(events).containsExactly("waiting", "releasing true", "held true");
    }

    @Test
    void processesTakeTurnsAndADeadOneHoldsNothing() throws Exception {
        Path held = folder.resolve("held");
        Process jvm = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                Holder.class.getName(), file.toString(), held.toString()).redirectErrorStream(true).redirectOutput(folder.resolve("output").toFile()).start();
        try {
            for (int i = 0; i < 1000 && !Files.exists(held); i++) {
                Thread.sleep(10);
            }
            assertThat(held).exists();
            CountDownLatch waiting = new CountDownLatch(1);
            Thread thread = waiter(waiting);
            assertThat(waiting.await(10, TimeUnit.SECONDS)).isTrue();
            events.add("killing");
            jvm.destroyForcibly();
            thread.join(10_000);
            assertThat(events).containsExactly("waiting", "killing", "held true");
        } finally {
            jvm.destroyForcibly();
        }
    }

    @Test
    void takingItTwiceIsAMistakeThatIsToldAndNotADeadlock() throws IOException {
        try (CacheLock lock = CacheLock.hold(file, () -> {})) {
            assertThatThrownBy(() -> CacheLock.hold(file, () -> {})).isInstanceOf(IllegalStateException.class).hasMessage("already held by this thread: " + file);
            assertThat(lock).isNotNull();
        }
        try (CacheLock lock = CacheLock.hold(file, () -> events.add("waiting"))) {
            assertThat(lock).isNotNull();
        }
        assertThat(events).isEmpty();
    }

    @Test
    void aWaitingThreadCanBeInterrupted() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        try (CacheLock lock = CacheLock.hold(file, () -> {})) {
            Thread thread = new Thread(() -> thrown.set(catchThrowable(() -> CacheLock.hold(file, waiting::countDown))));
            thread.start();
            assertThat(waiting.await(10, TimeUnit.SECONDS)).isTrue();
            thread.interrupt();
            thread.join(10_000);
            assertThat(lock).isNotNull();
        }
        assertThat(thrown.get()).isInstanceOf(InterruptedIOException.class).hasMessage("interrupted while waiting for " + file);
    }

    @Test
    void aFolderThatCannotBeWrittenGivesTheLockBack() throws IOException {
        Files.createDirectories(file);
        assertThatThrownBy(() -> CacheLock.hold(file, () -> {})).isInstanceOf(IOException.class);
        Files.delete(file);
        try (CacheLock lock = CacheLock.hold(file, () -> events.add("waiting"))) {
            assertThat(lock).isNotNull();
        }
        assertThat(events).isEmpty();
    }

    /** Another JVM that holds the lock until it is killed. */
    static final class Holder {

        private Holder() {}

        public static void main(String[] words) throws Exception {
            try (CacheLock lock = CacheLock.hold(Path.of(words[0]), () -> {})) {
                Files.writeString(Path.of(words[1]), lock.toString());
                Thread.sleep(300_000);
            }
        }
    }
}
