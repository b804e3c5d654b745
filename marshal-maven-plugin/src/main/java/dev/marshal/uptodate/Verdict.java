// SPDX-License-Identifier: Apache-2.0
package dev.marshal.uptodate;

import java.util.List;

/**
 * Whether a step has to be done again.
 *
 * @param reasons why, the most telling first; empty if it is up to date
 */
public record Verdict(List<String> reasons) {

    private static final int SHOWN = 3;

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
