// SPDX-License-Identifier: Apache-2.0
package dev.marshal.goal;

import dev.marshal.project.FormerOutputs;
import dev.marshal.project.WorkloadProject;
import dev.marshal.repository.Attachments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
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
        Map<String, Path> files = publishedFiles();
        deleteAllBut(files.values());
        new FormerOutputs(workload()).delete();
        Attachments.attach(project(), helper, workload().layout().workload(), files);
    }

    /** What an earlier build handed over and this one does not would be taken for what was built: there is none in a build from nothing. */
    private void deleteAllBut(Collection<Path> files) throws IOException {
        for (WorkloadProject each : workload().withItsJobs()) {
            for (Path artifact : each.layout().furtherArtifacts()) {
                if (!files.contains(artifact)) {
                    Files.deleteIfExists(artifact);
                }
            }
        }
    }
}
