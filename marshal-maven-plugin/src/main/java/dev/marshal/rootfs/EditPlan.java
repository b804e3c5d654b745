// SPDX-License-Identifier: Apache-2.0
package dev.marshal.rootfs;

import dev.marshal.rootfs.EditOperation.Arg;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The commands that turn the image into what its tree says, always in the same order: what goes, then what comes, folder by folder. */
final class EditPlan {

    private final ImageTree tree;
    private final Ext4Reader reader;
    private final EditSize size;
    private final DataSpans dataSpans;
    private final List<EditOperation> changes = new ArrayList<>();
    private final List<EditOperation> content = new ArrayList<>();
    private final List<EditOperation> leftovers = new ArrayList<>();
    private final List<LargeFolder> large = new ArrayList<>();
    /** New folders that are filled when all else is done. */
    private final List<TreeNode> later = new ArrayList<>();
    private List<EditOperation> operations = changes;
    private final List<TreeNode> renamed = new ArrayList<>();
    /** Files whose content is copied when debugfs has made room for it. */
    private final List<LargeFile> largeFiles = new ArrayList<>();
    /** An empty file of the host's. */
    private final Path empty;
    private boolean leavesAttributeBlocks;
    private long temporary;

    private EditPlan(ImageTree tree, Ext4Reader reader, EditSize size, Path empty) {
        this.tree = tree;
        this.reader = reader;
        this.size = size;
        this.dataSpans = new DataSpans(reader.superblock().blockSize());
        this.empty = empty;
    }

    /** @param empty an empty file of the host's */
    static EditPlan of(ImageTree tree, Ext4Reader reader, EditSize size, Path empty) throws IOException {
        EditPlan plan = new EditPlan(tree, reader, size, empty);
        plan.removals(tree.root());
        plan.attributes(tree.root());
        plan.additions(tree.root());
        plan.operations = plan.content;
        for (TreeNode folder : plan.later) {
            plan.additions(folder);
        }
        return plan;
    }

    /** Changes of what is in the image; new folders stay empty. */
    List<EditOperation> changes() {
        return changes;
    }

    /** What new folders hold: comes after the changes, and touches nothing but what is new. */
    List<EditOperation> content() {
        return content;
    }

    /** Files whose content has to be copied when all has been made, before anything is moved. */
    List<LargeFile> files() {
        return largeFiles;
    }

    /** Folders whose parts have to be moved when all has been made. */
    List<LargeFolder> large() {
        return large;
    }

    /** Takes their parts away after that. */
    List<EditOperation> leftovers() {
        return leftovers;
    }

    /** New nodes that were made under another name, those of a folder after the folder. */
    List<TreeNode> renamed() {
        return renamed;
    }

    /** Whether something is removed whose extended attributes have a block of their own, which debugfs forgets to free. */
    boolean leavesAttributeBlocks() {
        return leavesAttributeBlocks;
    }

    private void removals(TreeNode folder) throws IOException {
        for (TreeNode gone : folder.removed) {
            removal(gone);
        }
        if (folder.children != null) {
            for (TreeNode child : folder.children.values()) {
                if (child.kind == FileKind.FOLDER && !child.isNew()) {
                    removals(child);
                }
            }
        }
    }

    private void removal(TreeNode gone) throws IOException {
        Ext4Inode inode = reader.inode(gone.inode);
        leavesAttributeBlocks |= inode.attributeBlock() != 0;
        if (inode.kind() == FileKind.FOLDER) {
            for (Ext4Folder.Entry entry : reader.list(inode)) {
                removal(TreeNode.existing(gone, entry.name(), reader.inode(entry.inode()).kind(), entry.inode()));
            }
        }
        add(inode.kind() == FileKind.FOLDER ? "rmdir" : "rm", gone.parent, new Arg.Name(gone));
    }

    private void additions(TreeNode folder) throws IOException {
        if (folder.children == null) {
            return;
        }
        List<TreeNode> files = new ArrayList<>();
        for (TreeNode child : folder.children.values()) {
            if (child.isNew()) {
                nameForScript(child);
            }
            if (child.isNew() && child.kind != FileKind.FOLDER && child.scriptName == null) {
                files.add(child);
            } else {
                addition(child);
            }
        }
        // names that come after them would have no place
        split(folder, files);
        for (TreeNode file : files) {
            addition(file);
        }
        for (TreeNode child : folder.children.values()) {
            if (child.kind == FileKind.FOLDER && child.isNew() && operations == changes) {
                later.add(child);
            } else if (child.kind == FileKind.FOLDER) {
                additions(child);
            }
        }
    }

    private void addition(TreeNode node) throws IOException {
        if (node.isNew()) {
            make(node);
        }
        attributes(node);
    }

    private void split(TreeNode folder, List<TreeNode> files) throws IOException {
        if (files.size() < LargeFolder.LEAST || !LargeFolder.possible(folder, reader)) {
            return;
        }
        LargeFolder split = LargeFolder.of(folder, files, reader.superblock());
        temporary += split.parts().size();
        if (size.inodes() + temporary > reader.superblock().freeInodes()) {
            files.forEach(file -> file.part = null);
            return;
        }
        large.add(split);
        for (TreeNode part : split.parts()) {
            add("mkdir", folder, new Arg.Name(part));
            leftovers.add(new EditOperation("rmdir", folder, List.of(new Arg.Name(part))));
        }
        for (int i = 0; i < split.parts().size(); i++) {
            add("expand_dir", folder, new Arg.Text("."));
        }
    }

    private void make(TreeNode node) throws IOException {
        TreeNode folder = node.madeIn();
        Arg name = new Arg.Name(node);
        switch (node.kind) {
            case FOLDER -> add("mkdir", folder, name);
            case LINK -> add("symlink", folder, name, new Arg.Text(node.target));
            case FIFO -> add("mknod", folder, name, new Arg.Text("p"));
            case CHARACTER_DEVICE, BLOCK_DEVICE -> add("mknod", folder, name, new Arg.Text(node.kind == FileKind.BLOCK_DEVICE ? "b" : "c"),
                    new Arg.Text(Integer.toString(node.major)), new Arg.Text(Integer.toString(node.minor)));
            case FILE -> {
                if (node.links != null && node.links.written != null) {
                    // debugfs' ln does not enlarge a folder that is full: an entry of the same length makes room first
                    add("symlink", folder, name, new Arg.Text("x"));
                    add("rm", folder, name);
                    add("ln", folder, new Arg.Place(node.links.written), name);
                } else {
                    write(node, folder);
                    if (node.links != null) {
                        node.links.written = node;
                        // ln does not count either
                        long names = node.links.names.stream().filter(EditPlan::lives).count();
                        add("sif", folder, new Arg.Ref(node), new Arg.Text("links_count"), new Arg.Text(Long.toString(names)));
                    }
                }
            }
            default -> throw new IllegalStateException("nothing makes a " + node.kind);
        }
    }

    private void write(TreeNode node, TreeNode folder) throws IOException {
        LargeFile large = LargeFile.possible(node, reader.superblock()) && EditOperation.fits(RawNames.raw(RawNames.of(empty))) ? LargeFile.of(node, dataSpans) : null;
        add("write", folder, new Arg.Text(RawNames.raw(RawNames.of(large == null ? node.source : empty))), new Arg.Name(node));
        if (large != null) {
            for (DataSpans.Span span : large.spans()) {
                add("fallocate", folder, new Arg.Ref(node), new Arg.Text(Long.toString(span.first())), new Arg.Text(Long.toString(span.first() + span.count() - 1)));
            }
            set(node, "size", Long.toString(node.size));
            set(node, "mode", "0" + Integer.toOctalString(node.kind.modeBits() | node.newMode()));
            largeFiles.add(large);
        }
    }

    /** Sets what debugfs does not set by itself when it makes a node. */
    private void attributes(TreeNode node) {
        Integer mode = node.mode;
        if (node.isNew()) {
            int made = switch (node.kind) {
                case FILE -> node.sourceMode;
                case FOLDER -> 0755;
                case LINK -> 0777;
                default -> 0;
            };
            mode = node.newMode() == made ? null : Integer.valueOf(node.newMode());
        }
        if (mode != null && node.kind != FileKind.LINK) {
            set(node, "mode", "0" + Integer.toOctalString(node.kind.modeBits() | mode));
        }
        if (node.uid != null && !(node.isNew() && node.uid == 0)) {
            set(node, "uid", Integer.toUnsignedString(node.uid));
        }
        if (node.gid != null && !(node.isNew() && node.gid == 0)) {
            set(node, "gid", Integer.toUnsignedString(node.gid));
        }
        if (node.attributes != null) {
            node.attributes.forEach((name, value) -> add("ea_set", node.madeIn(), new Arg.Text("-f"), new Arg.Text(RawNames.raw(RawNames.of(value))), new Arg.Ref(node), new Arg.Text(name)));
        }
    }

    private void set(TreeNode node, String field, String value) {
        add("sif", node.parent == null ? node : node.madeIn(), new Arg.Ref(node), new Arg.Text(field), new Arg.Text(value));
    }

    private void nameForScript(TreeNode node) throws IOException {
        if (EditOperation.fits(node.name)) {
            return;
        }
        // of the same length, so that the entry has room for the real name
        Map<String, TreeNode> siblings = tree.children(node.parent);
        for (int i = 0; node.scriptName == null; i++) {
            String digits = Integer.toString(i, Character.MAX_RADIX);
            String candidate = "~".repeat(Math.max(0, node.name.length() - digits.length())) + digits;
            if (candidate.length() > node.name.length()) {
                throw new IllegalStateException("no free name of " + node.name.length() + " bytes is left in " + node.parent.path());
            }
            boolean taken = siblings.containsKey(candidate) || siblings.values().stream().anyMatch(sibling -> candidate.equals(sibling.scriptName));
            node.scriptName = taken ? null : candidate;
        }
        renamed.add(node);
    }

    private static boolean lives(TreeNode node) {
        for (TreeNode at = node; at.parent != null; at = at.parent) {
            if (at.parent.children.get(at.name) != at) {
                return false;
            }
        }
        return true;
    }

    private void add(String verb, TreeNode folder, Arg... args) {
        operations.add(new EditOperation(verb, folder, List.of(args)));
    }
}
