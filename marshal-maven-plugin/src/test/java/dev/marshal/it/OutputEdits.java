// SPDX-License-Identifier: Apache-2.0
package dev.marshal.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What happens to outputs without an edit of a source. */
final class OutputEdits {

    private final Editor editor;
    private final EditedChain chain;

    OutputEdits(Editor editor) {
        this.editor = editor;
        this.chain = editor.chain();
    }

    /** All of these kinds. */
    void addTo(EditKinds kinds) {
        kinds.add(2, this::deleteOutput)
                .add(2, this::damageOutput);
    }

    private RandomEdit deleteOutput() throws IOException {
        String workload = editor.workload();
        Map<String, String> step = new LinkedHashMap<>(Map.of("-rootfs.img", "image", "-bin.elf", "boot-binary", ".workload", "archive", "-cyclonedx.json", "sbom"));
        String ending = editor.one(step.keySet().stream().sorted().toList());
        Files.deleteIfExists(chain.file(workload + "/target/" + workload + ending));
        RandomEdit edit = new RandomEdit(workload + ": deleted the output " + ending).must(workload, step.get(ending), workload + ending + " is missing");
        // a file written again is looked at again
        return ending.equals("-rootfs.img") ? edit.may(workload, Set.of("compressed-image", "image-difference", "nodisk-binary")) : edit;
    }

    private RandomEdit damageOutput() throws IOException {
        String workload = editor.workload();
        Path file = chain.file(workload + "/target/" + workload + "-bin.elf");
        Files.writeString(file, "damaged", StandardCharsets.UTF_8);
        return new RandomEdit(workload + ": damaged the boot binary").must(workload, "boot-binary", workload + "-bin.elf was changed by somebody else");
    }
}
