// SPDX-License-Identifier: Apache-2.0
package dev.marshal.verify;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where in a long text a reader would look for some lines that are not there: the window of as many lines that has most of them, whatever their order;
 * a line that shares at least half of its words with a wanted one counts for a part. Where nothing is alike, what the run script printed comes first,
 * then what was printed last.
 */
final class NearestPlace {

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{Alnum}]+");
    /** How many wanted lines a word may point to: beyond, it says nothing. */
    private static final int MOST_LINES_OF_A_WORD = 20;
    /** Words are looked at in so many lines; in a longer text only equal lines count. */
    private static final int MOST_LINES_WITH_WORDS = 100_000;

    private final int size;
    private final Map<String, Integer> wanted = new HashMap<>();
    private final Map<String, List<Set<String>>> byWord = new HashMap<>();
    private final Map<String, Integer> inWindow = new HashMap<>();
    private final Deque<Line> window = new ArrayDeque<>();
    private double score;
    private double best = -1;
    private int firstLine;
    private int lastLine;
    private int seen;

    NearestPlace(List<String> wantedLines) {
        size = Math.max(1, wantedLines.size());
        for (String line : wantedLines) {
            if (!line.isBlank() && wanted.merge(line, 1, Integer::sum) == 1) {
                Set<String> words = words(line);
                words.forEach(word -> byWord.computeIfAbsent(word, key -> new ArrayList<>()).add(words));
            }
        }
        byWord.values().removeIf(lines -> lines.size() > MOST_LINES_OF_A_WORD);
    }

    private record Line(String text, int number, double weight) {}

    void add(String text, int number, boolean ofScript) {
        double weight = (wanted.containsKey(text) ? 0 : likeness(text)) + (ofScript ? 0.001 : 0);
        Line line = new Line(text, number, weight);
        window.addLast(line);
        score += weight;
        if (wanted.containsKey(text) && inWindow.merge(text, 1, Integer::sum) <= wanted.get(text)) {
            score++;
        }
        if (window.size() > size) {
            remove(window.removeFirst());
        }
        // the score is a sum of differences: allow for their rounding
        if (score >= best - 1e-9) {
            best = Math.max(best, score);
            firstLine = window.getFirst().number();
            lastLine = number;
        }
    }

    /** Number of the window's first line; 0 if there was none. */
    int firstLine() {
        return firstLine;
    }

    /** Number of the window's last line. */
    int lastLine() {
        return lastLine;
    }

    private void remove(Line line) {
        score -= line.weight();
        if (wanted.containsKey(line.text()) && inWindow.merge(line.text(), -1, Integer::sum) < wanted.get(line.text())) {
            score--;
        }
    }

    /** Half of the share of words in common (Dice's coefficient) with the most similar wanted line; 0 below one half. */
    private double likeness(String text) {
        if (++seen > MOST_LINES_WITH_WORDS || text.isBlank()) {
            return 0;
        }
        Set<String> words = words(text);
        double most = 0;
        for (String word : words) {
            for (Set<String> other : byWord.getOrDefault(word, List.of())) {
                long common = words.stream().filter(other::contains).count();
                most = Math.max(most, 2.0 * common / (words.size() + other.size()));
            }
        }
        return most < 0.5 ? 0 : most / 2;
    }

    private static Set<String> words(String line) {
        Set<String> words = new HashSet<>(List.of(BETWEEN_WORDS.split(line)));
        words.remove("");
        return words;
    }
}
