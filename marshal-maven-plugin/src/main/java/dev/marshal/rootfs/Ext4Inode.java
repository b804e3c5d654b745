// SPDX-License-Identifier: Apache-2.0
package dev.marshal.rootfs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;

/**
 * A file, folder or anything else, as the file system describes it: all but its name and its content.
 * The layout is that of {@code Documentation/filesystems/ext4/inodes.rst}.
 */
public final class Ext4Inode {

    /** A folder whose names are found by an index. */
    static final int INDEX = 0x1000;
    static final int EXTENTS = 0x80000;
    static final int INLINE_DATA = 0x10000000;
    static final int ENCRYPTED = 0x800;
    private static final int BLOCK_OFFSET = 40;
    private static final int BLOCK_BYTES = 60;
    private static final int CLASSIC_SIZE = 128;
    private static final int CHECKSUM_LOW = 124;
    private static final int CHECKSUM_HIGH = 130;
    private static final int XATTR_MAGIC = 0xEA020000;
    /** Name index of attributes called {@code system.*}. */
    private static final int XATTR_SYSTEM = 7;

    private final int number;
    private final ByteBuffer b;

    Ext4Inode(int number, ByteBuffer bytes) {
        this.number = number;
        this.b = bytes.order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Its number: names with the same number are hard links to one file. */
    public int number() {
        return number;
    }

    /** Type and permissions, as in {@code stat}. */
    public int mode() {
        return b.getShort(0) & 0xffff;
    }

    /** Permissions with setuid, setgid and sticky bit. */
    public int permissions() {
        return mode() & 07777;
    }

    /** What it is. */
    public FileKind kind() {
        return FileKind.ofMode(mode());
    }

    /** The user that it belongs to. */
    public int uid() {
        return b.getShort(2) & 0xffff | (b.getShort(120) & 0xffff) << 16;
    }

    /** The group that it belongs to. */
    public int gid() {
        return b.getShort(24) & 0xffff | (b.getShort(122) & 0xffff) << 16;
    }

    /** Bytes of its content. */
    public long size() {
        return b.getInt(4) & 0xffffffffL | (long) b.getInt(108) << 32;
    }

    /** How many names it has. */
    public int links() {
        return b.getShort(26) & 0xffff;
    }

    /** When its content was changed last. */
    public Instant modified() {
        return time(16, 136);
    }

    /** When its content or description was changed last. */
    public Instant changed() {
        return time(12, 132);
    }

    /** When it was read last. */
    public Instant accessed() {
        return time(8, 140);
    }

    /** When it was made; the epoch if the file system does not say. */
    public Instant created() {
        return time(144, 148);
    }

    /** Major number of a device. */
    public int major() {
        return block(0) != 0 ? block(0) >> 8 & 0xff : (block(1) & 0xfff00) >> 8;
    }

    /** Minor number of a device. */
    public int minor() {
        return block(0) != 0 ? block(0) & 0xff : block(1) & 0xff | block(1) >> 12 & 0xfff00;
    }

    /** Which file of this number it is; checksums of what belongs to it are made with it. */
    int generation() {
        return b.getInt(100);
    }

    /** What checksums of the inode, and of what belongs to it alone, start from. */
    int checksumSeed(Ext4Superblock superblock) {
        ByteBuffer owner = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putInt(number).putInt(generation());
        return Crc32c.update(superblock.checksumSeed(), owner.array(), 8);
    }

    /** Its bytes as they are on disk, with a new checksum if the file system has them. To be called when {@link #map} was changed. */
    byte[] checked(Ext4Superblock superblock) {
        if (superblock.checksums()) {
            boolean wide = b.capacity() > CLASSIC_SIZE && (b.getShort(CLASSIC_SIZE) & 0xffff) >= CHECKSUM_HIGH + 2 - CLASSIC_SIZE;
            b.putShort(CHECKSUM_LOW, (short) 0);
            if (wide) {
                b.putShort(CHECKSUM_HIGH, (short) 0);
            }
            int checksum = Crc32c.update(checksumSeed(superblock), bytes(), b.capacity());
            b.putShort(CHECKSUM_LOW, (short) checksum);
            if (wide) {
                b.putShort(CHECKSUM_HIGH, (short) (checksum >>> 16));
            }
        }
        return bytes();
    }

    private byte[] bytes() {
        byte[] bytes = new byte[b.capacity()];
        b.get(0, bytes);
        return bytes;
    }

    boolean has(int flag) {
        return (b.getInt(32) & flag) != 0;
    }

    /** Block that holds extended attributes; 0 if none does. */
    long attributeBlock() {
        return b.getInt(104) & 0xffffffffL | (b.getShort(118) & 0xffffL) << 32;
    }

    /** The 60 bytes that say where the content is, or hold it. */
    ByteBuffer map() {
        return b.slice(BLOCK_OFFSET, BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Content that is kept past the 60 bytes, in the attribute {@code system.data} inside the inode; empty if there is none. */
    ByteBuffer inlineRest() {
        ByteBuffer none = ByteBuffer.allocate(0);
        if (b.capacity() <= CLASSIC_SIZE + 4) {
            return none;
        }
        int header = CLASSIC_SIZE + (b.getShort(128) & 0xffff);
        if (header + 4 > b.capacity() || b.getInt(header) != XATTR_MAGIC) {
            return none;
        }
        int first = header + 4;
        for (int entry = first; entry + 16 <= b.capacity() && b.getInt(entry) != 0;) {
            int nameLength = b.get(entry) & 0xff;
            int value = first + (b.getShort(entry + 2) & 0xffff);
            int size = b.getInt(entry + 8);
            if (b.get(entry + 1) == XATTR_SYSTEM && nameLength == 4 && entry + 20 <= b.capacity() && b.get(entry + 16) == 'd'
                    && size >= 0 && value + (long) size <= b.capacity()) {
                return b.slice(value, size);
            }
            entry += 16 + nameLength + 3 & ~3;
        }
        return none;
    }

    private int block(int index) {
        return b.getInt(BLOCK_OFFSET + 4 * index);
    }

    private Instant time(int seconds, int extra) {
        boolean stored = seconds < CLASSIC_SIZE || b.capacity() > CLASSIC_SIZE && CLASSIC_SIZE + (b.getShort(128) & 0xffff) >= extra;
        if (!stored) {
            return Instant.EPOCH;
        }
        boolean more = b.capacity() > CLASSIC_SIZE && CLASSIC_SIZE + (b.getShort(128) & 0xffff) >= extra + 4;
        int bits = more ? b.getInt(extra) : 0;
        return Instant.ofEpochSecond(b.getInt(seconds) + ((long) (bits & 3) << 32), bits >>> 2);
    }
}
