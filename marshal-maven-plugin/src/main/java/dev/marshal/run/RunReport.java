// SPDX-License-Identifier: Apache-2.0
package dev.marshal.run;

import dev.marshal.machine.ConsoleText;
import dev.marshal.machine.Ending;
import dev.marshal.machine.MachineResult;
import dev.marshal.problem.Problem;
import dev.marshal.project.WorkloadProject;
import dev.marshal.verify.Comparison;
import dev.marshal.verify.JUnitReport;
import dev.marshal.verify.References;
import dev.marshal.verify.TestCase;
import dev.marshal.verify.TestCase.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Tells CI servers of a run, as of a test. */
public final class RunReport {

    private static final int SHOWN_LINES = 50;

    private final WorkloadProject project;

    /** @param project what was run */
    public RunReport(WorkloadProject project) {
        this.project = project;
    }

    /** A run ended. */
    public void booted(MachineResult result) throws IOException {
        String tail = String.join("\n", result.tail());
        TestCase test = result.problem()
                .map(problem -> new TestCase(project.chain().name(), result.elapsed(),
                        result.ending() == Ending.POWERED_OFF ? Outcome.FAILED : Outcome.ERROR, firstLine(problem), problem.toString(), tail))
                .orElseGet(() -> new TestCase(project.chain().name(), result.elapsed(), Outcome.PASSED, "", "", tail));
        write(test);
    }

    /** Outputs were compared. */
    public void compared(Comparison comparison) throws IOException {
        write(comparison.matches() ? new TestCase(project.chain().name(), Duration.ZERO, Outcome.PASSED, "", "", "")
                : new TestCase(project.chain().name(), Duration.ZERO, Outcome.FAILED, "the output does not match the references", comparison.text(), console()));
    }

    private String console() throws IOException {
        Path uartlog = project.layout().run().resolve(References.CONSOLE);
        if (!Files.isRegularFile(uartlog)) {
            return "";
        }
        List<String> lines = new String(Files.readAllBytes(uartlog), StandardCharsets.UTF_8).lines().toList();
        return lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()).stream().map(ConsoleText::plain).collect(Collectors.joining("\n"));
    }

    private void write(TestCase test) throws IOException {
        Path folder = project.layout().target().resolve("surefire-reports");
        String coordinates = project.chain().own().coordinates();
        new JUnitReport(coordinates.substring(0, coordinates.indexOf(':')) + "." + project.chain().name(), List.of(test)).write(folder);
    }

    private static String firstLine(Problem problem) {
        return problem.what().lines().findFirst().orElse("");
    }
}
