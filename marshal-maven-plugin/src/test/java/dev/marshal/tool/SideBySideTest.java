// SPDX-License-Identifier: Apache-2.0
package dev.marshal.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SideBySideTest {

    @Test
    void allIsDoneAtTheSameTimeAndResultsKeepTheirOrder() throws IOException {
        CyclicBarrier meeting = new CyclicBarrier(3);
        List<Callable<Integer>> work = IntStream.range(0, 3).mapToObj(number -> (Callable<Integer>) () -> {
            meeting.await(10, TimeUnit.SECONDS); // nobody gets past it alone
            Thread.sleep(30L - 10L * number);
            return number;
        }).toList();

        assertThat(SideBySide.all(work, 3)).containsExactly(0, 1, 2);
    }

    @Test
    void noMoreThanWantedAtATime() throws IOException {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Callable<Integer>> work = IntStream.range(0, 6).mapToObj(number -> (Callable<Integer>) () -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            Thread.sleep(5);
            return running.decrementAndGet();
        }).toList();

        SideBySide.all(work, 2);

        assertThat(most.get()).isEqualTo(2);
    }

    @Test
    void theFirstFailureInTheirOrderIsToldWhenAllHaveEnded() {
        AtomicBoolean ended = new AtomicBoolean();
        CountDownLatch second = new CountDownLatch(1);
        Callable<Void> slow = () -> {
            second.await();
            throw new IOException("the first's");
        };
        Callable<Void> quick = () -> {
            second.countDown();
            throw new IOException("the second's");
        };
        Callable<Void> good = () -> {
            Thread.sleep(20);
            ended.set(true);
            return null;
        };

        assertThatThrownBy(() -> SideBySide.all(List.of(slow, quick, good), 3)).isInstanceOf(IOException.class).hasMessage("the first's");

        assertThat(ended).isTrue();
    }

    @Test
    void whoeverIsInterruptedEndsTheWorkBeforeHeGoesOn() {
        AtomicBoolean ended = new AtomicBoolean();
        Thread caller = Thread.currentThread();
        Callable<Void> endless = () -> {
            caller.interrupt();
            try {
                Thread.sleep(TimeUnit.MINUTES.toMillis(1));
            } catch (InterruptedException e) {
                Thread.sleep(50); // what its end takes
                ended.set(true);
            }
            return null;
        };

        // so many that all are not over at the moment when the first one's end begins: nobody may interrupt it a second time
        List<Callable<Void>> work = new ArrayList<>(Collections.nCopies(100_000, () -> null));
        work.set(0, endless);

        assertThatThrownBy(() -> SideBySide.all(work, 1)).isInstanceOf(InterruptedIOException.class);

        assertThat(ended).isTrue();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void nothingToDoIsNoFailure() throws IOException {
        assertThat(SideBySide.all(List.<Callable<Void>>of(), 0)).isEmpty();
    }
}
