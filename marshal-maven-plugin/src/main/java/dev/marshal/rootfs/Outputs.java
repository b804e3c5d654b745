// SPDX-License-Identifier: Apache-2.0
package dev.marshal.rootfs;

import dev.marshal.uptodate.WholeOutput;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Copies files out of an image after a run. The guest that wrote the image is not trusted: nothing is written outside the destination, no link leads
 * out of it, no device is made, and no more data is written than the image holds. Owners, setuid and setgid are not kept; permissions, holes and
 * hard links are.
 */
public final class Outputs {

    private final Ext4Reader reader;
    private final List<String> notes = new ArrayList<>();
    /** Where files with more than one name went, in this copy: a later one may replace them. */
    private final Map<Integer, Path> hardLinks = new HashMap<>();
    private long copied;

    /** @param reader the image */
    public Outputs(Ext4Reader reader) {
        this.reader = reader;
    }

    /**
     * Copies a file, or a folder with all that is in it. A link at the path is followed, inside the image.
     *
     * @param path        what to copy
     * @param destination folder of the host that it goes into, under its last name; made if missing. What has its name there is replaced, but folders
     *                    are merged
     * @return where it went; empty if the image has nothing at the path
     */
    public Optional<Path> copy(ImagePath path, Path destination) throws IOException {
        Optional<ImageEntry> found = reader.find(path, true);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Files.createDirectories(destination);
        hardLinks.clear();
        Path top = path.isRoot() ? destination : RawNames.resolve(destination, path.name());
        ImagePath from = found.get().path();
        Map<Path, Integer> folderModes = new HashMap<>();
        reader.walk(from, entry -> {
            Path to = entry.path().equals(from) ? top : RawNames.resolve(top, entry.path().relativeTo(from));
            copy(entry, from, to, folderModes);
        });
        // last of all, since a folder may be one that nothing can be written to
        for (Map.Entry<Path, Integer> folder : folderModes.entrySet()) {
            setMode(folder.getKey(), folder.getValue() | 0700);
        }
        return Optional.of(top);
    }

    /** What was left out, and why; a line each. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    private void copy(ImageEntry entry, ImagePath from, Path to, Map<Path, Integer> folderModes) throws IOException {
        boolean isFolder = Files.isDirectory(to, LinkOption.NOFOLLOW_LINKS);
        switch (entry.kind()) {
            case FOLDER -> {
                if (!isFolder) {
                    Files.deleteIfExists(to);
                    Files.createDirectory(to);
                }
                folderModes.put(to, entry.inode().permissions());
            }
            case FILE -> {
                clear(to);
                file(entry, to);
            }
            case LINK -> {
                String target = RawNames.raw(reader.linkTarget(entry.inode()));
                if (staysInside(entry.path().relativeTo(from), target)) {
                    clear(to);
                    Files.createSymbolicLink(to, RawNames.target(RawNames.bytes(target)));
                } else {
                    notes.add(entry.path() + ": a link to " + RawNames.shown(target) + ", which is outside of " + from + ", is not copied");
                }
            }
            default -> notes.add(entry.path() + ": a " + entry.kind() + " is not copied");
        }
    }

    private void file(ImageEntry entry, Path to) throws IOException {
        Ext4Inode inode = entry.inode();
        Path first = inode.links() > 1 ? hardLinks.get(inode.number()) : null;
        if (first != null && Files.isRegularFile(first, LinkOption.NOFOLLOW_LINKS)) {
            Files.createLink(to, first);
            return;
        }
        try (FileChannel channel = FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            copied += reader.copy(inode, channel);
        }
        if (copied > reader.superblock().size()) {
            throw reader.damaged("its files share blocks: more data would be copied out of it than it holds");
        }
        setMode(to, inode.permissions() | 0400);
        hardLinks.put(inode.number(), to);
    }

    private static void clear(Path to) throws IOException {
        if (Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
            WholeOutput.delete(to);
        }
    }

    /** Whether a link in the copied folder leads to a place in the copied folder, whatever other links there are: it goes up no further than it is deep. */
    private static boolean staysInside(byte[] relative, String target) {
        if (target.startsWith("/") || relative.length == 0) {
            return false;
        }
        int depth = 0;
        for (byte b : relative) {
            depth += b == '/' ? 1 : 0;
        }
        boolean down = false;
        for (String name : target.split("/")) {
            if (name.equals("..")) {
                // after a name, '..' could leave through another link
                if (down || --depth < 0) {
                    return false;
                }
            } else if (!name.isEmpty() && !name.equals(".")) {
                down = true;
            }
        }
        return true;
    }

    private static void setMode(Path path, int mode) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int bit = 8; bit >= 0; bit--) {
            text.append((mode >> bit & 1) == 1 ? "rwxrwxrwx".charAt(8 - bit) : '-');
        }
        Set<PosixFilePermission> permissions = PosixFilePermissions.fromString(text.toString());
        Files.setPosixFilePermissions(path, permissions);
    }
}
