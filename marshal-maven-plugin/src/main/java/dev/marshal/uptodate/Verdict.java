// SPDX-License-Identifier: Apache-2.0
package dev.marshal.uptodate;

import java.nio.file.Path;
import java.util.List;

/**
 * Whether a step has to be done again.
 *
 * @param reasons why, the most telling first; empty if it is up to date
 * @param awaited what it reads of that which other steps have yet to make, and which may give it a reason then
 */
public record Verdict(List<String> reasons, List<Path> awaited) {

    private static final int SHOWN = 3;

    /** A verdict that waits for nothing. @param reasons why; empty if it is up to date */
    public Verdict(List<String> reasons) {
        this(reasons, List.of());
    }

    /** Whether nothing has to be done. */
    public boolean upToDate() {
        return reasons.isEmpty();
    }

    /** The first reasons, in one line. */
    public String summary() {
        if (upToDate()) {
            return "up to date";
        }
        String shown = String.join("; ", reasons.subList(0, Math.min(SHOWN, reasons.size())));
        return reasons.size() <= SHOWN ? shown : shown + "; and " + (reasons.size() - SHOWN) + " more";
    }
}
