// SPDX-License-Identifier: Apache-2.0
package dev.marshal.machine;

import dev.marshal.problem.ProblemException;
import dev.marshal.tool.HostTools;
import dev.marshal.tool.Requirement;
import dev.marshal.tool.Tool;
import dev.marshal.tool.Toolbox;
import java.nio.file.Files;
import java.nio.file.Path;

/** What every simulator needs to find before it can start. */
final class RequestCheck {

    private RequestCheck() {}

    /**
     * The simulator's program.
     *
     * @param requirement the simulator as found on the PATH
     * @param asked       path that the workload gives; null for the one of the PATH
     * @param option      the workload's option, {@code qemu} or {@code spike}
     */
    static Tool simulator(Toolbox toolbox, Requirement requirement, String asked, String option) {
        if (asked == null) {
            return toolbox.require(requirement);
        }
        Requirement named = requirement.named(asked);
        if (toolbox.find(named).isEmpty()) {
            throw new ProblemException("'" + asked + "' is not a program that can be started", "option '" + option + "'",
                    "Correct the path, or leave the option out to use '" + requirement.program() + "' of the PATH");
        }
        return toolbox.require(named);
    }

    /** Binary and image are there. */
    static void files(MachineRequest request) {
        file(request, request.bootBinary(), "boot binary");
        if (request.disk() != null) {
            file(request, request.disk().image(), "image");
        }
    }

    private static void file(MachineRequest request, Path file, String what) {
        if (!Files.isRegularFile(file)) {
            throw new ProblemException("the " + what + " of '" + request.name() + "' does not exist", file, "Build the workload first: 'mvn package'");
        }
    }

    /** What ends a program together with us. */
    static void guard(Toolbox toolbox) {
        toolbox.require(HostTools.SETSID);
    }
}
