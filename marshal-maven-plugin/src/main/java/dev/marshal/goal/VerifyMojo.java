// SPDX-License-Identifier: Apache-2.0
package dev.marshal.goal;

import dev.marshal.problem.ProblemException;
import dev.marshal.project.WorkloadProject;
import dev.marshal.run.RunReport;
import dev.marshal.verify.Comparison;
import dev.marshal.verify.References;
import dev.marshal.workload.Options;
import dev.marshal.workload.Sourced;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    /** Whether tests are left out, as for every other packaging. */
    @Parameter(property = "skipTests", defaultValue = "false")
    private boolean skipTests;

    @Override
    void run() throws IOException {
        WorkloadProject workload = workload();
        Optional<Sourced<String>> references = workload.chain().get(Options.REF_DIR);
        if (skipTests || references.isEmpty()) {
            return;
        }
        Path outputs = run != null ? run.toPath() : workload.layout().runs();
        if (!Files.isDirectory(outputs)) {
            throw new ProblemException("there is no run to compare: " + outputs + " does not exist", references.get().where(), "Run the goal boot first ('mvn verify' does), or name a run with -Dmarshal.run=DIR");
        }
        References folder = new References(references.get().layer().resolve(references.get().value()));
        folder.check(references.get().where());
        Comparison comparison = folder.compare(outputs, workload.chain().value(Options.STRIP).orElse(false));
        if (!comparison.matches()) {
            new RunReport(workload).compared(comparison);
        }
        comparison.check();
        log().info("the output matches the references: " + String.join(", ", comparison.files()));
    }
}
