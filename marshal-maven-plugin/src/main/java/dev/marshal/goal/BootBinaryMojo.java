// SPDX-License-Identifier: Apache-2.0
package dev.marshal.goal;

import dev.marshal.image.GivenFileStep;
import dev.marshal.kernel.BaseBinaryStep;
import dev.marshal.kernel.BootBinaryStep;
import dev.marshal.kernel.KernelPlan;
import dev.marshal.project.WorkloadProject;
import dev.marshal.workload.Options;
import java.io.IOException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;

/** Links Linux with bbl or OpenSBI into one boot binary; or takes the one of the base, or of the specification. */
@Mojo(name = "boot-binary", defaultPhase = LifecyclePhase.PACKAGE, requiresDependencyResolution = ResolutionScope.COMPILE, threadSafe = true)
public class BootBinaryMojo extends BuildMojo {

    @Override
    void build(WorkloadProject workload) throws IOException {
        KernelPlan plan = kernel(workload);
        if (workload.chain().value(Options.BIN).isPresent()) {
            run(workload, new GivenFileStep(workload, "boot-binary", Options.BIN, workload.layout().bootBinary()));
        } else if (plan.fromBase()) {
            if (!workload.base().orElseThrow().inBuild()) {
                run(workload, new BaseBinaryStep(workload));
            }
        } else if (plan.exists()) {
            run(workload, new BootBinaryStep(workload, plan));
        }
    }
}
