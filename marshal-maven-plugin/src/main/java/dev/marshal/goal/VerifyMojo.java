// SPDX-License-Identifier: Apache-2.0
package dev.marshal.goal;

import dev.marshal.problem.Problem;
import dev.marshal.problem.ProblemException;
import dev.marshal.project.WorkloadProject;
import dev.marshal.run.JobSelection;
import dev.marshal.verify.Comparison;
import dev.marshal.verify.References;
import dev.marshal.workload.Options;
import dev.marshal.workload.Sourced;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/** Compares what a run left behind with the references. */
@Mojo(name = "verify", defaultPhase = LifecyclePhase.VERIFY, requiresDependencyResolution = ResolutionScope.COMPILE, threadSafe = true)
public class VerifyMojo extends WorkloadMojo {

    /** Folder of an existing run, such as one on an FPGA, that is compared instead; with a folder a workload in it. */
    @Parameter(property = "marshal.run")
    private File run;

    /** The jobs whose outputs are compared, separated by commas; all unless set. */
    @Parameter(property = "marshal.job")
    private List<String> jobs;

    /** Whether tests are left out, as for every other packaging. */
    @Parameter(property = "skipTests", defaultValue = "false")
    private boolean skipTests;

    @Override
    void run() throws IOException {
        if (skipTests) {
            return;
        }
        JobSelection selection = JobSelection.of(workload(), jobs);
        List<Problem> problems = new ArrayList<>();
        for (WorkloadProject each : workload().withItsJobs()) {
            Optional<Sourced<String>> references = each.chain().get(Options.REF_DIR);
            if (references.isPresent() && run == null && rests(selection)) {
                log().info(prefix(each) + "not compared: 'launch' is false");
            } else if (references.isPresent()) {
                problems.addAll(compare(each, references.get(), selection));
            }
        }
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
    }

    /** Whether the goal boot starts nothing at all; what an earlier build ran is no run of this one. */
    private static boolean rests(JobSelection selection) {
        return !selection.named() && selection.chosen().stream().noneMatch(each -> each.chain().value(Options.LAUNCH).orElse(true));
    }

    /** A workload's references are those of its jobs too, a folder each. */
    private List<Problem> compare(WorkloadProject project, Sourced<String> references, JobSelection selection) throws IOException {
        Path outputs = run != null ? run.toPath() : project.layout().runs();
        if (!Files.isDirectory(outputs)) {
            throw new ProblemException("there is no run to compare: " + outputs + " does not exist", references.where(), "Run the goal boot first ('mvn verify' does), or name a run with -Dmarshal.run=DIR");
        }
        References folder = new References(references.layer().resolve(references.value()));
        folder.check(references.where());
        Comparison comparison = folder.compare(outputs, project.chain().value(Options.STRIP).orElse(false));
        if (selection.named()) {
            comparison = comparison.under(selection.chosen().stream().map(WorkloadProject::name).toList());
        }
        for (String run : comparison.folders()) {
            report().compared(run, comparison.under(List.of(run)), outputs.resolve(run));
        }
        if (comparison.matches()) {
            log().info(prefix(project) + "the output matches the references: " + String.join(", ", comparison.files()));
            return List.of();
        }
        return List.of(comparison.problem());
    }
}
