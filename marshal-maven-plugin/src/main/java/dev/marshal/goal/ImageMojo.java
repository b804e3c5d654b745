// SPDX-License-Identifier: Apache-2.0
package dev.marshal.goal;

import dev.marshal.image.GivenFileStep;
import dev.marshal.image.ImagePlan;
import dev.marshal.image.ImageStep;
import dev.marshal.project.Layout;
import dev.marshal.project.WorkloadProject;
import dev.marshal.workload.Options;
import java.io.IOException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;

/** Makes the root filesystem: a copy of the base's, overlay, files, guest-init, run script or command, size. */
@Mojo(name = "image", defaultPhase = LifecyclePhase.PACKAGE, requiresDependencyResolution = ResolutionScope.COMPILE, threadSafe = true)
public class ImageMojo extends BuildMojo {

    @Override
    void build(WorkloadProject workload) throws IOException {
        ImagePlan plan = new ImagePlan(workload);
        Layout layout = workload.layout();
        if (plan.given()) {
            run(workload, new GivenFileStep(workload, "image", Options.IMG, layout.image()));
        } else if (plan.exists()) {
            run(workload, new ImageStep(workload, plan));
        } else {
            forget(workload, new ImageStep(workload, plan));
        }
    }
}
