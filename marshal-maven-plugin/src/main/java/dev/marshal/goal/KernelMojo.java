// SPDX-License-Identifier: Apache-2.0
package dev.marshal.goal;

import dev.marshal.kernel.KernelPlan;
import dev.marshal.kernel.KernelStep;
import dev.marshal.project.WorkloadProject;
import java.io.IOException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;

/** Makes the initramfs and compiles Linux with it inside. */
@Mojo(name = "kernel", defaultPhase = LifecyclePhase.COMPILE, requiresDependencyResolution = ResolutionScope.COMPILE, threadSafe = true)
public class KernelMojo extends BuildMojo {

    @Override
    void build(WorkloadProject workload) throws IOException {
        KernelPlan plan = kernel(workload);
        if (plan.exists() && !plan.fromBase()) {
            run(workload, new KernelStep(workload, plan));
        } else {
            forget(workload, new KernelStep(workload, plan));
        }
    }
}
