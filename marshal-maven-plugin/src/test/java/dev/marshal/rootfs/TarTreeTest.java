// SPDX-License-Identifier: Apache-2.0
package dev.marshal.rootfs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.marshal.fixture.Problems;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarTreeTest {

    /** {@code cap_setuid,cap_net_raw=ep}: has a byte that is no UTF-8. */
    private static final byte[] CAPABILITY = {1, 0, 0, 2, (byte) 0x80, 0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};

    @TempDir
    Path temp;
    private Path tar;
    private Ext4Image image;

    private interface Content {
        void write(TarArchiveOutputStream out) throws IOException;
    }

    @BeforeEach
    void makeImage() throws Exception {
        tar = temp.resolve("a.tar");
        image = Images.create(temp.resolve("a.img"), 64);
    }

    private void archive(Content content) throws IOException {
        try (OutputStream file = Files.newOutputStream(tar); TarArchiveOutputStream out = new TarArchiveOutputStream(file, "UTF-8")) {
            out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            content.write(out);
        }
    }

    private static void entry(TarArchiveOutputStream out, String name, byte type, int mode, int uid, int gid, String target, String content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, type);
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        entry.setMode(mode);
        entry.setIds(uid, gid);
        entry.setSize(bytes.length);
        if (target != null) {
            entry.setLinkName(target);
        }
        if (type == TarConstants.LF_CHR) {
            entry.setDevMajor(5);
            entry.setDevMinor(1);
        }
        out.putArchiveEntry(entry);
        out.write(bytes);
        out.closeArchiveEntry();
    }

    private void lay() throws IOException {
        try (ImageEditor editor = image.edit()) {
            editor.addTar(tar, ImagePath.ROOT);
            editor.apply();
        }
        image.check();
    }

    @Test
    void keepsOwnersModesLinksAndDevices() throws Exception {
        archive(out -> {
            entry(out, "./", TarConstants.LF_DIR, 0755, 0, 0, null, "");
            entry(out, "./usr/", TarConstants.LF_DIR, 0755, 0, 0, null, "");
            entry(out, "./usr/bin/", TarConstants.LF_DIR, 0755, 0, 0, null, "");
            entry(out, "./bin", TarConstants.LF_SYMLINK, 0777, 0, 0, "usr/bin", "");
            entry(out, "./bin/su", TarConstants.LF_NORMAL, 04755, 0, 0, null, "su");
            entry(out, "./bin/sg", TarConstants.LF_LINK, 04755, 0, 0, "./bin/su", "");
            entry(out, "./var/mail/", TarConstants.LF_DIR, 02775, 0, 8, null, "");
            entry(out, "./var/helper", TarConstants.LF_NORMAL, 04754, 100, 70000, null, "");
            entry(out, "./dev/console", TarConstants.LF_CHR, 0600, 0, 5, null, "");
            entry(out, "./run/pipe", TarConstants.LF_FIFO, 0622, 3, 0, null, "");
            entry(out, "./opt/größe", TarConstants.LF_NORMAL, 0600, 0, 0, null, "x");
        });

        lay();

        assertThat(Images.target(image, "/bin")).isEqualTo("usr/bin");
        assertThat(Images.text(image, "/usr/bin/sg")).isEqualTo("su");
        assertThat(Images.inode(image, "/usr/bin/su").permissions()).isEqualTo(04755);
        assertThat(Images.inode(image, "/usr/bin/sg").number()).isEqualTo(Images.inode(image, "/usr/bin/su").number());
        assertThat(Images.inode(image, "/usr/bin/su").links()).isEqualTo(2);
        assertThat(Images.inode(image, "/var/mail").permissions()).isEqualTo(02775);
        assertThat(Images.inode(image, "/var/mail").gid()).isEqualTo(8);
        assertThat(Images.inode(image, "/var/helper").uid()).isEqualTo(100);
        assertThat(Images.inode(image, "/var/helper").gid()).isEqualTo(70000);
        assertThat(Images.inode(image, "/dev/console").kind()).isEqualTo(FileKind.CHARACTER_DEVICE);
        assertThat(List.of(Images.inode(image, "/dev/console").major(), Images.inode(image, "/dev/console").minor())).containsExactly(5, 1);
        assertThat(Images.inode(image, "/run/pipe").kind()).isEqualTo(FileKind.FIFO);
        assertThat(Images.text(image, "/opt/größe")).isEqualTo("x");
    }

    @Test
    void keepsFileCapabilitiesByteForByte() throws Exception {
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        String head = " SCHILY.xattr.security.capability=";
        int length = head.length() + CAPABILITY.length + 1 + 2;
        record.writeBytes((length + head).getBytes(StandardCharsets.US_ASCII));
        record.writeBytes(CAPABILITY);
        record.write('\n');
        archive(out -> {
            entry(out, "./before", TarConstants.LF_NORMAL, 0755, 0, 0, null, "b".repeat(600));
            TarArchiveEntry header = new TarArchiveEntry("./PaxHeaders/ping", TarConstants.LF_PAX_EXTENDED_HEADER_LC);
            header.setSize(record.size());
            out.putArchiveEntry(header);
            out.write(record.toByteArray());
            out.closeArchiveEntry();
            entry(out, "./ping", TarConstants.LF_NORMAL, 0755, 0, 0, null, "p");
            entry(out, "./after", TarConstants.LF_NORMAL, 0755, 0, 0, null, "");
        });

        lay();

        Path value = temp.resolve("value");
        String shown = image.command("read the attribute", "debugfs").args("-R", "ea_get -f " + value + " /ping security.capability", image.file()).output();
        assertThat(Files.readAllBytes(value)).as(shown).isEqualTo(CAPABILITY);
        assertThat(image.command("list the attributes", "debugfs").args("-R", "ea_list /before", image.file()).output()).doesNotContain("capability");
    }

    @Test
    void namesDoNotLeadOut() throws Exception {
        archive(out -> entry(out, "../out", TarConstants.LF_NORMAL, 0644, 0, 0, null, ""));
        assertThat(Problems.of(this::lay).what()).contains("'/../out' has '..' in it");
    }

    @Test
    void aDamagedArchiveIsNoPartOfOne() throws Exception {
        archive(out -> entry(out, "./file", TarConstants.LF_NORMAL, 0644, 0, 0, null, "x".repeat(2000)));
        Files.write(tar, java.util.Arrays.copyOf(Files.readAllBytes(tar), 1024));
        assertThat(Problems.of(this::lay).what()).contains("breaks off in the middle");
        Files.write(tar, "no tar at all".repeat(100).getBytes(StandardCharsets.US_ASCII));
        assertThat(Problems.of(this::lay).what()).contains("no tar archive");
    }
}
