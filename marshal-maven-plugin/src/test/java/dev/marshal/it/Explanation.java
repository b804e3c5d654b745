// SPDX-License-Identifier: Apache-2.0
package dev.marshal.it;

import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;

/** Whether {@code marshal:explain} says of each workload what the build then does: no step more, none less, for the same reasons. */
public final class Explanation {

    private static final String WOULD_BE_DONE = "would be done again: ";
    private static final String UNLESS = BuildLog.UP_TO_DATE + ", unless ";
    /** Between the reasons of a step. */
    private static final String BETWEEN = "; ";
    /** A build names the first reasons only. */
    private static final Pattern MORE = Pattern.compile("; and [0-9]+ more$");

    private Explanation() {}

    /**
     * What it said wrongly; empty if nothing.
     *
     * @param explanation of {@code mvn marshal:explain}, with or without phases
     * @param build       of the build that followed
     */
    public static String wrongIn(BuildLog explanation, BuildLog build) {
        Map<String, Map<String, String>> explained = ReactorLog.explained(explanation);
        StringBuilder wrong = new StringBuilder();
        ReactorLog.done(build).forEach((workload, done) -> {
            Map<String, String> said = explained.getOrDefault(workload, Map.of());
            said.forEach((step, text) -> {
                if (text.startsWith(WOULD_BE_DONE)) {
                    String reasons = done.get(step);
                    if (reasons == null) {
                        wrong.append("marshal:explain said that '" + step + "' of " + workload + " " + text + "; it was not done\n");
                    } else if (!MORE.matcher(reasons).find() && Arrays.stream(text.substring(WOULD_BE_DONE.length()).split(BETWEEN)).noneMatch(reasons::contains)) {
                        wrong.append("marshal:explain said that '" + step + "' of " + workload + " " + text + "; it was done because: " + reasons + "\n");
                    }
                }
            });
            done.forEach((step, reasons) -> {
                String text = said.get(step);
                if (text == null || !text.startsWith(WOULD_BE_DONE) && !text.startsWith(UNLESS)) {
                    wrong.append("marshal:explain said of '" + step + "' of " + workload + ": " + (text == null ? "nothing" : text) + "; it was done because: " + reasons + "\n");
                }
            });
        });
        return wrong.toString();
    }
}
