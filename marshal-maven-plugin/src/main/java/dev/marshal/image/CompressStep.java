// SPDX-License-Identifier: Apache-2.0
package dev.marshal.image;

import dev.marshal.project.WorkloadProject;
import dev.marshal.uptodate.Inputs;
import dev.marshal.uptodate.Step;
import dev.marshal.uptodate.WholeOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Compresses an output for publication. */
public final class CompressStep implements Step {

    private final WorkloadProject project;
    private final String name;
    private final Path file;
    private final Path compressed;

    /** @param project what is built @param name the step's name @param file what to compress @param compressed where that goes */
    public CompressStep(WorkloadProject project, String name, Path file, Path compressed) {
        this.project = project;
        this.name = name;
        this.file = file;
        this.compressed = compressed;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Inputs inputs() throws IOException {
        return project.inputs().stamp(file.getFileName().toString(), file);
    }

    @Override
    public List<Path> outputs() {
        return List.of(compressed);
    }

    @Override
    public void build() throws IOException {
        WholeOutput.file(compressed, temporary -> CompressedImage.compress(file, temporary, project.tools()));
    }
}
