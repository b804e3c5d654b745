// SPDX-License-Identifier: Apache-2.0
package dev.marshal.it;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** An edit of a project, with what a build after it may do, and what it has to do and say. */
final class RandomEdit {

    private final String text;
    private final Map<String, Set<String>> may = new TreeMap<>();
    private final Map<Place, String> reasons = new LinkedHashMap<>();

    /** A step, with its workload's name before it if that is a job. */
    private record Place(String workload, String step) {}

    /** @param text what was edited */
    RandomEdit(String text) {
        this.text = text;
    }

    /** These steps of this workload may be done. */
    RandomEdit may(String workload, Set<String> steps) {
        may.computeIfAbsent(workload, name -> new TreeSet<>()).addAll(steps);
        return this;
    }

    /** These steps of these workloads may be done. */
    RandomEdit mayAll(Set<String> steps, Iterable<String> workloads) {
        workloads.forEach(workload -> may(workload, steps));
        return this;
    }

    /** This step of this workload has to be done, and to say this among its reasons. */
    RandomEdit must(String workload, String step, String reason) {
        reasons.put(new Place(workload, step), reason);
        return may(workload, Set.of(step));
    }

    /** What another edit may do, this one may do too. */
    void add(RandomEdit other) {
        other.may.forEach(this::may);
    }

    /** What is wrong with what a build did; empty if nothing is. @param done as {@link ReactorLog} tells */
    String wrongIn(Map<String, Map<String, String>> done) {
        StringBuilder wrong = new StringBuilder();
        done.forEach((workload, steps) -> steps.forEach((step, reason) -> {
            if (!mayDo(workload, step)) {
                wrong.append("'" + step + "' of " + workload + " was done, which nothing asks for: " + reason + "\n");
            } else if (reason.isBlank()) {
                wrong.append("'" + step + "' of " + workload + " was done without a reason\n");
            }
        }));
        reasons.forEach((place, reason) -> {
            String given = done.getOrDefault(place.workload(), Map.of()).get(place.step());
            if (given == null || !given.contains(reason)) {
                wrong.append("'" + place.step() + "' of " + place.workload() + (given == null ? " was not done" : " was done because: " + given) + "; expected because: " + reason + "\n");
            }
        });
        return wrong.toString();
    }

    /** What a workload may do, each of its jobs may do. */
    private boolean mayDo(String workload, String step) {
        Set<String> steps = may.getOrDefault(workload, Set.of());
        return steps.contains(step) || steps.contains(step.substring(step.indexOf(' ') + 1));
    }

    @Override
    public String toString() {
        return text;
    }
}
