// SPDX-License-Identifier: Apache-2.0
package dev.marshal.distro.prebuilt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.marshal.distro.prebuilt.PartitionTable.Partition;
import dev.marshal.fixture.Problems;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Partition tables are written here by their definition; the integration test 'prebuilt' takes those of sfdisk. */
class DiskImageTest {

    private static final int SECTOR = 512;
    private static final UUID LINUX = UUID.fromString("0fc63daf-8483-4772-8e79-3d69d8477de4");
    private static final UUID EFI = UUID.fromString("c12a7328-f81f-11d2-ba4b-00a0c93ec93b");

    @TempDir
    Path folder;

    private Path disk(long sectors) throws IOException {
        Path disk = folder.resolve("disk.img");
        try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "rw")) {
            file.setLength(sectors * SECTOR);
        }
        return disk;
    }

    private static void put(Path disk, long position, ByteBuffer bytes) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "rw")) {
            file.seek(position);
            file.write(bytes.array());
        }
    }

    private static ByteBuffer mbr(int... typeStartLength) {
        ByteBuffer b = ByteBuffer.allocate(SECTOR).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < typeStartLength.length / 3; i++) {
            b.put(446 + 16 * i + 4, (byte) typeStartLength[3 * i]).putInt(446 + 16 * i + 8, typeStartLength[3 * i + 1]).putInt(446 + 16 * i + 12, typeStartLength[3 * i + 2]);
        }
        return b.putShort(510, (short) 0xaa55);
    }

    private static void entry(ByteBuffer entries, int index, UUID type, long first, long last, String name) {
        int at = index * 128;
        entries.putInt(at, (int) (type.getMostSignificantBits() >>> 32)).putShort(at + 4, (short) (type.getMostSignificantBits() >>> 16)).putShort(at + 6, (short) type.getMostSignificantBits());
        entries.putLong(at + 8, Long.reverseBytes(type.getLeastSignificantBits())).putLong(at + 32, first).putLong(at + 40, last);
        byte[] text = name.getBytes(StandardCharsets.UTF_16LE);
        entries.put(at + 56, text);
    }

    private Path gpt(Object... typeFirstLastName) throws IOException {
        Path disk = disk(4096);
        put(disk, 0, mbr(0xee, 1, 4095));
        ByteBuffer header = ByteBuffer.allocate(SECTOR).order(ByteOrder.LITTLE_ENDIAN);
        header.put("EFI PART".getBytes(StandardCharsets.US_ASCII)).putLong(72, 2).putInt(80, 128).putInt(84, 128);
        put(disk, SECTOR, header);
        ByteBuffer entries = ByteBuffer.allocate(128 * 128).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < typeFirstLastName.length / 4; i++) {
            entry(entries, i, (UUID) typeFirstLastName[4 * i], (Integer) typeFirstLastName[4 * i + 1], (Integer) typeFirstLastName[4 * i + 2], (String) typeFirstLastName[4 * i + 3]);
        }
        put(disk, 2 * SECTOR, entries);
        return disk;
    }

    @Test
    void readsGpt() throws Exception {
        Path disk = gpt(EFI, 64, 127, "esp", LINUX, 128, 4000, "wurzel");
        assertThat(PartitionTable.of(disk).partitions()).containsExactly(new Partition(1, 64 * SECTOR, 64 * SECTOR, "esp", false), new Partition(2, 128 * SECTOR, 3873L * SECTOR, "wurzel", true));
        assertThat(DiskImage.root(disk, disk, Optional.empty()).orElseThrow().number()).isEqualTo(2);
        assertThat(DiskImage.root(disk, disk, Optional.of("esp")).orElseThrow().number()).isEqualTo(1);
        assertThat(DiskImage.root(disk, disk, Optional.of("1")).orElseThrow().number()).isEqualTo(1);
    }

    @Test
    void readsMbrWithLogicalPartitions() throws Exception {
        Path disk = disk(4096);
        put(disk, 0, mbr(0x0c, 64, 64, 0x05, 1024, 2048));
        put(disk, 1024L * SECTOR, mbr(0x82, 8, 100, 0x05, 512, 600));
        put(disk, 1536L * SECTOR, mbr(0x83, 8, 500));
        assertThat(PartitionTable.of(disk).partitions()).containsExactly(new Partition(1, 64 * SECTOR, 64 * SECTOR, "", false), new Partition(5, 1032L * SECTOR, 100 * SECTOR, "", false),
                new Partition(6, 1544L * SECTOR, 500 * SECTOR, "", true));
        assertThat(DiskImage.root(disk, disk, Optional.empty()).orElseThrow().number()).isEqualTo(6);
    }

    @Test
    void saysWhatThereIsWhereNoneIsTheRoot() throws Exception {
        Path none = gpt(EFI, 64, 127, "esp");
        assertThat(Problems.of(() -> DiskImage.root(none, none, Optional.empty())).what()).isEqualTo("the disk image has no Linux partition; it has 1 'esp' (0 MiB)");
        assertThat(Problems.of(() -> DiskImage.root(none, none, Optional.of("root"))).what()).contains("has no partition 'root'; it has 1 'esp'");
        Path empty = disk(100);
        Files.write(empty, new byte[100 * SECTOR]);
        assertThat(DiskImage.root(empty, empty, Optional.empty())).isEmpty();
        assertThat(Problems.of(() -> DiskImage.root(empty, empty, Optional.of("1"))).what()).contains("has no partitions");
    }

    @Test
    void damagedTablesAreRefused() throws Exception {
        Path beyond = gpt(LINUX, 64, 5000, "root");
        assertThat(Problems.of(() -> PartitionTable.of(beyond)).what()).contains("partition 1 does not lie in the image");
        Path headless = disk(4096);
        Files.write(headless, new byte[4096 * SECTOR]);
        put(headless, 0, mbr(0xee, 1, 4095));
        assertThat(Problems.of(() -> PartitionTable.of(headless)).what()).contains("its header is none of a GPT");
        Path circle = disk(4096);
        Files.write(circle, new byte[4096 * SECTOR]);
        put(circle, 0, mbr(0x05, 1024, 2048));
        // a chain that leads back to itself
        put(circle, 1024L * SECTOR, mbr(0x83, 8, 10, 0x05, 16, 1));
        put(circle, 1040L * SECTOR, mbr(0x83, 8, 10, 0x05, 16, 1));
        assertThat(Problems.of(() -> PartitionTable.of(circle)).what()).contains("lead nowhere");
    }

    @Test
    void aPartIsTakenOutWithItsHoles() throws Exception {
        Path disk = disk(4096);
        put(disk, 100L * SECTOR, ByteBuffer.wrap("content".getBytes(StandardCharsets.US_ASCII)));
        Path part = folder.resolve("part");
        DiskImage.extract(disk, 100L * SECTOR, 2048L * SECTOR, part);
        assertThat(Files.size(part)).isEqualTo(2048L * SECTOR);
        assertThat(new String(Files.readAllBytes(part), 0, 7, StandardCharsets.US_ASCII)).isEqualTo("content");
        assertThat(List.of(Files.readAllBytes(part)[2048 * SECTOR - 1])).containsExactly((byte) 0);
    }
}
