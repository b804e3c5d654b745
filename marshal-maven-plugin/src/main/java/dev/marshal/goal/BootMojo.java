// SPDX-License-Identifier: Apache-2.0
package dev.marshal.goal;

import dev.marshal.machine.MachineResult;
import dev.marshal.project.WorkloadProject;
import dev.marshal.run.RunReport;
import dev.marshal.run.Simulation;
import dev.marshal.run.WorkloadRun;
import dev.marshal.workload.Options;
import java.io.IOException;
import java.util.Optional;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/** Runs the workload on the simulator, keeps its console, and copies its outputs. */
@Mojo(name = "boot", defaultPhase = LifecyclePhase.INTEGRATION_TEST, requiresDependencyResolution = ResolutionScope.COMPILE, threadSafe = true)
public class BootMojo extends WorkloadMojo {

    /** The simulator: {@code qemu} or {@code spike}; the first that the workload can run on unless set. */
    @Parameter(property = "marshal.simulator")
    private String simulator;

    /** Whether the diskless binary is run. */
    @Parameter(property = "marshal.diskless", defaultValue = "false")
    private boolean diskless;

    /** Whether tests are left out, as for every other packaging. */
    @Parameter(property = "skipTests", defaultValue = "false")
    private boolean skipTests;

    @Override
    void run() throws IOException {
        WorkloadProject workload = workload();
        if (skipTests || !workload.chain().value(Options.LAUNCH).orElse(true)) {
            log().info(skipTests ? "not booted: tests are skipped" : "not booted: 'launch' is false");
            return;
        }
        Simulation simulation = new Simulation(workload, simulator);
        WorkloadRun run = new WorkloadRun(workload, simulation, diskless);
        Optional<String> pointless = run.pointless();
        if (pointless.isPresent()) {
            log().info("not booted: " + pointless.get());
            return;
        }
        MachineResult result = run.boot();
        new RunReport(workload).booted(result);
        result.check();
        log().info("booted and powered off in " + result.elapsed().toMillis() / 100 / 10.0 + " s");
    }
}
