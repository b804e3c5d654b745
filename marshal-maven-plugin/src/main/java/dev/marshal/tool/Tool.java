// SPDX-License-Identifier: Apache-2.0
package dev.marshal.tool;

import java.nio.file.Path;

/**
 * A program found on the host.
 *
 * @param path    where it is
 * @param version the line that it prints of itself, part of every fingerprint that depends on it; empty if it is not asked
 */
public record Tool(Path path, String version) {

    /** Its file name. */
    public String name() {
        return path.getFileName().toString();
    }
}
