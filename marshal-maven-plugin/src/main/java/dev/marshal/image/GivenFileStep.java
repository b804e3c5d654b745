// SPDX-License-Identifier: Apache-2.0
package dev.marshal.image;

import dev.marshal.problem.Problem;
import dev.marshal.problem.ProblemException;
import dev.marshal.project.WorkloadProject;
import dev.marshal.rootfs.Ext4Reader;
import dev.marshal.tool.Command;
import dev.marshal.uptodate.Inputs;
import dev.marshal.uptodate.Step;
import dev.marshal.uptodate.WholeOutput;
import dev.marshal.workload.Option;
import dev.marshal.workload.Options;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Takes a boot binary or an image as the specification brings it. */
public final class GivenFileStep implements Step {

    private final WorkloadProject project;
    private final String name;
    private final Option<String> option;
    private final Path output;

    /**
     * @param project what is built
     * @param name    the step's name
     * @param option  the option that names the file; must be set
     * @param output  where it goes
     */
    public GivenFileStep(WorkloadProject project, String name, Option<String> option, Path output) {
        this.project = project;
        this.name = name;
        this.option = option;
        this.output = output;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Inputs inputs() throws IOException {
        return project.inputs().file("option " + option, given());
    }

    @Override
    public List<Path> outputs() {
        return List.of(output);
    }

    @Override
    public void build() throws IOException {
        if (option.equals(Options.IMG)) {
            checkImage();
        }
        WholeOutput.file(output, temporary -> new Command("copy " + given(), "cp").args("--reflink=auto", "--sparse=always", given(), temporary).limit(Duration.ofHours(1)).check());
    }

    /** What cannot be read now could not be booted later. */
    private void checkImage() throws IOException {
        try {
            Ext4Reader.open(given()).close();
        } catch (ProblemException e) {
            Problem problem = e.problems().get(0);
            throw new ProblemException(option + ": " + given() + ": " + problem.what(), project.chain().get(option).orElseThrow().where(), problem.remedy(), e);
        }
    }

    private Path given() {
        return project.chain().own().resolve(project.chain().value(option).orElseThrow());
    }
}
