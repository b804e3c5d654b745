// SPDX-License-Identifier: Apache-2.0
package dev.marshal.machine;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How many machines this host can run side by side: their memory together stays within the host's, and no more run than it has processors, so that none
 * is starved to its time limit. Machines start in the order in which they asked. One that alone is too large is started when no other runs. Thread-safe.
 */
public final class HostCapacity {

    /** Of this host: shared by all builds of this process. */
    public static final HostCapacity HOST = new HostCapacity(MachineMemory.ofHost() / 8 * 7, Runtime.getRuntime().availableProcessors());

    private final long memory;
    private final int processors;
    private final Deque<Object> waiting = new ArrayDeque<>();
    private long memoryTaken;
    private int running;

    /**
     * @param memory     bytes that machines may have together
     * @param processors how many run side by side where the user says nothing
     */
    HostCapacity(long memory, int processors) {
        this.memory = memory;
        this.processors = processors;
    }

    /**
     * Waits until there is room for a machine.
     *
     * @param bytes its memory
     * @param most  how many may run side by side; 0: as many as there are processors
     * @param wait  called once if it has to wait
     * @throws InterruptedIOException if this thread is interrupted
     */
    public Share take(long bytes, int most, Runnable wait) throws IOException {
        Object ticket = new Object();
        boolean told = false;
        synchronized (this) {
            waiting.addLast(ticket);
            try {
                while (waiting.peekFirst() != ticket || !fits(bytes, most)) {
                    if (!told) {
                        told = true;
                        wait.run();
                    }
                    wait();
                }
                memoryTaken += bytes;
                running++;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw (IOException) new InterruptedIOException("interrupted while waiting for other machines").initCause(e);
            } finally {
                waiting.remove(ticket);
                notifyAll();
            }
        }
        return new Share(bytes);
    }

    private boolean fits(long bytes, int most) {
        return running == 0 || running < (most > 0 ? most : processors) && memoryTaken + bytes <= memory;
    }

    private synchronized void giveBack(long bytes) {
        memoryTaken -= bytes;
        running--;
        notifyAll();
    }

    /** What one machine has of the host, until it is closed. */
    public final class Share implements AutoCloseable {

        private final long bytes;

        private Share(long bytes) {
            this.bytes = bytes;
        }

        @Override
        public void close() {
            giveBack(bytes);
        }
    }
}
