// SPDX-License-Identifier: Apache-2.0
package dev.marshal.kernel;

import dev.marshal.firmware.Bbl;
import dev.marshal.firmware.Firmware;
import dev.marshal.firmware.OpenSbi;
import dev.marshal.project.WorkloadProject;
import dev.marshal.source.SourceTree;
import dev.marshal.uptodate.Inputs;
import java.io.IOException;
import java.nio.file.Path;

/** The firmware that the specification asks for. */
final class FirmwareChoice {

    private final WorkloadProject project;
    private final KernelPlan plan;

    FirmwareChoice(WorkloadProject project, KernelPlan plan) {
        this.project = project;
        this.plan = plan;
    }

    /** Adds what the firmware's part of a binary depends on, the compiler aside. */
    Inputs describe(Inputs inputs) {
        return inputs.value("firmware", plan.useBbl() ? "bbl" : "OpenSBI")
                .value("source of the firmware", project.identity(plan.firmwareSource()))
                .value("arguments of the firmware", String.join(" ", plan.firmwareArguments()));
    }

    /** Makes one ELF file of firmware and Linux. */
    void link(Path image, Path elf, Path log) throws IOException {
        SourceTree source = project.provide(plan.firmwareSource());
        Firmware firmware = plan.useBbl()
                ? new Bbl(source, plan.firmwareArguments(), project.tools(), project.crossPrefix(), project.cache().folder(), project.log())
                : new OpenSbi(source, plan.firmwareArguments(), project.tools(), project.crossPrefix(), project.cache().folder(), project.log());
        firmware.link(image, elf, log);
    }
}
