// SPDX-License-Identifier: Apache-2.0
package dev.marshal.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.marshal.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real runs of QEMU, with programs that need no operating system. */
@Tag("qemu")
class QemuRunTest {

    private static final long MIB = MachineRequest.MIB;

    @TempDir
    Path folder;

    private final CollectingLog log = new CollectingLog();
    private GuestScript script = GuestScript.RUN;
    private Duration limit = Duration.ofSeconds(30);
    private List<String> extra = List.of();

    @Test
    void aScriptThatEndsWellSucceedsAndItsConsoleIsKeptByteForByte() throws IOException {
        MachineResult result = run("boot\r\nmarshal: run begins\r\nhello \u001b[1mworld\u001b[0m\r\nmarshal: run ended, exit status 0\r\n", BareGuest.POWER_OFF);

        assertThat(result.ending()).isEqualTo(Ending.POWERED_OFF);
        assertThat(result.scriptStatus()).hasValue(0);
        assertThat(result.succeeded()).isTrue();
        assertThat(result.problem()).isEmpty();
        assertThat(result.check()).isSameAs(result);
        assertThat(uartlog()).hasContent("boot\r\nmarshal: run begins\r\nhello \u001b[1mworld\u001b[0m\r\nmarshal: run ended, exit status 0\r\n");
        assertThat(log.infos).containsExactly("hello: boots on QEMU (2 cpus, 64 MiB); its console is in " + uartlog());
    }

    @Test
    void aScriptThatFailsFailsTheRun() throws IOException {
        MachineResult result = run("marshal: run begins\nno such thing\nmarshal: run ended, exit status 3\n", BareGuest.POWER_OFF);

        assertThat(result.ending()).isEqualTo(Ending.POWERED_OFF);
        assertThatThrownBy(result::check).isInstanceOf(RunFailure.class).hasMessage("""
                'hello' on QEMU failed: the run script exited with status 3. The whole console is in %s; its last lines:
                    marshal: run begins
                    no such thing
                    marshal: run ended, exit status 3""", uartlog());
    }

    @Test
    void aScriptThatPowersOffItselfSucceeds() throws IOException {
        assertThat(run("marshal: run begins\nbye\n", BareGuest.POWER_OFF).succeeded()).isTrue();
    }

    @Test
    void aGuestThatPowersOffBeforeItsScriptFails() throws IOException {
        assertThatThrownBy(() -> run("no init\n", BareGuest.POWER_OFF).check())
                .hasMessageContaining("'hello' on QEMU powered off after")
                .hasMessageContaining(", before the run script began. Look for what powers it off while it boots. The whole console is in " + uartlog());
    }

    @Test
    void aProgramWithoutScriptNeedsOnlyPowerOff() throws IOException {
        script = GuestScript.NONE;
        assertThat(run("bare metal", BareGuest.POWER_OFF).succeeded()).isTrue();
        assertThat(uartlog()).hasContent("bare metal");
    }

    @Test
    void aResetEndsTheRun() throws IOException {
        assertThat(run("marshal: run begins\n", BareGuest.RESET).ending()).isEqualTo(Ending.POWERED_OFF);
    }

    @Test
    void theLastLineCountsWithoutItsEnd() throws IOException {
        assertThat(run("marshal: run begins\ndone\nmarshal: run ended, exit status 0", BareGuest.POWER_OFF).scriptStatus()).hasValue(0);
    }

    @Test
    void guestInitHasLinesOfItsOwn() throws IOException {
        script = GuestScript.GUEST_INIT;
        assertThatThrownBy(() -> run("marshal: guest-init begins\nmarshal: run ended, exit status 0\nmarshal: guest-init ended, exit status 1\n", BareGuest.POWER_OFF).check())
                .hasMessageContaining("the guest-init script exited with status 1");
    }

    @Test
    void aPanicEndsTheRunAtOnceWithItsLastWords() throws IOException {
        MachineResult result = run("[    0.700000] Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)\r\n[    0.710000] CPU: 0 PID: 1\r\n", BareGuest.HANG);

        assertThat(result.ending()).isEqualTo(Ending.PANIC);
        assertThat(result.elapsed()).isLessThan(Duration.ofSeconds(10));
        assertThatThrownBy(result::check)
                .hasMessageStartingWith("'hello' on QEMU stopped after ")
                .hasMessageContaining(": Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0). The whole console is in " + uartlog() + "; its last lines:")
                .hasMessageEndingWith("CPU: 0 PID: 1");
    }

    @Test
    void aHangEndsAtTheTimeLimit() throws IOException {
        limit = Duration.ofMillis(700);
        MachineResult result = run("marshal: run begins\nwaiting", BareGuest.HANG);

        assertThat(result.ending()).isEqualTo(Ending.TIMED_OUT);
        assertThatThrownBy(result::check)
                .hasMessageStartingWith("'hello' on QEMU did not power off within its time limit of 0.7 s; the run script began and did not end. ")
                .hasMessageEndingWith("    waiting")
                .hasMessageContaining("If it only needs longer, raise 'testing.runTimeout' (seconds) in the specification or -Dmarshal.runTimeout. The whole console is in "
                        + uartlog());
    }

    @Test
    void aScriptThatDoesNotPowerOffIsTold() throws IOException {
        limit = Duration.ofMillis(700);
        assertThatThrownBy(() -> run("marshal: run begins\nmarshal: run ended, exit status 0\n", BareGuest.HANG).check())
                .hasMessageContaining("; the run script ended with status 0, but the guest was not powered off")
                .hasMessageContaining("End the script with 'poweroff'.");
    }

    @Test
    void aHangBeforeTheScriptIsTold() throws IOException {
        limit = Duration.ofMillis(700);
        assertThatThrownBy(() -> run("", BareGuest.HANG).check()).hasMessageContaining("0.7 s; the run script did not begin. If it").hasMessageEndingWith("The console (" + uartlog() + ") is empty");
    }

    @Test
    void aGuestThatEndsWithAStatusFails() throws IOException {
        script = GuestScript.NONE;
        MachineResult result = run("wrong\n", BareGuest.fail(9));

        assertThat(result.ending()).isEqualTo(Ending.DIED);
        assertThat(result.simulatorExit()).isEqualTo(9);
        assertThatThrownBy(result::check).hasMessageContaining("'hello' on QEMU failed after ").hasMessageContaining(": the simulator exited with status 9. The whole console");
    }

    @Test
    void whatTheSimulatorSaysIsShownAndIsNoPartOfTheConsole() throws IOException {
        extra = List.of("-device", "no-such-device");
        MachineResult result = run("never\n", BareGuest.POWER_OFF);

        assertThat(result.ending()).isEqualTo(Ending.DIED);
        assertThat(uartlog()).isEmptyFile();
        assertThatThrownBy(result::check).hasMessageContaining(": the simulator exited with status 1: ").hasMessageContaining("no-such-device");
    }

    @Test
    void tooMuchMemoryHasARemedy() throws IOException {
        extra = List.of("-m", "900T");
        assertThatThrownBy(() -> run("never\n", BareGuest.POWER_OFF).check())
                .hasMessageContaining("Give the machine less memory with the option 'mem', or run fewer at once.");
    }

    @Test
    void somebodyWhoEndsTheSimulatorIsNotTheGuest() throws Exception {
        script = GuestScript.NONE;
        Path binary = BareGuest.build(folder.resolve("guest"), "up\n", BareGuest.HANG);
        Thread killer = new Thread(() -> {
            Processes.waitFor(() -> Files.exists(uartlog()) && Files.size(uartlog()) > 0);
            Processes.withArgument(binary.toString()).filter(process -> process.info().command().orElse("").contains("qemu")).forEach(ProcessHandle::destroy);
        });
        killer.start();
        MachineResult result = qemu().run(request(binary, null));
        killer.join();

        assertThat(result.ending()).isEqualTo(Ending.DIED);
        assertThat(result.problem().orElseThrow().what()).contains("by somebody else than the guest: ").contains("terminating on signal 15");
    }

    @Test
    void muchOutputIsKeptWhole() throws IOException {
        String line = "0123456789 abcdefghijklmnopqrstuvwxyz\n";
        MachineResult result = run("marshal: run begins\n" + line.repeat(200), 40, BareGuest.POWER_OFF);

        assertThat(result.succeeded()).isTrue();
        assertThat(Files.size(uartlog())).isEqualTo(40L * (20 + 200L * line.length()));
        assertThat(result.tail()).hasSize(20).containsOnly(line.strip());
    }

    @Test
    void endlessOutputIsStopped() throws IOException {
        MachineRequest request = request(BareGuest.build(folder.resolve("guest"), "on and on\n", Integer.MAX_VALUE, BareGuest.POWER_OFF), null);
        MachineResult result = new MachineRun("QEMU", request, log, 4096, Duration.ofMillis(200)).run(qemu().words(request, null, false), null);

        assertThat(result.ending()).isEqualTo(Ending.FLOODED);
        assertThat(Files.size(uartlog())).isBetween(4096L, 4096L + 65536);
        assertThat(result.problem().orElseThrow().toString()).contains(" since it printed more than the 1024 MiB that are kept of a console").contains("Make the guest print less.");
        assertThat(log.infos).contains("hello: 0 s: on and on");
    }

    @Test
    void anInterruptEndsTheMachine() throws Exception {
        Path binary = BareGuest.build(folder.resolve("guest"), "up\n", BareGuest.HANG);
        Thread me = Thread.currentThread();
        Thread interrupter = new Thread(() -> {
            Processes.waitFor(() -> Files.exists(uartlog()) && Files.size(uartlog()) > 0);
            me.interrupt();
        });
        interrupter.start();
        MachineResult result = qemu().run(request(binary, null));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(result.ending()).isEqualTo(Ending.INTERRUPTED);
        assertThat(result.problem().orElseThrow().what()).contains("was interrupted after");
        Processes.waitFor(() -> Processes.withArgument(binary.toString()).findAny().isEmpty());
    }

    @Test
    void aConsoleThatCannotBeWrittenIsToldWithItsPath() throws IOException {
        Path binary = BareGuest.build(folder.resolve("guest"), "x".repeat(4096), 64, BareGuest.POWER_OFF);
        MachineRequest full = new MachineRequest("hello", script, binary, null, 1, 64 * MIB, extra, false, List.of(), Path.of("/dev/full"), folder.resolve("work"), limit);

        assertThatThrownBy(() -> qemu().run(full)).isInstanceOf(ProblemException.class)
                .hasMessageStartingWith("/dev/full: could not keep the console of 'hello' (java.io.IOException: No space left on device). Make room on the disk");
    }

    @Test
    void aDiskIsWrittenThroughALayerAndTheImageStaysAsItWas() throws IOException {
        Path image = image();
        MachineResult result = qemu().run(request(DiskGuest.build(folder.resolve("guest")), new Disk(image, Disk.Access.FRESH_LAYER)));

        assertThat(result.succeeded()).as(result.toString()).isTrue();
        assertThat(Files.readAllBytes(image)).containsOnly(0);
        byte[] after = Files.readAllBytes(result.layer().rawImage(folder.resolve("after.img")));
        assertThat(after).hasSize((int) (4 * MIB)).startsWith(DiskGuest.WRITTEN);
        result.layer().close();
        assertThat(result.layer().file()).doesNotExist();
    }

    @Test
    void aKeptLayerIsTakenUpAgain() throws IOException {
        Disk disk = new Disk(image(), Disk.Access.KEPT_LAYER);
        Path binary = DiskGuest.build(folder.resolve("guest"));
        try (DiskLayer first = qemu().run(request(binary, disk)).check().layer()) {
            assertThat(first.kept()).isTrue();
        }
        assertThat(uartlog()).content().contains("read: 00");
        qemu().run(request(binary, disk)).check();

        assertThat(uartlog()).content().contains("read: a5");
        assertThat(log.warnings).isEmpty();
    }

    @Test
    void guestInitWritesTheImageItself() throws IOException {
        Path image = image();
        MachineResult result = qemu().run(request(DiskGuest.build(folder.resolve("guest")), new Disk(image, Disk.Access.DIRECT)));

        assertThat(result.succeeded()).as(result.toString()).isTrue();
        assertThat(result.layer()).isNull();
        assertThat(Files.readAllBytes(image)).startsWith(DiskGuest.WRITTEN);
    }

    private Path image() throws IOException {
        return Files.write(folder.resolve("root, a \"disk\".img"), new byte[(int) (4 * MIB)]);
    }

    private MachineResult run(String text, String end) throws IOException {
        return run(text, 1, end);
    }

    private MachineResult run(String text, int times, String end) throws IOException {
        return qemu().run(request(BareGuest.build(folder.resolve("guest"), text, times, end), null));
    }

    private Qemu qemu() {
        return new Qemu(Programs.TOOLBOX, null, log);
    }

    private Path uartlog() {
        return folder.resolve("run/uartlog");
    }

    private MachineRequest request(Path binary, Disk disk) {
        return new MachineRequest("hello", script, binary, disk, 2, 64 * MIB, extra, false, List.of(), uartlog(), folder.resolve("work"), limit);
    }
}
