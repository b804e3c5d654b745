// SPDX-License-Identifier: Apache-2.0
package dev.marshal.rootfs;

import dev.marshal.problem.ProblemException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Takes files of the host into the tree of an image. */
final class HostTree {

    /** Longest target of a symbolic link: a block with a 0 at its end. */
    private static final int MAX_TARGET = 4095;

    private final ImageTree tree;
    private final Integer uid;
    private final Integer gid;
    /** Device and inode of files with more than one name. */
    private final Map<List<Object>, TreeNode.HardLinks> seen = new HashMap<>();

    HostTree(ImageTree tree, int uid, int gid) {
        this.tree = tree;
        this.uid = uid == 0 ? null : Integer.valueOf(uid);
        this.gid = gid == 0 ? null : Integer.valueOf(gid);
    }

    /** Lays the content of a folder over one of the image. */
    void add(Path folder, TreeNode destination) throws IOException {
        Map<String, Path> names = new TreeMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                names.put(RawNames.raw(RawNames.nameOf(entry)), entry);
            }
        }
        for (Map.Entry<String, Path> entry : names.entrySet()) {
            addOne(entry.getValue(), destination, entry.getKey());
        }
    }

    /** Adds a file, link or folder under a name. */
    void addOne(Path path, TreeNode parent, String name) throws IOException {
        Map<String, Object> attributes = Files.readAttributes(path, "unix:mode,size,nlink,dev,ino,rdev", LinkOption.NOFOLLOW_LINKS);
        int mode = (Integer) attributes.get("mode");
        FileKind kind = FileKind.ofMode(mode);
        if (kind == FileKind.FOLDER) {
            add(path, tree.mergeFolder(parent, name, mode & 07777, uid, gid));
            return;
        }
        TreeNode node = TreeNode.fresh(parent, name, kind);
        node.uid = uid;
        node.gid = gid;
        switch (kind) {
            case FILE -> {
                describe(node, path, mode, (Long) attributes.get("size"));
                if (((Number) attributes.get("nlink")).intValue() > 1) {
                    node.links = seen.computeIfAbsent(List.of(attributes.get("dev"), attributes.get("ino")), key -> new TreeNode.HardLinks());
                    node.links.names.add(node);
                }
            }
            case LINK -> {
                node.target = RawNames.raw(RawNames.targetOf(path));
                checkTarget(node);
            }
            case FIFO -> node.mode = mode & 07777;
            case CHARACTER_DEVICE, BLOCK_DEVICE -> {
                // as in glibc's gnu_dev_major and gnu_dev_minor
                long device = ((Number) attributes.get("rdev")).longValue();
                node.major = (int) (device >>> 8 & 0xfff | device >>> 32 & ~0xfffL);
                node.minor = (int) (device & 0xff | device >>> 12 & ~0xffL);
                node.mode = mode & 07777;
            }
            default -> throw new ProblemException("a " + kind + " cannot be kept in an image", RawNames.shown(RawNames.raw(RawNames.of(path))), "Remove it");
        }
        tree.put(node);
    }

    static void describe(TreeNode node, Path file) throws IOException {
        Map<String, Object> attributes = Files.readAttributes(file, "unix:mode,size");
        describe(node, file, (Integer) attributes.get("mode"), (Long) attributes.get("size"));
    }

    static void checkTarget(TreeNode node) {
        if (node.target.isEmpty() || node.target.length() > MAX_TARGET || node.target.indexOf('\0') >= 0) {
            throw new ProblemException("the target of the symbolic link " + node.path() + " has " + node.target.length() + " bytes; it can have 1 to " + MAX_TARGET + ", none of them 0",
                    null, "Correct the link");
        }
    }

    private static void describe(TreeNode node, Path file, int mode, long size) {
        // whom everybody may read is not asked for
        if ((mode & 04) == 0 && !Files.isReadable(file)) {
            throw new ProblemException("it cannot be read", RawNames.shown(RawNames.raw(RawNames.of(file))), "Give yourself the permission to read it ('chmod u+r')");
        }
        node.source = file.toAbsolutePath();
        node.size = size;
        node.sourceMode = mode & 07777;
    }
}
