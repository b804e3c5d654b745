// SPDX-License-Identifier: Apache-2.0
package dev.marshal.workload;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses which name was meant. */
final class NearestName {

    private NearestName() {}

    /** The known name that takes the fewest edits, if these are few for its length. */
    static Optional<String> among(Collection<String> known, String written) {
        return known.stream().min(Comparator.comparingInt(name -> distance(name, written))).filter(name -> distance(name, written) <= Math.max(2, written.length() / 3));
    }

    /** Levenshtein's distance, case aside. */
    private static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
