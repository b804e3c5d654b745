// SPDX-License-Identifier: Apache-2.0
package dev.marshal.machine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;

/** Takes the bytes of a console as they come: writes them to a file and reads them line by line. Needs a bounded amount of memory whatever is printed. */
final class ConsoleWatch extends OutputStream {

    /** How many lines a failure shows. */
    static final int TAIL_LINES = 20;

    /** Longer lines are only looked at up to here. */
    private static final int LONGEST_LINE = 16 * 1024;

    private final GuestScript script;
    private final OutputStream file;
    private final long mostBytes;
    private final Runnable stop;
    private final KernelMessages messages = new KernelMessages();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final Deque<String> tail = new ArrayDeque<>();
    private long bytes;
    private boolean began;
    private OptionalInt status = OptionalInt.empty();
    private String fatal;
    private boolean flooded;

    /**
     * @param script    whose begin and end lines are looked for
     * @param file      gets every byte as it is; closed with this
     * @param mostBytes when more than this is printed, the machine is to be stopped
     * @param stop      called at most once, when the machine is to be stopped
     */
    ConsoleWatch(GuestScript script, OutputStream file, long mostBytes, Runnable stop) {
        this.script = script;
        this.file = file;
        this.mostBytes = mostBytes;
        this.stop = stop;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] buffer, int offset, int length) throws IOException {
        if (flooded) {
            return;
        }
        file.write(buffer, offset, length);
        int from = offset;
        for (int i = offset; i < offset + length; i++) {
            if (buffer[i] == '\n') {
                append(buffer, from, i - from);
                endLine();
                from = i + 1;
            }
        }
        append(buffer, from, offset + length - from);
        bytes += length;
        if (bytes > mostBytes) {
            flooded = true;
            stop.run();
        }
    }

    @Override
    public void flush() throws IOException {
        file.flush();
    }

    /** Reads the last line too if it was not ended. */
    @Override
    public synchronized void close() throws IOException {
        if (line.size() > 0) {
            endLine();
        }
        messages.rest().ifPresent(this::printed);
        file.close();
    }

    /** Whether the line that says that the script begins was seen. */
    synchronized boolean began() {
        return began;
    }

    /** The exit status of the script, from the last line that tells one: what the script itself prints comes before. */
    synchronized OptionalInt status() {
        return status;
    }

    /** The message after which the machine cannot go on; null if there was none. */
    synchronized String fatal() {
        return fatal;
    }

    /** Whether more was printed than allowed. */
    synchronized boolean flooded() {
        return flooded;
    }

    /** The last lines, safe to be shown. */
    synchronized List<String> tail() {
        return List.copyOf(tail);
    }

    /** The last line that is not blank, safe to be shown; empty if there is none. */
    synchronized String lastLine() {
        String last = "";
        for (String text : tail) {
            last = text.isBlank() ? last : text;
        }
        return last;
    }

    private void append(byte[] buffer, int offset, int length) {
        line.write(buffer, offset, Math.max(0, Math.min(length, LONGEST_LINE - line.size())));
    }

    private void endLine() {
        String text = ConsoleText.plain(line.toString(StandardCharsets.UTF_8));
        line.reset();
        tail.addLast(ConsoleText.shown(text));
        if (tail.size() > TAIL_LINES) {
            tail.removeFirst();
        }
        messages.next(text).printed().ifPresent(this::printed);
        if (fatal == null) {
            FatalMessage.in(text).ifPresent(message -> {
                fatal = ConsoleText.shown(message);
                stop.run();
            });
        }
    }

    private void printed(String text) {
        began |= script.beginsAt(text);
        OptionalInt end = script.endsAt(text);
        status = end.isPresent() ? end : status;
    }
}
