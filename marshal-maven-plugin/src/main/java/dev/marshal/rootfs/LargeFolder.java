// SPDX-License-Identifier: Apache-2.0
package dev.marshal.rootfs;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A folder that gets many names. debugfs looks through all of a folder for every name that it adds, twice. So what a large folder gets is made in small folders
 * inside of it, its parts, each with no more names than one block holds; debugfs adds as many empty blocks to the folder, and the entries are moved there.
 *
 * @param folder the folder
 * @param parts  folders to be made in it, whose entries become a block of it each; empty folders in the end
 */
record LargeFolder(TreeNode folder, List<TreeNode> parts) {

    /** From this many names on it pays. */
    static final int LEAST = 300;
    private static final String PART = ".marshal-part-";
    /** What Linux made of folders there, or what their entries look like, is left to debugfs alone. */
    private static final int OTHER_FOLDERS = Ext4Superblock.INLINE_DATA | Ext4Superblock.CASEFOLD;
    /** In larger blocks the length of an entry is written in another way. */
    private static final int LARGEST_BLOCK = 32768;

    /** Whether this way is open: not to what is indexed, whose blocks have their places. */
    static boolean possible(TreeNode folder, Ext4Reader reader) throws IOException {
        Ext4Superblock superblock = reader.superblock();
        return (superblock.incompatible() & OTHER_FOLDERS) == 0 && superblock.blockSize() <= LARGEST_BLOCK && (folder.isNew() || !reader.inode(folder.inode).has(Ext4Inode.INDEX));
    }

    /** @param nodes what is to be made in the folder: no folders, since those refer to the one that they are in */
    static LargeFolder of(TreeNode folder, List<TreeNode> nodes, Ext4Superblock superblock) {
        List<TreeNode> parts = new ArrayList<>();
        int room = FolderBlock.room(superblock) - FolderBlock.length(".") - FolderBlock.length("..");
        int used = room;
        int number = 0;
        for (TreeNode node : nodes) {
            int length = FolderBlock.length(node.name);
            if (used + length > room) {
                while (folder.children.containsKey(PART + number)) {
                    number++;
                }
                parts.add(TreeNode.fresh(folder, PART + number++, FileKind.FOLDER));
                used = 0;
            }
            used += length;
            node.part = parts.get(parts.size() - 1);
        }
        return new LargeFolder(folder, parts);
    }

    /** Moves the entries to the last blocks of the folder. */
    void move(Path image) throws IOException {
        try (Ext4Reader reader = Ext4Reader.open(image); FileChannel out = FileChannel.open(image, StandardOpenOption.WRITE)) {
            Ext4Inode to = reader.inode(EditCheck.inode(reader, folder));
            Map<String, Integer> inodes = new HashMap<>();
            reader.list(to).forEach(entry -> inodes.put(entry.name(), entry.inode()));
            List<Long> blocks = reader.blocks(to);
            List<Long> added = blocks.subList(blocks.size() - parts.size(), blocks.size());
            for (int i = 0; i < parts.size(); i++) {
                Ext4Inode part = reader.inode(inodes.get(parts.get(i).name));
                List<Ext4Folder.Entry> entries = reader.list(part);
                FolderBlock.write(reader.superblock(), to, entries, out, added.get(i));
                List<Ext4Folder.Entry> none = List.of(new Ext4Folder.Entry(".", part.number(), FileKind.FOLDER), new Ext4Folder.Entry("..", to.number(), FileKind.FOLDER));
                for (long block : reader.blocks(part)) {
                    FolderBlock.write(reader.superblock(), part, none, out, block);
                    none = List.of();
                }
            }
        }
    }
}
