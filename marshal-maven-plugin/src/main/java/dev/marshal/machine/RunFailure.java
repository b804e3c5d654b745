// SPDX-License-Identifier: Apache-2.0
package dev.marshal.machine;

import dev.marshal.problem.ProblemException;
import java.util.List;

/** The run of a machine that did not end as it should. */
public final class RunFailure extends ProblemException {

    private final transient MachineResult result;

    /** @param result of a run that did not succeed */
    public RunFailure(MachineResult result) {
        super(List.of(RunProblem.of(result)));
        this.result = result;
    }

    /** How the run ended. */
    public MachineResult result() {
        return result;
    }
}
