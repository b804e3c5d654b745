// SPDX-License-Identifier: Apache-2.0
package dev.marshal.goal;

import dev.marshal.distro.EffectiveSpecification;
import dev.marshal.project.WorkloadProject;
import dev.marshal.workload.Chain;
import dev.marshal.workload.Layer;
import java.io.IOException;
import java.util.List;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;

/** Prints the chain of bases, and for each effective option which workload it comes from; for jobs, what differs from the workload. */
@Mojo(name = "tree", requiresDependencyResolution = ResolutionScope.COMPILE, threadSafe = true)
public class TreeMojo extends BuildMojo {

    @Override
    void build(WorkloadProject workload) throws IOException {
        Chain chain = workload.chain();
        boolean job = workload != workload();
        if (job) {
            log().info("");
            log().info("job " + workload.jobName() + ", where it differs from " + workload().name() + ":");
        }
        chain(chain.layers());
        (job ? EffectiveSpecification.lines(chain, workload().chain()) : EffectiveSpecification.lines(chain)).forEach(log()::info);
    }

    private void chain(List<Layer> layers) {
        String indent = "";
        for (int i = layers.size() - 1; i >= 0; i--) {
            log().info(indent + (indent.isEmpty() ? "" : "└─ ") + layers.get(i).label() + (layers.get(i).coordinates() == null ? " (board)" : ""));
            indent += "   ";
        }
        log().info("");
    }
}
