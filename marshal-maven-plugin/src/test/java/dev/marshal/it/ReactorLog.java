// SPDX-License-Identifier: Apache-2.0
package dev.marshal.it;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the build of several workloads did, by workload. */
public final class ReactorLog {

    /** Begins what a goal prints. */
    private static final Pattern GOAL = Pattern.compile("\\[INFO] --- \\S+ \\([^)]*\\) @ (\\S+) ---");
    private static final Pattern STEP = Pattern.compile("\\[INFO] (kernel-config|drivers|kernel|boot-binary|image|compressed-image|image-difference|image-inputs|nodisk-binary|compressed-vmlinux|linux-build|sbom|archive): (.*)");
    private static final String UP_TO_DATE = "up to date";

    private ReactorLog() {}

    /** The steps that were done, by artifactId, each with the reasons that were printed; workloads of which nothing was done have no steps. */
    public static Map<String, Map<String, String>> done(BuildLog log) {
        Map<String, Map<String, String>> done = new TreeMap<>();
        String module = "";
        for (String line : log.lines()) {
            Matcher goal = GOAL.matcher(line);
            Matcher step = STEP.matcher(line);
            if (goal.matches()) {
                module = goal.group(1);
                done.putIfAbsent(module, new LinkedHashMap<>());
            } else if (step.matches() && !step.group(2).equals(UP_TO_DATE)) {
                done.get(module).put(step.group(1), step.group(2));
            }
        }
        return done;
    }
}
