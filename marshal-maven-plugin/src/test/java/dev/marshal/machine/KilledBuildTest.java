// SPDX-License-Identifier: Apache-2.0
package dev.marshal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A build that is killed leaves no simulator. */
@Tag("qemu")
class KilledBuildTest {

    @TempDir
    Path folder;

    @Test
    void aKilledBuildLeavesNoSimulator() throws Exception {
        Path program = BareGuest.build(folder.resolve("guest"), "up\n", BareGuest.HANG);
        Process build = new ProcessBuilder(ChildBuild.command("run", program, folder)).inheritIO().start();
        Path uartlog = folder.resolve("uartlog");
        try {
            Processes.waitFor(() -> Files.exists(uartlog) && Files.readString(uartlog).equals("up\n"));
            assertThat(Processes.withArgument(program.toString()).filter(process -> process.info().command().orElse("").contains("qemu"))).hasSize(1);
        } finally {
            build.destroyForcibly().waitFor();
        }
        Processes.waitFor(() -> Processes.withArgument(program.toString()).findAny().isEmpty());
    }

    /** As {@code timeout} and CI servers end a build: the signal reaches all processes of its group, those that watch over the simulator too. */
    @Test
    void aBuildWhoseProcessGroupIsEndedLeavesNoSimulator() throws Exception {
        Path program = BareGuest.build(folder.resolve("guest"), "up\n", BareGuest.HANG);
        List<String> words = new ArrayList<>(List.of("setsid"));
        words.addAll(ChildBuild.command("run", program, folder));
        Process build = new ProcessBuilder(words).inheritIO().start();
        Path uartlog = folder.resolve("uartlog");
        try {
            Processes.waitFor(() -> Files.exists(uartlog) && Files.readString(uartlog).equals("up\n"));
            assertThat(new ProcessBuilder("kill", "-TERM", "--", "-" + build.pid()).inheritIO().start().waitFor()).isZero();
            Processes.waitFor(() -> Processes.withArgument(program.toString()).findAny().isEmpty());
        } finally {
            Processes.withArgument(program.toString()).forEach(ProcessHandle::destroyForcibly);
            build.destroyForcibly().waitFor();
        }
    }
}
