// SPDX-License-Identifier: Apache-2.0
package dev.marshal.migration;

import dev.marshal.problem.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where a workload's files go. The folder of the new specification stands for the folder of the old one, so that most relative paths stay as they
 * are: the workdir, and files beside it that the specification names, keep their places below it.
 */
final class Placement {

    private final SourceWorkload workload;
    private final Path folder;
    private final Path workdir;
    private final Map<Path, Path> workdirs;
    private final Map<Path, Path> copies;
    private final boolean made;
    private final Findings findings;
    private final Set<Path> overlays = new LinkedHashSet<>();

    /** What a path leads to. */
    enum Kind {
        /** A file or folder that the project is to bring along. */
        CONTENT,
        /** The same, and links in it are meant for the guest. */
        OVERLAY,
        /** A source tree, too large to bring along if it lies elsewhere. */
        SOURCE_TREE
    }

    /**
     * @param workload whose files
     * @param folder   of the new specification
     * @param workdirs the workdirs that are taken along, old to new; this one's is added, unless another workload shares it
     * @param copies   what else is to be copied, old to new; added to
     * @param made     whether a script of the host may make files that are not there yet
     * @param findings told of what is out of the ordinary
     */
    Placement(SourceWorkload workload, Path folder, Map<Path, Path> workdirs, Map<Path, Path> copies, boolean made, Findings findings) {
        this.workload = workload;
        this.folder = folder;
        this.workdirs = workdirs;
        this.copies = copies;
        this.made = made;
        this.findings = findings;
        this.workdir = hasWorkdir() ? workdirs.computeIfAbsent(workload.workdir(), old -> newWorkdir()) : folder;
    }

    /** Whether the workload has a workdir: one that only runs a command often has none. */
    boolean hasWorkdir() {
        return Files.isDirectory(workload.workdir());
    }

    /** The path of the new workdir, from the new specification. */
    String workdirPath() {
        return folder.relativize(workdir).toString();
    }

    /** The overlays that the specification names, as paths of the original. */
    Set<Path> overlays() {
        return overlays;
    }

    private Path newWorkdir() {
        Path old = workload.workdir();
        return isBelow(old, workload.folder()) ? folder.resolve(workload.folder().relativize(old)) : unused(workload.name());
    }

    /**
     * Where a path of the specification has to lead now.
     *
     * @param path  as written
     * @param where it stands
     * @return what to write instead; empty if it may stay as it is
     */
    Optional<String> moved(String path, Kind kind, Location where) {
        Path old = workload.workdir().resolve(path).normalize();
        if (kind == Kind.OVERLAY) {
            overlays.add(old);
        }
        Optional<Path> moved = below(old);
        if (!made && !Files.exists(old)) {
            findings.unmapped(where, "there is no file or folder '" + path + "' (looked at " + old + ")", "Create it in the new project, or correct the path");
        }
        if (moved.isEmpty()) {
            if (kind == Kind.SOURCE_TREE) {
                findings.unmapped(where, "the source tree " + old + " was not copied, the project refers to it there", "To build elsewhere too, name an archive or a git commit (docs/sources.md)");
                return written(path, old.toString());
            }
            if (Path.of(path).isAbsolute()) {
                findings.unmapped(where, "the absolute path " + path + " was kept, the project builds only where it exists", "Put the file into the project, and write its path relative to the workdir");
                return Optional.empty();
            }
            moved = Optional.of(copies.computeIfAbsent(old, this::beside));
            if (Files.exists(old)) {
                findings.note(where, old + " lies outside the workdir; copied to " + folder.relativize(moved.get()) + " beside the specification");
            }
        }
        return workdir.resolve(path).normalize().equals(moved.get()) ? Optional.empty() : written(path, workdir.relativize(moved.get()).toString());
    }

    /**
     * Brings along what a script of the host, which runs in the workdir, mentions beside it: the script finds it at the same place.
     *
     * @param script its path, as written
     */
    void mentions(String script) throws IOException {
        for (ScriptMentions.Mention mention : ScriptMentions.in(workload.workdir().resolve(script).normalize(), workload.workdir())) {
            Path old = mention.path();
            Path same = workdir.resolve(workload.workdir().relativize(old)).normalize();
            // an ancestor of the workdir would bring itself along
            if (hasWorkdir() && isBelow(old, workload.folder()) && isBelow(same, folder) && !workload.workdir().startsWith(old) && !same.equals(folder.resolve(Module.SPECIFICATION))) {
                if (copies.putIfAbsent(old, same) == null) {
                    findings.note(mention.where(), old + " is mentioned; copied to " + folder.relativize(same) + " beside the specification");
                }
            } else {
                findings.unmapped(mention.where(), "the script mentions " + old + ", which was not copied", "Bring it along, or write where it is");
            }
        }
    }

    /** Where a file of one of the workdirs is now: its own first, then the innermost of the others. */
    private Optional<Path> below(Path old) {
        if (hasWorkdir() && old.startsWith(workload.workdir())) {
            return Optional.of(workdir.resolve(workload.workdir().relativize(old)).normalize());
        }
        return workdirs.keySet().stream().filter(old::startsWith).max(java.util.Comparator.comparingInt(Path::getNameCount)).map(other -> workdirs.get(other).resolve(other.relativize(old)).normalize());
    }

    private Path beside(Path old) {
        if (isBelow(old, workload.folder())) {
            Path same = folder.resolve(workload.folder().relativize(old));
            if (!same.equals(folder.resolve(Module.SPECIFICATION))) {
                return same;
            }
        }
        return unused(old.getFileName().toString());
    }

    private Path unused(String name) {
        Path free = folder.resolve(name);
        for (int number = 2; free.getFileName().toString().equals(Module.SPECIFICATION) || workdirs.containsValue(free) || copies.containsValue(free); number++) {
            free = folder.resolve(name + "-" + number);
        }
        return free;
    }

    private static boolean isBelow(Path path, Path folder) {
        return path.startsWith(folder) && !path.equals(folder);
    }

    private static Optional<String> written(String old, String path) {
        String written = path.isEmpty() ? "." : old.endsWith("/") && !path.endsWith("/") ? path + "/" : path;
        return written.equals(old) ? Optional.empty() : Optional.of(written);
    }
}
