// SPDX-License-Identifier: Apache-2.0
package dev.marshal.run;

import dev.marshal.machine.Disk;
import dev.marshal.machine.GuestScript;
import dev.marshal.machine.HostCapacity;
import dev.marshal.machine.Machine;
import dev.marshal.machine.MachineMemory;
import dev.marshal.machine.MachineRequest;
import dev.marshal.machine.MachineResult;
import dev.marshal.machine.Qemu;
import dev.marshal.machine.Spike;
import dev.marshal.problem.ProblemException;
import dev.marshal.project.WorkloadProject;
import dev.marshal.tool.HostTools;
import dev.marshal.tool.Requirement;
import dev.marshal.workload.Chain;
import dev.marshal.workload.Option;
import dev.marshal.workload.Options;
import dev.marshal.workload.Sourced;
import java.nio.file.Path;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The machine that a workload runs on, as its specification describes it. */
public final class Simulation {

    private static final int DEFAULT_CPUS = 4;

    /** The simulators that there are. */
    public enum Simulator {
        /** Fast, with every device. */
        QEMU(Options.QEMU, Options.QEMU_ARGS, HostTools.QEMU),
        /** The ISA simulator; a disk only through a plug-in. */
        SPIKE(Options.SPIKE, Options.SPIKE_ARGS, HostTools.SPIKE);

        private final Option<Optional<String>> path;
        private final Option<List<String>> arguments;
        private final Requirement program;

        Simulator(Option<Optional<String>> path, Option<List<String>> arguments, Requirement program) {
            this.path = path;
            this.arguments = arguments;
            this.program = program;
        }
    }

    private final WorkloadProject project;
    private final Simulator simulator;

    /**
     * @param project what is run
     * @param asked   name of the simulator that the user asks for; null for the first that the workload can run on
     * @throws ProblemException if there is no such simulator, or the workload cannot run on it
     */
    public Simulation(WorkloadProject project, String asked) {
        this.project = project;
        this.simulator = choose(project.chain(), asked);
    }

    /** Starts the machine when the host has room for it, and waits for its end. */
    public MachineResult run(MachineRequest request) throws IOException {
        Runnable waiting = () -> project.log().info(request.name() + ": waits for other machines to end");
        try (HostCapacity.Share share = HostCapacity.HOST.take(request.memoryBytes(), project.settings().parallelJobs(), waiting)) {
            MachineResult result = machine().run(request);
            project.log().info(request.name() + ": ended after " + result.elapsed().toMillis() / 100 / 10.0 + " s");
            return result;
        }
    }

    /** The simulator. */
    public Machine machine() {
        String program = program().orElse(null);
        return simulator == Simulator.SPIKE ? new Spike(project.tools(), program, project.log()) : new Qemu(project.tools(), program, project.log());
    }

    /** Checks that the simulator can be started. @throws ProblemException if it cannot: says how to get it */
    public void require() {
        program().filter(asked -> asked.contains("/") && project.tools().locate(asked).isEmpty()).ifPresent(asked -> {
            throw new ProblemException("'" + simulator.path + "' is '" + asked + "', which is not a program that can be started", project.chain().get(simulator.path).orElseThrow().where(),
                    "Correct the path, or leave the option out to use '" + simulator.program.program() + "' of the PATH");
        });
        project.tools().require(program().map(simulator.program::named).orElse(simulator.program));
    }

    /** The simulator's program as the workload asks for it; empty for the one of the {@code PATH}. A relative path is that of a file of the workload that names it. */
    public Optional<String> program() {
        return project.chain().get(simulator.path).flatMap(path -> path.value().map(path.layer()::program));
    }

    /** Which simulator it is. */
    public Simulator simulator() {
        return simulator;
    }

    /**
     * The machine to start.
     *
     * @param script  what the guest runs
     * @param binary  what the machine starts with
     * @param disk    its disk; null without one
     * @param uartlog gets the console
     * @param work    folder for what the run needs
     * @param limit   time limit
     */
    public MachineRequest request(GuestScript script, Path binary, Disk disk, Path uartlog, Path work, Duration limit) {
        Chain chain = project.chain();
        MachineMemory host = new MachineMemory(project.log());
        long memory = chain.get(Options.MEM).map(asked -> host.asked(asked.value(), asked.where().toString())).orElseGet(host::standard);
        boolean legacySbi = chain.value(Options.USE_BBL).orElse(false);
        return new MachineRequest(chain.name(), script, binary, disk, chain.value(Options.CPUS).orElse(DEFAULT_CPUS), memory, chain.value(simulator.arguments).orElse(List.of()), legacySbi,
                List.of(), uartlog, work, limit);
    }

    private static Simulator choose(Chain chain, String asked) {
        if (asked != null) {
            Simulator simulator;
            try {
                simulator = Simulator.valueOf(asked.toUpperCase(java.util.Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw new ProblemException("there is no simulator '" + asked + "'", "marshal.simulator", "Use qemu or spike", e);
            }
            Optional<Sourced<Optional<String>>> path = chain.get(simulator.path);
            if (path.isPresent() && path.get().value().isEmpty()) {
                throw new ProblemException("the workload cannot run on " + asked + ": '" + simulator.path + "' is null", path.get().where(), "Choose another simulator");
            }
            return simulator;
        }
        for (Simulator simulator : Simulator.values()) {
            if (chain.value(simulator.path).map(Optional::isPresent).orElse(true)) {
                return simulator;
            }
        }
        throw new ProblemException("the workload can run on no simulator: both 'qemu' and 'spike' are null", chain.own().specification().where(), "Set 'launch: false' so that it is not booted, or allow one of them");
    }
}
