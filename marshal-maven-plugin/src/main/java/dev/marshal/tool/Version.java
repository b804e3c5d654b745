// SPDX-License-Identifier: Apache-2.0
package dev.marshal.tool;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program's version: numbers compared from left to right, a missing number counting as 0.
 *
 * @param numbers the numbers between the dots
 */
public record Version(List<Integer> numbers) implements Comparable<Version> {

    private static final Pattern DOTTED = Pattern.compile("(?<![\\w.])v?(\\d+(?:\\.\\d+)+|\\d+(?=[ )]|$))");
    private static final Pattern PARENTHESES = Pattern.compile("\\([^()]*\\)");

    /** Keeps a copy. */
    public Version {
        numbers = List.copyOf(numbers);
    }

    /** @param text such as {@code 1.47.0} */
    public static Version of(String text) {
        return find(text).orElseThrow(() -> new IllegalArgumentException("no version in '" + text + "'"));
    }

    /** The first dotted number in what a program prints of itself; one in parentheses, where compilers name who packaged them, only if there is no other. */
    public static Optional<Version> find(String text) {
        Matcher matcher = DOTTED.matcher(PARENTHESES.matcher(text).replaceAll(" "));
        if (!matcher.find() && !matcher.reset(text).find()) {
            return Optional.empty();
        }
        List<Integer> numbers = new ArrayList<>();
        for (String number : matcher.group(1).split("\\.")) {
            numbers.add(number.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(number));
        }
        return Optional.of(new Version(numbers));
    }

    @Override
    public int compareTo(Version other) {
        for (int i = 0; i < Math.max(numbers.size(), other.numbers.size()); i++) {
            int mine = i < numbers.size() ? numbers.get(i) : 0;
            int theirs = i < other.numbers.size() ? other.numbers.get(i) : 0;
            if (mine != theirs) {
                return Integer.compare(mine, theirs);
            }
        }
        return 0;
    }

    @Override
    public String toString() {
        return String.join(".", numbers.stream().map(String::valueOf).toList());
    }
}
