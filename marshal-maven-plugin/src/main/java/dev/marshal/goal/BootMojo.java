// SPDX-License-Identifier: Apache-2.0
package dev.marshal.goal;

import dev.marshal.problem.Problem;
import dev.marshal.problem.ProblemException;
import dev.marshal.project.WorkloadProject;
import dev.marshal.run.JobRuns;
import dev.marshal.run.JobSelection;
import dev.marshal.run.RunHooks;
import dev.marshal.run.RunResult;
import dev.marshal.run.Simulation;
import dev.marshal.run.WorkloadRun;
import dev.marshal.workload.Options;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/** Runs the workload, or all of its jobs side by side, on the simulator; keeps each console, and copies the outputs of each. */
@Mojo(name = "boot", defaultPhase = LifecyclePhase.INTEGRATION_TEST, requiresDependencyResolution = ResolutionScope.COMPILE, threadSafe = true)
public class BootMojo extends WorkloadMojo {

    /** The simulator: {@code qemu} or {@code spike}; the first that the workload can run on unless set. */
    @Parameter(property = "marshal.simulator")
    private String simulator;

    /** Whether the diskless binary is run. */
    @Parameter(property = "marshal.diskless", defaultValue = "false")
    private boolean diskless;

    /** The jobs to run, separated by commas; all unless set. */
    @Parameter(property = "marshal.job")
    private List<String> jobs;

    /** Whether tests are left out, as for every other packaging. */
    @Parameter(property = "skipTests", defaultValue = "false")
    private boolean skipTests;

    @Override
    void run() throws IOException {
        if (skipTests) {
            log().info("not booted: tests are skipped");
            return;
        }
        JobSelection selection = JobSelection.of(workload(), jobs);
        List<WorkloadRun> runs = new ArrayList<>();
        for (WorkloadProject each : selection.chosen()) {
            Optional<WorkloadRun> run = runOf(each, selection.named());
            run.ifPresent(runs::add);
        }
        if (runs.isEmpty()) {
            return;
        }
        boot(new JobRuns(runs, log()), runs);
    }

    private Optional<WorkloadRun> runOf(WorkloadProject project, boolean named) throws IOException {
        if (!named && !project.chain().value(Options.LAUNCH).orElse(true)) {
            return notBooted(project, "'launch' is false");
        }
        WorkloadRun run = new WorkloadRun(project, new Simulation(project, simulator), diskless);
        Optional<String> pointless = run.pointless();
        return pointless.isPresent() ? notBooted(project, pointless.get()) : Optional.of(run);
    }

    private Optional<WorkloadRun> notBooted(WorkloadProject project, String why) throws IOException {
        log().info(prefix(project) + "not booted: " + why);
        if (project != workload()) {
            report().skipped(project, why);
        }
        return Optional.empty();
    }

    private void boot(JobRuns runs, List<WorkloadRun> list) throws IOException {
        List<RunResult> results = runs.boot();
        // the programs that only a boot needs are not asked for their versions again by the next one
        workload().digests().save();
        List<Problem> problems = new ArrayList<>();
        for (RunResult result : results) {
            report().booted(result);
            problems.addAll(result.problems());
        }
        if (!workload().jobs().isEmpty()) {
            runs.tell(results);
        }
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        RunHooks.call(workload(), list.stream().map(WorkloadRun::project).toList());
    }
}
