// SPDX-License-Identifier: Apache-2.0
package dev.marshal.rootfs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A name in the image as it will be after the edit: already there, or to be made. */
final class TreeNode {

    /** Names of one file that is to be made. */
    static final class HardLinks {
        final List<TreeNode> names = new ArrayList<>();
        /** The name that was written; the others are linked to it. */
        TreeNode written;
    }

    final TreeNode parent;
    /** Raw. */
    final String name;
    final FileKind kind;
    /** Number in the image; 0 if it is to be made. */
    final int inode;
    /** Names of a folder; null until somebody asks. */
    Map<String, TreeNode> children;
    /** What was in this folder in the image, and shall go. */
    final List<TreeNode> removed = new ArrayList<>();
    /** Permissions to be set; null for those that it has, or that its kind has by default. */
    Integer mode;
    /** Owner to be set; null for the one that it has, or for root. */
    Integer uid;
    /** Group to be set; null for the one that it has, or for root. */
    Integer gid;
    /** Content of a new file. */
    Path source;
    /** Bytes of that content. */
    long size;
    /** Permissions of {@link #source}. */
    int sourceMode;
    /** Raw target of a new symbolic link. */
    String target;
    int major;
    int minor;
    /** Extended attributes of a new file, folder or device: values by name; null if there are none. */
    Map<String, Path> attributes;
    /** Other names of the same new file; null if there are none. */
    HardLinks links;
    /** Name under which debugfs makes it; another one than {@link #name} if that cannot be written in a script. */
    String scriptName;
    /** The folder that debugfs makes it in, if that is not its parent: see {@link LargeFolder}. */
    TreeNode part;

    private TreeNode(TreeNode parent, String name, FileKind kind, int inode) {
        this.parent = parent;
        this.name = name;
        this.kind = kind;
        this.inode = inode;
    }

    static TreeNode existing(TreeNode parent, String name, FileKind kind, int inode) {
        return new TreeNode(parent, name, kind, inode);
    }

    static TreeNode fresh(TreeNode parent, String name, FileKind kind) {
        TreeNode node = new TreeNode(parent, name, kind, 0);
        if (kind == FileKind.FOLDER) {
            node.children = new TreeMap<>();
        }
        return node;
    }

    /** The folder that debugfs finds it in while the edit goes on. */
    TreeNode madeIn() {
        return part == null ? parent : part;
    }

    boolean isNew() {
        return inode == 0;
    }

    /** The permissions that a new node is to have. */
    int newMode() {
        if (mode != null) {
            return mode;
        }
        return switch (kind) {
            case FOLDER -> 0755;
            case LINK -> 0777;
            case FILE -> sourceMode;
            default -> 0644;
        };
    }

    ImagePath path() {
        return parent == null ? ImagePath.ROOT : parent.path().child(name);
    }
}
