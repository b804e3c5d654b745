// SPDX-License-Identifier: Apache-2.0
package dev.marshal.it;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Kinds of edits, each as frequent as its weight. */
final class EditKinds {

    /** Edits; gives null if there is nothing to be edited that way. */
    @FunctionalInterface
    interface Editing {
        RandomEdit edit() throws IOException;
    }

    private record Kind(int weight, Editing editing) {}

    private final List<Kind> kinds = new ArrayList<>();
    private int weights;

    /** One more kind. @return this */
    EditKinds add(int weight, Editing editing) {
        kinds.add(new Kind(weight, editing));
        weights += weight;
        return this;
    }

    /** Edits in a way that chance chooses. */
    RandomEdit edit(Editor editor) throws IOException {
        RandomEdit edit = null;
        while (edit == null) {
            edit = draw(editor.chance(weights)).edit();
        }
        return edit;
    }

    private Editing draw(int point) {
        int left = point;
        for (Kind kind : kinds) {
            left -= kind.weight();
            if (left < 0) {
                return kind.editing();
            }
        }
        throw new IllegalStateException(point + " of " + weights);
    }
}
