// SPDX-License-Identifier: Apache-2.0
package dev.marshal.verify;

import dev.marshal.machine.KernelMessages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds a run of lines in a console's file, in one pass and with memory for the run alone (D. E. Knuth, J. H. Morris, V. R. Pratt, "Fast pattern
 * matching in strings", 1977); or else the nearest place, in two more passes. Messages of the kernel come whenever something happens: those that are not
 * wanted do not count, wherever they stand.
 */
final class ConsoleSearch {

    private final List<String> wanted;
    private final Set<String> wantedLines;
    private final Path console;
    private final boolean scriptOnly;
    private boolean scriptBegan;

    /**
     * @param wanted     plain lines, as {@link ConsoleLines} gives them
     * @param console    the file
     * @param scriptOnly whether only what the run script printed counts
     */
    ConsoleSearch(List<String> wanted, Path console, boolean scriptOnly) {
        this.wanted = wanted;
        this.wantedLines = new HashSet<>(wanted);
        this.console = console;
        this.scriptOnly = scriptOnly;
    }

    /**
     * A place in the console.
     *
     * @param firstLine number of its first line, from 1
     * @param lines     its lines
     * @param from      index of the first line that is like the wanted ones
     * @param to        index after the last one
     */
    record Place(int firstLine, List<String> lines, int from, int to) {}

    /** Whether the lines are there, one after another. */
    boolean found() throws IOException {
        int[] borders = borders();
        int[] matched = {0};
        boolean[] found = {wanted.isEmpty()};
        scriptBegan = ConsoleLines.read(console, (line, number, ofScript) -> {
            if (found[0] || !counts(line, ofScript)) {
                return;
            }
            while (matched[0] > 0 && !wanted.get(matched[0]).equals(line)) {
                matched[0] = borders[matched[0] - 1];
            }
            if (wanted.get(matched[0]).equals(line)) {
                matched[0]++;
            }
            found[0] = matched[0] == wanted.size();
        });
        return found[0];
    }

    /** Whether the console tells of the run script; known after {@link #found}. */
    boolean scriptBegan() {
        return scriptBegan;
    }

    /** The place that is most like the wanted lines, with some lines around it; empty if nothing was printed. */
    Place nearest() throws IOException {
        NearestPlace nearest = new NearestPlace(wanted);
        ConsoleLines.read(console, (line, number, ofScript) -> {
            if (counts(line, ofScript)) {
                nearest.add(line, number, ofScript);
            }
        });
        int around = Math.max(LineDiff.CONTEXT, wanted.size() / 4);
        List<String> lines = new ArrayList<>();
        int[] first = {0};
        int[] core = {0, 0};
        ConsoleLines.read(console, (line, number, ofScript) -> {
            if (number >= nearest.firstLine() - around && number <= nearest.lastLine() + around && counts(line, ofScript)) {
                first[0] = first[0] == 0 ? number : first[0];
                core[0] += number < nearest.firstLine() ? 1 : 0;
                core[1] += number <= nearest.lastLine() ? 1 : 0;
                lines.add(line);
            }
        });
        return new Place(first[0], lines, core[0], core[1]);
    }

    private boolean counts(String line, boolean ofScript) {
        return (!scriptOnly || ofScript) && (!KernelMessages.isMessage(line) || wantedLines.contains(line));
    }

    /** For each prefix of the wanted lines, the length of its longest proper prefix that is also its suffix. */
    private int[] borders() {
        int[] borders = new int[wanted.size()];
        int length = 0;
        for (int i = 1; i < wanted.size(); i++) {
            while (length > 0 && !wanted.get(i).equals(wanted.get(length))) {
                length = borders[length - 1];
            }
            if (wanted.get(i).equals(wanted.get(length))) {
                length++;
            }
            borders[i] = length;
        }
        return borders;
    }
}
