// SPDX-License-Identifier: Apache-2.0
package dev.marshal.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.marshal.tool.Toolbox;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompressedImageTest {

    private static final Toolbox TOOLS = new Toolbox(System.getenv("PATH"), (program, ask) -> ask.get());

    @TempDir
    Path folder;

    private Path roundTrip(Path file) throws IOException {
        Path compressed = folder.resolve("compressed.zst");
        Path again = folder.resolve("again");
        Files.deleteIfExists(again);
        CompressedImage.compress(file, compressed, TOOLS);
        CompressedImage.unpack(compressed, again);
        return again;
    }

    private static long allocated(Path file) throws IOException {
        // in blocks of 512 bytes
        Process stat = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
        return Long.parseLong(new String(stat.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII).strip()) * 512;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65535, 65536, 65537, 300_000, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 2 << 20})
    void everySizeSurvives(int size) throws IOException {
        byte[] content = new byte[size];
        new Random(1).nextBytes(content);
        Path file = Files.write(folder.resolve("file"), content);
        assertThat(roundTrip(file)).hasBinaryContent(content);
        Arrays.fill(content, (byte) 0);
        Files.write(file, content);
        assertThat(roundTrip(file)).hasBinaryContent(content);
    }

    @Test
    void holesStayHoles() throws IOException {
        Path file = folder.resolve("image");
        long size = (64L << 20) + 4096;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 20 << 20);
            channel.write(ByteBuffer.allocate(1), size - 1);
        }
        Path again = roundTrip(file);
        assertThat(Files.mismatch(file, again)).isEqualTo(-1);
        assertThat(again).hasSize(size);
        assertThat(allocated(again)).isLessThan(1 << 20);
        assertThat(Files.size(folder.resolve("compressed.zst"))).isLessThan(64 << 10);
    }

    /** Each of eight parts of a mebibyte holds data or zeros, in every order. */
    @Test
    void dataAndZerosMayTakeTurns() throws IOException {
        int part = 1 << 20;
        byte[] data = new byte[part];
        new Random(4).nextBytes(data);
        for (int pattern : new int[] {0b00000001, 0b10000000, 0b01010101, 0b10101010, 0b00111100, 0b11000011, 0b11111110}) {
            byte[] content = new byte[8 * part + 5];
            for (int i = 0; i < 8; i++) {
                if ((pattern >> i & 1) != 0) {
                    System.arraycopy(data, 0, content, i * part, part);
                }
            }
            assertThat(Files.mismatch(roundTrip(Files.write(folder.resolve("file"), content)), folder.resolve("file"))).as("pattern %x", pattern).isEqualTo(-1);
        }
    }

    @Test
    void whatIsSaidToBeAHoleIsNotRead() throws IOException {
        byte[] content = new byte[3 * CompressedImage.PART + 7];
        new Random(5).nextBytes(content);
        Path compressed = folder.resolve("compressed");
        CompressedImage.compress(Files.write(folder.resolve("file"), content), compressed, part -> part == 0);
        CompressedImage.unpack(compressed, folder.resolve("again"));
        // a part that is not whole is read in any case
        Arrays.fill(content, CompressedImage.PART, 3 * CompressedImage.PART, (byte) 0);
        assertThat(folder.resolve("again")).hasBinaryContent(content);
    }

    @Test
    void whereHolesAreMakesNoDifferenceToTheBytes() throws IOException {
        Path sparse = folder.resolve("sparse");
        try (FileChannel channel = FileChannel.open(sparse, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            channel.write(ByteBuffer.wrap(new byte[] {1}), 5L * CompressedImage.PART - 1);
            channel.write(ByteBuffer.wrap(new byte[] {2}), 9L * CompressedImage.PART);
            channel.write(ByteBuffer.allocate(1), 12L * CompressedImage.PART);
        }
        Path filled = Files.write(folder.resolve("filled"), Files.readAllBytes(sparse));
        CompressedImage.compress(sparse, folder.resolve("one"), TOOLS);
        CompressedImage.compress(filled, folder.resolve("two"), TOOLS);
        assertThat(Files.mismatch(folder.resolve("one"), folder.resolve("two"))).isEqualTo(-1);
    }

    @Test
    void theSameContentGivesTheSameBytes() throws IOException {
        byte[] content = new byte[500_000];
        new Random(2).nextBytes(content);
        Path file = Files.write(folder.resolve("file"), content);
        CompressedImage.compress(file, folder.resolve("one"), TOOLS);
        CompressedImage.compress(file, folder.resolve("two"), TOOLS);
        assertThat(Files.mismatch(folder.resolve("one"), folder.resolve("two"))).isEqualTo(-1);
    }

    @Test
    void damageIsNoticed() throws IOException {
        byte[] content = new byte[500_000];
        new Random(3).nextBytes(content);
        Path compressed = folder.resolve("compressed");
        CompressedImage.compress(Files.write(folder.resolve("file"), content), compressed, TOOLS);
        byte[] bytes = Files.readAllBytes(compressed);
        byte[] changed = bytes.clone();
        changed[changed.length / 2] ^= 1;
        Files.write(compressed, changed);
        assertThatThrownBy(() -> CompressedImage.unpack(compressed, folder.resolve("a"))).isInstanceOf(IOException.class);
        Files.write(compressed, Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> CompressedImage.unpack(compressed, folder.resolve("b"))).isInstanceOf(IOException.class);
    }

    @Test
    void aFileThatIsThereIsNotOverwritten() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        CompressedImage.compress(file, folder.resolve("compressed"), TOOLS);
        assertThatThrownBy(() -> CompressedImage.unpack(folder.resolve("compressed"), file)).isInstanceOf(java.nio.file.FileAlreadyExistsException.class);
    }
}
