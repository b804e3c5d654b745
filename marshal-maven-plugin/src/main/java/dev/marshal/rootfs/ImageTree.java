// SPDX-License-Identifier: Apache-2.0
package dev.marshal.rootfs;

import dev.marshal.problem.ProblemException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The image as it will be after the edit. Folders are read when they are looked into, so that an edit costs what it touches. */
final class ImageTree {

    private static final int MAX_LINKS = 40;
    private static final int MAX_NAME = 255;

    private Ext4Reader reader;
    private final TreeNode root = TreeNode.existing(null, "", FileKind.FOLDER, Ext4Reader.ROOT_INODE);

    ImageTree(Ext4Reader reader) {
        this.reader = reader;
    }

    /** Goes on with the same file system after its size was changed: its inodes may lie elsewhere, their numbers are the same. */
    void readFrom(Ext4Reader other) {
        reader = other;
    }

    TreeNode root() {
        return root;
    }

    /** What is at a path; links before its end are followed inside the image, one at its end if asked. */
    Optional<TreeNode> find(ImagePath path, boolean follow) throws IOException {
        return Optional.ofNullable(walk(path, follow, false));
    }

    /** The folder at a path, links followed; it and the folders above it are made if missing. @throws ProblemException if something else is in the way */
    TreeNode folder(ImagePath path) throws IOException {
        return walk(path, true, true);
    }

    Map<String, TreeNode> children(TreeNode folder) throws IOException {
        if (folder.children == null) {
            Map<String, TreeNode> children = new TreeMap<>();
            for (Ext4Folder.Entry entry : reader.list(reader.inode(folder.inode))) {
                FileKind kind = entry.kind() == FileKind.UNKNOWN ? reader.inode(entry.inode()).kind() : entry.kind();
                children.put(entry.name(), TreeNode.existing(folder, entry.name(), kind, entry.inode()));
            }
            folder.children = children;
        }
        return folder.children;
    }

    /**
     * The folder of this name in a folder: one that is there, or that a link of this name leads to, or else a new one in the place of whatever was there.
     *
     * @param mode permissions of a new folder; one that is there keeps its own
     */
    TreeNode mergeFolder(TreeNode parent, String name, Integer mode, Integer uid, Integer gid) throws IOException {
        TreeNode there = children(parent).get(name);
        if (there != null && there.kind == FileKind.FOLDER) {
            return there;
        }
        if (there != null && there.kind == FileKind.LINK) {
            TreeNode end = walk(there.path(), true, false);
            if (end != null && end.kind == FileKind.FOLDER) {
                return end;
            }
        }
        TreeNode folder = TreeNode.fresh(parent, name, FileKind.FOLDER);
        folder.mode = mode;
        folder.uid = uid;
        folder.gid = gid;
        put(folder);
        return folder;
    }

    /** Puts a new node in its parent, in the place of whatever has its name. @throws ProblemException if that is a folder that is not empty */
    void put(TreeNode node) throws IOException {
        if (node.name.length() > MAX_NAME) {
            throw new ProblemException("the name '" + RawNames.shown(node.name) + "' has " + node.name.length() + " bytes; a file name can have " + MAX_NAME, null, "Give the file a shorter name");
        }
        TreeNode there = children(node.parent).get(node.name);
        if (there != null && there.kind == FileKind.FOLDER && !children(there).isEmpty()) {
            throw new ProblemException("a " + node.kind + " cannot take the place of the folder " + there.path() + " of the root file system: the folder is not empty", null,
                    "Give it another name, or put it into the folder");
        }
        if (there != null) {
            remove(there);
        }
        children(node.parent).put(node.name, node);
    }

    /** Takes a node out of its folder, with all that is below it. */
    void remove(TreeNode node) {
        if (node.parent == null) {
            throw new ProblemException("the root folder of the root file system cannot be removed", null, "Name what is to be removed");
        }
        node.parent.children.remove(node.name);
        if (!node.isNew()) {
            node.parent.removed.add(node);
        }
    }

    private TreeNode walk(ImagePath path, boolean follow, boolean make) throws IOException {
        TreeNode here = root;
        Deque<String> rest = new ArrayDeque<>(path.rawNames());
        int links = 0;
        while (!rest.isEmpty()) {
            String name = rest.pop();
            if (here.kind != FileKind.FOLDER) {
                return make ? blocked(path, here) : null;
            }
            if (name.equals("..")) {
                here = here.parent == null ? here : here.parent;
                continue;
            }
            TreeNode next = children(here).get(name);
            if (next == null) {
                if (!make) {
                    return null;
                }
                next = TreeNode.fresh(here, name, FileKind.FOLDER);
                put(next);
            }
            if (next.kind == FileKind.LINK && (follow || !rest.isEmpty())) {
                if (++links > MAX_LINKS) {
                    return make ? blocked(path, next) : null;
                }
                String target = next.isNew() ? next.target : RawNames.raw(reader.linkTarget(reader.inode(next.inode)));
                if (target.startsWith("/")) {
                    here = root;
                }
                Ext4Reader.pushAll(rest, target);
            } else {
                here = next;
            }
        }
        return make && here.kind != FileKind.FOLDER ? blocked(path, here) : here;
    }

    private static TreeNode blocked(ImagePath path, TreeNode by) {
        throw new ProblemException(path + " cannot be a folder of the root file system: " + by.path() + " is a " + by.kind, null, "Choose another destination, or remove what is in the way");
    }
}
