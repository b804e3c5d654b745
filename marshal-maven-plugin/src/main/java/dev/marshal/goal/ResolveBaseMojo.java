// SPDX-License-Identifier: Apache-2.0
package dev.marshal.goal;

import dev.marshal.check.InputCheck;
import dev.marshal.project.WorkloadProject;
import dev.marshal.repository.WorkloadLoader;
import dev.marshal.run.Simulation;
import dev.marshal.schema.SchemaFile;
import dev.marshal.workload.Chain;
import dev.marshal.workload.Layer;
import dev.marshal.workload.Option;
import dev.marshal.workload.Options;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/** Resolves the chain of bases, computes the effective specification and checks every input before work starts. */
@Mojo(name = "resolve-base", defaultPhase = LifecyclePhase.INITIALIZE, requiresDependencyResolution = ResolutionScope.COMPILE, threadSafe = true)
public class ResolveBaseMojo extends WorkloadMojo {

    private static final List<String> RUNNING = List.of("integration-test", "post-integration-test", "verify", "install", "deploy");
    private static final List<Option<?>> STARTED = List.of(Options.RUN, Options.COMMAND, Options.REF_DIR, Options.OUTPUTS);

    /** The simulator that the workload will be run on. */
    @Parameter(property = "marshal.simulator")
    private String simulator;

    /** Whether tests are left out, as for every other packaging. */
    @Parameter(property = "skipTests", defaultValue = "false")
    private boolean skipTests;

    @Override
    void run() throws IOException {
        // first, so that editors help where the specification is wrong
        SchemaFile.write(Path.of(project().getBuild().getDirectory()).resolve("marshal/workload.schema.json"));
        WorkloadLoader.Loaded loaded = loaded();
        InputCheck.beforeWork(loaded.workload(), loaded.problems(), loaded.complete());
        for (WorkloadProject each : keep(loaded.workload()).withItsJobs()) {
            checkSimulator(each);
            log().info(prefix(each) + "chain: " + each.chain().layers().stream().map(Layer::label).collect(Collectors.joining(" → ")));
        }
    }

    /** Better before minutes of compiling than after. */
    private void checkSimulator(WorkloadProject workload) {
        Chain chain = workload.chain();
        if (chain.get(Options.GUEST_INIT).isPresent()) {
            require(workload, "qemu");
        }
        boolean runs = RUNNING.stream().anyMatch(session().getGoals()::contains) && !skipTests && chain.value(Options.LAUNCH).orElse(true) && workload.jobs().isEmpty();
        if (runs && STARTED.stream().anyMatch(option -> chain.get(option).isPresent())) {
            require(workload, simulator);
        }
    }

    private static void require(WorkloadProject workload, String name) {
        Simulation simulation = new Simulation(workload, name);
        boolean mayBeMade = simulation.program().isPresent() && workload.chain().value(Options.HOST_INIT).isPresent();
        if (!mayBeMade) {
            simulation.require();
        }
    }
}
