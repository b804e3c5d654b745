// SPDX-License-Identifier: Apache-2.0
package dev.marshal.run;

import dev.marshal.project.WorkloadProject;
import dev.marshal.workload.Layer;
import dev.marshal.workload.Options;
import dev.marshal.workload.Script;
import dev.marshal.workload.Sourced;
import java.io.IOException;
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
     * Calls each hook once, whoever of the workload and its jobs inherits it.
     *
     * @param ran what was run
     * @throws dev.marshal.problem.ProblemException if a hook fails
     */
    public static void call(List<WorkloadProject> ran) throws IOException {
        Set<Layer> called = new LinkedHashSet<>();
        for (WorkloadProject each : new ArrayList<>(ran)) {
            Optional<Sourced<Script>> hook = each.chain().get(Options.POST_RUN_HOOK);
            if (hook.isPresent() && called.add(hook.get().layer())) {
                new HostScript(each, "post_run_hook", hook.get()).run(Map.of(), each.layout().runs());
            }
        }
    }
}
