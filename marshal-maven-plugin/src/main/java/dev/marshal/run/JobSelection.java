// SPDX-License-Identifier: Apache-2.0
package dev.marshal.run;

import dev.marshal.problem.ProblemException;
import dev.marshal.project.WorkloadProject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which of a workload and its jobs a goal works on.
 *
 * @param chosen in the order in which the user names them, or else the specification does
 * @param named  whether the user named them
 */
public record JobSelection(List<WorkloadProject> chosen, boolean named) {

    /**
     * @param workload the workload
     * @param names    names of jobs as in the specification, or as their outputs are called; empty or null for all jobs, or the workload itself where it has none
     * @throws ProblemException if there is no such job
     */
    public static JobSelection of(WorkloadProject workload, List<String> names) {
        if (names == null || names.isEmpty()) {
            return new JobSelection(workload.jobs().isEmpty() ? List.of(workload) : workload.jobs(), false);
        }
        List<WorkloadProject> chosen = new ArrayList<>();
        for (String name : names) {
            chosen.add(workload.withItsJobs().stream().filter(each -> each.name().equals(name) || each.jobName().equals(name)).findFirst()
                    .orElseThrow(() -> new ProblemException("there is no job '" + name + "'", "marshal.job",
                            workload.jobs().isEmpty() ? "Leave it out: the workload has no jobs" : "Use one or more of: " + list(workload))));
        }
        return new JobSelection(List.copyOf(chosen), true);
    }

    private static String list(WorkloadProject workload) {
        return workload.jobs().stream().map(WorkloadProject::jobName).collect(Collectors.joining(", "));
    }
}
