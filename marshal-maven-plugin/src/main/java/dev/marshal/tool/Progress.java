// SPDX-License-Identifier: Apache-2.0
package dev.marshal.tool;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells now and then how far a long tool is, so that a log is not flooded and a person is not left alone. */
public final class Progress {

    private static final Duration BETWEEN = Duration.ofSeconds(10);

    /** "  CC      lib/x.o", "  LD [M]  y.ko" */
    private static final Pattern STEP = Pattern.compile(" +[A-Z]{2,10}(?: \\[M\\])? +(\\S+)");

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
        Matcher matcher = STEP.matcher(line);
        if (!matcher.matches()) {
            return;
        }
        files++;
        long now = System.nanoTime();
        if (now - lastTold >= BETWEEN.toNanos()) {
            lastTold = now;
            log.info(what + ": " + files + " files, " + seconds(now) + " s, now " + matcher.group(1));
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
