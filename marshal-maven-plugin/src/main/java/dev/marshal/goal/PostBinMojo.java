// SPDX-License-Identifier: Apache-2.0
package dev.marshal.goal;

import dev.marshal.kernel.KernelPlan;
import dev.marshal.project.WorkloadProject;
import dev.marshal.run.HostScript;
import dev.marshal.workload.Options;
import dev.marshal.workload.SpecificationCheck;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;

/** Runs the script that wants the boot binary, before the image is made. */
@Mojo(name = "post-bin", defaultPhase = LifecyclePhase.PACKAGE, requiresDependencyResolution = ResolutionScope.COMPILE, threadSafe = true)
public class PostBinMojo extends BuildMojo {

    @Override
    void build(WorkloadProject workload) throws IOException {
        if (workload.chain().value(Options.POST_BIN).isEmpty()) {
            return;
        }
        Map<String, String> environment = new LinkedHashMap<>();
        KernelPlan plan = kernel(workload);
        environment.put("FIREMARSHAL_LINUX_BIN", plan.bootBinary().toString());
        environment.put("MARSHAL_LINUX_BIN", plan.bootBinary().toString());
        if (plan.exists()) {
            KernelPlan.Places places = plan.places();
            environment.put("FIREMARSHAL_LINUX_SRC", places.build().toString());
            environment.put("MARSHAL_LINUX_SRC", places.source().toString());
            environment.put("MARSHAL_LINUX_BUILD", places.build().toString());
        }
        new HostScript(workload, "post-bin", workload.chain().require(Options.POST_BIN, "run")).run(environment);
        SpecificationCheck.filesAfterBinary(workload.chain().own());
    }
}
