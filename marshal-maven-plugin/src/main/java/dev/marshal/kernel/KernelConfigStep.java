// SPDX-License-Identifier: Apache-2.0
package dev.marshal.kernel;

import dev.marshal.project.WorkloadProject;
import dev.marshal.uptodate.Inputs;
import dev.marshal.uptodate.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** {@code defconfig} and the chain's fragments become the kernel's configuration. */
public final class KernelConfigStep implements Step {

    private final WorkloadProject project;
    private final KernelPlan plan;

    /** @param project what is built @param plan its kernel */
    public KernelConfigStep(WorkloadProject project, KernelPlan plan) {
        this.project = project;
        this.plan = plan;
    }

    @Override
    public String name() {
        return "kernel-config";
    }

    @Override
    public Inputs inputs() throws IOException {
        Inputs inputs = project.inputs().value("option linux.source", project.identity(plan.source())).value("cross compiler", project.crossCompiler().version());
        int number = 0;
        for (Fragment fragment : plan.fragments()) {
            inputs.file("fragment " + ++number + ", " + fragment.label(), fragment.file());
        }
        return inputs;
    }

    @Override
    public List<Path> outputs() {
        return List.of(project.layout().kernelConfig());
    }

    @Override
    public void build() throws IOException {
        BusyboxAhead.start(project, plan);
        new KernelConfiguration(project, plan.sourceTree()).write(plan.fragments(), project.layout().kernelConfig());
    }
}
