// SPDX-License-Identifier: Apache-2.0
package dev.marshal.tool;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Programs of a build that was killed: its locks are free at once, but its programs write on until their guards have ended them, a moment later (see
 * {@link Command}). Whoever takes over a folder of theirs waits for that.
 */
public final class Stragglers {

    /** Much longer than a guard takes, which is 2 seconds on an idle host. */
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int PAUSE_MILLISECONDS = 50;

    private Stragglers() {}

    /**
     * Waits until no program works in a folder, or names it among its arguments; not longer than half a minute. To be called by whoever holds the folder's lock.
     *
     * @param folder a folder that only one build uses at a time
     */
    public static void await(Path folder) throws IOException {
        long end = System.nanoTime() + LIMIT.toNanos();
        try {
            String path = folder.toAbsolutePath().toString();
            while (ProcessHandle.allProcesses().anyMatch(process -> process.pid() != ProcessHandle.current().pid() && uses(process.pid(), path)) && System.nanoTime() < end) {
                Thread.sleep(PAUSE_MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted while waiting for programs in " + folder).initCause(e);
        }
    }

    private static boolean uses(long pid, String folder) {
        Path process = Path.of("/proc", Long.toString(pid));
        try {
            return Files.readSymbolicLink(process.resolve("cwd")).startsWith(folder)
                    || new String(Files.readAllBytes(process.resolve("cmdline")), StandardCharsets.ISO_8859_1).contains(new String(folder.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return false; // it has ended, or is somebody else's
        }
    }
}
