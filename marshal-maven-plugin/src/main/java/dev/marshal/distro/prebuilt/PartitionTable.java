// SPDX-License-Identifier: Apache-2.0
package dev.marshal.distro.prebuilt;

import dev.marshal.problem.ProblemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The partitions of a disk image: GPT (UEFI specification, chapter 5.3) or MBR with its extended partitions, sectors of 512 bytes.
 *
 * @param partitions in the order of the table
 */
record PartitionTable(List<Partition> partitions) {

    private static final int SECTOR = 512;
    private static final int MBR_ENTRIES = 446;
    private static final int MBR_SIGNATURE = 0xaa55;
    private static final int PROTECTIVE = 0xee;
    private static final int LINUX = 0x83;
    private static final long GPT_SIGNATURE = 0x5452415020494645L;
    private static final int MAX_ENTRIES = 1024;
    private static final int MAX_LOGICAL = 128;
    /** Linux file system data, and the Linux root of RISC-V of 64 bits (Discoverable Partitions Specification). */
    private static final List<UUID> LINUX_TYPES = List.of(UUID.fromString("0fc63daf-8483-4772-8e79-3d69d8477de4"), UUID.fromString("72ec70a6-cf74-40e6-bd49-4bda08e8f224"));

    /**
     * A partition.
     *
     * @param number as Linux counts it, from 1
     * @param start  first byte
     * @param length bytes
     * @param label  name in a GPT; empty if there is none
     * @param linux  whether its type is that of a Linux file system
     */
    record Partition(int number, long start, long length, String label, boolean linux) {}

    /** Reads it. @return no partitions if there is no table @throws ProblemException if there is one, and it is damaged */
    static PartitionTable of(Path disk) throws IOException {
        try (FileChannel channel = FileChannel.open(disk, StandardOpenOption.READ)) {
            Reader reader = new Reader(disk, channel);
            ByteBuffer mbr = reader.read(0, SECTOR);
            if ((mbr.getShort(510) & 0xffff) != MBR_SIGNATURE) {
                return new PartitionTable(List.of());
            }
            for (int i = 0; i < 4; i++) {
                if ((mbr.get(MBR_ENTRIES + 16 * i + 4) & 0xff) == PROTECTIVE) {
                    return new PartitionTable(reader.gpt());
                }
            }
            return new PartitionTable(reader.mbr(mbr));
        }
    }

    private record Reader(Path disk, FileChannel channel) {

        ByteBuffer read(long position, int length) throws IOException {
            ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
            while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) > 0) {
                // read on until it is full, or the file ends
            }
            if (buffer.hasRemaining() && position > 0) {
                throw damaged("it points behind the end of the image");
            }
            return buffer;
        }

        List<Partition> gpt() throws IOException {
            ByteBuffer header = read(SECTOR, SECTOR);
            long first = header.getLong(72);
            int count = header.getInt(80);
            int size = header.getInt(84);
            if (header.getLong(0) != GPT_SIGNATURE || first < 2 || count < 1 || count > MAX_ENTRIES || size < 128 || size > 4096) {
                throw damaged("its header is none of a GPT");
            }
            List<Partition> partitions = new ArrayList<>();
            ByteBuffer entries = read(Math.multiplyExact(first, SECTOR), count * size);
            for (int i = 0; i < count; i++) {
                int at = i * size;
                UUID type = uuid(entries, at);
                if (type.getMostSignificantBits() != 0 || type.getLeastSignificantBits() != 0) {
                    byte[] name = new byte[72];
                    entries.get(at + 56, name);
                    long start = entries.getLong(at + 32);
                    add(partitions, i + 1, start, entries.getLong(at + 40) - start + 1, new String(name, StandardCharsets.UTF_16LE).replaceFirst("\0.*", ""), LINUX_TYPES.contains(type));
                }
            }
            return partitions;
        }

        List<Partition> mbr(ByteBuffer mbr) throws IOException {
            List<Partition> partitions = new ArrayList<>();
            long extended = 0;
            for (int i = 0; i < 4; i++) {
                int at = MBR_ENTRIES + 16 * i;
                int type = mbr.get(at + 4) & 0xff;
                if (isExtended(type)) {
                    extended = unsigned(mbr, at + 8);
                } else if (type != 0) {
                    add(partitions, i + 1, unsigned(mbr, at + 8), unsigned(mbr, at + 12), "", type == LINUX);
                }
            }
            // each logical partition is described in a sector of its own, which tells where the next one is
            long next = extended;
            for (int number = 5; next != 0; number++) {
                ByteBuffer sector = read(next * SECTOR, SECTOR);
                if ((sector.getShort(510) & 0xffff) != MBR_SIGNATURE || number > MAX_LOGICAL) {
                    throw damaged("its logical partitions lead nowhere");
                }
                int type = sector.get(MBR_ENTRIES + 4) & 0xff;
                if (type != 0) {
                    add(partitions, number, next + unsigned(sector, MBR_ENTRIES + 8), unsigned(sector, MBR_ENTRIES + 12), "", type == LINUX);
                }
                long more = unsigned(sector, MBR_ENTRIES + 24);
                next = more == 0 ? 0 : extended + more;
            }
            return partitions;
        }

        private void add(List<Partition> partitions, int number, long sector, long sectors, String label, boolean linux) throws IOException {
            long size = channel.size() / SECTOR;
            if (sector < 1 || sectors < 1 || sector > size || sectors > size - sector) {
                throw damaged("partition " + number + " does not lie in the image");
            }
            partitions.add(new Partition(number, sector * SECTOR, sectors * SECTOR, label, linux));
        }

        private ProblemException damaged(String why) {
            return new ProblemException("the partition table of the disk image is damaged: " + why, disk, "Take another image, or check its digest");
        }

        private static boolean isExtended(int type) {
            return type == 0x05 || type == 0x0f || type == 0x85;
        }

        private static long unsigned(ByteBuffer buffer, int at) {
            return buffer.getInt(at) & 0xffffffffL;
        }

        /** The first three groups of a GUID are stored little endian. */
        private static UUID uuid(ByteBuffer b, int at) {
            long high = unsigned(b, at) << 32 | (b.getShort(at + 4) & 0xffffL) << 16 | b.getShort(at + 6) & 0xffffL;
            return new UUID(high, Long.reverseBytes(b.getLong(at + 8)));
        }
    }
}
