// SPDX-License-Identifier: Apache-2.0
package dev.marshal.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.marshal.fixture.RecordedLog;
import dev.marshal.fixture.Workloads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormerOutputsTest {

    @TempDir
    Path folder;

    @Test
    void ofAJobThatIsNoMoreGoButNotThoseOfItsRuns() throws IOException {
        WorkloadProject workload = workload("own");
        WorkloadProject withJob = workload.withJobs(List.of(job(workload, "kept")));
        Layout kept = built(withJob.jobs().get(0).layout());
        Layout gone = built(workload.layout().job("gone"));
        Path log = Files.createDirectories(gone.run()).resolve("uartlog");
        Files.writeString(log, "boots");
        built(workload.layout());

        new FormerOutputs(withJob).delete();

        assertThat(gone.outputs()).noneMatch(Files::exists);
        assertThat(gone.work()).doesNotExist();
        assertThat(log).exists();
        assertThat(kept.outputs()).allMatch(Files::exists);
        assertThat(kept.work()).exists();
        assertThat(workload.layout().outputs()).allMatch(Files::exists);
    }

    @Test
    void ofAWorkloadThatHadAnotherNameGoWithThoseOfItsJobs() throws IOException {
        WorkloadProject before = workload("before");
        built(before.layout());
        built(before.layout().job("job"));
        new FormerOutputs(before.withJobs(List.of(job(before, "job")))).delete();
        WorkloadProject workload = workload("before-job");
        built(workload.layout());
        Path foreign = Files.writeString(workload.layout().target().resolve("before.txt"), "written by somebody else");

        new FormerOutputs(workload).delete();
        new FormerOutputs(workload).delete();

        assertThat(before.layout().outputs()).noneMatch(Files::exists);
        assertThat(before.layout().job("job").work()).doesNotExist();
        assertThat(workload.layout().outputs()).as("whose names are those of the job").allMatch(Files::exists);
        assertThat(foreign).exists();
    }

    private WorkloadProject workload(String name) {
        return Workloads.project(folder, new RecordedLog(), null, Workloads.layer(name, folder, ""));
    }

    private static WorkloadProject job(WorkloadProject workload, String name) {
        return workload.with(workload.chain(), workload.layout().job(name));
    }

    private static Layout built(Layout layout) throws IOException {
        Files.createDirectories(layout.work());
        for (Path output : layout.outputs()) {
            Files.writeString(output, "built");
        }
        return layout;
    }
}
