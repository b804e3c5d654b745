// SPDX-License-Identifier: Apache-2.0
package dev.marshal.verify;

import java.time.Duration;
import java.util.Objects;

/**
 * One workload or job, as a case of a test report.
 *
 * @param name    the workload's or job's name
 * @param elapsed how long it ran
 * @param outcome what came of it
 * @param message what is wrong, or why it was skipped, in one line; empty if it passed
 * @param details the same at length: the diff, the last lines of the console; may be empty
 * @param output  what is shown of its console; may be empty
 */
public record TestCase(String name, Duration elapsed, Outcome outcome, String message, String details, String output) {

    /** What came of a case. */
    public enum Outcome {
        /** As expected. */
        PASSED,
        /** It ran, and its result is not the expected one. */
        FAILED,
        /** It could not be run to its end. */
        ERROR,
        /** It was not run. */
        SKIPPED
    }

    /** None is null. */
    public TestCase {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(elapsed, "elapsed");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(details, "details");
        Objects.requireNonNull(output, "output");
    }
}
