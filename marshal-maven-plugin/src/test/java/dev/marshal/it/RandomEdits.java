// SPDX-License-Identifier: Apache-2.0
package dev.marshal.it;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A sequence of edits to a chain of workloads, the same for the same seed: all kinds of inputs that a build has, and back to what was. */
public final class RandomEdits {

    private final EditedChain chain;
    private final Path snapshots;
    private final Editor editor;
    private final EditKinds kinds = new EditKinds();
    private final List<RandomEdit> edits = new ArrayList<>();

    /**
     * @param basedir folder of the reactor
     * @param seed    what the edits follow from
     * @param mark    part of the names of kernels that are compiled
     * @param small   whether the chain's kernel is small, so that another compiler may compile it
     */
    public RandomEdits(File basedir, long seed, String mark, boolean small) {
        this.chain = new EditedChain(basedir.toPath());
        this.snapshots = basedir.toPath().resolve("snapshots");
        this.editor = new Editor(chain, seed);
        new OverlayEdits(editor).addTo(kinds);
        new SpecificationEdits(editor).addTo(kinds);
        new KernelEdits(editor, mark).addTo(kinds);
        new GuestEdits(editor).addTo(kinds);
        new PomEdits(editor).addTo(kinds);
        new ToolEdits(editor).addTo(kinds, small);
        new OutputEdits(editor).addTo(kinds);
        kinds.add(8, this::back);
    }

    /** Edits. @return what was edited */
    public String next() throws IOException {
        if (edits.isEmpty()) {
            chain.copyTo(snapshot(0));
        }
        editor.count();
        edits.add(kinds.edit(editor));
        chain.copyTo(snapshot(edits.size()));
        return last().toString();
    }

    /** What is wrong with what the build after the last edit did; empty if nothing is. */
    public String wrongIn(BuildLog log) {
        return last().wrongIn(ReactorLog.done(log));
    }

    /** Copies the sources, for a build from nothing. */
    public void copyTo(Path folder) throws IOException {
        chain.copyTo(folder);
    }

    /** Whether the root filesystem of a workload is booted while it is built, so that times in it are those of the boot. */
    public boolean boots(String workload) throws IOException {
        return chain.options(workload).containsKey("guest-init");
    }

    private RandomEdit last() {
        return edits.get(edits.size() - 1);
    }

    private Path snapshot(int number) {
        return snapshots.resolve(Integer.toString(number));
    }

    private RandomEdit back() throws IOException {
        int number = edits.size() + 1;
        if (number < 2) {
            return null;
        }
        int to = editor.chance(2) == 0 ? number - 2 : editor.chance(number - 1);
        chain.restore(snapshot(to));
        RandomEdit edit = new RandomEdit("back to the state after edit " + to);
        edits.subList(to, edits.size()).forEach(edit::add);
        return edit;
    }
}
