// SPDX-License-Identifier: Apache-2.0
package dev.marshal.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.marshal.tool.Toolbox;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataPartsTest {

    private static final int PART = 1 << 20;
    private static final List<String> PRINTED = List.of("Filesystem type is: ef53", "File size of /a/b: 5 extents found is 268435456 (524288 blocks of 512 bytes)",
            " ext:     logical_offset:        physical_offset: length:   expected: flags:",
            "   0:        0..     287:  302710784.. 302711071:    288:            ",
            "   1:     2040..    4095:  302711080.. 302711319:   2056:             unwritten",
            "   2:   262144..  262159:  302727168.. 302727183:     16:  302972928: last,eof",
            "/a/b: 5 extents found: 2 extents found");

    @TempDir
    Path folder;

    private static BitSet parts(int... numbers) {
        BitSet parts = new BitSet();
        for (int number : numbers) {
            parts.set(number);
        }
        return parts;
    }

    @Test
    void anExtentIsInEveryPartThatItTouches() {
        assertThat(DataParts.read(PRINTED, PART / 512)).hasValue(parts(0, 1, 128));
        assertThat(DataParts.read(List.of(PRINTED.get(2), "/a/b: 0 extents found"), PART / 512)).hasValue(parts());
    }

    @Test
    void whatIsNotUnderstoodIsNotGuessedAt() {
        List<String> other = new java.util.ArrayList<>(PRINTED);
        other.set(4, "   1:     2040..    ????:  302711080.. 302711319:   2056:");
        assertThat(DataParts.read(other, PART / 512)).isEmpty();
        assertThat(DataParts.read(PRINTED.subList(0, 6), PART / 512)).isEmpty();
        assertThat(DataParts.read(List.of("/a/b: 2 extents found"), PART / 512)).isEmpty();
        assertThat(DataParts.read(List.of(), PART / 512)).isEmpty();
    }

    @Test
    void theFileSystemTellsWhereDataIs() throws IOException {
        Path file = folder.resolve("a file");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            channel.write(ByteBuffer.wrap(new byte[] {1}), 3L * PART);
            channel.write(ByteBuffer.wrap(new byte[] {1, 2}), 20L * PART - 1);
            channel.write(ByteBuffer.allocate(1), 40L * PART - 1);
        }
        boolean ext4 = Files.getFileStore(file).type().equals("ext4");
        if (!ext4) {
            System.out.println("DataPartsTest: not run where " + folder + " is not on ext4, since other file systems may say less");
        }
        assumeTrue(ext4, "other file systems may say less");
        assertThat(DataParts.of(file, PART, new Toolbox(System.getenv("PATH"), (program, ask) -> ask.get()))).hasValue(parts(3, 19, 20, 39));
        assertThat(DataParts.of(folder.resolve("missing"), PART, new Toolbox(System.getenv("PATH"), (program, ask) -> ask.get()))).isEmpty();
    }
}
