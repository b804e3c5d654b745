// SPDX-License-Identifier: Apache-2.0
package dev.marshal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.marshal.fixture.Problems;
import dev.marshal.fixture.RecordedLog;
import dev.marshal.fixture.Workloads;
import dev.marshal.project.WorkloadProject;
import dev.marshal.tool.ToolFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a source of a few lines that is built as BusyBox is; the real one is compiled by the integration tests. */
class BusyboxAheadTest {

    private static final String MAKEFILE = """
            mrproper:
            	rm -f .config
            defconfig:
            	cp $(KBUILD_DEFCONFIG) .config
            busybox: busybox.c
            	$(CROSS_COMPILE)gcc -static -o $@ $<
            busybox.links:
            	echo /bin/ls > $@
            """;

    @TempDir
    Path folder;

    private final RecordedLog log = new RecordedLog();
    private WorkloadProject project;
    private KernelPlan plan;

    @BeforeEach
    void make() throws IOException {
        Path source = Files.createDirectories(folder.resolve("busybox"));
        Files.writeString(Files.createDirectories(source.resolve("include")).resolve("applets.src.h"), "");
        Files.writeString(source.resolve("Makefile"), MAKEFILE);
        Files.writeString(source.resolve("busybox.c"), "int main(void) { return 0; }\n");
        Files.writeString(folder.resolve("busybox.config"), "CONFIG_STATIC=y\n");
        project = Workloads.project(folder.resolve("project"), log, null, Workloads.board("board", folder, "busybox: {source: busybox, config: busybox.config}"), Workloads.layer("own", folder, ""));
        plan = new KernelPlan(project);
    }

    @Test
    void itIsCompiledOnceAndTheStepThatNeedsItFindsIt() throws Exception {
        Thread first = BusyboxAhead.start(project, plan);
        Thread second = BusyboxAhead.start(project, plan);
        first.join();
        second.join();
        BusyboxAhead.start(project, plan).join();
        assertThat(KernelStep.busybox(project, plan).applets()).containsExactly("/bin/ls");
        assertThat(log.infos()).filteredOn(line -> line.startsWith("compiling BusyBox: done")).hasSize(1);
        assertThat(log.infos()).noneMatch(line -> line.startsWith("waiting"));
    }

    @Test
    void whatGoesWrongIsToldByTheStepThatNeedsIt() throws Exception {
        Files.writeString(folder.resolve("busybox/busybox.c"), "int main(void) {\n");
        BusyboxAhead.start(project, plan).join();
        assertThat(log.warnings()).isEmpty();
        assertThatThrownBy(() -> KernelStep.busybox(project, plan)).isInstanceOf(ToolFailure.class).hasMessageContaining("could not compile BusyBox");
        // and it is tried again
        Files.writeString(folder.resolve("busybox/busybox.c"), "int main(void) { return 0; }\n");
        BusyboxAhead.start(project, plan).join();
        assertThat(KernelStep.hasBusybox(project, KernelStep.busyboxIdentity(project, plan))).isTrue();
    }

    @Test
    void aConfigurationThatIsMissingIsToldByTheStepThatNeedsIt() throws Exception {
        Files.delete(folder.resolve("busybox.config"));
        BusyboxAhead.start(project, plan).join();
        assertThat(log.warnings()).isEmpty();
        assertThat(Problems.of(() -> KernelStep.busybox(project, plan)).what()).startsWith("there is no BusyBox configuration");
    }
}
