// SPDX-License-Identifier: Apache-2.0
package dev.marshal.machine;

import dev.marshal.problem.ProblemException;
import dev.marshal.tool.Command;
import dev.marshal.tool.HostTools;
import dev.marshal.tool.Log;
import dev.marshal.tool.Requirement;
import dev.marshal.tool.Tool;
import dev.marshal.tool.Toolbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Spike, the RISC-V ISA simulator. It has no disk of its own: a workload with one names a plug-in with the device {@code iceblk} in
 * {@code spike-args}. The plug-in reads the image into memory and never writes it back.
 */
public final class Spike implements Machine {

    /** Compiles a changed device tree; Spike itself needs it too. */
    private static final Requirement DTC = new Requirement("dtc", null, List.of(), "compile device trees for Spike", "device-tree-compiler", "dtc", "dtc");

    private static final String DEVICE = "--device=iceblk";

    private final Toolbox toolbox;
    private final String program;
    private final Log log;

    /**
     * @param toolbox finds the programs
     * @param program path or name of the simulator that the workload asks for; null for the one of the PATH
     * @param log     is told how long runs go on
     */
    public Spike(Toolbox toolbox, String program, Log log) {
        this.toolbox = toolbox;
        this.program = program;
        this.log = log;
    }

    @Override
    public String title() {
        return "Spike";
    }

    @Override
    public boolean keepsWrites() {
        return false;
    }

    @Override
    public void check(MachineRequest request) {
        simulator();
        RequestCheck.guard(toolbox);
        RequestCheck.files(request);
        if (changesDeviceTree(request)) {
            toolbox.require(DTC);
        }
        if (!request.forwards().isEmpty()) {
            throw new ProblemException("Spike has no network, so no port of '" + request.name() + "' can be forwarded", null, "Use QEMU for it");
        }
        if (request.disk() != null) {
            checkDisk(request);
        }
    }

    @Override
    public MachineResult run(MachineRequest request) throws IOException {
        check(request);
        return new MachineRun(title(), request, log).run(prepared(request), null);
    }

    @Override
    public MachineResult launch(MachineRequest request) throws IOException {
        check(request);
        log.info(request.name() + ": launched on Spike; Ctrl-] ends it and this build");
        return new MachineRun(title(), request, log).launch(prepared(request), null, "^]");
    }

    private void checkDisk(MachineRequest request) {
        if (request.disk().access() == Disk.Access.DIRECT) {
            throw new ProblemException("Spike keeps the disk in memory, so that " + GuestScript.GUEST_INIT.title() + " of '" + request.name() + "' would be lost", null,
                    "Use QEMU to build the image");
        }
        if (request.extraArgs().stream().noneMatch(argument -> argument.startsWith("--extlib="))) {
            throw new ProblemException("'" + request.name() + "' has a root filesystem, and Spike has no disk", "option 'spike-args'",
                    "Name the plug-in for it ('--extlib=/path/to/libspikedevices.so'), or boot the diskless binary ('nodisk: true')");
        }
        if (request.disk().image().toString().contains(",")) {
            throw new ProblemException("Spike cannot take an image whose path has a comma", request.disk().image(), "Build in a folder without one");
        }
    }

    private List<String> prepared(MachineRequest request) throws IOException {
        if (request.disk() != null) {
            log.warn(request.name() + ": Spike keeps the disk in memory: what the guest writes is lost, and outputs cannot be copied out");
        }
        List<String> words = words(request);
        if (changesDeviceTree(request)) {
            changeDeviceTree(request, words);
        }
        return words;
    }

    /** A tree that the user gives is taken as it is. */
    private static boolean changesDeviceTree(MachineRequest request) {
        return (request.legacySbi() || request.disk() != null) && request.extraArgs().stream().noneMatch(argument -> argument.startsWith("--dtb"));
    }

    /** The command. */
    List<String> words(MachineRequest request) {
        List<String> words = new ArrayList<>(List.of(simulator().path().toString(), "-p" + request.cpus(), "-m" + request.memoryMib()));
        boolean device = false;
        for (String argument : request.extraArgs()) {
            boolean takesImage = request.disk() != null && argument.startsWith(DEVICE) && !argument.contains("img=");
            words.add(takesImage ? argument + image(request) : argument);
            device |= argument.startsWith(DEVICE);
        }
        if (request.disk() != null && !device) {
            words.add(DEVICE + image(request));
        }
        words.add(request.bootBinary().toString());
        return words;
    }

    private static String image(MachineRequest request) {
        return ",img=" + request.disk().image().toAbsolutePath();
    }

    /** Adds the option that names a changed device tree, if there is something to change. */
    private void changeDeviceTree(MachineRequest request, List<String> words) throws IOException {
        List<String> asking = new ArrayList<>(words.subList(1, words.size()));
        asking.add(0, "--dump-dts");
        SpikeDeviceTree tree = new SpikeDeviceTree(new Command("ask Spike for its device tree", words.get(0)).args(asking).limit(Duration.ofMinutes(1)).output());
        if (request.legacySbi()) {
            tree.withoutSv57();
        }
        if (request.disk() != null) {
            tree.withBlockDevice();
        }
        if (!tree.changed()) {
            return;
        }
        Files.createDirectories(request.workFolder());
        Path text = request.workFolder().resolve("spike.dts");
        Path compiled = request.workFolder().resolve("spike.dtb");
        Files.writeString(text, tree.source());
        new Command("compile Spike's device tree", toolbox.require(DTC).path().toString())
                .args("-q", "-I", "dts", "-O", "dtb", "-o", compiled, text)
                .limit(Duration.ofMinutes(1))
                .check();
        words.add(words.size() - 1, "--dtb=" + compiled);
    }

    private Tool simulator() {
        return RequestCheck.simulator(toolbox, HostTools.SPIKE, program, "spike");
    }
}
