// SPDX-License-Identifier: Apache-2.0
package dev.marshal.initramfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.marshal.problem.ProblemException;
import dev.marshal.rootfs.Ext4Identity;
import dev.marshal.rootfs.Ext4Image;
import dev.marshal.rootfs.FileKind;
import dev.marshal.rootfs.ImageEditor;
import dev.marshal.rootfs.ImagePath;
import dev.marshal.tool.Toolbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitramfsTest {

    private static final Instant TIME = Instant.parse("2024-02-29T12:34:56Z");
    private static final List<String> MODULES = List.of("icenet", "iceblk");

    @TempDir
    Path temp;
    private Path busybox;
    private Path drivers;
    private Path archive;

    @BeforeEach
    void makeInputs() throws Exception {
        busybox = Files.writeString(temp.resolve("busybox"), "static program");
        drivers = temp.resolve("drivers");
        Path release = Files.createDirectories(drivers.resolve("lib/modules/6.1.0/extra")).getParent();
        Files.writeString(release.resolve("extra/iceblk.ko"), "block");
        Files.writeString(release.resolve("modules.dep"), "extra/iceblk.ko:\n");
        Files.createSymbolicLink(release.resolve("build"), temp);
        Files.createSymbolicLink(release.resolve("extra/alias.ko"), Path.of("iceblk.ko"));
        archive = temp.resolve("out/initramfs.cpio");
    }

    @Test
    void diskHoldsWhatItsInitNeeds() throws Exception {
        new DiskInitramfs(busybox, drivers, MODULES, TIME).write(archive);
        Map<String, Archive.Member> members = Archive.read(archive);

        assertThat(members.keySet()).containsExactly("dev", "dev/console", "dev/null", "proc", "sys", "tmp", "root", "mnt", "mnt/root", "bin", "bin/busybox", "bin/sh", "init", "etc", "etc/marshal",
                "etc/marshal/modules", "lib", "lib/modules", "lib/modules/6.1.0", "lib/modules/6.1.0/extra", "lib/modules/6.1.0/extra/alias.ko", "lib/modules/6.1.0/extra/iceblk.ko",
                "lib/modules/6.1.0/modules.dep");
        assertThat(text(members, "init")).isEqualTo(InitScripts.disk()).startsWith("#!/bin/busybox sh\n");
        assertThat(text(members, "etc/marshal/modules")).isEqualTo("icenet\niceblk\n");
        assertThat(text(members, "bin/sh")).isEqualTo("busybox");
        assertThat(text(members, "bin/busybox")).isEqualTo("static program");
        assertThat(members.get("init").mode()).isEqualTo(0100755);
        assertThat(members.get("tmp").mode()).isEqualTo(0041777);
        assertThat(members.get("dev/console")).extracting(Archive.Member::mode, Archive.Member::major, Archive.Member::minor).containsExactly(0020600, 5L, 1L);
        assertThat(members.values()).allMatch(member -> member.uid() == 0 && member.gid() == 0 && member.time() == TIME.getEpochSecond());
        assertFoldersComeFirst(members);
    }

    @Test
    void diskNeedsNoModules() throws Exception {
        new DiskInitramfs(busybox, temp.resolve("none"), List.of(), TIME).write(archive);

        assertThat(Archive.read(archive)).doesNotContainKeys("etc/marshal/modules", "lib/modules").containsKey("lib");
    }

    @Test
    void sameInputsGiveSameBytes() throws Exception {
        new DiskInitramfs(busybox, drivers, MODULES, TIME).write(archive);
        byte[] first = Files.readAllBytes(archive);
        Files.setAttribute(busybox, "unix:mode", 0600);
        Files.setLastModifiedTime(busybox, java.nio.file.attribute.FileTime.fromMillis(0));
        new DiskInitramfs(busybox, drivers, MODULES, TIME).write(archive);

        assertThat(Files.readAllBytes(archive)).isEqualTo(first);
    }

    @Test
    void missingProgramIsNamedAndNothingAppears() {
        assertThatThrownBy(() -> new DiskInitramfs(temp.resolve("none"), drivers, MODULES, TIME).write(archive)).isInstanceOf(ProblemException.class)
                .hasMessageContaining("there is no file " + temp.resolve("none") + ", which the initramfs needs");
        assertThat(archive).doesNotExist();
    }

    @Test
    void nodiskHoldsTheImageAndWhatItsInitNeeds() throws Exception {
        Path tree = Files.createDirectories(temp.resolve("tree"));
        Files.writeString(Files.createDirectories(tree.resolve("usr/lib/modules/6.1.0/extra")).resolve("iceblk.ko"), "of the image");
        Files.writeString(Files.createDirectories(tree.resolve("usr/bin")).resolve("one"), "linked");
        Files.createLink(tree.resolve("usr/bin/two"), tree.resolve("usr/bin/one"));
        Path image = image(edit -> edit.addTree(tree, ImagePath.ROOT).symlink(ImagePath.of("/lib"), "usr/lib".getBytes()).addBytes("own".getBytes(), ImagePath.of("/init"), 0755)
                .mkdir(ImagePath.of("/dev"), 0755).mknod(ImagePath.of("/dev/null"), FileKind.CHARACTER_DEVICE, 1, 3, 0600).addBytes("su".getBytes(), ImagePath.of("/usr/bin/su"), 04755)
                .chown(ImagePath.of("/usr/bin/su"), 12, 34).chmod(ImagePath.ROOT, 0711));
        new NodiskInitramfs(busybox, drivers, MODULES, TIME).write(image, archive);
        Map<String, Archive.Member> members = Archive.read(archive);

        assertThat(members.keySet()).containsExactlyInAnyOrder(".", "dev", "dev/null", "dev/console", "lib", "usr", "usr/bin", "usr/bin/one", "usr/bin/two", "usr/bin/su", "usr/lib", "usr/lib/modules",
                "usr/lib/modules/6.1.0", "usr/lib/modules/6.1.0/extra", "usr/lib/modules/6.1.0/extra/alias.ko", "usr/lib/modules/6.1.0/extra/iceblk.ko", "usr/lib/modules/6.1.0/modules.dep",
                ".marshal", ".marshal/busybox", ".marshal/modules", "init");
        assertThat(text(members, "init")).isEqualTo(InitScripts.nodisk()).startsWith("#!/.marshal/busybox sh\n");
        assertThat(text(members, "usr/lib/modules/6.1.0/extra/iceblk.ko")).isEqualTo("block");
        assertThat(text(members, "lib")).isEqualTo("usr/lib");
        assertThat(text(members, ".marshal/modules")).isEqualTo("icenet\niceblk\n");
        assertThat(members.get(".").mode()).isEqualTo(0040711);
        assertThat(members.get("dev/null").mode()).isEqualTo(0020600);
        assertThat(members.get("usr/bin/su")).extracting(Archive.Member::mode, Archive.Member::uid, Archive.Member::gid).containsExactly(0104755, 12L, 34L);
        assertThat(members.get("usr/bin/one").inode()).isEqualTo(members.get("usr/bin/two").inode());
        assertFoldersComeFirst(members);
    }

    @Test
    void nodiskMakesWhatTheImageLacks() throws Exception {
        Path image = image(edit -> edit.addBytes("x".getBytes(), ImagePath.of("/sbin/init"), 0755).symlink(ImagePath.of("/.marshal"), "/tmp".getBytes()));
        new NodiskInitramfs(busybox, drivers, List.of(), TIME).write(image, archive);
        Map<String, Archive.Member> members = Archive.read(archive);

        assertThat(members).containsKeys("dev/console", "dev/null", ".marshal/busybox", "lib/modules/6.1.0/modules.dep", "sbin/init").doesNotContainKeys("lost+found", ".marshal/modules");
        assertThat(members.get(".marshal").mode()).isEqualTo(0040755);
        assertFoldersComeFirst(members);
    }

    private interface Changes {
        void make(ImageEditor edit) throws IOException;
    }

    private Path image(Changes changes) throws IOException {
        Ext4Image image = new Ext4Image(temp.resolve("a.img"), new Toolbox(System.getenv("PATH"), (program, ask) -> ask.get()), Ext4Identity.of("test", TIME));
        image.create(32 << 20, "");
        try (ImageEditor edit = image.edit()) {
            changes.make(edit);
            edit.apply();
        }
        return image.file();
    }

    /** Linux makes no folder that it is not told to make. */
    private static void assertFoldersComeFirst(Map<String, Archive.Member> members) {
        Set<String> folders = new HashSet<>();
        List<String> orphans = new ArrayList<>();
        members.forEach((name, member) -> {
            if (name.contains("/") && !folders.contains(name.substring(0, name.lastIndexOf('/')))) {
                orphans.add(name);
            }
            if ((member.mode() & 0170000) == 0040000) {
                folders.add(name);
            }
        });
        assertThat(orphans).isEmpty();
    }

    private static String text(Map<String, Archive.Member> members, String name) {
        return new String(members.get(name).content(), StandardCharsets.UTF_8);
    }
}
