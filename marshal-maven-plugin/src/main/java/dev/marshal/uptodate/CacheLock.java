// SPDX-License-Identifier: Apache-2.0
package dev.marshal.uptodate;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Holds something that builds share: among the threads of this process by a lock in memory, among processes by a lock on a file, which the
 * operating system gives back when a process dies.
 */
public final class CacheLock implements AutoCloseable {

    private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();
    /** How often another class loader's lock in this process is looked at again; file locks do not queue within one process. */
    private static final long RETRY_MILLIS = 50;

    private final ReentrantLock threadLock;
    private final FileChannel channel;
    private final FileLock fileLock;

    private CacheLock(ReentrantLock threadLock, FileChannel channel, FileLock fileLock) {
        this.threadLock = threadLock;
        this.channel = channel;
        this.fileLock = fileLock;
    }

    /**
     * Waits until nobody else holds it. Not reentrant across files: take locks in one order.
     *
     * @param file    file to lock; made if missing, never deleted
     * @param waiting called once if somebody else holds it
     */
    public static CacheLock hold(Path file, Runnable waiting) throws IOException {
        Path absolute = file.toAbsolutePath().normalize();
        Files.createDirectories(absolute.getParent());
        ReentrantLock threadLock = THREADS.computeIfAbsent(absolute, path -> new ReentrantLock());
        boolean told = false;
        try {
            if (!threadLock.tryLock()) {
                waiting.run();
                told = true;
                threadLock.lockInterruptibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted while waiting for " + absolute).initCause(e);
        }
        if (threadLock.getHoldCount() > 1) {
            threadLock.unlock();
            throw new IllegalStateException("already held by this thread: " + absolute);
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(absolute, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            return new CacheLock(threadLock, channel, lock(channel, told ? () -> {} : waiting));
        } catch (IOException | RuntimeException e) {
            if (channel != null) {
                channel.close();
            }
            threadLock.unlock();
            throw e;
        }
    }

    /** Holds it if nobody else does now; does not wait. @param file as for {@link #hold} */
    public static Optional<CacheLock> tryHold(Path file) throws IOException {
        Path absolute = file.toAbsolutePath().normalize();
        Files.createDirectories(absolute.getParent());
        ReentrantLock threadLock = THREADS.computeIfAbsent(absolute, path -> new ReentrantLock());
        if (threadLock.isHeldByCurrentThread() || !threadLock.tryLock()) {
            return Optional.empty();
        }
        FileChannel channel = null;
        FileLock lock = null;
        try {
            channel = FileChannel.open(absolute, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            lock = channel.tryLock();
            return lock == null ? Optional.empty() : Optional.of(new CacheLock(threadLock, channel, lock));
        } catch (OverlappingFileLockException e) {
            return Optional.empty(); // held by the same plugin in another class loader of this process
        } finally {
            if (lock == null) {
                if (channel != null) {
                    channel.close();
                }
                threadLock.unlock();
            }
        }
    }

    private static FileLock lock(FileChannel channel, Runnable waiting) throws IOException {
        boolean told = false;
        while (true) {
            try {
                FileLock lock = channel.tryLock();
                if (lock != null) {
                    return lock;
                }
            } catch (OverlappingFileLockException e) {
                // held by the same plugin in another class loader of this process: look again below
                told = told || tell(waiting);
                pause();
                continue;
            }
            told = told || tell(waiting);
            pause();
        }
    }

    private static boolean tell(Runnable waiting) {
        waiting.run();
        return true;
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(RETRY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted while waiting for a lock").initCause(e);
        }
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            fileLock.release();
        } finally {
            threadLock.unlock();
        }
    }
}
