// SPDX-License-Identifier: Apache-2.0
package dev.marshal.packaging;

import javax.inject.Named;
import javax.inject.Singleton;
import org.apache.maven.artifact.handler.DefaultArtifactHandler;

/** Tells Maven of dependencies of type {@code workload}: a file of the same ending, on no class path, whose own dependencies count. */
@Named("workload")
@Singleton
public class WorkloadArtifactHandler extends DefaultArtifactHandler {

    /** Called by Maven. */
    public WorkloadArtifactHandler() {
        super("workload");
        setExtension("workload");
        setLanguage("none");
        setAddedToClasspath(false);
        setIncludesDependencies(false);
    }
}
