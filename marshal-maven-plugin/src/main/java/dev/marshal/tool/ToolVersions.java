// SPDX-License-Identifier: Apache-2.0
package dev.marshal.tool;

import java.nio.file.Path;
import java.util.function.Supplier;

/** Remembers what programs print of themselves, so that a build with nothing to do starts none of them. */
public interface ToolVersions {

    /**
     * @param program the program's file
     * @param ask     starts the program; called only if nothing is known of this very file
     */
    String of(Path program, Supplier<String> ask);
}
