// SPDX-License-Identifier: Apache-2.0
package dev.marshal.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import dev.marshal.fixture.Problems;
import dev.marshal.problem.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelImageTest {

    @TempDir
    Path folder;

    /** The header as Linux's Documentation/riscv/boot-image-header.rst has it. */
    static byte[] image(int fileSize, long memorySize) {
        ByteBuffer image = ByteBuffer.allocate(fileSize).order(ByteOrder.LITTLE_ENDIAN);
        image.putInt(0x5a4d).putInt(0x106f).putLong(0x200000).putLong(memorySize).putLong(0).putInt(2).putInt(0).putLong(0);
        image.put("RISCV\0\0\0".getBytes(StandardCharsets.US_ASCII)).put("RSC\5".getBytes(StandardCharsets.US_ASCII)).putInt(0);
        Arrays.fill(image.array(), image.position(), fileSize, (byte) 7);
        return image.array();
    }

    private KernelImage read(byte[] bytes) throws IOException {
        return KernelImage.read(Files.write(folder.resolve("Image"), bytes));
    }

    @Test
    void tellsHowMuchMemoryItTakes() throws IOException {
        assertThat(read(image(100, 0x12345678L)).memorySize()).isEqualTo(0x12345678L);
    }

    @Test
    void oneThatCannotMapItselfIsRefused() throws IOException {
        assertThat(read(image(100, 1L << 30)).memorySize()).isEqualTo(1L << 30);
        Problem problem = Problems.of(() -> read(image(100, (1L << 30) + (5 << 20))));
        assertThat(problem.what()).contains("Linux takes 1029 MiB", "at most 1024 MiB");
        assertThat(problem.where()).isEqualTo(folder.resolve("Image").toString());
    }

    @Test
    void isPaddedToTheMemoryItTakes() throws IOException {
        Path padded = Files.write(folder.resolve("padded"), new byte[20_000]);
        read(image(1000, 10_000)).copyPadded(padded);
        assertThat(padded).hasBinaryContent(Arrays.copyOf(image(1000, 10_000), 10_000));
        read(image(1000, 900)).copyPadded(padded);
        assertThat(padded).hasBinaryContent(image(1000, 900));
    }

    @Test
    void somethingElseIsNoKernel() {
        Problem problem = Problems.of(() -> read(new byte[100]));
        assertThat(problem).isEqualTo(new Problem("this is no Linux image for RISC-V: its header lacks the magic number", folder.resolve("Image").toString(), "Check 'linux.source' and the kernel's log"));
    }

    @Test
    void aFileThatIsTooShortIsNoKernel() {
        Problem problem = Problems.of(() -> read(Arrays.copyOf(image(100, 100), 63)));
        assertThat(problem).isEqualTo(new Problem("this is no Linux image for RISC-V: it is shorter than the header", folder.resolve("Image").toString(), "Check 'linux.source' and the kernel's log"));
    }
}
