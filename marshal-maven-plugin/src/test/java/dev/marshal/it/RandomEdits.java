// SPDX-License-Identifier: Apache-2.0
package dev.marshal.it;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** A sequence of edits to a chain of workloads, the same for the same seed: all kinds of inputs that a build has. */
public final class RandomEdits {

    private static final Set<String> ARCHIVE = Set.of("archive", "sbom");
    private static final Set<String> IMAGE = Set.of("image", "compressed-image", "image-difference", "image-inputs", "nodisk-binary", "archive", "sbom");
    private static final Set<String> KERNEL = Set.of("kernel-config", "drivers", "kernel", "boot-binary", "compressed-vmlinux", "nodisk-binary", "archive", "sbom");
    private static final List<String> NAMES = List.of("a file", "-rf", "ümläut", "quote\"d", "it's", "$HOME", "semi;colon", "back\\slash", "dot.txt", "x");
    private static final List<String> MODES = List.of("rw-r--r--", "rwxr-xr-x", "rw-------", "rwxrwxrwx", "r--r--r--");

    private final EditedChain chain;
    private final Path snapshots;
    private final Random random;
    private final String mark;
    private final List<Kind> kinds = new ArrayList<>();
    private final List<RandomEdit> edits = new ArrayList<>();
    private int number;

    /** @param basedir folder of the reactor @param seed what the edits follow from @param mark part of the names of kernels that are compiled */
    public RandomEdits(File basedir, long seed, String mark) {
        this.chain = new EditedChain(basedir.toPath());
        this.snapshots = basedir.toPath().resolve("snapshots");
        this.random = new Random(seed);
        this.mark = mark;
        kind(8, this::addFile);
        kind(8, this::changeFile);
        kind(4, this::changeUnseen);
        kind(4, this::renameFile);
        kind(4, this::deleteFile);
        kind(4, this::changeMode);
        kind(4, this::addLink);
        kind(3, this::addHardLink);
        kind(3, this::breakHardLink);
        kind(3, this::addFolder);
        kind(3, this::fileBecomesFolder);
        kind(4, this::touch);
        kind(4, this::changeCommand);
        kind(4, this::changeScript);
        kind(3, this::runInsteadOfCommand);
        kind(3, this::changeSize);
        kind(4, this::changeFiles);
        kind(2, this::changeReferences);
        kind(2, this::comment);
        kind(3, this::changeMachine);
        kind(2, this::commentFragment);
        kind(3, this::changeFragment);
        kind(1, this::ownFragmentOrNone);
        kind(2, this::changeModule);
        kind(1, this::nodisk);
        kind(1, this::changeFirmware);
        kind(2, this::changeHostInput);
        kind(2, this::changeVersion);
        kind(2, this::changeBase);
        kind(1, this::changeTimestamp);
        kind(2, this::changeMargin);
        kind(2, this::changeUnimportantParameter);
        kind(2, this::deleteOutput);
        kind(2, this::damageOutput);
        kind(8, this::back);
    }

    /** Edits. @return what a build has to do now */
    public String next() throws IOException {
        if (number == 0) {
            chain.copyTo(snapshots.resolve("0"));
        }
        RandomEdit edit = null;
        number++;
        while (edit == null) {
            edit = draw().edit();
        }
        edits.add(edit);
        chain.copyTo(snapshots.resolve(Integer.toString(number)));
        return edit.toString();
    }

    /** What is wrong with what the build after the last edit did; empty if nothing is. */
    public String wrongIn(BuildLog log) {
        return edits.get(edits.size() - 1).wrongIn(ReactorLog.done(log));
    }

    /** Copies the sources, for a build from nothing. */
    public void copyTo(Path folder) throws IOException {
        chain.copyTo(folder);
    }

    /** Edits; gives null if there is nothing to be edited that way. */
    @FunctionalInterface
    private interface Editing {
        RandomEdit edit() throws IOException;
    }

    private record Kind(int weight, Editing editing) {}

    private void kind(int weight, Editing editing) {
        kinds.add(new Kind(weight, editing));
    }

    private Editing draw() {
        int left = random.nextInt(kinds.stream().mapToInt(Kind::weight).sum());
        for (Kind kind : kinds) {
            left -= kind.weight();
            if (left < 0) {
                return kind.editing();
            }
        }
        throw new IllegalStateException();
    }

    private <T> T one(List<T> of) {
        return of.isEmpty() ? null : of.get(random.nextInt(of.size()));
    }

    private String workload() {
        return one(EditedChain.WORKLOADS);
    }

    private String text() {
        int length = random.nextInt(10) == 0 ? random.nextInt(400_000) : random.nextInt(200);
        StringBuilder text = new StringBuilder("edit " + number + "\n");
        while (text.length() < length) {
            text.append((char) ('a' + random.nextInt(26)));
        }
        return text.append('\n').toString();
    }

    private RandomEdit of(String text, String workload, Set<String> steps) throws IOException {
        RandomEdit edit = new RandomEdit(workload + ": " + text);
        for (String each : chain.from(workload)) {
            edit.may(each, steps);
        }
        return edit;
    }

    private RandomEdit ofOverlay(String text, String workload, Path file, String change) throws IOException {
        String name = chain.file(workload, "").relativize(file) + (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) ? "/" : "");
        return of(text + " " + name, workload, IMAGE).must(workload, "image", name + " " + change);
    }

    private Path place(String workload) throws IOException {
        List<Path> folders = new ArrayList<>(chain.overlay(workload, path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)));
        folders.add(chain.file(workload, "overlay"));
        return one(folders).resolve(one(NAMES) + " " + number);
    }

    private RandomEdit addFile() throws IOException {
        String workload = workload();
        Path file = place(workload);
        Files.writeString(file, random.nextInt(8) == 0 ? "" : text());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(one(MODES)));
        return ofOverlay("a new file", workload, file, "is new");
    }

    private RandomEdit changeFile() throws IOException {
        String workload = workload();
        Path file = one(chain.overlay(workload, EditedChain::regular));
        if (file == null) {
            return null;
        }
        Files.writeString(file, text());
        return ofOverlay("changed", workload, file, "changed");
    }

    /** Neither size nor modification time tell of it. */
    private RandomEdit changeUnseen() throws IOException {
        String workload = workload();
        Path file = one(chain.overlay(workload, path -> EditedChain.regular(path) && path.toFile().length() > 0));
        if (file == null) {
            return null;
        }
        FileTime time = Files.getLastModifiedTime(file);
        byte[] content = Files.readAllBytes(file);
        content[content.length / 2]++;
        Files.write(file, content);
        Files.setLastModifiedTime(file, time);
        return ofOverlay("changed without another size or time:", workload, file, "changed");
    }

    private RandomEdit renameFile() throws IOException {
        String workload = workload();
        Path file = one(chain.overlay(workload, EditedChain::regular));
        if (file == null) {
            return null;
        }
        RandomEdit edit = ofOverlay("renamed", workload, file, "is gone");
        Files.move(file, place(workload));
        return edit;
    }

    private RandomEdit deleteFile() throws IOException {
        String workload = workload();
        Path file = one(chain.overlay(workload, path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)));
        if (file == null) {
            return null;
        }
        Files.delete(file);
        return ofOverlay("deleted", workload, file, "is gone");
    }

    private RandomEdit changeMode() throws IOException {
        String workload = workload();
        Path file = one(chain.overlay(workload, path -> !Files.isSymbolicLink(path)));
        String mode = one(MODES);
        if (file == null || PosixFilePermissions.toString(Files.getPosixFilePermissions(file)).equals(mode) || Files.isDirectory(file) && !mode.startsWith("rwx")) {
            return null;
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        return ofOverlay("mode of", workload, file, "changed");
    }

    private RandomEdit addLink() throws IOException {
        String workload = workload();
        Path link = one(chain.overlay(workload, Files::isSymbolicLink));
        boolean there = link != null && random.nextBoolean();
        link = there ? link : place(workload);
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, Path.of(random.nextBoolean() ? "/somewhere/" + number : "../else " + number));
        return ofOverlay(there ? "another target of" : "a new link", workload, link, there ? "changed" : "is new");
    }

    private RandomEdit addHardLink() throws IOException {
        String workload = workload();
        Path file = one(chain.overlay(workload, EditedChain::regular));
        if (file == null) {
            return null;
        }
        Path name = place(workload);
        Files.createLink(name, file);
        return ofOverlay("another name of " + file.getFileName() + ":", workload, name, "is new");
    }

    private RandomEdit breakHardLink() throws IOException {
        String workload = workload();
        for (Path file : chain.overlay(workload, EditedChain::regular)) {
            if (((Number) Files.getAttribute(file, "unix:nlink")).intValue() > 1) {
                Path copy = file.resolveSibling("copy");
                EditedChain.copy(file, copy);
                Files.move(copy, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                return of("a copy instead of a further name: " + file.getFileName(), workload, IMAGE).must(workload, "image", "one file with");
            }
        }
        return null;
    }

    private RandomEdit addFolder() throws IOException {
        String workload = workload();
        return ofOverlay("a new folder", workload, Files.createDirectory(place(workload)), "is new");
    }

    private RandomEdit fileBecomesFolder() throws IOException {
        String workload = workload();
        Path file = one(chain.overlay(workload, EditedChain::regular));
        if (file == null) {
            return null;
        }
        Files.delete(file);
        Files.createDirectory(file);
        Files.writeString(file.resolve("inside"), text());
        return ofOverlay("a file became the folder", workload, file, "is new");
    }

    private RandomEdit touch() throws IOException {
        String workload = workload();
        for (Path file : chain.overlay(workload, EditedChain::regular)) {
            Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis() - random.nextInt(1_000_000)));
        }
        for (String file : List.of("workload.yaml", "own.config", "run.sh")) {
            Files.write(chain.file(workload, file), Files.readAllBytes(chain.file(workload, file)));
        }
        return new RandomEdit(workload + ": touched");
    }

    private RandomEdit changeCommand() throws IOException {
        String workload = workload();
        if (!chain.options(workload).containsKey("command")) {
            return null;
        }
        chain.option(workload, "command", "echo \"edit " + number + "\" && true");
        return of("command", workload, IMAGE).must(workload, "image", "option command changed");
    }

    private RandomEdit changeScript() throws IOException {
        String workload = workload();
        if (!chain.options(workload).containsKey("run")) {
            return null;
        }
        if (random.nextInt(3) == 0) {
            chain.option(workload, "run", "run.sh " + number);
            return of("arguments of the run script", workload, IMAGE).must(workload, "image", "option run changed");
        }
        Files.writeString(chain.file(workload, "run.sh"), "#!/bin/sh\n# " + text());
        return of("run script", workload, IMAGE).must(workload, "image", "script of run changed");
    }

    private RandomEdit runInsteadOfCommand() throws IOException {
        String workload = workload();
        boolean command = chain.options(workload).containsKey("command");
        chain.option(workload, command ? "command" : "run", null);
        chain.option(workload, command ? "run" : "command", command ? "run.sh" : "echo edit " + number);
        return of("run and command", workload, IMAGE).must(workload, "image", command ? "option run is new" : "option command is new");
    }

    private RandomEdit changeSize() throws IOException {
        String size = one(List.of("0", "320MiB", "384MiB"));
        if (size.equals(chain.options("three").get("rootfs-size"))) {
            return null;
        }
        chain.option("three", "rootfs-size", size);
        return of("rootfs-size " + size, "three", IMAGE).must("three", "image", "option rootfs-size changed");
    }

    private RandomEdit changeFiles() throws IOException {
        String workload = workload();
        if (chain.options(workload).containsKey("files") && random.nextBoolean()) {
            Files.writeString(chain.file(workload, "data/extra.txt"), text());
            return of("a file of 'files'", workload, IMAGE).must(workload, "image", "data/extra.txt changed");
        }
        chain.option(workload, "files", "[[data, /opt/data-" + number + "], [data/extra.txt, /root/]]");
        return of("files", workload, IMAGE).must(workload, "image", "files");
    }

    private RandomEdit changeReferences() throws IOException {
        String workload = workload();
        Path references = chain.file(workload, "../../test/workload/uartlog").normalize();
        Files.createDirectories(references.getParent());
        Files.writeString(references, text());
        return new RandomEdit(workload + ": references");
    }

    private RandomEdit comment() throws IOException {
        String workload = workload();
        Path file = chain.file(workload, "workload.yaml");
        Files.writeString(file, "# edit " + number + "\n" + Files.readString(file));
        return new RandomEdit(workload + ": a comment in the specification");
    }

    private RandomEdit changeMachine() throws IOException {
        String workload = workload();
        String option = one(List.of("cpus", "mem"));
        chain.option(workload, option, Integer.toString(option.equals("cpus") ? 1 + number : 500 + number));
        return of(option, workload, ARCHIVE).must(workload, "archive", "option " + option);
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
        String workload = one(withFragment());
        Path file = chain.file(workload, "own.config");
        Files.writeString(file, Files.readString(file) + "# edit " + number + "\n");
        return of("a comment in the fragment", workload, Set.of("kernel-config", "archive", "sbom")).must(workload, "kernel-config", "own.config");
    }

    private RandomEdit changeFragment() throws IOException {
        String workload = one(withFragment());
        Path file = chain.file(workload, "own.config");
        String text = "CONFIG_LOCALVERSION=\"" + mark + "-" + random.nextInt(3) + "\"\n";
        if (Files.readString(file).contains(text)) {
            return null;
        }
        Files.writeString(file, text);
        return of("the fragment's " + text.strip(), workload, KERNEL).must(workload, "kernel-config", "own.config").must(workload, "kernel", "kernel configuration");
    }

    private RandomEdit ownFragmentOrNone() throws IOException {
        String workload = one(List.of("two", "three"));
        boolean own = chain.options(workload).containsKey("linux");
        chain.option(workload, "linux", own ? null : "{config: own.config}");
        return of(own ? "no fragment of its own" : "a fragment of its own", workload, KERNEL).must(workload, "boot-binary", "");
    }

    private RandomEdit changeModule() throws IOException {
        chain.replace(chain.file("one", "hello/hello.c"), "brought by [^\\\\]*", "brought by edit " + number);
        return of("a module's source", "one", KERNEL).must("one", "drivers", "module hello/hello.c changed").must("one", "kernel", "drivers/");
    }

    private RandomEdit nodisk() throws IOException {
        boolean is = chain.options("three").containsKey("nodisk");
        chain.option("three", "nodisk", is ? null : "true");
        return of(is ? "no diskless binary" : "a diskless binary", "three", KERNEL);
    }

    private RandomEdit changeFirmware() throws IOException {
        chain.option("two", "firmware", "{opensbi-build-args: BUILD_INFO=y OPENSBI_BUILD_TIME_STAMP=edit-" + number + "}");
        return of("arguments of the firmware", "two", Set.of("boot-binary", "nodisk-binary", "archive", "sbom")).mayAll(KERNEL, EditedChain.WORKLOADS.subList(1, 3)).must("two", "boot-binary", "");
    }

    private RandomEdit changeHostInput() throws IOException {
        Files.writeString(chain.file("one", "input.txt"), text());
        return of("what the host script reads", "one", IMAGE).must("one", "image", "overlay/etc/generated changed");
    }

    private RandomEdit changeVersion() throws IOException {
        String version = "<version.of.one>1." + number + "<";
        chain.replace(chain.file("pom.xml"), "<version.of.one>[^<]*<", version);
        RandomEdit edit = of("version", "one", IMAGE).must("one", "archive", "coordinates changed");
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
        return new RandomEdit("three: stands on " + base).may("three", IMAGE).may("three", KERNEL).must("three", "image", "root filesystem of dev.marshal.it.random-edits:" + base).must("three", "archive", "base");
    }

    private RandomEdit changeTimestamp() throws IOException {
        chain.replace(chain.file("pom.xml"), "<project.build.outputTimestamp>[^<]*<", "<project.build.outputTimestamp>" + (1_700_000_000 + number) + "<");
        return of("project.build.outputTimestamp", "one", IMAGE).must("one", "image", "project.build.outputTimestamp changed: '").mayAll(KERNEL, EditedChain.WORKLOADS).mayAll(IMAGE, EditedChain.WORKLOADS);
    }

    private RandomEdit changeMargin() throws IOException {
        chain.replace(chain.file("pom.xml"), "<marshal.rootfsMargin>[^<]*<", "<marshal.rootfsMargin>" + (200 + number) + "MiB<");
        return of("marshal.rootfsMargin", "one", IMAGE).mayAll(IMAGE, EditedChain.WORKLOADS).must("one", "image", "marshal.rootfsMargin changed: '");
    }

    private RandomEdit changeUnimportantParameter() throws IOException {
        chain.replace(chain.file("pom.xml"), "<marshal.runTimeout>[^<]*<", "<marshal.runTimeout>" + (600 + number) + "<");
        return new RandomEdit("marshal.runTimeout");
    }

    private RandomEdit deleteOutput() throws IOException {
        String workload = workload();
        Map<String, String> step = new LinkedHashMap<>(Map.of("-rootfs.img", "image", "-bin.elf", "boot-binary", ".workload", "archive", "-cyclonedx.json", "sbom"));
        String ending = one(step.keySet().stream().sorted().toList());
        Files.deleteIfExists(chain.file(workload + "/target/" + workload + ending));
        RandomEdit edit = new RandomEdit(workload + ": deleted the output " + ending).must(workload, step.get(ending), workload + ending + " is missing");
        // a file written again is looked at again
        return ending.equals("-rootfs.img") ? edit.may(workload, Set.of("compressed-image", "image-difference", "nodisk-binary")) : edit;
    }

    private RandomEdit damageOutput() throws IOException {
        String workload = workload();
        Path file = chain.file(workload + "/target/" + workload + "-bin.elf");
        Files.writeString(file, "damaged", StandardCharsets.UTF_8);
        return new RandomEdit(workload + ": damaged the boot binary").must(workload, "boot-binary", workload + "-bin.elf was changed by somebody else");
    }

    private RandomEdit back() throws IOException {
        if (number < 2) {
            return null;
        }
        int to = random.nextBoolean() ? number - 2 : random.nextInt(number - 1);
        chain.restore(snapshots.resolve(Integer.toString(to)));
        RandomEdit edit = new RandomEdit("back to the state after edit " + to);
        edits.subList(to, edits.size()).forEach(edit::add);
        return edit;
    }
}
