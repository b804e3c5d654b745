// SPDX-License-Identifier: Apache-2.0
package dev.marshal.rootfs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Blocks that a file owns, but that read as zeros until something is written to them: its unwritten extents, as {@code fallocate} makes them
 * ({@code Documentation/filesystems/ext4/dynamic.rst}, "Extent Tree").
 */
final class ReservedRoom {

    private static final int EXTENT_MAGIC = 0xF30A;
    private static final int HEADER = 12;
    private static final int ENTRY = 12;
    private static final int DEEPEST = 5;
    /** Extents that are longer are unwritten, and by so much shorter than they say. */
    private static final int UNWRITTEN = 32768;

    private final Ext4Reader reader;
    private final Ext4Superblock superblock;
    private final Ext4Inode inode;
    private final FileChannel image;
    private final List<BlockMap.Run> room = new ArrayList<>();

    private ReservedRoom(Ext4Reader reader, Ext4Inode inode, FileChannel image) {
        this.reader = reader;
        this.superblock = reader.superblock();
        this.inode = inode;
        this.image = image;
    }

    /**
     * Makes all unwritten blocks of a file written ones; whoever calls writes them.
     *
     * @param reader what it was before
     * @param number the file
     * @param image  the image, to be written to
     * @return the blocks, in the order of the file
     */
    static List<BlockMap.Run> take(Ext4Reader reader, int number, FileChannel image) throws IOException {
        Ext4Inode inode = reader.inode(number);
        ReservedRoom taken = new ReservedRoom(reader, inode, image);
        if (taken.take(inode.map(), DEEPEST)) {
            taken.write(inode.checked(reader.superblock()), reader.place(number));
        }
        return taken.room;
    }

    /** @return whether the node itself has changed */
    private boolean take(ByteBuffer node, int deepest) throws IOException {
        int entries = node.getShort(2) & 0xffff;
        int depth = node.getShort(6) & 0xffff;
        if ((node.getShort(0) & 0xffff) != EXTENT_MAGIC || depth > deepest || HEADER + ENTRY * entries > node.limit()) {
            throw reader.damaged("inode " + inode.number() + " has a broken extent tree");
        }
        boolean changed = false;
        for (int at = HEADER; at < HEADER + ENTRY * entries; at += ENTRY) {
            if (depth > 0) {
                below(node.getInt(at + 4) & 0xffffffffL | (node.getShort(at + 8) & 0xffffL) << 32, depth - 1);
                continue;
            }
            int count = (node.getShort(at + 4) & 0xffff) - UNWRITTEN;
            if (count > 0) {
                node.putShort(at + 4, (short) count);
                room.add(new BlockMap.Run(node.getInt(at) & 0xffffffffL, node.getInt(at + 8) & 0xffffffffL | (node.getShort(at + 6) & 0xffffL) << 32, count));
                changed = true;
            }
        }
        return changed;
    }

    private void below(long number, int deepest) throws IOException {
        ByteBuffer node = reader.block(number);
        if (take(node, deepest)) {
            if (superblock.checksums()) {
                int tail = HEADER + ENTRY * (node.getShort(4) & 0xffff);
                if (tail + 4 > node.limit()) {
                    throw reader.damaged("inode " + inode.number() + " has a broken extent tree");
                }
                node.putInt(tail, Crc32c.update(inode.checksumSeed(superblock), node.array(), tail));
            }
            write(node.array(), number * superblock.blockSize());
        }
    }

    private void write(byte[] bytes, long at) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        for (long position = at; rest.hasRemaining();) {
            position += image.write(rest, position);
        }
    }
}
