// SPDX-License-Identifier: Apache-2.0
package dev.marshal.tool;

import java.time.Duration;

/** Tells now and then how far a long tool is, so that a log is not flooded and a person is not left alone. */
public final class Progress {

    private static final Duration BETWEEN = Duration.ofSeconds(10);

    private final Log log;
    private final String what;
    private final long started = System.nanoTime();
    private long lastTold = started;
    private int files;

    /** @param what what goes on, as the beginning of a line */
    public Progress(Log log, String what) {
        this.log = log;
        this.what = what;
    }

    /** To be given every line that {@code make} prints of a kernel, a firmware or BusyBox: "  CC  file.o". */
    public synchronized void makeLine(String line) {
        if (!line.startsWith("  ") && !line.startsWith(" ")) {
            return;
        }
        String[] words = line.strip().split("\\s+");
        if (words.length < 2 || !words[0].equals(words[0].toUpperCase(java.util.Locale.ROOT))) {
            return;
        }
        files++;
        long now = System.nanoTime();
        if (now - lastTold >= BETWEEN.toNanos()) {
            lastTold = now;
            log.info(what + ": " + files + " files, " + seconds(now) + " s, now " + words[words.length - 1]);
        }
    }

    /** To be called at the end. */
    public synchronized void done() {
        log.info(what + ": done, " + files + " files, " + seconds(System.nanoTime()) + " s");
    }

    private long seconds(long now) {
        return Duration.ofNanos(now - started).toSeconds();
    }
}
