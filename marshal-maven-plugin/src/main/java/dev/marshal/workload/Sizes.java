// SPDX-License-Identifier: Apache-2.0
package dev.marshal.workload;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write them: {@code 4GiB}, {@code 512M}, {@code 1073741824}. K, M, G and T count in powers of 1024, with or without {@code iB}; {@code kB}, {@code MB}, {@code GB} and {@code TB} in powers of 1000. */
public final class Sizes {

    /** The same for a JSON Schema, whose patterns know no flags. */
    static final String FORM = "^\\s*\\d+(\\.\\d+)?\\s*[KMGTkmgt]?[Ii]?[Bb]?\\s*$";

    private static final Pattern SIZE = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([KMGT]?)(I?B?)", Pattern.CASE_INSENSITIVE);
    private static final Map<String, Integer> POWERS = Map.of("", 0, "K", 1, "M", 2, "G", 3, "T", 4);

    private Sizes() {}

    /** @return bytes @throws IllegalArgumentException if it is no size */
    public static long parse(String text) {
        Matcher matcher = SIZE.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no size such as 4GiB, 512M or a number of bytes");
        }
        int power = POWERS.get(matcher.group(2).toUpperCase(Locale.ROOT));
        boolean decimal = matcher.group(3).equalsIgnoreCase("B");
        return (long) (Double.parseDouble(matcher.group(1)) * Math.pow(decimal ? 1000 : 1024, power));
    }

    /** @param bytes a size @return the largest binary unit that gives a number of at least 1, with one digit after the point where it is not whole */
    public static String format(long bytes) {
        String[] units = {"bytes", "KiB", "MiB", "GiB", "TiB"};
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < units.length - 1) {
            value /= 1024;
            unit++;
        }
        return (value == Math.rint(value) ? String.valueOf((long) value) : String.format(Locale.ROOT, "%.1f", value)) + " " + units[unit];
    }
}
