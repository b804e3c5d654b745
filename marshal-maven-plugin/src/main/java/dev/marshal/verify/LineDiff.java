// SPDX-License-Identifier: Apache-2.0
package dev.marshal.verify;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The difference of two lists of lines: the shortest script of deletions and insertions (E. W. Myers, "An O(ND) difference algorithm and its
 * variations", 1986). Where the lists have more than {@link #MOST_EDITS} differences, all lines between the first and the last are replaced: nobody
 * reads such a script, and time and memory stay bounded.
 */
final class LineDiff {

    /** Lines that are equal, shown around a difference. */
    static final int CONTEXT = 3;

    private static final int MOST_EDITS = 1000;

    private LineDiff() {}

    /**
     * One line of the script.
     *
     * @param kind {@code ' '} in both, {@code '-'} only in the first, {@code '+'} only in the second
     * @param line the line
     */
    record Edit(char kind, String line) {}

    /** From {@code first} to {@code second}; deletions come before insertions. */
    static List<Edit> edits(List<String> first, List<String> second) {
        int head = 0;
        int common = Math.min(first.size(), second.size());
        while (head < common && first.get(head).equals(second.get(head))) {
            head++;
        }
        int foot = 0;
        while (foot < common - head && first.get(first.size() - 1 - foot).equals(second.get(second.size() - 1 - foot))) {
            foot++;
        }
        List<Edit> edits = new ArrayList<>();
        first.subList(0, head).forEach(line -> edits.add(new Edit(' ', line)));
        edits.addAll(middle(first.subList(head, first.size() - foot), second.subList(head, second.size() - foot)));
        first.subList(first.size() - foot, first.size()).forEach(line -> edits.add(new Edit(' ', line)));
        return edits;
    }

    /**
     * The script in unified format, without the two lines that name the files.
     *
     * @param edits      the script
     * @param firstLine  number of the first list's first line, from 1
     * @param secondLine number of the second list's first line, from 1
     * @param mostLines  what is beyond is only counted
     * @return empty if there is no difference
     */
    static List<String> unified(List<Edit> edits, int firstLine, int secondLine, int mostLines) {
        List<String> lines = new ArrayList<>();
        int a = firstLine;
        int b = secondLine;
        int done = 0;
        while (done < edits.size()) {
            int change = done;
            while (change < edits.size() && edits.get(change).kind() == ' ') {
                change++;
            }
            if (change == edits.size()) {
                break;
            }
            int from = Math.max(done, change - CONTEXT);
            int to = hunkEnd(edits, change);
            a += from - done;
            b += from - done;
            int deleted = 0;
            int inserted = 0;
            List<String> hunk = new ArrayList<>();
            for (Edit edit : edits.subList(from, to)) {
                hunk.add(edit.kind() + edit.line());
                deleted += edit.kind() == '+' ? 0 : 1;
                inserted += edit.kind() == '-' ? 0 : 1;
            }
            lines.add("@@ -" + range(a, deleted) + " +" + range(b, inserted) + " @@");
            lines.addAll(hunk);
            a += deleted;
            b += inserted;
            done = to;
        }
        if (lines.size() <= mostLines) {
            return lines;
        }
        List<String> shortened = new ArrayList<>(lines.subList(0, mostLines));
        shortened.add("… and " + (lines.size() - mostLines) + " more lines of difference");
        return shortened;
    }

    /** The end of the hunk that begins at a change: after the context that follows its last change, changes with at most two contexts between being one hunk. */
    private static int hunkEnd(List<Edit> edits, int change) {
        int last = change;
        for (int i = change; i < edits.size() && i - last <= 2 * CONTEXT; i++) {
            if (edits.get(i).kind() != ' ') {
                last = i;
            }
        }
        return Math.min(edits.size(), last + 1 + CONTEXT);
    }

    /** As GNU diff: an empty range is given by the line before it, a range of one line without its length. */
    private static String range(int line, int count) {
        return count == 1 ? Integer.toString(line) : (count == 0 ? line - 1 : line) + "," + count;
    }

    private static List<Edit> middle(List<String> first, List<String> second) {
        List<int[]> trace = new ArrayList<>();
        int n = first.size();
        int m = second.size();
        int most = Math.min(n + m, MOST_EDITS);
        int[] furthest = new int[2 * most + 3];
        int zero = most + 1;
        for (int d = 0; d <= most; d++) {
            int[] before = new int[2 * d + 3];
            System.arraycopy(furthest, zero - d - 1, before, 0, before.length);
            trace.add(before);
            for (int k = -d; k <= d; k += 2) {
                boolean down = k == -d || k != d && furthest[zero + k - 1] < furthest[zero + k + 1];
                int x = down ? furthest[zero + k + 1] : furthest[zero + k - 1] + 1;
                int y = x - k;
                while (x < n && y < m && first.get(x).equals(second.get(y))) {
                    x++;
                    y++;
                }
                furthest[zero + k] = x;
                if (x >= n && y >= m) {
                    return ordered(back(first, second, trace));
                }
            }
        }
        List<Edit> all = new ArrayList<>();
        first.forEach(line -> all.add(new Edit('-', line)));
        second.forEach(line -> all.add(new Edit('+', line)));
        return all;
    }

    /** Follows the trace from its end: {@code trace.get(d)[d + 1 + k]} is how far diagonal k went with fewer than d edits. */
    private static Deque<Edit> back(List<String> first, List<String> second, List<int[]> trace) {
        Deque<Edit> edits = new ArrayDeque<>();
        int x = first.size();
        int y = second.size();
        for (int d = trace.size() - 1; d >= 0; d--) {
            int[] before = trace.get(d);
            int k = x - y;
            boolean down = k == -d || k != d && before[d + k] < before[d + k + 2];
            int fromX = down ? before[d + k + 2] : before[d + k];
            int fromY = fromX - (down ? k + 1 : k - 1);
            while (x > 0 && y > 0 && x > fromX && y > fromY) {
                edits.addFirst(new Edit(' ', first.get(--x)));
                y--;
            }
            if (d > 0) {
                edits.addFirst(down ? new Edit('+', second.get(--y)) : new Edit('-', first.get(--x)));
            }
        }
        return edits;
    }

    /** Puts deletions before insertions within each run of changes. */
    private static List<Edit> ordered(Deque<Edit> edits) {
        List<Edit> ordered = new ArrayList<>(edits.size());
        List<Edit> inserted = new ArrayList<>();
        for (Edit edit : edits) {
            if (edit.kind() == '+') {
                inserted.add(edit);
                continue;
            }
            if (edit.kind() == ' ') {
                ordered.addAll(inserted);
                inserted.clear();
            }
            ordered.add(edit);
        }
        ordered.addAll(inserted);
        return ordered;
    }
}
