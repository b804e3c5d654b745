// SPDX-License-Identifier: Apache-2.0
package dev.marshal.source;

import dev.marshal.problem.ProblemException;
import java.nio.file.Path;

/** Compares what came with what was to come. */
final class Checksum {

    private Checksum() {}

    /**
     * @param source   the source, as it is written
     * @param file     where what came is; null if it is not kept
     * @param expected SHA-256; null if anything will do
     * @param found    SHA-256 of what came
     * @throws ProblemException if they differ
     */
    static void check(String source, Path file, String expected, String found) {
        if (expected != null && !expected.equals(found)) {
            throw new ProblemException("the source " + source + " is not what it should be: its sha256 should be " + expected + ", but what came has " + found, file,
                    "If the source was meant to change, correct its sha256 where it is named; if not, do not use it");
        }
    }
}
