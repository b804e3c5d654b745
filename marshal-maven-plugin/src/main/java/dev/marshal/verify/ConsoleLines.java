// SPDX-License-Identifier: Apache-2.0
package dev.marshal.verify;

import dev.marshal.machine.ConsoleText;
import dev.marshal.machine.GuestScript;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a console's file line by line, whatever its size. Lines are plain: without carriage returns and terminal control sequences. Bytes are kept
 * as ISO 8859-1, so that bytes that are not UTF-8 still differ; {@link #text} makes them readable.
 */
final class ConsoleLines {

    /** A line that is longer is taken as several. */
    private static final int LONGEST_LINE = 1 << 20;

    private ConsoleLines() {}

    /** Takes the lines. */
    @FunctionalInterface
    interface Taker {
        /** @param line a plain line @param number its number, from 1 @param ofScript whether it was printed between the begin and the end of the run script */
        void take(String line, int number, boolean ofScript);
    }

    /** Reads all lines; the last one too if it was not ended. @return whether the run script began */
    static boolean read(Path file, Taker taker) throws IOException {
        Reading reading = new Reading(taker);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[1 << 16];
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int count; (count = in.read(buffer)) >= 0;) {
                int from = 0;
                for (int i = 0; i < count; i++) {
                    if (buffer[i] == '\n') {
                        line.write(buffer, from, i - from);
                        from = i + 1;
                        reading.line(line);
                    }
                }
                line.write(buffer, from, count - from);
                if (line.size() >= LONGEST_LINE) {
                    reading.line(line);
                }
            }
            if (line.size() > 0) {
                reading.line(line);
            }
            reading.end();
        }
        return reading.began;
    }

    /** A line as it can be shown. */
    static String text(String line) {
        return ConsoleText.shown(new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
    }

    private static final class Reading {

        /** The kernel writes to the console in between, even within a line that a program writes. */
        private static final Pattern KERNEL_MESSAGE = Pattern.compile("(?<=.)\\[ {0,4}\\d{1,8}\\.\\d{6}\\] ");

        private final Taker taker;
        /** The beginning of a line that a message of the kernel cut in two. */
        private String cutOff = "";
        private int number;
        private boolean began;
        private boolean ended;

        Reading(Taker taker) {
            this.taker = taker;
        }

        void line(ByteArrayOutputStream bytes) {
            String line = ConsoleText.plain(bytes.toString(StandardCharsets.ISO_8859_1));
            bytes.reset();
            number++;
            Matcher message = KERNEL_MESSAGE.matcher(line);
            if (message.find()) {
                cutOff += line.substring(0, message.start());
                taker.take(line.substring(message.start()), number, false);
            } else {
                String whole = cutOff + line;
                cutOff = "";
                take(whole);
            }
        }

        void end() {
            if (!cutOff.isEmpty()) {
                take(cutOff);
            }
        }

        private void take(String line) {
            if (began && !ended && GuestScript.RUN.endsAt(line).isPresent()) {
                ended = true;
                String before = GuestScript.RUN.before(line);
                if (!before.isEmpty()) {
                    taker.take(before, number, true);
                }
                taker.take(line, number, false);
            } else {
                taker.take(line, number, began && !ended);
                began |= GuestScript.RUN.beginsAt(line);
            }
        }
    }
}
