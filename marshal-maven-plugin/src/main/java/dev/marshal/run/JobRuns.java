// SPDX-License-Identifier: Apache-2.0
package dev.marshal.run;

import dev.marshal.problem.Problem;
import dev.marshal.problem.ProblemException;
import dev.marshal.tool.Log;
import dev.marshal.tool.SideBySide;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Runs of several jobs side by side: all go to their ends, whatever becomes of the others. */
public final class JobRuns {

    private final List<WorkloadRun> runs;
    private final Log log;

    /** @param runs in the order of results @param log the user */
    public JobRuns(List<WorkloadRun> runs, Log log) {
        this.runs = List.copyOf(runs);
        this.log = log;
    }

    /**
     * Boots all and waits for the last.
     *
     * @return how each ended, in the order of the runs
     * @throws ProblemException before anything is started, if one cannot be started: says all that is missing
     * @throws InterruptedIOException if this thread is interrupted: the machines are ended
     */
    public List<RunResult> boot() throws IOException {
        check();
        return SideBySide.all(runs.stream().map(run -> (Callable<RunResult>) () -> boot(run)).toList(), runs.size());
    }

    /** Tells how each ended, in a table. */
    public void tell(List<RunResult> results) {
        int width = results.stream().mapToInt(result -> result.project().name().length()).max().orElse(0);
        String row = "%-" + Math.max(3, width) + "s  %-11s  %9s  %s";
        log.info(String.format(row, "job", "state", "time", "exit"));
        for (RunResult result : results) {
            log.info(String.format(row, result.project().name(), result.state(), String.format(Locale.ROOT, "%.1f s", result.elapsed().toMillis() / 1000.0), result.exit()));
        }
    }

    private void check() throws IOException {
        List<Problem> problems = new ArrayList<>();
        for (WorkloadRun run : runs) {
            try {
                run.check();
            } catch (ProblemException e) {
                e.problems().stream().filter(problem -> !problems.contains(problem)).forEach(problems::add);
            }
        }
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
    }

    private static RunResult boot(WorkloadRun run) throws IOException {
        try {
            return run.boot();
        } catch (ProblemException e) {
            return new RunResult(run.project(), Optional.empty(), e.problems());
        }
    }
}
