// SPDX-License-Identifier: Apache-2.0
package dev.marshal.it;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Edits of what is done in a guest while building, and of jobs: of the last workload of the chain only, since each boot takes seconds. */
final class GuestEdits {

    private static final String WORKLOAD = "three";
    private static final String JOB = "three-load: ";

    private final Editor editor;
    private final EditedChain chain;

    GuestEdits(Editor editor) {
        this.editor = editor;
        this.chain = editor.chain();
    }

    /** All of these kinds. */
    void addTo(EditKinds kinds) {
        kinds.add(3, this::changeGuestInit)
                .add(3, this::changeJobs);
    }

    private RandomEdit changeGuestInit() throws IOException {
        boolean there = chain.options(WORKLOAD).containsKey("guest-init");
        if (there && editor.chance(3) > 0) {
            chain.option(WORKLOAD, "guest-init", null);
            return editor.edit("no guest-init", WORKLOAD, Editor.IMAGE).must(WORKLOAD, "image", "option guest-init changed: 'guest.sh");
        }
        Files.writeString(chain.file(WORKLOAD, "guest.sh"), "#!/bin/sh\necho 'edit " + editor.number() + "' > /etc/made-in-the-guest\n");
        chain.option(WORKLOAD, "guest-init", "guest.sh");
        return editor.edit("guest-init", WORKLOAD, Editor.IMAGE).must(WORKLOAD, "image", there ? "script of guest-init changed" : "option guest-init changed: 'absent' → 'guest.sh");
    }

    private RandomEdit changeJobs() throws IOException {
        boolean there = chain.options(WORKLOAD).containsKey("jobs");
        if (there && editor.chance(3) == 0) {
            chain.option(WORKLOAD, "jobs", null);
            return editor.edit("no jobs", WORKLOAD, Editor.ARCHIVE).must(WORKLOAD, "archive", "");
        }
        boolean kernel = editor.chance(3) == 0;
        chain.option(WORKLOAD, "jobs", "[{name: load, command: echo edit " + editor.number() + (kernel ? ", linux: {config: job.config}" : "") + "}]");
        RandomEdit edit = editor.edit(kernel ? "a job with a kernel of its own" : "a job", WORKLOAD, Editor.ARCHIVE);
        Set<String> steps = Stream.of(Editor.IMAGE, Editor.KERNEL).flatMap(Set::stream).map(JOB::concat).collect(Collectors.toSet());
        return edit.mayAll(steps, List.of(WORKLOAD)).must(WORKLOAD, JOB + "image", there ? "option command changed" : "");
    }
}
