// SPDX-License-Identifier: Apache-2.0
package dev.marshal.machine;

import java.util.regex.Pattern;

/**
 * What a person reads of a console's bytes. A guest is not trusted: what it printed reaches the user's terminal only through {@link #shown}, so that
 * it cannot move the cursor, change the window's title or make the terminal answer.
 */
public final class ConsoleText {

    private static final char ESCAPE = '\u001b';

    /**
     * The control sequences of ECMA-48 (5th edition, §5.3-§5.6): CSI with parameters, the control strings (OSC, DCS, SOS, PM, APC) up to their
     * terminator, which xterm also lets be a BEL, and escapes of two or more characters. A control string that is not ended within the line is kept.
     */
    private static final Pattern SEQUENCE = Pattern.compile("""
            \\x1b(?:\
            \\[[0-?]*[ -/]*[@-~]\
            |[\\]PX^_][^\\x07\\x1b]*(?:\\x07|\\x1b\\\\)\
            |[ -/]*[0-Z\\\\^-~]\
            )""");

    private ConsoleText() {}

    /**
     * A line without carriage returns and without terminal control sequences: what is compared, and what is searched for messages.
     *
     * @param line a line without its line feed, in any single- or multi-byte decoding that keeps ASCII
     */
    public static String plain(String line) {
        String text = line.indexOf(ESCAPE) < 0 ? line : SEQUENCE.matcher(line).replaceAll("");
        return text.indexOf('\r') < 0 ? text : text.replace("\r", "");
    }

    /** A line as it can be printed to a terminal or a log: control characters other than tab are written as {@code \x1b}. */
    public static String shown(String line) {
        StringBuilder text = null;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            boolean control = Character.isISOControl(c) && c != '\t';
            if (control && text == null) {
                text = new StringBuilder(line.substring(0, i));
            }
            if (text != null) {
                text.append(control ? String.format("\\x%02x", (int) c) : String.valueOf(c));
            }
        }
        return text == null ? line : text.toString();
    }
}
