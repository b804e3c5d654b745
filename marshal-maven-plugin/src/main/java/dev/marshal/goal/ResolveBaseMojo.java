// SPDX-License-Identifier: Apache-2.0
package dev.marshal.goal;

import dev.marshal.distro.Distributions;
import dev.marshal.project.WorkloadProject;
import dev.marshal.workload.Layer;
import dev.marshal.workload.Options;
import dev.marshal.workload.SpecificationCheck;
import java.io.IOException;
import java.util.stream.Collectors;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;

/** Resolves the chain of bases, computes the effective specification and checks every input before work starts. */
@Mojo(name = "resolve-base", defaultPhase = LifecyclePhase.INITIALIZE, requiresDependencyResolution = ResolutionScope.COMPILE, threadSafe = true)
public class ResolveBaseMojo extends WorkloadMojo {

    @Override
    void run() throws IOException {
        WorkloadProject workload = workload();
        Layer own = workload.chain().own();
        SpecificationCheck.options(own);
        SpecificationCheck.hostScript(own);
        if (own.specification().get(Options.HOST_INIT).isEmpty()) {
            SpecificationCheck.files(own);
        }
        Distributions.of(workload.chain());
        log().info("chain: " + workload.chain().layers().stream().map(Layer::label).collect(Collectors.joining(" → ")));
    }
}
