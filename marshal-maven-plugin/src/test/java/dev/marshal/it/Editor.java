// SPDX-License-Identifier: Apache-2.0
package dev.marshal.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** What all kinds of edits need: the chain that is edited, chance, and words for what an edit may cause. */
final class Editor {

    /** What follows from another description of a workload. */
    static final Set<String> ARCHIVE = Set.of("archive", "sbom");
    /** What follows from another root filesystem. */
    static final Set<String> IMAGE = Set.of("image", "compressed-image", "image-difference", "image-inputs", "nodisk-binary", "archive", "sbom");
    /** What follows from another kernel. */
    static final Set<String> KERNEL = Set.of("kernel-config", "drivers", "kernel", "boot-binary", "compressed-vmlinux", "nodisk-binary", "archive", "sbom");

    private final EditedChain chain;
    private final Random random;
    private int number;

    /** @param chain what is edited @param seed what all chance follows from */
    Editor(EditedChain chain, long seed) {
        this.chain = chain;
        this.random = new Random(seed);
    }

    /** What is edited. */
    EditedChain chain() {
        return chain;
    }

    /** The number of the edit that is made now, from 1: part of texts, so that they are new. */
    int number() {
        return number;
    }

    /** Another edit begins. */
    void count() {
        number++;
    }

    /** A number below a limit. */
    int chance(int limit) {
        return random.nextInt(limit);
    }

    /** One of them; null if there is none. */
    <T> T one(List<T> of) {
        return of.isEmpty() ? null : of.get(random.nextInt(of.size()));
    }

    /** One of the chain. */
    String workload() {
        return one(EditedChain.WORKLOADS);
    }

    /** A text that was not there before, sometimes a long one. */
    String text() {
        int length = random.nextInt(10) == 0 ? random.nextInt(400_000) : random.nextInt(200);
        StringBuilder text = new StringBuilder("edit " + number + "\n");
        while (text.length() < length) {
            text.append((char) ('a' + random.nextInt(26)));
        }
        return text.append('\n').toString();
    }

    /** An edit of a workload that may cause these steps, there and in all that stand on it. */
    RandomEdit edit(String text, String workload, Set<String> steps) throws IOException {
        RandomEdit edit = new RandomEdit(workload + ": " + text);
        for (String each : chain.from(workload)) {
            edit.may(each, steps);
            if (steps.contains("boot-binary") && chain.options(each).containsKey("guest-init")) {
                edit.may(each, IMAGE); // the script runs on the new kernel
            }
        }
        return edit;
    }

    /** An edit of a file of a workload's overlay, of which the build has to say this. */
    RandomEdit overlay(String text, String workload, Path file, String change) throws IOException {
        String name = chain.file(workload, "").relativize(file) + (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) ? "/" : "");
        return edit(text + " " + name, workload, IMAGE).must(workload, "image", name + " " + change);
    }
}
