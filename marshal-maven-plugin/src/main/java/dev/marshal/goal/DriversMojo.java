// SPDX-License-Identifier: Apache-2.0
package dev.marshal.goal;

import dev.marshal.kernel.DriversStep;
import dev.marshal.kernel.KernelPlan;
import dev.marshal.project.WorkloadProject;
import java.io.IOException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;

/** Compiles every module of the chain against this kernel. */
@Mojo(name = "drivers", defaultPhase = LifecyclePhase.COMPILE, requiresDependencyResolution = ResolutionScope.COMPILE, threadSafe = true)
public class DriversMojo extends BuildMojo {

    @Override
    void build(WorkloadProject workload) throws IOException {
        KernelPlan plan = kernel(workload);
        if (plan.compiles()) {
            run(workload, new DriversStep(workload, plan));
        } else {
            forget(workload, new DriversStep(workload, plan));
        }
    }
}
