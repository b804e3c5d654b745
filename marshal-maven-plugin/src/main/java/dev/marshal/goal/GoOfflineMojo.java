// SPDX-License-Identifier: Apache-2.0
package dev.marshal.goal;

import dev.marshal.image.ImagePlan;
import dev.marshal.kernel.KernelPlan;
import dev.marshal.project.WorkloadProject;
import java.io.IOException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Fetches what a build of this workload and its jobs takes from elsewhere, as far as it is not here yet: artifacts of the base, sources, the kernel tree of a base.
 * After {@code dependency:go-offline}, which fetches plugins and dependencies, the workload is built with {@code -o}.
 */
@Mojo(name = "go-offline", requiresDependencyResolution = ResolutionScope.COMPILE, threadSafe = true)
public class GoOfflineMojo extends WorkloadMojo {

    @Override
    void run() throws IOException {
        for (WorkloadProject each : workload().withItsJobs()) {
            KernelPlan kernel = new KernelPlan(each);
            if (kernel.exists()) {
                kernel.fetch();
            }
            ImagePlan image = new ImagePlan(each);
            if (!image.given() && image.exists()) {
                image.fetch();
            }
        }
    }
}
