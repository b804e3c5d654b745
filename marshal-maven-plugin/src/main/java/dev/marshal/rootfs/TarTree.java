// SPDX-License-Identifier: Apache-2.0
package dev.marshal.rootfs;

import dev.marshal.problem.ProblemException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Takes what is in a tar archive into the tree of an image. */
final class TarTree {

    /** The one extended attribute without which programs do not work. */
    private static final String CAPABILITY = "security.capability";

    private final ImageTree tree;
    private final Supplier<Path> files;
    /** Files of the archive by the name that hard links call them by. */
    private final Map<String, TreeNode> written = new HashMap<>();

    /** @param tree of the image @param files gives places for contents, which must stay until the edit was made */
    TarTree(ImageTree tree, Supplier<Path> files) {
        this.tree = tree;
        this.files = files;
    }

    void add(Path tar, TreeNode destination) throws IOException {
        Map<Integer, byte[]> capabilities = TarAttributes.of(tar, CAPABILITY);
        try (InputStream file = new BufferedInputStream(Files.newInputStream(tar), 1 << 16);
                TarArchiveInputStream in = new TarArchiveInputStream(file, StandardCharsets.UTF_8.name())) {
            int number = 0;
            for (TarArchiveEntry entry; (entry = in.getNextEntry()) != null; number++) {
                add(tar, in, entry, destination, capabilities.get(number));
            }
        }
    }

    private void add(Path tar, InputStream in, TarArchiveEntry entry, TreeNode destination, byte[] capability) throws IOException {
        ImagePath path = path(tar, entry.getName());
        ImagePath whole = ImagePath.ofBytes(RawNames.bytes("/" + destination.path().raw() + path.raw()));
        Integer uid = owner(entry.getLongUserId());
        Integer gid = owner(entry.getLongGroupId());
        int mode = entry.getMode() & 07777;
        if (entry.isDirectory()) {
            TreeNode folder = path.isRoot() ? destination : tree.mergeFolder(tree.folder(whole.parent()), whole.rawName(), mode, uid, gid);
            folder.mode = mode;
            folder.uid = uid;
            folder.gid = gid;
            return;
        }
        TreeNode node = TreeNode.fresh(tree.folder(whole.parent()), whole.rawName(), kind(tar, entry));
        node.uid = uid;
        node.gid = gid;
        node.mode = mode;
        if (entry.isLink()) {
            link(tar, entry, node);
        } else if (node.kind == FileKind.LINK) {
            node.target = RawNames.raw(bytes(tar, entry.getLinkName()));
            HostTree.checkTarget(node);
        } else if (node.kind == FileKind.FILE) {
            Path content = files.get();
            Files.copy(in, content);
            HostTree.describe(node, content);
            written.put(path.raw(), node);
        } else {
            node.major = entry.getDevMajor();
            node.minor = entry.getDevMinor();
        }
        if (capability != null) {
            Path value = files.get();
            Files.write(value, capability);
            node.attributes = Map.of(CAPABILITY, value);
        }
        tree.put(node);
    }

    private void link(Path tar, TarArchiveEntry entry, TreeNode node) {
        TreeNode first = written.get(path(tar, entry.getLinkName()).raw());
        if (first == null) {
            throw new ProblemException("the archive's '" + RawNames.shown(node.path().raw()) + "' is a hard link to '" + entry.getLinkName() + "', which does not come before it", tar, "Make the archive again");
        }
        if (first.links == null) {
            first.links = new TreeNode.HardLinks();
            first.links.names.add(first);
        }
        node.links = first.links;
        node.links.names.add(node);
        node.source = first.source;
        node.size = first.size;
        node.sourceMode = first.sourceMode;
        node.mode = first.mode;
        node.uid = first.uid;
        node.gid = first.gid;
    }

    private static FileKind kind(Path tar, TarArchiveEntry entry) {
        if (entry.isSymbolicLink()) {
            return FileKind.LINK;
        }
        if (entry.isFIFO()) {
            return FileKind.FIFO;
        }
        if (entry.isCharacterDevice()) {
            return FileKind.CHARACTER_DEVICE;
        }
        if (entry.isBlockDevice()) {
            return FileKind.BLOCK_DEVICE;
        }
        if (entry.isFile() || entry.isLink()) {
            return FileKind.FILE;
        }
        throw new ProblemException("the archive's '" + entry.getName() + "' is of a type that cannot be kept in an image", tar, "Leave it out of the archive");
    }

    private static ImagePath path(Path tar, String name) {
        return ImagePath.ofBytes(RawNames.bytes("/" + RawNames.raw(bytes(tar, name))));
    }

    private static byte[] bytes(Path tar, String name) {
        if (name.indexOf('\ufffd') >= 0) {
            throw new ProblemException("the archive has the name '" + name + "', which is not UTF-8", tar, "Rename the file");
        }
        return name.getBytes(StandardCharsets.UTF_8);
    }

    private static Integer owner(long id) {
        return id == 0 ? null : Integer.valueOf((int) id);
    }
}
