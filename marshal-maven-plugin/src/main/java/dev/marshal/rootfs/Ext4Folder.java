// SPDX-License-Identifier: Apache-2.0
package dev.marshal.rootfs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The names in a folder. Indexed folders are read like the others: their index looks like deleted entries to who does not know it.
 */
final class Ext4Folder {

    /** One name. @param name raw @param inode what it stands for @param kind what the entry says that is; unknown if it does not say */
    record Entry(String name, int inode, FileKind kind) {}

    private static final int MAX_INLINE = 60;

    private Ext4Folder() {}

    /** All names but '.' and '..', sorted by their bytes. */
    static List<Entry> read(Ext4Device device, Ext4Inode folder) throws IOException {
        List<Entry> entries = new ArrayList<>();
        if (folder.has(Ext4Inode.ENCRYPTED)) {
            throw device.damaged("inode " + folder.number() + " is an encrypted folder");
        }
        if (folder.has(Ext4Inode.INLINE_DATA)) {
            // the first four bytes are the parent's number, which stands for '.' and '..'
            parse(device, folder, folder.map().slice(4, MAX_INLINE - 4), entries);
            parse(device, folder, folder.inlineRest(), entries);
        } else {
            long end = folder.size() / device.blockSize();
            for (BlockMap.Run run : BlockMap.of(device, folder)) {
                for (long i = 0; i < run.count() && run.logical() + i < end; i++) {
                    parse(device, folder, device.block(run.physical() + i), entries);
                }
            }
        }
        entries.sort(Comparator.comparing(Entry::name));
        for (int i = 1; i < entries.size(); i++) {
            if (entries.get(i).name().equals(entries.get(i - 1).name())) {
                throw device.damaged("folder " + folder.number() + " has the name '" + RawNames.shown(entries.get(i).name()) + "' twice");
            }
        }
        return entries;
    }

    private static void parse(Ext4Device device, Ext4Inode folder, ByteBuffer block, List<Entry> entries) {
        block.order(ByteOrder.LITTLE_ENDIAN);
        int limit = block.limit();
        for (int at = 0; at + 8 <= limit;) {
            int inode = block.getInt(at);
            int length = recordLength(block.getShort(at + 4) & 0xffff, limit);
            int nameLength = block.get(at + 6) & 0xff;
            if (length < 8 || length % 4 != 0 || at + length > limit || 8 + nameLength > length) {
                throw device.damaged("folder " + folder.number() + " has a broken entry");
            }
            if (inode != 0) {
                byte[] bytes = new byte[nameLength];
                block.get(at + 8, bytes);
                String name = RawNames.raw(bytes);
                if (name.isEmpty() || name.indexOf('/') >= 0 || name.indexOf('\0') >= 0 || inode < 0 || inode > device.superblock().inodes()) {
                    throw device.damaged("folder " + folder.number() + " has an entry that cannot be: '" + RawNames.shown(name) + "'");
                }
                if (!name.equals(".") && !name.equals("..")) {
                    entries.add(new Entry(name, inode, FileKind.ofEntry(block.get(at + 7) & 0x7)));
                }
            }
            at += length;
        }
    }

    /** Blocks of 64 KiB do not fit in 16 bits: the lowest two bits, always 0, hold the highest. */
    private static int recordLength(int stored, int blockSize) {
        if (blockSize < 65536) {
            return stored;
        }
        return stored == 65535 || stored == 0 ? blockSize : stored & 65532 | (stored & 3) << 16;
    }
}
