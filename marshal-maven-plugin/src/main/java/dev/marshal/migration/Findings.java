// SPDX-License-Identifier: Apache-2.0
package dev.marshal.migration;

import dev.marshal.problem.Location;
import dev.marshal.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the user is to know after an import. */
final class Findings {

    private final Set<String> notes = new LinkedHashSet<>();
    private final Set<Problem> unmapped = new LinkedHashSet<>();

    /** Something was done otherwise than word by word. */
    void note(Location where, String what) {
        notes.add(where + ": " + what);
    }

    /** Something was done that no place in a specification says. */
    void note(String what) {
        notes.add(what);
    }

    /** Something could not be mapped. */
    void unmapped(Location where, String what, String remedy) {
        unmapped.add(new Problem(what, where.toString(), remedy));
    }

    /** Something could not be mapped. */
    void unmapped(Problem problem) {
        unmapped.add(problem);
    }

    /** What was found, of these workloads. */
    ImportReport report(List<String> modules) {
        return new ImportReport(List.copyOf(modules), new ArrayList<>(notes), new ArrayList<>(unmapped));
    }
}
