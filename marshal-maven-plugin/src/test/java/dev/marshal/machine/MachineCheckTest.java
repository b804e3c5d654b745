// SPDX-License-Identifier: Apache-2.0
package dev.marshal.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.marshal.problem.ProblemException;
import dev.marshal.tool.Toolbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of simulators, and what is checked before they start; without starting any. */
class MachineCheckTest {

    @TempDir
    Path folder;

    private final CollectingLog log = new CollectingLog();
    private Path binary;
    private Path image;
    private Path qemu;
    private Path spike;

    @BeforeEach
    void files() throws IOException {
        binary = Files.writeString(folder.resolve("bin.elf"), "");
        image = Files.writeString(folder.resolve("root,fs.img"), "");
        qemu = program("qemu", "QEMU emulator version 7.2.0");
        spike = program("spike", "");
    }

    @Test
    void qemusCommand() {
        assertThat(new Qemu(Programs.TOOLBOX, qemu.toString(), log).words(request(null, false, List.of("-s"), List.of()), null, false)).containsExactly(
                qemu.toString(), "-no-user-config", "-M", "virt", "-smp", "4", "-m", "2048M", "-bios", "none", "-kernel", binary.toString(), "-display", "none",
                "-monitor", "none", "-serial", "stdio", "-no-reboot",
                "-netdev", "user,id=net0", "-device", "virtio-net-device,netdev=net0", "-object", "rng-builtin,id=rng0", "-device", "virtio-rng-device,rng=rng0", "-s");
    }

    @Test
    void qemuTakesDiskPortsAndBbl() {
        List<String> words = new Qemu(Programs.TOOLBOX, qemu.toString(), log)
                .words(request(new Disk(image, Disk.Access.DIRECT), true, List.of(), List.of(new Forward(2222, 22), new Forward(8080, 80))), null, true);

        assertThat(words).containsSequence("-serial", "mon:stdio").doesNotContain("-monitor")
                .containsSequence("-cpu", "rv64,sstc=false")
                .containsSequence("-drive", "file=" + folder + "/root,,fs.img,format=raw,if=none,id=hd0,cache=unsafe,discard=unmap", "-device", "virtio-blk-device,drive=hd0")
                .containsSequence("-netdev", "user,id=net0,hostfwd=tcp:127.0.0.1:2222-:22,hostfwd=tcp:127.0.0.1:8080-:80");
    }

    @Test
    void oldQemuHasNoSstcToTurnOff() throws IOException {
        Path old = program("old-qemu", "QEMU emulator version 7.1.0");
        assertThat(new Qemu(Programs.TOOLBOX, old.toString(), log).words(request(null, true, List.of(), List.of()), null, false)).doesNotContain("-cpu");
    }

    @Test
    void missingSimulatorsAreTold() {
        Toolbox empty = new Toolbox(folder.toString(), (program, ask) -> ask.get());
        MachineRequest request = request(null, false, List.of(), List.of());

        assertThatThrownBy(() -> new Qemu(Programs.TOOLBOX, "/nowhere/qemu", log).check(request)).isInstanceOf(ProblemException.class)
                .hasMessage("option 'qemu': '/nowhere/qemu' is not a program that can be started. Correct the path, or leave the option out to use 'qemu-system-riscv64' of the PATH");
        assertThatThrownBy(() -> new Spike(empty, "no-spike", log).check(request))
                .hasMessage("option 'spike': 'no-spike' is not a program that can be started. Correct the path, or leave the option out to use 'spike' of the PATH");
    }

    @Test
    void aMissingSpikeOnThePathIsTold() throws IOException {
        Files.delete(spike);
        Toolbox empty = new Toolbox(folder.toString(), (program, ask) -> ask.get());
        assertThatThrownBy(() -> new Spike(empty, null, log).check(request(null, false, List.of(), List.of())))
                .hasMessageStartingWith("'spike' was not found on the PATH; it is needed to boot workloads on Spike. Install it: ");
    }

    @Test
    void missingFilesAreTold() throws IOException {
        Files.delete(image);
        assertThatThrownBy(() -> new Qemu(Programs.TOOLBOX, qemu.toString(), log).check(request(new Disk(image, Disk.Access.DIRECT), false, List.of(), List.of())))
                .hasMessage(image + ": the image of 'hello' does not exist. Build the workload first: 'mvn package'");
        Files.delete(binary);
        assertThatThrownBy(() -> new Qemu(Programs.TOOLBOX, qemu.toString(), log).check(request(null, false, List.of(), List.of())))
                .hasMessage(binary + ": the boot binary of 'hello' does not exist. Build the workload first: 'mvn package'");
    }

    @Test
    void spikesCommand() {
        assertThat(spike().words(request(null, false, List.of("--isa=rv64gc"), List.of()))).containsExactly(spike.toString(), "-p4", "-m2048", "--isa=rv64gc", binary.toString());
    }

    @Test
    void spikeGetsTheDiskThroughItsPlugIn() throws IOException {
        Disk disk = new Disk(Files.writeString(folder.resolve("root.img"), ""), Disk.Access.FRESH_LAYER);
        String img = ",img=" + folder + "/root.img";
        String lib = "--extlib=/lib/libspikedevices.so";

        assertThat(spike().words(request(disk, false, List.of(lib), List.of()))).containsExactly(spike.toString(), "-p4", "-m2048", lib, "--device=iceblk" + img, binary.toString());
        assertThat(spike().words(request(disk, false, List.of(lib, "--device=iceblk"), List.of()))).containsSequence(lib, "--device=iceblk" + img, binary.toString());
        assertThat(spike().words(request(disk, false, List.of(lib, "--device=iceblk,img=/my.img"), List.of()))).containsSequence(lib, "--device=iceblk,img=/my.img", binary.toString());
        assertThat(spike().keepsWrites()).isFalse();
    }

    @Test
    void spikeRefusesWhatItHasNot() {
        assertThatThrownBy(() -> spike().check(request(new Disk(image, Disk.Access.FRESH_LAYER), false, List.of(), List.of())))
                .hasMessage("option 'spike-args': 'hello' has a root filesystem, and Spike has no disk. Name the plug-in for it ('--extlib=/path/to/libspikedevices.so'), "
                        + "or boot the diskless binary ('nodisk: true')");
        assertThatThrownBy(() -> spike().check(request(new Disk(image, Disk.Access.FRESH_LAYER), false, List.of("--extlib=x.so"), List.of())))
                .hasMessage(image + ": Spike cannot take an image whose path has a comma. Build in a folder without one");
        assertThatThrownBy(() -> spike().check(request(new Disk(image, Disk.Access.DIRECT), false, List.of("--extlib=x.so"), List.of())))
                .hasMessage("Spike keeps the disk in memory, so that the guest-init script of 'hello' would be lost. Use QEMU to build the image");
        assertThatThrownBy(() -> spike().check(request(null, false, List.of(), List.of(new Forward(2222, 22)))))
                .hasMessage("Spike has no network, so no port of 'hello' can be forwarded. Use QEMU for it");
    }

    @Test
    void portsAreFreeAndOnThisHost() throws IOException {
        Forward forward = Forward.free(22);
        assertThat(forward.hostPort()).isBetween(1024, 65535);
        assertThatThrownBy(() -> new Forward(0, 22)).hasMessage("ports are 1 to 65535, not 0 and 22");
    }

    private Spike spike() {
        return new Spike(Programs.TOOLBOX, spike.toString(), log);
    }

    private Path program(String name, String version) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\necho '" + version + "'\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    private MachineRequest request(Disk disk, boolean bbl, List<String> extra, List<Forward> forwards) {
        return new MachineRequest("hello", GuestScript.RUN, binary, disk, 4, 2L << 30, extra, bbl, forwards, folder.resolve("uartlog"), folder.resolve("work"), Duration.ofMinutes(1));
    }
}
