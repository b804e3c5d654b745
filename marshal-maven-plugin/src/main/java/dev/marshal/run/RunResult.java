// SPDX-License-Identifier: Apache-2.0
package dev.marshal.run;

import dev.marshal.machine.Ending;
import dev.marshal.machine.MachineResult;
import dev.marshal.problem.Problem;
import dev.marshal.project.WorkloadProject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the run of a workload or job ended.
 *
 * @param project  what was run
 * @param machine  how its machine ended; empty if it could not be started
 * @param problems all that is wrong; empty if it ended well
 */
public record RunResult(WorkloadProject project, Optional<MachineResult> machine, List<Problem> problems) {

    /** Keeps a copy. */
    public RunResult {
        problems = List.copyOf(problems);
    }

    /** Of a machine that ran. @param more what is wrong beside how it ended */
    static RunResult of(WorkloadProject project, MachineResult machine, List<Problem> more) {
        List<Problem> problems = new ArrayList<>();
        machine.problem().ifPresent(problems::add);
        problems.addAll(more);
        return new RunResult(project, Optional.of(machine), problems);
    }

    /** Whether it ended well. */
    public boolean succeeded() {
        return problems.isEmpty();
    }

    /** How long the machine ran. */
    public Duration elapsed() {
        return machine.map(MachineResult::elapsed).orElse(Duration.ZERO);
    }

    /** How it ended, in a word or two. */
    public String state() {
        if (succeeded()) {
            return "passed";
        }
        return machine.map(result -> switch (result.ending()) {
            case POWERED_OFF -> "failed";
            case PANIC -> "panic";
            case TIMED_OUT -> "timed out";
            case FLOODED -> "flooded";
            case DIED -> "died";
            case INTERRUPTED -> "interrupted";
        }).orElse("not started");
    }

    /** The exit status of the run script or command; a hyphen if the guest told none. */
    public String exit() {
        return machine.filter(result -> result.scriptStatus().isPresent()).map(result -> Integer.toString(result.scriptStatus().getAsInt())).orElse("-");
    }

    /** Whether it ran to its end, with whatever result. */
    boolean ran() {
        return machine.filter(result -> result.ending() == Ending.POWERED_OFF).isPresent();
    }
}
