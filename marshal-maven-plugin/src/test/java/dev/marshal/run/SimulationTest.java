// SPDX-License-Identifier: Apache-2.0
package dev.marshal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.marshal.fixture.Problems;
import dev.marshal.fixture.RecordedLog;
import dev.marshal.fixture.Workloads;
import dev.marshal.run.Simulation.Simulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulationTest {

    @TempDir
    Path folder;

    private Simulation simulation(String asked, String base, String own) {
        return new Simulation(Workloads.project(folder, new RecordedLog(), null, Workloads.layer("base", folder.resolve("base"), base), Workloads.layer("own", folder.resolve("own"), own)), asked);
    }

    @Test
    void aRelativePathIsThatOfTheWorkloadThatNamesIt() {
        assertThat(simulation(null, "qemu: tools/qemu", "").program()).contains(folder.resolve("base/tools/qemu").toString());
        assertThat(simulation(null, "qemu: tools/qemu", "qemu: ./other").program()).contains(folder.resolve("own/other").toString());
        assertThat(simulation("spike", "spike: ../spike", "").program()).contains(folder.resolve("spike").toString());
    }

    @Test
    void aNameIsLookedUpAndAnAbsolutePathIsTakenAsItIs() {
        assertThat(simulation(null, "qemu: tools/qemu", "qemu: qemu-system-riscv64").program()).contains("qemu-system-riscv64");
        assertThat(simulation(null, "qemu: /opt/qemu", "").program()).contains("/opt/qemu");
        assertThat(simulation(null, "", "").program()).isEmpty();
    }

    @Test
    void aBareNameIsAFileOfTheWorkdirWhereThereIsOne() throws IOException {
        Path file = Files.createDirectories(folder.resolve("base")).resolve("own-qemu");
        assertThat(simulation(null, "qemu: own-qemu", "").program()).contains("own-qemu");
        Files.writeString(file, "not to be started");
        assertThat(simulation(null, "qemu: own-qemu", "").program()).contains(file.toString());
        assertThat(simulation(null, "qemu: own-qemu", "qemu: own-qemu").program()).contains("own-qemu");
    }

    @Test
    void theFirstSimulatorThatIsNotExcludedIsTaken() {
        assertThat(simulation(null, "", "").simulator()).isEqualTo(Simulator.QEMU);
        assertThat(simulation(null, "qemu: null", "").simulator()).isEqualTo(Simulator.SPIKE);
        assertThat(simulation(null, "qemu: null", "qemu: qemu-system-riscv64").simulator()).isEqualTo(Simulator.QEMU);
        assertThat(Problems.of(() -> simulation("qemu", "qemu: null", "")).toString())
                .isEqualTo("spec.yaml:1:7: the workload cannot run on qemu: 'qemu' is null. Choose another simulator");
        assertThat(Problems.of(() -> simulation(null, "qemu: null", "spike: null")).what()).isEqualTo("the workload can run on no simulator: both 'qemu' and 'spike' are null");
    }

    @Test
    void whatCannotBeStartedIsTold() {
        assertThat(Problems.of(() -> simulation(null, "", "qemu: tools/none").require()).toString()).isEqualTo("spec.yaml:1:7: 'qemu' is '" + folder.resolve("own/tools/none")
                + "', which is not a program that can be started. Correct the path, or leave the option out to use 'qemu-system-riscv64' of the PATH");
        assertThat(Problems.of(() -> simulation("spike", "spike: no-such-spike", "").require()).what()).startsWith("'no-such-spike' was not found on the PATH");
        assertThatCode(() -> simulation(null, "qemu: /none", "qemu: qemu-system-riscv64").require()).doesNotThrowAnyException();
    }
}
