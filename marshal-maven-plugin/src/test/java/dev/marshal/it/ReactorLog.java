// SPDX-License-Identifier: Apache-2.0
package dev.marshal.it;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the build of several workloads did, by workload, and what {@code marshal:explain} had said of it in the same build. */
public final class ReactorLog {

    /** Begins what a goal prints. */
    private static final Pattern GOAL = Pattern.compile("\\[INFO] --- (\\S+) \\([^)]*\\) @ (\\S+) ---");

    private ReactorLog() {}

    /** The steps that were done, by artifactId, each with the reasons that were printed; workloads of which nothing was done have no steps. */
    public static Map<String, Map<String, String>> done(BuildLog log) {
        Map<String, Map<String, String>> done = steps(log, false);
        done.values().forEach(steps -> steps.values().removeIf(BuildLog.UP_TO_DATE::equals));
        return done;
    }

    /** What {@code marshal:explain} said of each step, by artifactId. */
    static Map<String, Map<String, String>> explained(BuildLog log) {
        return steps(log, true);
    }

    private static Map<String, Map<String, String>> steps(BuildLog log, boolean ofExplain) {
        Map<String, Map<String, String>> found = new TreeMap<>();
        String module = "";
        boolean explains = false;
        for (String line : log.lines()) {
            Matcher goal = GOAL.matcher(line);
            Matcher step = BuildLog.STEP.matcher(line);
            if (goal.matches()) {
                module = goal.group(2);
                explains = goal.group(1).endsWith(":explain");
                found.putIfAbsent(module, new LinkedHashMap<>());
            } else if (step.matches() && explains == ofExplain) {
                found.get(module).put(step.group(1), step.group(2));
            }
        }
        return found;
    }
}
