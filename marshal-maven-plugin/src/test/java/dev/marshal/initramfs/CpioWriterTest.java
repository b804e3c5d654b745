// SPDX-License-Identifier: Apache-2.0
package dev.marshal.initramfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.marshal.problem.ProblemException;
import dev.marshal.rootfs.FileKind;
import dev.marshal.rootfs.ImagePath;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CpioWriterTest {

    private static final Instant TIME = Instant.parse("2024-02-29T12:34:56Z");

    @Test
    void writesHeadersAsLinuxReadsThem() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (CpioWriter cpio = new CpioWriter(bytes)) {
            cpio.add(new CpioEntry(ImagePath.of("/dev/console"), FileKind.CHARACTER_DEVICE.modeBits() | 0600, 7, 8, TIME, 5, 1));
        }
        String archive = bytes.toString(StandardCharsets.ISO_8859_1);

        // magic, inode, mode, uid, gid, links, time, size, device of the file (2), device number (2), length of the name with its 0, checksum
        assertThat(archive).startsWith("070701" + "00000001" + "00002180" + "00000007" + "00000008" + "00000001" + "65e079f0" + "00000000" + "00000000" + "00000000"
                + "00000005" + "00000001" + "0000000c" + "00000000" + "dev/console\0");
        assertThat(archive).contains("TRAILER!!!").hasSize(512);
    }

    @Test
    void everythingComesBack() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] large = new byte[3_000_001];
        java.util.Arrays.fill(large, (byte) 9);
        try (CpioWriter cpio = new CpioWriter(bytes)) {
            cpio.add(new CpioEntry(ImagePath.ROOT, FileKind.FOLDER.modeBits() | 0755, TIME));
            cpio.add(new CpioEntry(ImagePath.of("/bin"), FileKind.FOLDER.modeBits() | 01777, TIME));
            cpio.add(new CpioEntry(ImagePath.of("/bin/su"), FileKind.FILE.modeBits() | 04755, 1000, 70000, TIME, 0, 0), large.length, new ByteArrayInputStream(large));
            cpio.add(new CpioEntry(ImagePath.of("/bin/sh"), FileKind.LINK.modeBits() | 0777, TIME), "busybox".getBytes());
            cpio.add(new CpioEntry(ImagePath.ofBytes(new byte[] {'/', '\n', (byte) 0xff, '"'}), FileKind.FILE.modeBits() | 0644, TIME), 0, InputStream.nullInputStream());
            cpio.add(new CpioEntry(ImagePath.of("/pipe"), FileKind.FIFO.modeBits() | 0600, TIME));
        }
        List<Archive.Member> members = Archive.read(bytes.toByteArray());

        assertThat(members).extracting(Archive.Member::name).containsExactly(".", "bin", "bin/su", "bin/sh", "\n\u00ff\"", "pipe");
        assertThat(members).extracting(Archive.Member::mode).containsExactly(0040755, 0041777, 0104755, 0120777, 0100644, 0010600);
        assertThat(members).extracting(Archive.Member::inode).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(members).extracting(Archive.Member::time).containsOnly(TIME.getEpochSecond());
        assertThat(members.get(2).content()).isEqualTo(large);
        assertThat(members.get(2).uid()).isEqualTo(1000);
        assertThat(members.get(2).gid()).isEqualTo(70000);
        assertThat(members.get(3).content()).isEqualTo("busybox".getBytes());
    }

    @Test
    void contentOfHardLinksIsWrittenOnce() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int[] opened = {0};
        try (CpioWriter cpio = new CpioWriter(bytes)) {
            for (String name : List.of("/a", "/b", "/c")) {
                cpio.add(new CpioEntry(ImagePath.of(name), FileKind.FILE.modeBits() | 0644, TIME), 4, "same", 3, () -> {
                    opened[0]++;
                    return new ByteArrayInputStream("text".getBytes());
                });
            }
        }
        List<Archive.Member> members = Archive.read(bytes.toByteArray());

        assertThat(opened[0]).isEqualTo(1);
        assertThat(members).extracting(Archive.Member::inode).containsOnly(1L);
        assertThat(members).extracting(Archive.Member::links).containsOnly(3L);
        assertThat(members).extracting(member -> member.content().length).containsExactly(4, 0, 0);
    }

    @Test
    void fileThatIsTooLargeIsRefused() throws Exception {
        try (CpioWriter cpio = new CpioWriter(new ByteArrayOutputStream())) {
            CpioEntry entry = new CpioEntry(ImagePath.of("/huge"), FileKind.FILE.modeBits() | 0644, TIME);
            assertThatThrownBy(() -> cpio.add(entry, 1L << 32, InputStream.nullInputStream())).isInstanceOf(ProblemException.class)
                    .hasMessageContaining("the file /huge of 4294967296 bytes is too large for an initramfs").hasMessageContaining("smaller than 4 GiB");
        }
    }

    @Test
    void fileThatEndsEarlyIsNoticed() {
        assertThatThrownBy(() -> {
            CpioWriter cpio = new CpioWriter(new ByteArrayOutputStream());
            cpio.add(new CpioEntry(ImagePath.of("/f"), FileKind.FILE.modeBits() | 0644, TIME), 10, new ByteArrayInputStream(new byte[4]));
        }).isInstanceOf(IOException.class).hasMessageContaining("/f ended 6 bytes before its size of 10");
    }
}
