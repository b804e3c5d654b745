// SPDX-License-Identifier: Apache-2.0
package dev.marshal.workload;

import java.util.ArrayList;
import java.util.List;

/**
 * A script and what it is called with.
 *
 * @param path      relative to the workdir of the specification
 * @param arguments passed as they are
 */
public record Script(String path, List<String> arguments) {

    /** Keeps a copy. */
    public Script {
        arguments = List.copyOf(arguments);
    }

    /**
     * Words of a line, separated by blanks; quotes of both kinds and backslashes as in a shell, but nothing is expanded.
     *
     * @throws IllegalArgumentException if a quote is left open
     */
    public static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = null;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            boolean escaped = c == '\\' && quote != '\'' && i + 1 < line.length() && (quote == 0 || "\"\\$`".indexOf(line.charAt(i + 1)) >= 0);
            if (escaped) {
                word = append(word, line.charAt(++i));
            } else if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word = append(word, c);
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
                word = word == null ? new StringBuilder() : word;
            } else if (Character.isWhitespace(c)) {
                if (word != null) {
                    words.add(word.toString());
                }
                word = null;
            } else {
                word = append(word, c);
            }
        }
        if (quote != 0) {
            throw new IllegalArgumentException("the quote " + quote + " is not closed");
        }
        if (word != null) {
            words.add(word.toString());
        }
        return words;
    }

    private static StringBuilder append(StringBuilder word, char c) {
        return (word == null ? new StringBuilder() : word).append(c);
    }
}
