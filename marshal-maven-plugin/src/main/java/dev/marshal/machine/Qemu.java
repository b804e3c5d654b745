// SPDX-License-Identifier: Apache-2.0
package dev.marshal.machine;

import dev.marshal.tool.HostTools;
import dev.marshal.tool.Log;
import dev.marshal.tool.Tool;
import dev.marshal.tool.Toolbox;
import dev.marshal.tool.Version;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** QEMU's machine {@code virt}: virtio disk, network and entropy, console on the 16550 UART. */
public final class Qemu implements Machine {

    /** The first version that has the timer extension Sstc, and so the property that turns it off. */
    private static final Version HAS_SSTC = Version.of("7.2");

    private final Toolbox toolbox;
    private final String program;
    private final Log log;

    /**
     * @param toolbox finds the programs
     * @param program path or name of the simulator that the workload asks for; null for the one of the PATH
     * @param log     is told how long runs go on
     */
    public Qemu(Toolbox toolbox, String program, Log log) {
        this.toolbox = toolbox;
        this.program = program;
        this.log = log;
    }

    @Override
    public String title() {
        return "QEMU";
    }

    @Override
    public boolean keepsWrites() {
        return true;
    }

    @Override
    public void check(MachineRequest request) {
        simulator();
        RequestCheck.guard(toolbox);
        if (needsLayer(request)) {
            toolbox.require(HostTools.QEMU_IMG);
        }
        RequestCheck.files(request);
    }

    @Override
    public MachineResult run(MachineRequest request) throws IOException {
        check(request);
        DiskLayer layer = layer(request);
        return new MachineRun(title(), request, log).run(words(request, layer, false), layer);
    }

    @Override
    public MachineResult launch(MachineRequest request) throws IOException {
        check(request);
        DiskLayer layer = layer(request);
        log.info(request.name() + ": launched on QEMU; Ctrl-A X ends it, Ctrl-A H shows its other keys");
        for (Forward forward : request.forwards()) {
            log.info(request.name() + ": port " + forward.guestPort() + " of the guest is port " + forward.hostPort() + " of 127.0.0.1");
        }
        return new MachineRun(title(), request, log).launch(words(request, layer, true), layer, null);
    }

    /** The command. @param interactive whether keys are read; Ctrl-A then gives access to QEMU's monitor, and Ctrl-C goes to the guest */
    List<String> words(MachineRequest request, DiskLayer layer, boolean interactive) {
        Tool qemu = simulator();
        List<String> words = new ArrayList<>(List.of(qemu.path().toString(), "-no-user-config", "-M", "virt", "-smp", Integer.toString(request.cpus()),
                "-m", request.memoryMib() + "M", "-bios", "none", "-kernel", request.bootBinary().toString(), "-display", "none"));
        words.addAll(interactive ? List.of("-serial", "mon:stdio") : List.of("-monitor", "none", "-serial", "stdio"));
        // a guest that asks for a reset has finished; a kernel that resets after a panic would go round for ever
        words.add("-no-reboot");
        if (request.legacySbi() && Version.find(qemu.version()).filter(version -> version.compareTo(HAS_SSTC) < 0).isEmpty()) {
            // bbl does not enable Sstc for the kernel, which finds and uses it
            words.addAll(List.of("-cpu", "rv64,sstc=false"));
        }
        if (request.disk() != null) {
            String file = layer == null ? request.disk().image().toAbsolutePath().toString() : layer.file().toString();
            // flushes wait for nothing: after a crash of the host a layer is worthless and an image is built again
            words.addAll(List.of("-drive", "file=" + escaped(file) + ",format=" + (layer == null ? "raw" : "qcow2") + ",if=none,id=hd0,cache=unsafe,discard=unmap",
                    "-device", "virtio-blk-device,drive=hd0"));
        }
        StringBuilder network = new StringBuilder("user,id=net0");
        for (Forward forward : request.forwards()) {
            network.append(",hostfwd=tcp:127.0.0.1:").append(forward.hostPort()).append("-:").append(forward.guestPort());
        }
        words.addAll(List.of("-netdev", network.toString(), "-device", "virtio-net-device,netdev=net0"));
        words.addAll(List.of("-object", "rng-builtin,id=rng0", "-device", "virtio-rng-device,rng=rng0"));
        words.addAll(request.extraArgs());
        return words;
    }

    private Tool simulator() {
        return RequestCheck.simulator(toolbox, HostTools.QEMU, program, "qemu");
    }

    private DiskLayer layer(MachineRequest request) throws IOException {
        return needsLayer(request) ? DiskLayer.open(request.disk(), request.workFolder(), toolbox.require(HostTools.QEMU_IMG), log) : null;
    }

    private static boolean needsLayer(MachineRequest request) {
        return request.disk() != null && request.disk().access() != Disk.Access.DIRECT;
    }

    /** Inside an option, a comma is written twice. */
    private static String escaped(String value) {
        return value.replace(",", ",,");
    }
}
