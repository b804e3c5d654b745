// SPDX-License-Identifier: Apache-2.0
package dev.marshal.machine;

import dev.marshal.problem.ProblemException;
import java.io.IOException;

/** A simulator. Implementations are thread-safe; machines that run side by side need {@linkplain MachineRequest#workFolder() work folders} of their own. */
public interface Machine {

    /** What the simulator is called. */
    String title();

    /** Whether what the guest writes to its disk can be read after the run. */
    boolean keepsWrites();

    /**
     * Checks, without starting anything, that this machine can be started.
     *
     * @throws ProblemException if the simulator or a file is missing, or the simulator has no such disk
     */
    void check(MachineRequest request);

    /**
     * Starts the machine, waits for its end, and never lets it outlive this process. How it ended is in the result, whatever that is.
     *
     * @throws ProblemException as {@link #check}, and if the console cannot be written
     */
    MachineResult run(MachineRequest request) throws IOException;

    /**
     * Starts the machine with its console on the user's terminal and waits for its end. It has no time limit and goes on after a panic.
     *
     * @throws ProblemException as {@link #check}, and if there is no terminal
     */
    MachineResult launch(MachineRequest request) throws IOException;
}
