// SPDX-License-Identifier: Apache-2.0
package dev.marshal.goal;

import dev.marshal.check.InputCheck;
import dev.marshal.project.WorkloadProject;
import dev.marshal.run.HostScript;
import dev.marshal.workload.Options;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;

/** Runs the host script, if there is one, in every build: it may change anything that the build reads. */
@Mojo(name = "host-init", defaultPhase = LifecyclePhase.INITIALIZE, requiresDependencyResolution = ResolutionScope.COMPILE, threadSafe = true)
public class HostInitMojo extends WorkloadMojo {

    @Override
    void run() throws IOException {
        List<WorkloadProject> scripted = workload().withItsJobs().stream().filter(each -> each.chain().value(Options.HOST_INIT).isPresent()).toList();
        for (WorkloadProject each : scripted) {
            new HostScript(each, "host-init", each.chain().require(Options.HOST_INIT, "run")).run(Map.of());
        }
        if (!scripted.isEmpty()) {
            forgetKernels();
            InputCheck.afterHostScripts(workload());
        }
    }
}
