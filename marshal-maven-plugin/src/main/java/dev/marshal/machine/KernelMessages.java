// SPDX-License-Identifier: Apache-2.0
package dev.marshal.machine;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells apart what programs of the guest print and what the kernel prints to the same console in between, even within a line. Kernel messages are
 * known by their time stamp ({@code CONFIG_PRINTK_TIME}: "[    1.234567] ", with the caller "[    T1]" where {@code CONFIG_PRINTK_CALLER} is set).
 */
public final class KernelMessages {

    private static final Pattern STAMP = Pattern.compile("\\[ {0,4}\\d{1,8}\\.\\d{6}\\](?:\\[ *[TC]\\d+\\])? ");

    /** A line that messages cut is not put together beyond this: a guest is not to fill our memory. */
    private static final int LONGEST_BEGINNING = 1 << 16;

    /** The beginning of a line that a message cut in two. */
    private String cutOff = "";

    /**
     * What a line of the console brings.
     *
     * @param message the kernel's message with its time stamp
     * @param printed a whole line of a program
     */
    public record Part(Optional<String> message, Optional<String> printed) {}

    /** Whether a line is a message of the kernel. @param line a {@linkplain ConsoleText#plain plain} line */
    public static boolean isMessage(String line) {
        return STAMP.matcher(line).lookingAt();
    }

    /**
     * Reads on: a message, or a line that a program printed, put together again if messages cut it.
     *
     * @param line the next {@linkplain ConsoleText#plain plain} line of the console
     */
    public Part next(String line) {
        Matcher stamp = STAMP.matcher(line);
        if (stamp.find()) {
            String beginning = cutOff + line.substring(0, stamp.start());
            boolean tooLong = beginning.length() > LONGEST_BEGINNING;
            cutOff = tooLong ? "" : beginning;
            return new Part(Optional.of(line.substring(stamp.start())), tooLong ? Optional.of(beginning) : Optional.empty());
        }
        String whole = cutOff + line;
        cutOff = "";
        return new Part(Optional.empty(), Optional.of(whole));
    }

    /** At the end of the console: the beginning of a line whose end never came. */
    public Optional<String> rest() {
        return cutOff.isEmpty() ? Optional.empty() : Optional.of(cutOff);
    }
}
