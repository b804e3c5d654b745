// SPDX-License-Identifier: Apache-2.0
package dev.marshal.migration;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * Copies a user's files, with their modes and times. Links stay links where they lead to something that is copied too, to an absolute path, or
 * lie in an overlay, where they are meant for the guest; what other links lead to is copied in their place.
 */
final class TreeCopy {

    private final Set<Path> overlays;
    private final Set<Path> left;
    private final Findings findings;
    private final Deque<Path> open = new ArrayDeque<>();

    /** @param overlays folders in which every link stays a link @param left files and folders that are not copied @param findings told of what is left out */
    TreeCopy(Set<Path> overlays, Set<Path> left, Findings findings) {
        this.overlays = overlays;
        this.left = left;
        this.findings = findings;
    }

    /** Copies a file, or a folder with all that is in it; a link that is named itself is followed. */
    void copy(Path source, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        if (Files.isDirectory(source)) {
            folder(source, target, source);
        } else {
            Files.copy(source, target, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void folder(Path source, Path target, Path root) throws IOException {
        open.push(source.toRealPath());
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(source);
        FileTime time = Files.getLastModifiedTime(source);
        Files.createDirectories(target);
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(source)) {
            stream.forEach(entries::add);
        }
        for (Path entry : entries) {
            if (left.contains(entry)) {
                continue;
            }
            if (source.equals(root) && entry.getFileName().toString().equals(".git")) {
                findings.note(entry + " was not copied: the history of the original stays with the original");
                continue;
            }
            entry(entry, target.resolve(entry.getFileName()), root);
        }
        Files.setPosixFilePermissions(target, mode);
        Files.setLastModifiedTime(target, time);
        open.pop();
    }

    private void entry(Path source, Path target, Path root) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(source, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (attributes.isSymbolicLink()) {
            link(source, target, root);
        } else if (attributes.isDirectory()) {
            folder(source, target, root);
        } else if (attributes.isRegularFile()) {
            Files.copy(source, target, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
        } else {
            findings.note(source + " was not copied: it is neither a file, a folder nor a link");
        }
    }

    private void link(Path source, Path target, Path root) throws IOException {
        Path to = Files.readSymbolicLink(source);
        Path leadsTo = source.resolveSibling(to).normalize();
        boolean stays = to.isAbsolute() || leadsTo.startsWith(root) || overlays.stream().anyMatch(source::startsWith) || !Files.exists(source);
        if (!stays && open.contains(source.toRealPath())) {
            findings.note(source + " leads to a folder above itself; it stays a link");
            stays = true;
        }
        if (stays) {
            Files.deleteIfExists(target);
            Files.createSymbolicLink(target, to);
        } else {
            findings.note(source + " leads out of " + root + "; what it leads to was copied in its place");
            // links of the copied folder are judged by that folder
            copy(source, target);
        }
    }
}
