// SPDX-License-Identifier: Apache-2.0
package dev.marshal.firesim;

import dev.marshal.problem.ProblemException;
import dev.marshal.workload.Chain;
import dev.marshal.workload.Options;
import dev.marshal.workload.Sourced;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What runs on one simulated machine.
 *
 * @param name              of the workload, or of one of its jobs
 * @param bootBinary        what it boots
 * @param rootfs            the image on its disk; empty for a diskless machine
 * @param outputs           paths in the root filesystem that are copied back after a run
 * @param simulationOutputs files that the simulator writes and that are copied back, beside the console
 * @param simulationInputs  files that the simulator reads
 */
public record Node(String name, Path bootBinary, Optional<Path> rootfs, List<String> outputs, List<String> simulationOutputs, List<Path> simulationInputs) {

    /**
     * What a workload or job says of it.
     *
     * @throws ProblemException if an input does not exist
     */
    public static Node of(Chain chain, String name, Path bootBinary, Optional<Path> rootfs) {
        List<Path> inputs = new ArrayList<>();
        for (Sourced<List<String>> each : chain.all(Options.SIMULATION_INPUTS)) {
            for (String input : each.value()) {
                Path file = each.layer().resolve(input);
                if (!Files.isRegularFile(file)) {
                    throw new ProblemException("firesim.simulation_inputs: there is no file '" + input + "' (looked at " + file + ")", each.where(),
                            "Create it; a published workload does not bring its inputs: install it from its project");
                }
                inputs.add(file);
            }
        }
        return new Node(name, bootBinary, rootfs, chain.value(Options.OUTPUTS).orElse(List.of()), chain.value(Options.SIMULATION_OUTPUTS).orElse(List.of()), inputs);
    }
}
