// SPDX-License-Identifier: Apache-2.0
package dev.marshal.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Edits of the kernel, its modules, its firmware and its BusyBox. */
final class KernelEdits {

    private final Editor editor;
    private final EditedChain chain;
    private final String mark;

    /** @param mark part of the names of kernels that are compiled */
    KernelEdits(Editor editor, String mark) {
        this.mark = mark;
        this.editor = editor;
        this.chain = editor.chain();
    }

    /** All of these kinds. */
    void addTo(EditKinds kinds) {
        kinds.add(2, this::commentFragment)
                .add(3, this::changeFragment)
                .add(1, this::ownFragmentOrNone)
                .add(2, this::changeModule)
                .add(1, this::changeFirmware)
                .add(1, this::changeBusybox);
    }

    private List<String> withFragment() throws IOException {
        List<String> with = new ArrayList<>();
        for (String each : EditedChain.WORKLOADS) {
            if (chain.options(each).containsKey("linux")) {
                with.add(each);
            }
        }
        return with;
    }

    private RandomEdit commentFragment() throws IOException {
        String workload = editor.one(withFragment());
        Path file = chain.file(workload, "own.config");
        Files.writeString(file, Files.readString(file) + "# edit " + editor.number() + "\n");
        return editor.edit("a comment in the fragment", workload, Set.of("kernel-config", "archive", "sbom")).must(workload, "kernel-config", "own.config");
    }

    private RandomEdit changeFragment() throws IOException {
        String workload = editor.one(withFragment());
        Path file = chain.file(workload, "own.config");
        String text = "CONFIG_LOCALVERSION=\"" + mark + "-" + editor.chance(3) + "\"\n";
        if (Files.readString(file).contains(text)) {
            return null;
        }
        Files.writeString(file, text);
        return editor.edit("the fragment's " + text.strip(), workload, Editor.KERNEL).must(workload, "kernel-config", "own.config").must(workload, "kernel", "kernel configuration");
    }

    private RandomEdit ownFragmentOrNone() throws IOException {
        String workload = editor.one(List.of("two", "three"));
        boolean own = chain.options(workload).containsKey("linux");
        chain.option(workload, "linux", own ? null : "{config: own.config}");
        return editor.edit(own ? "no fragment of its own" : "a fragment of its own", workload, Editor.KERNEL).must(workload, "boot-binary", "");
    }

    private RandomEdit changeModule() throws IOException {
        chain.replace(chain.file("one", "hello/hello.c"), "brought by [^\\\\]*", "brought by edit " + editor.number());
        return editor.edit("a module's source", "one", Editor.KERNEL).must("one", "drivers", "module hello/hello.c changed").must("one", "kernel", "drivers/");
    }

    private RandomEdit changeFirmware() throws IOException {
        chain.option("two", "firmware", "{opensbi-build-args: BUILD_INFO=y OPENSBI_BUILD_TIME_STAMP=edit-" + editor.number() + "}");
        return editor.edit("arguments of the firmware", "two", Set.of("boot-binary", "nodisk-binary", "archive", "sbom")).mayAll(Editor.KERNEL, EditedChain.WORKLOADS.subList(1, 3)).must("two", "boot-binary", "");
    }

    /** Between two configurations only: each is compiled once, and kept in the cache. */
    private RandomEdit changeBusybox() throws IOException {
        String before = chain.options("two").get("busybox");
        String other = "another.busybox.config";
        boolean own = before == null;
        if (own || editor.chance(2) == 0) {
            chain.option("two", "busybox", own ? "{config: " + other + "}" : null);
            return editor.edit(own ? "a BusyBox of its own" : "the base's BusyBox", "two", Editor.KERNEL).must("two", "boot-binary", "");
        }
        Path file = chain.file("two", other);
        Files.writeString(file, Files.readString(file) + "# edit " + editor.number() + "\n");
        return editor.edit("a comment in BusyBox's configuration", "two", Editor.KERNEL).must("two", "kernel", "option busybox.config changed");
    }
}
