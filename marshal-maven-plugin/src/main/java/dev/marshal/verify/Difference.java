// SPDX-License-Identifier: Apache-2.0
package dev.marshal.verify;

import java.nio.file.Path;
import java.util.List;

/**
 * A reference that the output does not match.
 *
 * @param file      its path below the references' folder, with {@code /}
 * @param reference the reference
 * @param output    what should match it
 * @param what      what is wrong, to follow the file's name
 * @param diff      the lines of a unified diff; empty if there is none to show
 */
public record Difference(String file, Path reference, Path output, String what, List<String> diff) {

    /** Keeps a copy. */
    public Difference {
        diff = List.copyOf(diff);
    }

    /** A line that says what is wrong, then the diff. */
    public String text() {
        StringBuilder text = new StringBuilder(file).append(": ").append(what);
        diff.forEach(line -> text.append(System.lineSeparator()).append("    ").append(line));
        return text.toString();
    }
}
