// SPDX-License-Identifier: Apache-2.0
package dev.marshal.problem;

/**
 * A place in a text file, as editors and terminals understand it.
 *
 * @param file   path or name of the file, as shown to the user
 * @param line   line, counted from 1; 0 if only the file is known
 * @param column column, counted from 1; 0 if only the line is known
 */
public record Location(String file, int line, int column) {

    /** A whole file. */
    public static Location of(String file) {
        return new Location(file, 0, 0);
    }

    /** {@code file}, {@code file:line} or {@code file:line:column}. */
    @Override
    public String toString() {
        if (line <= 0) {
            return file;
        }
        return column <= 0 ? file + ":" + line : file + ":" + line + ":" + column;
    }
}
