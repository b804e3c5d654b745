// SPDX-License-Identifier: Apache-2.0
package dev.marshal.rootfs;

import dev.marshal.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Looks whether an edit did what it should have done: debugfs' exit status does not tell. */
final class EditCheck {

    private final Ext4Reader reader;

    private EditCheck(Ext4Reader reader) {
        this.reader = reader;
    }

    /** A node that was made under its name for scripts. @param inode the number that it got @param folder the number of the folder that it is in */
    record Made(TreeNode node, int inode, int folder) {}

    /** The numbers that new nodes got. @param nodes nodes that bear their names for scripts */
    static List<Made> made(Path image, List<TreeNode> nodes) throws IOException {
        List<Made> made = new ArrayList<>();
        if (nodes.isEmpty()) {
            return made;
        }
        try (Ext4Reader reader = Ext4Reader.open(image)) {
            for (TreeNode node : nodes) {
                made.add(new Made(node, inode(reader, node), inode(reader, node.parent)));
            }
        }
        return made;
    }

    /** The number of a node, which may be new, and bear its name for scripts. */
    static int inode(Ext4Reader reader, TreeNode node) throws IOException {
        if (!node.isNew()) {
            return node.inode;
        }
        ImagePath path = ImagePath.ofBytes(RawNames.bytes(EditOperation.scriptPath(node)));
        return reader.find(path, false).orElseThrow(() -> failed(reader.image(), node, "is missing")).inode().number();
    }

    /** @throws ProblemException if the image is not as the tree says */
    static void verify(Path image, TreeNode root) throws IOException {
        try (Ext4Reader reader = Ext4Reader.open(image)) {
            new EditCheck(reader).folder(root, reader.inode(Ext4Reader.ROOT_INODE));
        }
    }

    private void folder(TreeNode folder, Ext4Inode inode) throws IOException {
        if (folder.children == null) {
            return;
        }
        Map<String, Integer> names = new HashMap<>();
        reader.list(inode).forEach(entry -> names.put(entry.name(), entry.inode()));
        for (TreeNode gone : folder.removed) {
            if (!folder.children.containsKey(gone.name) && names.containsKey(gone.name)) {
                throw failed(reader.image(), gone, "is still there");
            }
        }
        for (TreeNode child : folder.children.values()) {
            Integer number = names.get(child.name);
            if (number == null) {
                throw failed(reader.image(), child, "is missing");
            }
            if (child.isNew() || child.children != null || child.mode != null || child.uid != null) {
                Ext4Inode there = reader.inode(number);
                node(child, there);
                if (child.kind == FileKind.FOLDER) {
                    folder(child, there);
                }
            }
        }
    }

    private void node(TreeNode node, Ext4Inode there) throws IOException {
        if (there.kind() != node.kind) {
            throw failed(reader.image(), node, "is a " + there.kind() + " and not a " + node.kind);
        }
        if (node.isNew() && node.kind == FileKind.FILE && there.size() != node.size) {
            throw failed(reader.image(), node, "has " + there.size() + " bytes and not " + node.size + ", as " + node.source + " had");
        }
        if (node.isNew() && node.kind == FileKind.LINK && !RawNames.raw(reader.linkTarget(there)).equals(node.target)) {
            throw failed(reader.image(), node, "leads elsewhere");
        }
        boolean mode = node.isNew() ? there.permissions() == node.newMode() : node.mode == null || there.permissions() == node.mode;
        boolean uid = node.isNew() || node.uid != null ? there.uid() == (node.uid == null ? 0 : node.uid) : true;
        boolean gid = node.isNew() || node.gid != null ? there.gid() == (node.gid == null ? 0 : node.gid) : true;
        if (!mode && node.kind != FileKind.LINK || !uid || !gid) {
            throw failed(reader.image(), node, "has other permissions or another owner than it should");
        }
    }

    static ProblemException failed(Path image, TreeNode node, String how) {
        return new ProblemException("the edit of the root file system failed: " + node.path() + " " + how, image,
                "Check that nothing changed the files while they were copied, and that e2fsprogs is 1.45 or newer");
    }
}
