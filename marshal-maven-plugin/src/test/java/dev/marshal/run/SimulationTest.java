// SPDX-License-Identifier: Apache-2.0
package dev.marshal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.marshal.fixture.Problems;
import dev.marshal.fixture.RecordedLog;
import dev.marshal.fixture.Workloads;
import dev.marshal.machine.GuestScript;
import dev.marshal.project.WorkloadProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulationTest {

    @TempDir
    Path folder;

    private String complaint(String qemu) {
        WorkloadProject project = Workloads.project(folder, new RecordedLog(), null, Workloads.layer("w", folder.resolve("work"), "qemu: " + qemu + "\nmem: 64MiB\n"));
        Simulation simulation = new Simulation(project, null);
        return Problems.of(() -> simulation.machine().check(simulation.request(GuestScript.NONE, folder, null, folder.resolve("uartlog"), folder, Duration.ofSeconds(1)))).what();
    }

    @Test
    void aSimulatorOfTheWorkloadsOwnIsFoundInItsWorkdir() throws IOException {
        Path own = Files.createDirectories(folder.resolve("work/tools")).resolve("qemu");
        assertThat(complaint("tools/qemu")).startsWith("'tools/qemu' is not a program");
        Files.writeString(own, "not to be started");
        assertThat(complaint("tools/qemu")).startsWith("'" + own + "' is not a program");
        assertThat(complaint("../work/tools/qemu")).startsWith("'" + own + "' is not a program");
        assertThat(complaint("no-such-qemu")).startsWith("'no-such-qemu' is not a program");
    }
}
