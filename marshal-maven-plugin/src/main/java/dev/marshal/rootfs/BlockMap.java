// SPDX-License-Identifier: Apache-2.0
package dev.marshal.rootfs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Where the content of a file is: by extents, or by the block lists of ext2 and ext3. */
final class BlockMap {

    private static final int EXTENT_MAGIC = 0xF30A;
    private static final int MAX_DEPTH = 5;
    private static final int MAX_INITIALIZED = 32768;
    private static final int DIRECT = 12;

    /** Blocks that follow each other in the file and in the image. @param logical first block in the file @param physical first block in the image @param count how many */
    record Run(long logical, long physical, long count) {}

    private final Ext4Device device;
    private final Ext4Inode inode;
    private final List<Run> runs = new ArrayList<>();
    /** A file system whose blocks refer to each other in circles would be read for ever. */
    private long budget;

    private BlockMap(Ext4Device device, Ext4Inode inode) {
        this.device = device;
        this.inode = inode;
        this.budget = device.superblock().blocks();
    }

    /** The runs that hold data, in the order of the file; what lies between them reads as zeros. */
    static List<Run> of(Ext4Device device, Ext4Inode inode) throws IOException {
        BlockMap map = new BlockMap(device, inode);
        if (inode.has(Ext4Inode.EXTENTS)) {
            map.extents(inode.map(), MAX_DEPTH);
        } else {
            map.lists();
        }
        return map.runs;
    }

    private void extents(ByteBuffer node, int maxDepth) throws IOException {
        int entries = node.getShort(2) & 0xffff;
        int depth = node.getShort(6) & 0xffff;
        if ((node.getShort(0) & 0xffff) != EXTENT_MAGIC || depth > maxDepth || 12 + 12 * entries > node.limit()) {
            throw device.damaged("inode " + inode.number() + " has a broken extent tree");
        }
        for (int i = 0; i < entries; i++) {
            int at = 12 + 12 * i;
            if (depth > 0) {
                extents(spend(node.getInt(at + 4) & 0xffffffffL | (node.getShort(at + 8) & 0xffffL) << 32), depth - 1);
            } else {
                int count = node.getShort(at + 4) & 0xffff;
                // longer ones are allocated but hold nothing yet
                if (count <= MAX_INITIALIZED) {
                    add(node.getInt(at) & 0xffffffffL, node.getInt(at + 8) & 0xffffffffL | (node.getShort(at + 6) & 0xffffL) << 32, count);
                }
            }
        }
    }

    private void lists() throws IOException {
        ByteBuffer map = inode.map();
        long logical = 0;
        long end = (inode.size() + device.blockSize() - 1) / device.blockSize();
        for (int i = 0; i < DIRECT; i++) {
            single(logical++, map.getInt(4 * i) & 0xffffffffL);
        }
        for (int level = 1; level <= 3 && logical < end; level++) {
            logical = list(map.getInt(4 * (DIRECT - 1 + level)) & 0xffffffffL, level, logical, end);
        }
    }

    private long list(long block, int level, long logical, long end) throws IOException {
        int perBlock = device.blockSize() / 4;
        long below = 1;
        for (int i = 1; i < level; i++) {
            below *= perBlock;
        }
        if (block == 0) {
            return logical + below * perBlock;
        }
        ByteBuffer entries = spend(block).order(ByteOrder.LITTLE_ENDIAN);
        long at = logical;
        for (int i = 0; i < perBlock && at < end; i++) {
            long entry = entries.getInt(4 * i) & 0xffffffffL;
            if (level > 1) {
                at = list(entry, level - 1, at, end);
            } else {
                single(at++, entry);
            }
        }
        return at;
    }

    private ByteBuffer spend(long block) throws IOException {
        if (--budget < 0) {
            throw device.damaged("the block lists of inode " + inode.number() + " go in circles");
        }
        return device.block(block);
    }

    private void single(long logical, long physical) {
        if (physical != 0) {
            add(logical, physical, 1);
        }
    }

    private void add(long logical, long physical, long count) {
        if (count == 0) {
            return;
        }
        device.checked(physical, count);
        Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
        if (last != null && last.logical + last.count > logical) {
            throw device.damaged("the blocks of inode " + inode.number() + " overlap");
        }
        if (last != null && last.logical + last.count == logical && last.physical + last.count == physical) {
            runs.set(runs.size() - 1, new Run(last.logical, last.physical, last.count + count));
        } else {
            runs.add(new Run(logical, physical, count));
        }
    }
}
