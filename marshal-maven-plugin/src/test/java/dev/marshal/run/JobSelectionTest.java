// SPDX-License-Identifier: Apache-2.0
package dev.marshal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.marshal.fixture.Problems;
import dev.marshal.fixture.RecordedLog;
import dev.marshal.fixture.Workloads;
import dev.marshal.project.WorkloadProject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobSelectionTest {

    @TempDir
    Path folder;

    private WorkloadProject project(String name, String yaml) {
        return Workloads.project(folder, new RecordedLog(), null, Workloads.layer(name, folder, yaml));
    }

    @Test
    void withoutJobsItIsTheWorkload() {
        WorkloadProject alone = project("w", "command: ls\n");
        assertThat(JobSelection.of(alone, null)).isEqualTo(new JobSelection(List.of(alone), false));
        assertThat(Problems.of(() -> JobSelection.of(alone, List.of("a"))).toString()).isEqualTo("marshal.job: there is no job 'a'. Leave it out: the workload has no jobs");
    }

    @Test
    void jobsAreNamedAsInTheSpecificationOrAsTheirOutputs() {
        WorkloadProject a = project("w-a", "name: a\n");
        WorkloadProject b = project("w-b", "name: b\n");
        WorkloadProject workload = project("w", "command: ls\n").withJobs(List.of(a, b));
        assertThat(JobSelection.of(workload, List.of()).chosen()).containsExactly(a, b);
        assertThat(JobSelection.of(workload, List.of("b", "w-a")).chosen()).containsExactly(b, a);
        assertThat(JobSelection.of(workload, List.of("w")).chosen()).containsExactly(workload);
        assertThat(Problems.of(() -> JobSelection.of(workload, List.of("c"))).toString()).isEqualTo("marshal.job: there is no job 'c'. Use one or more of: a, b");
    }
}
