// SPDX-License-Identifier: Apache-2.0
package dev.marshal.rootfs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.List;

/** A block of a folder as it is on disk ({@code Documentation/filesystems/ext4/directory.rst}), with the checksum at its end if the file system has them. */
final class FolderBlock {

    private static final int HEADER = 8;
    private static final int TAIL = 12;
    /** What the tail has where an entry says what kind of file it is. */
    private static final byte TAIL_KIND = (byte) 0xde;

    private FolderBlock() {}

    /** Bytes that an entry takes. @param name raw */
    static int length(String name) {
        return HEADER + name.length() + 3 & ~3;
    }

    /** Bytes that a block has for entries. */
    static int room(Ext4Superblock superblock) {
        return superblock.blockSize() - (superblock.checksums() ? TAIL : 0);
    }

    /** @param folder the folder that the block belongs to @param entries all that are in it @param block its number */
    static void write(Ext4Superblock superblock, Ext4Inode folder, List<Ext4Folder.Entry> entries, FileChannel out, long block) throws IOException {
        ByteBuffer bytes = bytes(superblock, folder, entries);
        for (long at = block * superblock.blockSize(); bytes.hasRemaining();) {
            at += out.write(bytes, at);
        }
    }

    private static ByteBuffer bytes(Ext4Superblock superblock, Ext4Inode folder, List<Ext4Folder.Entry> entries) {
        ByteBuffer bytes = ByteBuffer.allocate(superblock.blockSize()).order(ByteOrder.LITTLE_ENDIAN);
        int room = room(superblock);
        int last = 0;
        int end = 0;
        for (Ext4Folder.Entry entry : entries) {
            last = end;
            end += length(entry.name());
            if (end > room) {
                throw new IllegalArgumentException("the entries do not fit into a block of folder " + folder.number());
            }
            bytes.putInt(last, entry.inode());
            bytes.putShort(last + 4, (short) (end - last));
            bytes.put(last + 6, (byte) entry.name().length());
            bytes.put(last + 7, (byte) (superblock.kindsInFolders() ? entry.kind().entryType() : 0));
            bytes.put(last + HEADER, RawNames.bytes(entry.name()));
        }
        bytes.putShort(last + 4, (short) (room - last));
        if (superblock.checksums()) {
            bytes.putShort(room + 4, (short) TAIL);
            bytes.put(room + 7, TAIL_KIND);
            bytes.putInt(room + 8, Crc32c.update(folder.checksumSeed(superblock), bytes.array(), room));
        }
        return bytes;
    }
}
