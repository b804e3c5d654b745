// SPDX-License-Identifier: Apache-2.0
package dev.marshal.verify;

import dev.marshal.machine.ConsoleText;
import dev.marshal.machine.GuestScript;
import dev.marshal.machine.KernelMessages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

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

        private final Taker taker;
        private final KernelMessages messages = new KernelMessages();
        private int number;
        private boolean began;
        private boolean ended;

        Reading(Taker taker) {
            this.taker = taker;
        }

        void line(ByteArrayOutputStream bytes) {
            KernelMessages.Part part = messages.next(ConsoleText.plain(bytes.toString(StandardCharsets.ISO_8859_1)));
            bytes.reset();
            number++;
            part.message().ifPresent(message -> taker.take(message, number, began && !ended));
            part.printed().ifPresent(this::take);
        }

        void end() {
            messages.rest().ifPresent(this::take);
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
