// SPDX-License-Identifier: Apache-2.0
package dev.marshal.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a build printed.
 *
 * @param exit    Maven's exit status
 * @param lines   of both its outputs
 * @param file    where they are kept
 * @param elapsed how long it took
 */
public record BuildLog(int exit, List<String> lines, Path file, Duration elapsed) {

    static final String UP_TO_DATE = "up to date";
    /** A step, and why it is done or that it is up to date; not the line that says how it is done, after the one with the reason. */
    static final Pattern STEP = Pattern.compile("\\[INFO] ((?:[\\w.-]+: )?(?:kernel-config|drivers|kernel|boot-binary|image|compressed-image|image-difference|image-inputs|nodisk-binary|compressed-vmlinux|linux-build|sbom|archive)): (?!taken from an earlier build with the same inputs$)(.*)");

    private static final int TAIL = 40;

    /** The test fails unless all these texts were printed. */
    public BuildLog says(String... parts) {
        assertThat(text()).as("%s", file).contains(parts);
        return this;
    }

    /** The test fails if one of these texts was printed. */
    public BuildLog saysNot(String... parts) {
        assertThat(text()).as("%s", file).doesNotContain(parts);
        return this;
    }

    /** The test fails unless these steps and no others were done. */
    public BuildLog ran(String... steps) {
        assertThat(done()).as("steps that were done, in %s", file).containsExactly(steps);
        return this;
    }

    /** The test fails unless the step was done for this reason, among others. */
    public BuildLog ranBecause(String step, String reason) {
        assertThat(steps().getOrDefault(step, "not mentioned")).as("reason for '%s' in %s", step, file).contains(reason);
        return this;
    }

    /** The test fails unless there were steps, and none of them was done. */
    public BuildLog ranNothing() {
        assertThat(steps()).as("steps in %s", file).isNotEmpty();
        return ran();
    }

    /** All steps in their order, with the reason for which each was done, or that it was up to date. */
    public Map<String, String> steps() {
        Map<String, String> steps = new LinkedHashMap<>();
        for (String line : lines) {
            Matcher matcher = STEP.matcher(line);
            if (matcher.matches()) {
                steps.put(matcher.group(1), matcher.group(2));
            }
        }
        return steps;
    }

    /** All that was printed. */
    public String text() {
        return String.join("\n", lines);
    }

    /** The last lines. */
    public String tail() {
        return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
    }

    private List<String> done() {
        List<String> done = new ArrayList<>();
        steps().forEach((step, reason) -> {
            if (!reason.equals(UP_TO_DATE)) {
                done.add(step);
            }
        });
        return done;
    }
}
