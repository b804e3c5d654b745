// SPDX-License-Identifier: Apache-2.0
package dev.marshal.goal;

import dev.marshal.problem.ProblemException;
import java.io.File;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/** The property {@code project.build.outputTimestamp}: the time that outputs bear. */
final class OutputTimestamp {

    /** Outputs bear this time where the POM sets none: they must not bear the time of the build. */
    private static final Instant DEFAULT = Instant.parse("2020-01-01T00:00:00Z");

    private OutputTimestamp() {}

    /**
     * @param text in ISO 8601 or seconds since 1970; null, blank or a single character for none, as everywhere in Maven
     * @param pom  where it stands, for messages
     */
    static Instant parse(String text, File pom) {
        if (text == null || text.isBlank() || text.length() == 1) {
            return DEFAULT;
        }
        try {
            return text.matches("\\d+") ? Instant.ofEpochSecond(Long.parseLong(text)) : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new ProblemException("'" + text + "' is no time", pom + " <project.build.outputTimestamp>", "Write it as 2026-01-31T12:00:00Z, or as seconds since 1970", e);
        }
    }
}
