// SPDX-License-Identifier: Apache-2.0
package dev.marshal.goal;

import dev.marshal.kernel.KernelConfigStep;
import dev.marshal.kernel.KernelPlan;
import dev.marshal.project.WorkloadProject;
import java.io.IOException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;

/** Makes the kernel's configuration from {@code defconfig} and the chain's fragments, and warns of every option that did not take. */
@Mojo(name = "kernel-config", defaultPhase = LifecyclePhase.GENERATE_SOURCES, requiresDependencyResolution = ResolutionScope.COMPILE, threadSafe = true)
public class KernelConfigMojo extends BuildMojo {

    @Override
    void build(WorkloadProject workload) throws IOException {
        KernelPlan plan = kernel(workload);
        if (plan.exists() && plan.fromBase()) {
            log().info(prefix(workload) + "the same kernel inputs as " + workload.base().orElseThrow().coordinates() + ": " + (plan.compiles() ? "" : "nothing is compiled, ") + "its boot binary is used");
        }
        if (plan.compiles()) {
            run(workload, new KernelConfigStep(workload, plan));
        } else {
            forget(workload, new KernelConfigStep(workload, plan));
        }
    }
}
