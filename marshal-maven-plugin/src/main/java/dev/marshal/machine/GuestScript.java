// SPDX-License-Identifier: Apache-2.0
package dev.marshal.machine;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The script of a workload that the guest runs, and the lines that the guest's boot scripts print on the console before and after it. They are the
 * contract between every distribution's init and this package.
 */
public enum GuestScript {

    /** None: a bare-metal program, or a system that only boots. */
    NONE(null, null, "'testing.runTimeout' (seconds) in the specification or -Dmarshal.runTimeout"),

    /** The option {@code run} or {@code command}. */
    RUN("run", "the run script", "'testing.runTimeout' (seconds) in the specification or -Dmarshal.runTimeout"),

    /** The option {@code guest-init}. */
    GUEST_INIT("guest-init", "the guest-init script", "'testing.buildTimeout' (seconds) in the specification or -Dmarshal.buildTimeout");

    private final String title;
    private final String limitOption;
    private final String begins;
    private final Pattern ended;

    GuestScript(String word, String title, String limitOption) {
        this.title = title;
        this.limitOption = limitOption;
        this.begins = word == null ? null : "marshal: " + word + " begins";
        this.ended = word == null ? null : Pattern.compile("marshal: " + word + " ended, exit status (\\d{1,3})$");
    }

    /** What it is called in messages; null for {@link #NONE}. */
    public String title() {
        return title;
    }

    /** Where the user sets the time limit of a run of this kind. */
    String limitOption() {
        return limitOption;
    }

    /**
     * Whether this line says that the script begins. What was printed before on the same line, by a program that did not end its line, does not matter.
     *
     * @param line a {@linkplain ConsoleText#plain plain} line
     */
    public boolean beginsAt(String line) {
        return begins != null && line.stripTrailing().endsWith(begins);
    }

    /**
     * The exit status of the script, if this line says that it ended.
     *
     * @param line a {@linkplain ConsoleText#plain plain} line
     */
    public OptionalInt endsAt(String line) {
        if (ended == null || !line.contains("marshal: ")) {
            return OptionalInt.empty();
        }
        Matcher matcher = ended.matcher(line.stripTrailing());
        return matcher.find() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }

    /**
     * The part of a line that was printed before a line of the contract began on it, such as the last words of a script that did not end its line.
     *
     * @param line a line for which {@link #endsAt} gives a status
     */
    public String before(String line) {
        return line.substring(0, line.lastIndexOf("marshal: "));
    }
}
