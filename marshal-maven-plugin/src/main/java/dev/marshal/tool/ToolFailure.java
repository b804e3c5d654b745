// SPDX-License-Identifier: Apache-2.0
package dev.marshal.tool;

import dev.marshal.problem.ProblemException;
import java.nio.file.Path;
import java.time.Duration;

/** A program that was needed failed. */
public final class ToolFailure extends ProblemException {

    private final int exit;

    /**
     * @param what    what it was started for, as the end of "could not …"
     * @param program the program
     * @param outcome how it ended
     * @param limit   the time limit it had
     * @param log     file that holds all of its output; null if only the tail was kept
     */
    public ToolFailure(String what, String program, Command.Outcome outcome, Duration limit, Path log) {
        super("could not " + what + ": " + program + ended(outcome, limit) + tail(outcome), null,
                log == null ? "The lines above say why" : "The lines above say why; all of the output is in " + log);
        this.exit = outcome.exit();
    }

    /** The program's exit status; -1 if it took too long. */
    public int exit() {
        return exit;
    }

    private static String ended(Command.Outcome outcome, Duration limit) {
        return outcome.timedOut() ? " was ended after its time limit of " + limit.toSeconds() + " s" : " exited with status " + outcome.exit();
    }

    private static String tail(Command.Outcome outcome) {
        if (outcome.tail().isEmpty()) {
            return " and printed nothing";
        }
        String indent = System.lineSeparator() + "    ";
        return indent + String.join(indent, outcome.tail()) + System.lineSeparator();
    }
}
