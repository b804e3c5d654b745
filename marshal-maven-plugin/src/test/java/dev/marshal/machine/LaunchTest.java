// SPDX-License-Identifier: Apache-2.0
package dev.marshal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.marshal.problem.ProblemException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Launches on a terminal, which {@code script} of util-linux makes. */
@Tag("qemu")
class LaunchTest {

    private static final int CTRL_A = 1;
    private static final int CTRL_C = 3;

    @TempDir
    Path folder;

    @Test
    void keysReachTheGuestAndTheTerminalIsRestored() throws Exception {
        Process terminal = launch();
        OutputStream keys = keysOnceUp(terminal);
        keys.write("abc".getBytes(StandardCharsets.US_ASCII));
        keys.write(CTRL_C);
        keys.flush();
        Processes.waitFor(() -> uartlog().endsWith("abcC"));
        keys.write('q');
        keys.flush();

        assertThat(terminal.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(uartlog()).isEqualTo("ready\nabcC");
        assertThat(Files.readString(folder.resolve("screen"))).contains("ready").contains("abcCended: POWERED_OFF");
        assertThat(folder.resolve("after")).hasSameTextualContentAs(folder.resolve("before"));
    }

    @Test
    void controlAXEndsIt() throws Exception {
        Process terminal = launch();
        OutputStream keys = keysOnceUp(terminal);
        keys.write(CTRL_A);
        keys.write('x');
        keys.flush();

        assertThat(terminal.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(folder.resolve("screen"))).contains("QEMU: Terminated").contains("ended: POWERED_OFF");
        assertThat(folder.resolve("after")).hasSameTextualContentAs(folder.resolve("before"));
    }

    @Test
    void aKilledBuildLeavesNoSimulatorAndRestoresTheTerminal() throws Exception {
        Process terminal = launch();
        keysOnceUp(terminal);
        Processes.withArgument(folder.resolve("guest/guest.elf").toString())
                .filter(process -> process.info().command().orElse("").endsWith("/java"))
                .forEach(ProcessHandle::destroyForcibly);

        assertThat(terminal.waitFor(30, TimeUnit.SECONDS)).isTrue();
        Processes.waitFor(() -> Processes.withArgument(folder.resolve("guest/guest.elf").toString()).findAny().isEmpty());
        Processes.waitFor(() -> Files.exists(folder.resolve("after")) && Files.size(folder.resolve("after")) > 0);
        assertThat(folder.resolve("after")).hasSameTextualContentAs(folder.resolve("before"));
    }

    @Test
    void withoutTerminalItSaysSo() throws Exception {
        Path program = BareGuest.build(folder.resolve("guest"), "ready\n", BareGuest.ECHO);
        List<String> detached = new ArrayList<>(List.of("setsid", "--wait"));
        detached.addAll(ChildBuild.command("launch", program, folder));
        Process build = new ProcessBuilder(detached).redirectErrorStream(true).start();
        build.getOutputStream().close();
        String said = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(build.waitFor()).isNotZero();
        assertThat(said).contains(ProblemException.class.getName() + ": there is no terminal to put the console of 'child' on. Launch it from a terminal, or use the goal 'boot'");
    }

    private Process launch() throws IOException {
        Path program = BareGuest.build(folder.resolve("guest"), "ready\n", BareGuest.ECHO);
        String build = ChildBuild.command("launch", program, folder).stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        Path steps = Files.writeString(folder.resolve("steps"), "cd '" + folder + "'\nstty -g >before\n" + build + "\nsleep 0.2\nstty -g >after\n");
        return new ProcessBuilder("script", "-q", "-c", "sh " + steps, folder.resolve("typescript").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("screen").toFile())
                .start();
    }

    private OutputStream keysOnceUp(Process terminal) {
        Processes.waitFor(() -> uartlog().equals("ready\n"));
        return terminal.getOutputStream();
    }

    private String uartlog() throws IOException {
        Path file = folder.resolve("uartlog");
        return Files.exists(file) ? Files.readString(file) : "";
    }
}
