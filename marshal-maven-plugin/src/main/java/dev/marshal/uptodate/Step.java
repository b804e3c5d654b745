// SPDX-License-Identifier: Apache-2.0
package dev.marshal.uptodate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Something that is built from inputs, and only when these changed. */
public interface Step {

    /** Short name, unique in a project; also the name of its record. */
    String name();

    /** All that the outputs depend on. Cheap: nothing is built. */
    Inputs inputs() throws IOException;

    /** Files and folders that {@link #build} makes. They must appear whole: see {@link WholeOutput}. */
    List<Path> outputs();

    /** Makes the outputs. */
    void build() throws IOException;

    /** Whether equal inputs give equal outputs wherever they are made, and a copy costs much less than making them: see {@link BuiltOutputs}. */
    default boolean reusable() throws IOException {
        return false;
    }
}
