// SPDX-License-Identifier: Apache-2.0
package dev.marshal.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class HostCapacityTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void neitherMemoryNorProcessorsAreExceeded() throws Exception {
        HostCapacity capacity = new HostCapacity(100, 3);
        AtomicLong memory = new AtomicLong();
        AtomicInteger running = new AtomicInteger();
        List<String> exceeded = Collections.synchronizedList(new ArrayList<>());
        List<Future<?>> ends = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            long bytes = 10 + i % 5 * 20;
            ends.add(threads.submit(() -> {
                try (HostCapacity.Share share = capacity.take(bytes, 0, () -> { })) {
                    if (memory.addAndGet(bytes) > 100 || running.incrementAndGet() > 3) {
                        exceeded.add(memory + " bytes, " + running + " machines");
                    }
                    Thread.yield();
                    memory.addAndGet(-bytes);
                    running.decrementAndGet();
                }
                return null;
            }));
        }
        for (Future<?> end : ends) {
            end.get();
        }
        assertThat(exceeded).isEmpty();
    }

    @Test
    void oneThatIsTooLargeRunsAlone() throws Exception {
        HostCapacity capacity = new HostCapacity(100, 4);
        HostCapacity.Share small = capacity.take(1, 0, () -> { });
        CountDownLatch waits = new CountDownLatch(1);
        Future<HostCapacity.Share> large = threads.submit(() -> capacity.take(1000, 0, waits::countDown));
        assertThat(waits.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(large.isDone()).isFalse();
        small.close();
        large.get().close();
    }

    @Test
    void theUserSaysHowManyRun() throws Exception {
        HostCapacity capacity = new HostCapacity(100, 1);
        HostCapacity.Share one = capacity.take(1, 2, () -> { });
        HostCapacity.Share two = capacity.take(1, 2, () -> { });
        CountDownLatch waits = new CountDownLatch(1);
        Future<HostCapacity.Share> three = threads.submit(() -> capacity.take(1, 2, waits::countDown));
        assertThat(waits.await(10, TimeUnit.SECONDS)).isTrue();
        one.close();
        three.get().close();
        two.close();
    }

    @Test
    void whoIsInterruptedGivesItsPlaceUp() throws Exception {
        HostCapacity capacity = new HostCapacity(100, 1);
        HostCapacity.Share one = capacity.take(1, 0, () -> { });
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> capacity.take(1, 0, () -> { })).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
        one.close();
        capacity.take(1, 0, () -> { }).close();
    }
}
