// SPDX-License-Identifier: Apache-2.0
package dev.marshal.verify;

import java.util.ArrayList;
import java.util.List;

/** The difference of some lines and the place in a console that is most like them; what stands around that place is not part of it. */
final class ConsoleDiff {

    private ConsoleDiff() {}

    /** In unified format. @param wanted plain lines @param place where they are sought */
    static List<String> of(List<String> wanted, ConsoleSearch.Place place, int mostLines) {
        List<String> shown = wanted.stream().map(ConsoleLines::text).toList();
        List<LineDiff.Edit> edits = LineDiff.edits(shown, texts(place.lines()));
        if (edits.stream().noneMatch(edit -> edit.kind() == ' ')) {
            return LineDiff.unified(LineDiff.edits(shown, texts(place.lines().subList(place.from(), place.to()))), 1, place.firstLine() + place.from(), mostLines);
        }
        int equal = 0;
        while (edits.get(equal).kind() != ' ') {
            equal++;
        }
        int last = edits.size() - 1;
        while (edits.get(last).kind() != ' ') {
            last--;
        }
        List<LineDiff.Edit> head = edits.subList(0, equal);
        List<LineDiff.Edit> foot = edits.subList(last + 1, edits.size());
        int surplus = surplus(head);
        List<LineDiff.Edit> kept = new ArrayList<>(deletions(head));
        List<LineDiff.Edit> printed = insertions(head);
        kept.addAll(printed.subList(surplus, printed.size()));
        kept.addAll(edits.subList(equal, last + 1));
        kept.addAll(deletions(foot));
        List<LineDiff.Edit> after = insertions(foot);
        kept.addAll(after.subList(0, after.size() - surplus(foot)));
        return LineDiff.unified(kept, 1, place.firstLine() + surplus, mostLines);
    }

    /** How many more lines are printed than are wanted there. */
    private static int surplus(List<LineDiff.Edit> edits) {
        return Math.max(0, insertions(edits).size() - deletions(edits).size());
    }

    private static List<LineDiff.Edit> deletions(List<LineDiff.Edit> edits) {
        return edits.stream().filter(edit -> edit.kind() == '-').toList();
    }

    private static List<LineDiff.Edit> insertions(List<LineDiff.Edit> edits) {
        return edits.stream().filter(edit -> edit.kind() == '+').toList();
    }

    private static List<String> texts(List<String> lines) {
        return lines.stream().map(ConsoleLines::text).toList();
    }
}
