// SPDX-License-Identifier: Apache-2.0
package dev.marshal.run;

import dev.marshal.machine.ConsoleText;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Tells CI servers of the runs of a workload or its jobs, as of tests: a case a job. Whatever is told later of a job is added to its case. */
public final class RunReport {

    private static final int SHOWN_LINES = 50;

    private final WorkloadProject workload;
    private final Map<String, TestCase> cases = new LinkedHashMap<>();

    /** @param workload what is run */
    public RunReport(WorkloadProject workload) {
        this.workload = workload;
    }

    /** A run ended. */
    public void booted(RunResult result) throws IOException {
        String name = result.project().name();
        String tail = result.machine().map(machine -> String.join("\n", machine.tail())).orElse("");
        Outcome outcome = result.succeeded() ? Outcome.PASSED : result.ran() ? Outcome.FAILED : Outcome.ERROR;
        String message = result.problems().stream().findFirst().map(RunReport::firstLine).orElse("");
        cases.put(name, new TestCase(name, result.elapsed(), outcome, message, result.problems().stream().map(Problem::toString).collect(Collectors.joining("\n")), tail));
        write();
    }

    /** A job was not run. */
    public void skipped(WorkloadProject job, String why) throws IOException {
        cases.put(job.name(), new TestCase(job.name(), Duration.ZERO, Outcome.SKIPPED, why, "", ""));
        write();
    }

    /** The outputs of a run were compared. @param name of the workload or job @param outputs folder of its outputs */
    public void compared(String name, Comparison comparison, Path outputs) throws IOException {
        TestCase before = cases.get(name);
        Duration elapsed = before == null ? Duration.ZERO : before.elapsed();
        String tail = console(outputs);
        if (!comparison.matches()) {
            String details = comparison.text() + (tail.isEmpty() ? "" : "\n\nThe last lines of the console:\n" + tail);
            cases.put(name, new TestCase(name, elapsed, Outcome.FAILED, "the output does not match the references", details, tail));
        } else if (before == null) {
            cases.put(name, new TestCase(name, elapsed, Outcome.PASSED, "", "", tail));
        }
        write();
    }

    private static String console(Path outputs) throws IOException {
        Path uartlog = outputs.resolve(References.CONSOLE);
        if (!Files.isRegularFile(uartlog)) {
            return "";
        }
        List<String> lines = new String(Files.readAllBytes(uartlog), StandardCharsets.UTF_8).lines().toList();
        return lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()).stream().map(ConsoleText::plain).collect(Collectors.joining("\n"));
    }

    private void write() throws IOException {
        Path folder = workload.layout().target().resolve("surefire-reports");
        String coordinates = workload.chain().own().coordinates();
        new JUnitReport(coordinates.substring(0, coordinates.indexOf(':')) + "." + workload.name(), List.copyOf(cases.values())).write(folder);
    }

    private static String firstLine(Problem problem) {
        return problem.what().lines().findFirst().orElse("");
    }
}
