// SPDX-License-Identifier: Apache-2.0
package dev.marshal.kernel;

import dev.marshal.project.WorkloadProject;
import dev.marshal.uptodate.Inputs;
import dev.marshal.uptodate.Step;
import dev.marshal.uptodate.WholeOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Links Linux with the firmware into the file that simulators take. */
public final class BootBinaryStep implements Step {

    private final WorkloadProject project;
    private final FirmwareChoice firmware;

    /** @param project what is built @param plan its kernel */
    public BootBinaryStep(WorkloadProject project, KernelPlan plan) {
        this.project = project;
        this.firmware = new FirmwareChoice(project, plan);
    }

    @Override
    public String name() {
        return "boot-binary";
    }

    @Override
    public Inputs inputs() throws IOException {
        return firmware.describe(project.inputs()).value("cross compiler", project.crossCompiler().version()).file("Linux", project.layout().kernelImage())
                .file("kernel configuration", project.layout().kernelConfig());
    }

    @Override
    public List<Path> outputs() {
        return List.of(project.layout().bootBinary(), project.layout().linuxConfig());
    }

    @Override
    public boolean reusable() {
        return true;
    }

    @Override
    public void build() throws IOException {
        firmware.link(project.layout().kernelImage(), project.layout().bootBinary(), project.layout().log("boot-binary"));
        // together with the binary that it belongs to
        WholeOutput.file(project.layout().linuxConfig(), temporary -> Files.copy(project.layout().kernelConfig(), temporary));
    }
}
