// SPDX-License-Identifier: Apache-2.0
package dev.marshal.goal;

import dev.marshal.kernel.KernelPlan;
import dev.marshal.kernel.NodiskStep;
import dev.marshal.project.WorkloadProject;
import java.io.IOException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;

/** Makes the diskless binary, with the root filesystem inside, when the specification asks for it. */
@Mojo(name = "nodisk-binary", defaultPhase = LifecyclePhase.PACKAGE, requiresDependencyResolution = ResolutionScope.COMPILE, threadSafe = true)
public class NodiskBinaryMojo extends BuildMojo {

    @Override
    void build(WorkloadProject workload) throws IOException {
        KernelPlan plan = kernel(workload);
        if (plan.diskless()) {
            run(workload, new NodiskStep(workload, plan));
        }
    }
}
