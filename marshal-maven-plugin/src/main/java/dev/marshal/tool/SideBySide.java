// SPDX-License-Identifier: Apache-2.0
package dev.marshal.tool;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Pieces of work that do not need each other, done at the same time. */
public final class SideBySide {

    private SideBySide() {}

    /**
     * Does all and waits for the last.
     *
     * @param work   in the order of results
     * @param atOnce how many are done at a time, at least 1
     * @return what each gave, in the order of the work
     * @throws IOException what the first of them, in their order, failed with: the others have gone to their ends, too
     * @throws InterruptedIOException if this thread is interrupted: the threads of the work are interrupted and waited for
     */
    public static <T> List<T> all(List<? extends Callable<T>> work, int atOnce) throws IOException {
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, Math.min(atOnce, work.size())));
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> end : threads.invokeAll(work)) {
                results.add(end.get());
            }
            return results;
        } catch (InterruptedException e) {
            end(threads);
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    /** What was interrupted ends its programs first: nobody may delete a folder under them, and nobody may interrupt that, too. */
    private static void end(ExecutorService threads) {
        threads.shutdown();
        try {
            threads.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
