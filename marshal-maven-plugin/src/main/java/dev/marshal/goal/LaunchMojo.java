// SPDX-License-Identifier: Apache-2.0
package dev.marshal.goal;

import dev.marshal.run.Simulation;
import dev.marshal.run.WorkloadRun;
import java.io.IOException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/** Starts the built workload with its console on the terminal. */
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

    @Override
    void run() throws IOException {
        new WorkloadRun(workload(), new Simulation(workload(), simulator), diskless).launch(persist);
    }
}
