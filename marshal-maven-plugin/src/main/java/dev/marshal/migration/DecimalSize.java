// SPDX-License-Identifier: Apache-2.0
package dev.marshal.migration;

import dev.marshal.workload.Sizes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as FireMarshal reads them, by Python's humanfriendly: a letter alone counts in powers of 1000 ({@code 4G} is 4 GB); only {@code GiB} and its like count in powers of 1024. */
final class DecimalSize {

    private static final Pattern SIZE = Pattern.compile("\\s*(\\d+(?:\\.\\d+)?)\\s*([A-Za-z]*)\\s*");
    private static final String LETTERS = "kmgt";
    private static final List<String> BINARY = List.of("kibibyte", "mebibyte", "gibibyte", "tebibyte");

    private DecimalSize() {}

    /** The same size as marshal reads it. @return empty if the text already means the same, or is no size */
    static Optional<String> converted(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String unit = matcher.group(2).toLowerCase(Locale.ROOT);
        int power = unit.isEmpty() ? 0 : LETTERS.indexOf(unit.charAt(0)) + 1;
        if (power == 0 && !unit.isEmpty() && unit.charAt(0) != 'b') {
            return Optional.empty();
        }
        boolean binary = power > 0 && (unit.equals(unit.charAt(0) + "ib") || unit.equals(BINARY.get(power - 1)));
        long bytes = (long) (Double.parseDouble(matcher.group(1)) * Math.pow(binary ? 1024 : 1000, power));
        try {
            if (Sizes.parse(text) == bytes) {
                return Optional.empty();
            }
        } catch (IllegalArgumentException e) {
            // a spelling that only the other knows
        }
        String letter = power == 0 ? "" : LETTERS.substring(power - 1, power).toUpperCase(Locale.ROOT);
        return Optional.of(matcher.group(1) + letter + (binary ? "iB" : power == 0 ? "" : "B"));
    }
}
