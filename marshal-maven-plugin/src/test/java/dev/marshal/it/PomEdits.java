// SPDX-License-Identifier: Apache-2.0
package dev.marshal.it;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Edits of POMs: versions, bases, parameters of the plugin. */
final class PomEdits {

    private final Editor editor;
    private final EditedChain chain;

    PomEdits(Editor editor) {
        this.editor = editor;
        this.chain = editor.chain();
    }

    /** All of these kinds. */
    void addTo(EditKinds kinds) {
        kinds.add(2, this::changeVersion)
                .add(2, this::changeBase)
                .add(1, this::changeTimestamp)
                .add(2, this::changeMargin)
                .add(2, this::changeUnimportantParameter)
                .add(2, this::changePublishing);
    }

    private RandomEdit changeVersion() throws IOException {
        chain.property("version.of.one", "1." + editor.number());
        RandomEdit edit = editor.edit("version", "one", Editor.IMAGE).must("one", "archive", "coordinates changed");
        for (String each : EditedChain.WORKLOADS) {
            // fragments are named after the workload that brings them
            edit.may(each, Set.of("kernel-config", "boot-binary"));
        }
        return edit;
    }

    private RandomEdit changeBase() throws IOException {
        String base = chain.base("three").equals("two") ? "one" : "two";
        String version = base.equals("one") ? "${version.of.one}" : "1.0";
        chain.replace(chain.file("three/pom.xml"), "(?s)<artifactId>(one|two)</artifactId>\\s*<version>[^<]*<", "<artifactId>" + base + "</artifactId>\n      <version>" + version + "<");
        return new RandomEdit("three: stands on " + base).may("three", Editor.IMAGE).may("three", Editor.KERNEL).must("three", "image", "root filesystem of dev.marshal.it.random-edits:" + base).must("three", "archive", "base");
    }

    private RandomEdit changeTimestamp() throws IOException {
        chain.property("project.build.outputTimestamp", Integer.toString(1_700_000_000 + editor.number()));
        return editor.edit("project.build.outputTimestamp", "one", Editor.IMAGE).must("one", "image", "project.build.outputTimestamp changed: '").mayAll(Editor.KERNEL, EditedChain.WORKLOADS).mayAll(Editor.IMAGE, EditedChain.WORKLOADS);
    }

    private RandomEdit changeMargin() throws IOException {
        chain.property("marshal.rootfsMargin", 200 + editor.number() + "MiB");
        return editor.edit("marshal.rootfsMargin", "one", Editor.IMAGE).mayAll(Editor.IMAGE, EditedChain.WORKLOADS).must("one", "image", "marshal.rootfsMargin changed: '");
    }

    private RandomEdit changeUnimportantParameter() throws IOException {
        String parameter = editor.one(List.of("marshal.runTimeout", "marshal.buildTimeout", "marshal.jobs"));
        chain.property(parameter, Integer.toString(parameter.equals("marshal.jobs") ? 1 + editor.number() % 3 : 600 + editor.number()));
        return new RandomEdit(parameter);
    }

    /** What is published beside the boot binary; the same is built. */
    private RandomEdit changePublishing() throws IOException {
        String parameter = editor.one(List.of("marshal.publishImageInputs", "marshal.publishDifference"));
        boolean is = Boolean.parseBoolean(chain.property(parameter));
        chain.property(parameter, Boolean.toString(!is));
        Set<String> may = new HashSet<>(Set.of("compressed-image", "image-difference", "image-inputs", "archive", "sbom"));
        if (parameter.endsWith("Difference")) {
            may.addAll(Set.of("image", "nodisk-binary")); // a base's root filesystem is known by the artifact that it is published as
        }
        return editor.edit(parameter + " " + !is, "one", may).must("two", "archive", "");
    }
}
