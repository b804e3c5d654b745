// SPDX-License-Identifier: Apache-2.0
package dev.marshal.run;

import dev.marshal.project.WorkloadProject;
import dev.marshal.workload.Layer;
import dev.marshal.workload.Options;
import dev.marshal.workload.Script;
import dev.marshal.workload.Sourced;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The hooks that are called after runs, with the folder that holds the outputs of all jobs. */
public final class RunHooks {

    private RunHooks() {}

    /**
     * Calls each hook once, whoever of the workload and its jobs inherits it. A hook of the workload or of a job runs in its workdir; one of a base, which
     * has none on this machine, in the workload's.
     *
     * @param workload what is built
     * @param ran      what was run of it: itself, or jobs
     * @throws dev.marshal.problem.ProblemException if a hook fails
     */
    public static void call(WorkloadProject workload, List<WorkloadProject> ran) throws IOException {
        Set<Layer> called = new LinkedHashSet<>();
        for (WorkloadProject each : new ArrayList<>(ran)) {
            Optional<Sourced<Script>> hook = each.chain().get(Options.POST_RUN_HOOK);
            if (hook.isPresent() && called.add(hook.get().layer())) {
                new HostScript(each, "post_run_hook", hook.get(), workdir(workload, hook.get().layer())).run(Map.of(), each.layout().runs());
            }
        }
    }

    private static Path workdir(WorkloadProject workload, Layer layer) {
        boolean here = workload.withItsJobs().stream().anyMatch(each -> each.chain().own().equals(layer));
        return here ? layer.workdir() : workload.chain().own().workdir();
    }
}
