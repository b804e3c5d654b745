// SPDX-License-Identifier: Apache-2.0
package dev.marshal.goal;

import dev.marshal.firesim.FireSimSource;
import dev.marshal.firesim.FireSimWorkload;
import dev.marshal.firesim.InstallStep;
import dev.marshal.problem.ProblemException;
import dev.marshal.tool.Toolbox;
import java.io.File;
import java.io.IOException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/** Installs what was built, or a published workload, where FireSim's manager looks for workloads. */
@Mojo(name = "install-firesim", requiresProject = false, requiresDependencyResolution = ResolutionScope.COMPILE, threadSafe = true)
public class InstallFiresimMojo extends WorkloadMojo {

    /** FireSim's folder; that with {@code deploy/workloads}. */
    @Parameter(property = "marshal.firesimDir")
    private File firesimDir;

    /** The published workload that is installed, {@code groupId:artifactId:version}; that of the project unless set. */
    @Parameter(property = "marshal.artifact")
    private String artifact;

    /** Whether the diskless binary is installed. */
    @Parameter(property = "marshal.diskless", defaultValue = "false")
    private boolean diskless;

    @Override
    void run() throws IOException {
        if (firesimDir == null) {
            throw new ProblemException("it is not known where FireSim is", "marshal.firesimDir", "Give its folder: -Dmarshal.firesimDir=DIR");
        }
        if (artifact == null && project().getFile() == null) {
            throw new ProblemException("there is neither a project nor an artifact to install", "marshal.artifact", "Give -Dmarshal.artifact=groupId:artifactId:version, or run the goal in a workload project");
        }
        // Maven calls a goal that can do without a project for the first project alone
        if (artifact == null && !project().getPackaging().equals("workload")) {
            throw new ProblemException("the project " + project().getArtifactId() + " is no workload", project().getFile(),
                    "Call the goal in a workload's folder, as with 'mvn -f MODULE', or bind it to a phase in the POMs of workloads");
        }
        FireSimWorkload workload = artifact == null ? FireSimSource.built(workload(), diskless) : FireSimSource.published(published(artifact), diskless, cache(), new Toolbox(System.getenv().getOrDefault("PATH", ""), (program, ask) -> ask.get()), log());
        InstallStep step = new InstallStep(workload, firesimDir.toPath());
        step.run(verdict -> log().info(step.name() + ": " + verdict.summary()));
        log().info("FireSim's manager finds the workload as workload_name: " + step.description().getFileName());
    }
}
