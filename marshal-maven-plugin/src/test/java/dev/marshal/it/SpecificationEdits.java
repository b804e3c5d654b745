// SPDX-License-Identifier: Apache-2.0
package dev.marshal.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;

/** Edits of what a specification says of the root filesystem and the machine, and of the files that it names. */
final class SpecificationEdits {

    private final Editor editor;
    private final EditedChain chain;

    SpecificationEdits(Editor editor) {
        this.editor = editor;
        this.chain = editor.chain();
    }

    /** All of these kinds. */
    void addTo(EditKinds kinds) {
        kinds.add(4, this::touch)
                .add(4, this::changeCommand)
                .add(4, this::changeScript)
                .add(3, this::runInsteadOfCommand)
                .add(3, this::changeSize)
                .add(4, this::changeFiles)
                .add(2, this::changeReferences)
                .add(2, this::comment)
                .add(3, this::changeMachine)
                .add(1, this::nodisk)
                .add(2, this::changeHostInput);
    }

    private RandomEdit touch() throws IOException {
        String workload = editor.workload();
        for (Path file : chain.overlay(workload, EditedChain::regular)) {
            Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis() - editor.chance(1_000_000)));
        }
        for (Path file : chain.sources(workload)) {
            Files.write(file, Files.readAllBytes(file));
        }
        return new RandomEdit(workload + ": touched");
    }

    private RandomEdit changeCommand() throws IOException {
        String workload = editor.workload();
        if (!chain.options(workload).containsKey("command")) {
            return null;
        }
        chain.option(workload, "command", "echo \"edit " + editor.number() + "\" && true");
        return editor.edit("command", workload, Editor.IMAGE).must(workload, "image", "option command changed");
    }

    private RandomEdit changeScript() throws IOException {
        String workload = editor.workload();
        if (!chain.options(workload).containsKey("run")) {
            return null;
        }
        if (editor.chance(3) == 0) {
            chain.option(workload, "run", "run.sh " + editor.number());
            return editor.edit("arguments of the run script", workload, Editor.IMAGE).must(workload, "image", "option run changed");
        }
        Files.writeString(chain.file(workload, "run.sh"), "#!/bin/sh\n# " + editor.text());
        return editor.edit("run script", workload, Editor.IMAGE).must(workload, "image", "script of run changed");
    }

    private RandomEdit runInsteadOfCommand() throws IOException {
        String workload = editor.workload();
        boolean command = chain.options(workload).containsKey("command");
        chain.option(workload, command ? "command" : "run", null);
        chain.option(workload, command ? "run" : "command", command ? "run.sh" : "echo edit " + editor.number());
        return editor.edit("run and command", workload, Editor.IMAGE).must(workload, "image", command ? "option run is new" : "option command is new");
    }

    private RandomEdit changeSize() throws IOException {
        String size = editor.one(List.of("0", "320MiB", "384MiB"));
        if (size.equals(chain.options("three").get("rootfs-size"))) {
            return null;
        }
        chain.option("three", "rootfs-size", size);
        return editor.edit("rootfs-size " + size, "three", Editor.IMAGE).must("three", "image", "option rootfs-size changed");
    }

    private RandomEdit changeFiles() throws IOException {
        String workload = editor.workload();
        if (chain.options(workload).containsKey("files") && editor.chance(2) == 0) {
            Files.writeString(chain.file(workload, "data/extra.txt"), editor.text());
            return editor.edit("a file of 'files'", workload, Editor.IMAGE).must(workload, "image", "data/extra.txt changed");
        }
        chain.option(workload, "files", "[[data, /opt/data-" + editor.number() + "], [data/extra.txt, /root/]]");
        return editor.edit("files", workload, Editor.IMAGE).must(workload, "image", "files");
    }

    private RandomEdit changeReferences() throws IOException {
        String workload = editor.workload();
        Path references = chain.file(workload, "../../test/workload/uartlog").normalize();
        Files.createDirectories(references.getParent());
        Files.writeString(references, editor.text());
        return new RandomEdit(workload + ": references");
    }

    private RandomEdit comment() throws IOException {
        String workload = editor.workload();
        Path file = chain.file(workload, "workload.yaml");
        Files.writeString(file, "# edit " + editor.number() + "\n" + Files.readString(file));
        return new RandomEdit(workload + ": a comment in the specification");
    }

    private RandomEdit changeMachine() throws IOException {
        String workload = editor.workload();
        String option = editor.one(List.of("cpus", "mem"));
        int number = Integer.parseInt(chain.options(workload).getOrDefault("cpus", "0"));
        chain.option(workload, option, Integer.toString(option.equals("cpus") ? number % 4 + 1 : 500 + editor.number()));
        return editor.edit(option, workload, Editor.ARCHIVE).must(workload, "archive", "option " + option);
    }

    private RandomEdit nodisk() throws IOException {
        boolean is = chain.options("three").containsKey("nodisk");
        chain.option("three", "nodisk", is ? null : "true");
        return editor.edit(is ? "no diskless binary" : "a diskless binary", "three", Editor.KERNEL);
    }

    private RandomEdit changeHostInput() throws IOException {
        Files.writeString(chain.file("one", "input.txt"), editor.text());
        return editor.edit("what the host script reads", "one", Editor.IMAGE).must("one", "image", "overlay/etc/generated changed");
    }
}
