// SPDX-License-Identifier: Apache-2.0
package dev.marshal.goal;

import dev.marshal.repository.Attachments;
import java.io.IOException;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.project.MavenProjectHelper;

/** Writes the main artifact, which children inherit from, and hands all artifacts over to Maven. */
@Mojo(name = "archive", defaultPhase = LifecyclePhase.PACKAGE, requiresDependencyResolution = ResolutionScope.COMPILE, threadSafe = true)
public class ArchiveMojo extends PublishingMojo {

    @Inject
    private MavenProjectHelper helper;

    @Override
    void run() throws IOException {
        for (Owned each : publishingSteps()) {
            run(each.workload(), each.step());
        }
        run(workload(), archiveStep());
        Attachments.attach(project(), helper, workload().layout().workload(), publishedFiles());
    }
}
