// SPDX-License-Identifier: Apache-2.0
package dev.marshal.machine;

import dev.marshal.problem.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a run ended.
 *
 * @param request       what was run
 * @param simulator     what the simulator is called
 * @param ending        how it ended
 * @param scriptBegan   whether the guest said that its script begins
 * @param scriptStatus  the exit status of the script, if the guest told it
 * @param simulatorExit the simulator's exit status; -1 if it was stopped
 * @param fatal         the message after which the machine was stopped; null if there was none
 * @param tail          the last lines of the console, without control characters
 * @param messages      the last lines of the simulator's own messages, likewise
 * @param layer         what the guest wrote to its disk; null if it has no disk, wrote to the image itself, or the simulator forgets it
 * @param elapsed       how long it ran
 */
public record MachineResult(MachineRequest request, String simulator, Ending ending, boolean scriptBegan, OptionalInt scriptStatus, int simulatorExit, String fatal,
        List<String> tail, List<String> messages, DiskLayer layer, Duration elapsed) {

    /** Keeps copies. */
    public MachineResult {
        tail = List.copyOf(tail);
        messages = List.copyOf(messages);
    }

    /** Whether the guest ended the run, and its script, if it has one, ended well. A script that powers the machine off itself has no exit status. */
    public boolean succeeded() {
        if (ending != Ending.POWERED_OFF || request.script() == GuestScript.NONE) {
            return ending == Ending.POWERED_OFF;
        }
        return scriptStatus.isPresent() ? scriptStatus.getAsInt() == 0 : scriptBegan;
    }

    /** What is wrong with the run, in a form fit for the user; empty if it succeeded. */
    public Optional<Problem> problem() {
        return succeeded() ? Optional.empty() : Optional.of(RunProblem.of(this));
    }

    /** Stops the build unless the run succeeded. @return this @throws RunFailure if it did not */
    public MachineResult check() {
        if (!succeeded()) {
            throw new RunFailure(this);
        }
        return this;
    }
}
