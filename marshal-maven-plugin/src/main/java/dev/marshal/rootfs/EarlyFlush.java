// SPDX-License-Identifier: Apache-2.0
package dev.marshal.rootfs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Has the disk write what is in a file while more comes, for which whoever flushes it at the end would else have to wait. */
final class EarlyFlush {

    /** So many bytes are worth a call. */
    private static final long WORTH = 64 << 20;

    private final FileChannel file;
    private CompletableFuture<Void> running = CompletableFuture.completedFuture(null);
    private long waiting;

    /** @param file open for as long as this is used */
    EarlyFlush(FileChannel file) {
        this.file = file;
    }

    /** To be called when so many bytes more have been written. @throws IOException if the disk did not take what was written before */
    void written(long bytes) throws IOException {
        waiting += bytes;
        if (waiting >= WORTH && running.isDone()) {
            await();
            waiting = 0;
            running = CompletableFuture.runAsync(this::flush);
        }
    }

    /** Waits for what was begun; what came after it is not flushed. */
    void await() throws IOException {
        try {
            running.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof UncheckedIOException failed) {
                throw failed.getCause();
            }
            throw e;
        }
    }

    private void flush() {
        try {
            file.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
