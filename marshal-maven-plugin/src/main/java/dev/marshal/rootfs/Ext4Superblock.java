// SPDX-License-Identifier: Apache-2.0
package dev.marshal.rootfs;

import dev.marshal.problem.ProblemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * What an ext4 file system says of itself; read without starting a program. The layout is that of {@code Documentation/filesystems/ext4/super.rst}.
 *
 * @param blockSize      bytes in a block
 * @param blocks         blocks in the file system
 * @param freeBlocks     of these, how many are free
 * @param inodes         files that it can hold
 * @param freeInodes     of these, how many are free
 * @param firstBlock     number of the block that the first group starts in
 * @param blocksPerGroup blocks in a group
 * @param inodesPerGroup inodes in a group
 * @param inodeSize      bytes of an inode on disk
 * @param descriptorSize bytes of a group descriptor
 * @param firstMetaGroup first group of descriptors that are kept with their groups, if {@code META_BG} is set
 * @param compatible     feature flags that may be ignored
 * @param incompatible   feature flags that must be known to read
 * @param readCompatible feature flags that must be known to write
 * @param state          1 clean, 2 errors were found, 4 orphans
 * @param checksumSeed   what checksums start from
 * @param uuid           its UUID
 * @param label          its name, up to 16 bytes
 */
public record Ext4Superblock(int blockSize, long blocks, long freeBlocks, long inodes, long freeInodes, long firstBlock, long blocksPerGroup, long inodesPerGroup,
        int inodeSize, int descriptorSize, long firstMetaGroup, int compatible, int incompatible, int readCompatible, int state, int checksumSeed, UUID uuid, String label) {

    static final int RECOVER = 0x4;
    static final int META_BG = 0x10;
    static final int EXTENTS = 0x40;
    static final int BIT64 = 0x80;
    static final int INLINE_DATA = 0x8000;
    static final int CASEFOLD = 0x20000;
    private static final int FILETYPE = 0x2;
    private static final int CHECKSUM_SEED = 0x2000;
    private static final int CHECKSUMS = 0x400;
    /** bigalloc: blocks are given away several at a time. */
    private static final int CLUSTERS = 0x200;
    /** filetype, recover, meta_bg, extents, 64bit, mmp, flex_bg, ea_inode, csum_seed, largedir, inline_data, encrypt (of single files), casefold. */
    private static final int READABLE = FILETYPE | RECOVER | META_BG | EXTENTS | BIT64 | 0x100 | 0x200 | 0x400 | CHECKSUM_SEED | 0x4000 | INLINE_DATA | 0x10000 | CASEFOLD;
    private static final int SPARSE_SUPER = 0x1;
    private static final int MAGIC = 0xEF53;
    private static final int OFFSET = 1024;
    private static final int SIZE = 1024;

    /**
     * Reads it.
     *
     * @throws ProblemException if the file holds no ext2, ext3 or ext4 file system, or one that needs something unknown to be read
     */
    public static Ext4Superblock of(Path image) throws IOException {
        try (FileChannel channel = FileChannel.open(image, StandardOpenOption.READ)) {
            return read(channel, image);
        }
    }

    static Ext4Superblock read(FileChannel channel, Path image) throws IOException {
        ByteBuffer b = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
        while (b.hasRemaining() && channel.read(b, OFFSET + b.position()) > 0) {
            // read on until the superblock is whole
        }
        if (b.hasRemaining() || (b.getShort(56) & 0xffff) != MAGIC) {
            throw new ProblemException("there is no ext4 file system in it", image, "Give an image that holds an ext4 file system from its first byte on, without a partition table");
        }
        int incompatible = b.getInt(96);
        boolean revision0 = b.getInt(76) == 0;
        boolean wide = (incompatible & BIT64) != 0;
        byte[] name = new byte[16];
        b.get(120, name);
        Ext4Superblock superblock = new Ext4Superblock(
                1024 << Math.min(b.getInt(24) & 0xff, 6),
                unsigned(b.getInt(4)) | (wide ? unsigned(b.getInt(336)) << 32 : 0),
                unsigned(b.getInt(12)) | (wide ? unsigned(b.getInt(344)) << 32 : 0),
                unsigned(b.getInt(0)), unsigned(b.getInt(16)),
                unsigned(b.getInt(20)), unsigned(b.getInt(32)), unsigned(b.getInt(40)),
                revision0 ? 128 : b.getShort(88) & 0xffff,
                wide ? Math.max(32, b.getShort(254) & 0xffff) : 32,
                unsigned(b.getInt(260)),
                b.getInt(92), incompatible, b.getInt(100), b.getShort(58) & 0xffff, checksumSeed(b, incompatible),
                new UUID(Long.reverseBytes(b.getLong(104)), Long.reverseBytes(b.getLong(112))),
                new String(name, StandardCharsets.UTF_8).replaceFirst("\0.*", ""));
        int unknown = incompatible & ~READABLE;
        if (unknown != 0) {
            throw new ProblemException("its ext4 file system has features that are not known here (bits 0x" + Integer.toHexString(unknown) + ")", image,
                    "Make the image without them: 'tune2fs -l' lists its features");
        }
        if (superblock.blocksPerGroup == 0 || superblock.inodesPerGroup == 0 || superblock.inodeSize < 128 || superblock.inodeSize > superblock.blockSize
                || superblock.descriptorSize > 1024 || superblock.blocks <= superblock.firstBlock) {
            throw new ProblemException("the superblock of its ext4 file system is damaged", image, "Repair the image with 'e2fsck -fy', or take another");
        }
        return superblock;
    }

    /** Size of the file system in bytes. */
    public long size() {
        return blocks * blockSize;
    }

    /** Bytes in use, those of the file system's own tables and its journal included. */
    public long used() {
        return (blocks - freeBlocks) * blockSize;
    }

    /** Bytes that are free. */
    public long free() {
        return freeBlocks * blockSize;
    }

    /** Whether changes wait in the journal: the file system was in use when its machine stopped. */
    public boolean needsRecovery() {
        return (incompatible & RECOVER) != 0;
    }

    /** Whether the last who used it found nothing wrong and finished. */
    public boolean clean() {
        return state == 1 && !needsRecovery();
    }

    /** Whether blocks and inodes have checksums. */
    boolean checksums() {
        return (readCompatible & CHECKSUMS) != 0;
    }

    /** Whether content is found by extents, each of any number of blocks, and nowhere else. */
    boolean reservesRoom() {
        return (incompatible & EXTENTS) != 0 && (incompatible & INLINE_DATA) == 0 && (readCompatible & CLUSTERS) == 0;
    }

    /** Whether an entry of a folder says what kind of file it stands for. */
    boolean kindsInFolders() {
        return (incompatible & FILETYPE) != 0;
    }

    long groups() {
        return (blocks - firstBlock + blocksPerGroup - 1) / blocksPerGroup;
    }

    /** Where the descriptor of a group is, in bytes. */
    long descriptorOffset(long group) {
        long perBlock = blockSize / descriptorSize;
        long index = group / perBlock;
        long block;
        if ((incompatible & META_BG) == 0 || index < firstMetaGroup) {
            block = firstBlock + 1 + index;
        } else {
            long first = index * perBlock;
            block = firstBlock + first * blocksPerGroup + (hasSuperblock(first) ? 1 : 0);
        }
        return block * blockSize + group % perBlock * descriptorSize;
    }

    private boolean hasSuperblock(long group) {
        return group <= 1 || (readCompatible & SPARSE_SUPER) == 0 || isPower(group, 3) || isPower(group, 5) || isPower(group, 7);
    }

    private static boolean isPower(long number, long base) {
        long power = base;
        while (power < number) {
            power *= base;
        }
        return power == number;
    }

    private static int checksumSeed(ByteBuffer b, int incompatible) {
        if ((incompatible & CHECKSUM_SEED) != 0) {
            return b.getInt(624);
        }
        byte[] uuid = new byte[16];
        b.get(104, uuid);
        return Crc32c.update(~0, uuid, uuid.length);
    }

    private static long unsigned(int value) {
        return value & 0xffffffffL;
    }
}
