// SPDX-License-Identifier: Apache-2.0
package dev.marshal.goal;

import dev.marshal.project.WorkloadProject;
import dev.marshal.run.JobSelection;
import dev.marshal.run.Simulation;
import dev.marshal.run.WorkloadRun;
import java.io.IOException;
import java.util.List;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/** Starts the built workload, or one of its jobs, with its console on the terminal. */
@Mojo(name = "launch", requiresDependencyResolution = ResolutionScope.COMPILE, threadSafe = true)
public class LaunchMojo extends WorkloadMojo {

    /** The simulator: {@code qemu} or {@code spike}; the first that the workload can run on unless set. */
    @Parameter(property = "marshal.simulator")
    private String simulator;

    /** Whether the diskless binary is run. */
    @Parameter(property = "marshal.diskless", defaultValue = "false")
    private boolean diskless;

    /** Whether what the guest writes is there again at the next launch. */
    @Parameter(property = "marshal.persist", defaultValue = "false")
    private boolean persist;

    /** The job to launch; the workload itself unless set. */
    @Parameter(property = "marshal.job")
    private String job;

    @Override
    void run() throws IOException {
        WorkloadProject launched = job == null ? workload() : JobSelection.of(workload(), List.of(job)).chosen().get(0);
        new WorkloadRun(launched, new Simulation(launched, simulator), diskless).launch(persist);
    }
}
