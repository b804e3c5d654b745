// SPDX-License-Identifier: Apache-2.0
package dev.marshal.it;

import dev.marshal.tool.Command;
import dev.marshal.uptodate.WholeOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A reactor of three workloads, each of which stands on another, whose files are edited. */
final class EditedChain {

    /** The workloads, in the order of the reactor. */
    static final List<String> WORKLOADS = List.of("one", "two", "three");

    /** What the host script writes anew in every build. */
    private static final String GENERATED = "one/src/main/workload/overlay/etc/generated";

    private static final Pattern BASE = Pattern.compile("<dependency>\\s*<groupId>[^<]*</groupId>\\s*<artifactId>([^<]*)</artifactId>");

    private final Path folder;

    /** @param folder of the reactor */
    EditedChain(Path folder) {
        this.folder = folder;
    }

    /** A file of a workload. @param path relative to the folder of its specification */
    Path file(String workload, String path) {
        return folder.resolve(workload).resolve("src/main/workload").resolve(path);
    }

    /** A file of the reactor. */
    Path file(String path) {
        return folder.resolve(path);
    }

    /** The workload and all that stand on it. */
    List<String> from(String workload) throws IOException {
        List<String> from = new ArrayList<>();
        for (String each : WORKLOADS) {
            if (each.equals(workload) || from.contains(base(each))) {
                from.add(each);
            }
        }
        return from;
    }

    /** What a workload stands on. */
    String base(String workload) throws IOException {
        Matcher matcher = BASE.matcher(Files.readString(folder.resolve(workload).resolve("pom.xml")));
        if (!matcher.find()) {
            throw new IOException("no base in the POM of " + workload);
        }
        return matcher.group(1);
    }

    /** What is in a workload's overlay. @param wanted which of it */
    List<Path> overlay(String workload, Predicate<Path> wanted) throws IOException {
        Path overlay = file(workload, "overlay");
        try (Stream<Path> all = Files.walk(overlay)) {
            return all.filter(path -> !path.equals(overlay) && !path.equals(file(GENERATED))).filter(wanted).sorted().toList();
        }
    }

    /** The options of a workload's specification, each with its value as it stands there. */
    Map<String, String> options(String workload) throws IOException {
        Map<String, String> options = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file(workload, "workload.yaml"))) {
            if (!line.startsWith("#")) {
                options.put(line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 2));
            }
        }
        return options;
    }

    /** Sets an option. @param value as it stands in the specification; null to remove it */
    void option(String workload, String name, String value) throws IOException {
        Map<String, String> options = options(workload);
        if (value == null) {
            options.remove(name);
        } else {
            options.put(name, value);
        }
        StringBuilder text = new StringBuilder();
        options.forEach((option, setting) -> text.append(option).append(": ").append(setting).append('\n'));
        Files.writeString(file(workload, "workload.yaml"), text);
    }

    /** Replaces what a pattern finds in a file. */
    void replace(Path file, String pattern, String replacement) throws IOException {
        Files.writeString(file, Files.readString(file).replaceAll(pattern, Matcher.quoteReplacement(replacement)));
    }

    /** Sets a property of the reactor's POM. */
    void property(String name, String value) throws IOException {
        replace(file("pom.xml"), "<" + Pattern.quote(name) + ">[^<]*<", "<" + name + ">" + value + "<");
    }

    /** A property of the reactor's POM. */
    String property(String name) throws IOException {
        Matcher matcher = Pattern.compile("<" + Pattern.quote(name) + ">([^<]*)<").matcher(Files.readString(file("pom.xml")));
        if (!matcher.find()) {
            throw new IOException("no property " + name + " in the POM of the reactor");
        }
        return matcher.group(1);
    }

    /** The files of a workload that are not in its overlay. */
    List<Path> sources(String workload) throws IOException {
        try (Stream<Path> all = Files.walk(file(workload, ""))) {
            return all.filter(path -> regular(path) && !path.startsWith(file(workload, "overlay"))).sorted().toList();
        }
    }

    /** Programs that are found before those of the host. */
    Path tools() {
        return folder.resolve("tools");
    }

    /** Copies all sources and the programs, and nothing that was built. @param to a folder, which is made */
    void copyTo(Path to) throws IOException {
        Files.createDirectories(to);
        copy(folder.resolve("pom.xml"), to);
        Files.createDirectories(tools());
        copy(tools(), to);
        for (String workload : WORKLOADS) {
            Files.createDirectories(to.resolve(workload));
            copy(folder.resolve(workload).resolve("pom.xml"), to.resolve(workload));
            copy(folder.resolve(workload).resolve("src"), to.resolve(workload));
        }
        Files.deleteIfExists(to.resolve(GENERATED));
    }

    /** Makes all sources what they were when they were copied, as version control does: what a build wrote stays. */
    void restore(Path from) throws IOException {
        Path aside = folder.resolve("generated");
        Files.move(file(GENERATED), aside);
        WholeOutput.delete(tools());
        for (String workload : WORKLOADS) {
            WholeOutput.delete(folder.resolve(workload).resolve("src"));
        }
        new EditedChain(from).copyTo(folder);
        Files.move(aside, Files.createDirectories(file(GENERATED).getParent()).resolve(aside.getFileName()));
    }

    /** Whether a file of an overlay can be read as a regular file. */
    static boolean regular(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** With permissions, times and links. */
    static void copy(Path from, Path into) throws IOException {
        new Command("copy " + from, "cp").args("--archive", "--", from, into).limit(Duration.ofMinutes(5)).check();
    }
}
