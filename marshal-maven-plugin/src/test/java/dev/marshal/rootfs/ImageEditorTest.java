// SPDX-License-Identifier: Apache-2.0
package dev.marshal.rootfs;

import static dev.marshal.rootfs.Images.MEBI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.marshal.problem.ProblemException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageEditorTest {

    @TempDir
    Path temp;
    private Path tree;
    private Ext4Image image;

    @BeforeEach
    void makeImage() throws Exception {
        tree = Files.createDirectory(temp.resolve("tree"));
        image = Images.create(temp.resolve("a.img"), 64);
    }

    /** Whatever was done, the file system is sound, and nothing is left beside it. */
    @AfterEach
    void imageIsSound() throws Exception {
        image.check();
        try (var left = Files.list(temp)) {
            assertThat(left.map(path -> path.getFileName().toString())).noneMatch(name -> name.startsWith(".marshal-edit"));
        }
    }

    @Test
    void laysAFolderOverTheImage() throws Exception {
        file("etc/hostname", "tree\n", "rw-r-----");
        file("bin/tool", "#!/bin/sh\n", "rwxr-xr-x");
        Files.setPosixFilePermissions(Files.createDirectories(tree.resolve("root/.ssh")), PosixFilePermissions.fromString("rwx------"));
        Files.createSymbolicLink(tree.resolve("etc/mtab"), Path.of("/proc/mounts"));
        Files.createSymbolicLink(tree.resolve("etc/long"), Path.of("x/".repeat(100) + "y"));
        edit(edit -> edit.addBytes("base".getBytes(), ImagePath.of("/etc/passwd"), 0644));

        edit(edit -> edit.addTree(tree, ImagePath.ROOT));

        assertThat(Images.paths(image)).containsExactly("/bin", "/bin/tool", "/etc", "/etc/hostname", "/etc/long", "/etc/mtab", "/etc/passwd", "/root", "/root/.ssh");
        assertThat(Images.text(image, "/etc/hostname")).isEqualTo("tree\n");
        assertThat(Images.inode(image, "/etc/hostname").permissions()).isEqualTo(0640);
        assertThat(Images.inode(image, "/bin/tool").permissions()).isEqualTo(0755);
        assertThat(Images.inode(image, "/root/.ssh").permissions()).isEqualTo(0700);
        assertThat(Images.target(image, "/etc/mtab")).isEqualTo("/proc/mounts");
        assertThat(Images.target(image, "/etc/long")).isEqualTo("x/".repeat(100) + "y");
        assertThat(Images.text(image, "/etc/passwd")).isEqualTo("base");
    }

    @Test
    void allBelongsToRootAndHasOneTime() throws Exception {
        file("a/b", "x", "rw-r--r--");
        Files.createSymbolicLink(tree.resolve("a/link"), Path.of("b"));
        edit(edit -> edit.addTree(tree, ImagePath.ROOT));

        for (String path : List.of("/a", "/a/b", "/a/link")) {
            Ext4Inode inode = Images.inode(image, path);
            assertThat(List.of(inode.uid(), inode.gid())).containsOnly(0);
            assertThat(List.of(inode.modified(), inode.changed(), inode.accessed(), inode.created())).containsOnly(Images.TIME);
        }
    }

    @Test
    void ownersCanBeGiven() throws Exception {
        file("a/b", "x", "rw-r--r--");
        edit(edit -> edit.addTree(tree, ImagePath.of("/home/u"), 1000, 70000));
        edit(edit -> edit.chown(ImagePath.of("/home"), 5, 6).chmod(ImagePath.of("/home/u/a"), 0751).chmod(ImagePath.of("/home/u/a/b"), 04711));

        assertThat(Images.inode(image, "/home/u/a/b").uid()).isEqualTo(1000);
        assertThat(Images.inode(image, "/home/u/a").gid()).isEqualTo(70000);
        assertThat(Images.inode(image, "/home/u").uid()).isZero();
        assertThat(Images.inode(image, "/home").gid()).isEqualTo(6);
        assertThat(Images.inode(image, "/home/u/a").mode()).isEqualTo(0040751);
        assertThat(Images.inode(image, "/home/u/a/b").mode()).isEqualTo(0104711);
    }

    @Test
    void keepsSetuidSetgidAndSticky() throws Exception {
        file("su", "x", "rwxr-xr-x");
        Files.setAttribute(tree.resolve("su"), "unix:mode", 04755);
        Files.setAttribute(Files.createDirectory(tree.resolve("shared")), "unix:mode", 02775);
        Files.setAttribute(Files.createDirectory(tree.resolve("tmp")), "unix:mode", 01777);
        edit(edit -> edit.addTree(tree, ImagePath.ROOT).addFile(tree.resolve("su"), ImagePath.of("/su2"), 06711));

        assertThat(Images.inode(image, "/su").mode()).isEqualTo(0104755);
        assertThat(Images.inode(image, "/su2").mode()).isEqualTo(0106711);
        assertThat(Images.inode(image, "/shared").mode()).isEqualTo(0042775);
        assertThat(Images.inode(image, "/tmp").mode()).isEqualTo(0041777);
    }

    @Test
    void keepsHardLinksWithinTheTree() throws Exception {
        file("a/one", "linked", "rw-r--r--");
        Files.createDirectories(tree.resolve("b"));
        Files.createLink(tree.resolve("b/two"), tree.resolve("a/one"));
        Files.createLink(tree.resolve("b/three"), tree.resolve("a/one"));
        Files.createLink(temp.resolve("outside"), tree.resolve("a/one"));
        edit(edit -> edit.addTree(tree, ImagePath.ROOT));

        assertThat(Images.inode(image, "/a/one").number()).isEqualTo(Images.inode(image, "/b/two").number()).isEqualTo(Images.inode(image, "/b/three").number());
        assertThat(Images.inode(image, "/a/one").links()).isEqualTo(3);
        assertThat(Images.text(image, "/b/three")).isEqualTo("linked");
    }

    @Test
    void manyHardLinksInOneFolderEnlargeIt() throws Exception {
        file("first", "x", "rw-r--r--");
        for (int i = 0; i < 600; i++) {
            Files.createLink(tree.resolve("a-rather-long-name-of-a-link-" + i), tree.resolve("first"));
        }
        edit(edit -> edit.addTree(tree, ImagePath.of("/links")));

        assertThat(Images.inode(image, "/links/first").links()).isEqualTo(601);
        assertThat(Images.paths(image)).hasSize(602);
    }

    @Test
    void keepsHoles() throws Exception {
        try (RandomAccessFile sparse = new RandomAccessFile(tree.resolve("sparse").toFile(), "rw")) {
            sparse.seek(200 * MEBI);
            sparse.write(1);
        }
        long before = image.superblock().used();
        edit(edit -> edit.addTree(tree, ImagePath.ROOT));

        assertThat(Images.inode(image, "/sparse").size()).isEqualTo(200 * MEBI + 1);
        assertThat(image.superblock().used() - before).isLessThan(MEBI);
        byte[] content = Images.bytes(image, ImagePath.of("/sparse"));
        assertThat(Files.mismatch(tree.resolve("sparse"), Files.write(temp.resolve("read"), content))).isEqualTo(-1);
    }

    @Test
    void keepsNamedPipesAndMakesDevices() throws Exception {
        Images.run("mkfifo", "-m", "620", tree.resolve("pipe"));
        edit(edit -> edit.addTree(tree, ImagePath.ROOT)
                .mknod(ImagePath.of("/dev/console"), FileKind.CHARACTER_DEVICE, 5, 1, 0600).mknod(ImagePath.of("/dev/big"), FileKind.BLOCK_DEVICE, 259, 70, 0660));

        assertThat(Images.inode(image, "/pipe").mode()).isEqualTo(0010620);
        assertThat(Images.inode(image, "/dev/console").mode()).isEqualTo(0020600);
        assertThat(Images.inode(image, "/dev/console").minor()).isEqualTo(1);
        assertThat(Images.inode(image, "/dev/big").major()).isEqualTo(259);
        assertThat(Images.inode(image, "/dev/big").minor()).isEqualTo(70);
    }

    @Test
    void socketIsRefused() throws Exception {
        try (var server = java.nio.channels.ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)) {
            server.bind(java.net.UnixDomainSocketAddress.of(tree.resolve("s")));
            assertThatThrownBy(() -> edit(edit -> edit.addTree(tree, ImagePath.ROOT))).isInstanceOf(ProblemException.class).hasMessageContaining("/tree/s: a socket cannot be kept");
        }
    }

    @Test
    void sameEditsGiveSameBytes() throws Exception {
        for (int i = 0; i < 40; i++) {
            file("d" + i % 7 + "/f" + i, "x".repeat(i * 500), "rw-r--r--");
        }
        Files.createLink(tree.resolve("d1/hard"), tree.resolve("d2/f2"));
        Ext4Image other = Images.at(temp.resolve("b.img"));
        other.copyFrom(image.file());
        edit(edit -> edit.addTree(tree, ImagePath.of("/x")).addBytes(new byte[] {1}, ImagePath.of("/y"), 0600).remove(ImagePath.of("/x/d3")));
        Thread.sleep(1100);
        try (ImageEditor edit = other.edit()) {
            edit.addTree(tree, ImagePath.of("/x")).addBytes(new byte[] {1}, ImagePath.of("/y"), 0600).remove(ImagePath.of("/x/d3")).apply();
        }

        assertThat(Files.mismatch(image.file(), other.file())).isEqualTo(-1);
    }

    @Test
    void editsOfTheImageSeeEachOther() throws Exception {
        edit(edit -> edit.addBytes("1".getBytes(), ImagePath.of("/a/f"), 0644).addBytes("22".getBytes(), ImagePath.of("/a/f"), 0600)
                .mkdir(ImagePath.of("/a/g"), 0700).remove(ImagePath.of("/a/g")).addBytes("g".getBytes(), ImagePath.of("/a/g"), 0644)
                .symlink(ImagePath.of("/l"), "a".getBytes()).addBytes("through".getBytes(), ImagePath.of("/l/h"), 0644));

        assertThat(Images.paths(image)).containsExactly("/a", "/a/f", "/a/g", "/a/h", "/l");
        assertThat(Images.text(image, "/a/f")).isEqualTo("22");
        assertThat(Images.text(image, "/l/h")).isEqualTo("through");
    }

    @Test
    void foldersAreToldFromEverythingElse() throws Exception {
        edit(edit -> edit.mkdir(ImagePath.of("/old"), 0755).symlink(ImagePath.of("/to-old"), "old".getBytes()));
        edit(edit -> {
            edit.mkdir(ImagePath.of("/new"), 0755).addBytes(new byte[0], ImagePath.of("/file"), 0644);
            assertThat(edit.isFolder(ImagePath.of("/old"))).isTrue();
            assertThat(edit.isFolder(ImagePath.of("/to-old"))).isTrue();
            assertThat(edit.isFolder(ImagePath.of("/new"))).isTrue();
            assertThat(edit.isFolder(ImagePath.of("/file"))).isFalse();
            assertThat(edit.isFolder(ImagePath.of("/none"))).isFalse();
        });
    }

    @Test
    void removesTreesAndFreesTheirBlocks() throws Exception {
        long before = image.superblock().free();
        for (int i = 0; i < 30; i++) {
            file("d/e" + i % 3 + "/f" + i, "x".repeat(9000), "rw-r--r--");
        }
        Files.createSymbolicLink(tree.resolve("d/link"), Path.of("y".repeat(200)));
        edit(edit -> edit.addTree(tree, ImagePath.ROOT));
        edit(edit -> edit.remove(ImagePath.of("/d")).remove(ImagePath.of("/never/was")));

        assertThat(Images.paths(image)).isEmpty();
        assertThat(image.superblock().free()).isEqualTo(before);
    }

    @Test
    void removingOneOfSeveralNamesKeepsTheOthers() throws Exception {
        file("one", "x", "rw-r--r--");
        Files.createLink(tree.resolve("two"), tree.resolve("one"));
        edit(edit -> edit.addTree(tree, ImagePath.ROOT));
        edit(edit -> edit.remove(ImagePath.of("/one")));

        assertThat(Images.inode(image, "/two").links()).isEqualTo(1);
        assertThat(Images.text(image, "/two")).isEqualTo("x");
    }

    @Test
    void attributesInABlockOfTheirOwnAreFreed() throws Exception {
        file("f", "x", "rw-r--r--");
        edit(edit -> edit.addTree(tree, ImagePath.ROOT));
        Path value = Files.writeString(temp.resolve("value"), "v".repeat(1000));
        Images.run(image.tool("debugfs"), "-w", "-R", "ea_set -f " + value + " /f user.large", image.file());
        assertThat(Images.inode(image, "/f").attributeBlock()).isNotZero();
        edit(edit -> edit.addTree(tree, ImagePath.ROOT));

        assertThat(Images.text(image, "/f")).isEqualTo("x");
    }

    @Test
    void imageThatIsTooSmallNamesTheSizeToSet() throws Exception {
        Files.write(tree.resolve("big"), filled(100 * MEBI));
        Ext4Image small = Images.create(temp.resolve("small.img"), 32);
        try (ImageEditor edit = small.edit()) {
            edit.addTree(tree, ImagePath.ROOT);
            assertThatThrownBy(edit::apply).isInstanceOf(ProblemException.class).hasMessageContaining("the root file system is too small: up to 101 MiB are added")
                    .hasMessageContaining("Set rootfs-size to at least 11");
        }
        // the size that it names is enough
        Ext4Image larger = Images.create(temp.resolve("larger.img"), 32);
        try (ImageEditor edit = larger.edit()) {
            assertThat(edit.addTree(tree, ImagePath.ROOT).grow()).isTrue();
            edit.apply();
        }
        larger.check();
        assertThat(larger.superblock().size()).isLessThan(120 * MEBI);
    }

    @Test
    void imageThatCannotHoldSoManyFilesNamesTheSizeToSet() throws Exception {
        Ext4Image small = Images.create(temp.resolve("small.img"), 16);
        try (ImageEditor edit = small.edit()) {
            for (int i = 0; i < 8300; i++) {
                edit.symlink(ImagePath.of("/d" + i % 50 + "/f" + i), new byte[] {'x'});
            }
            assertThatThrownBy(edit::apply).isInstanceOf(ProblemException.class).hasMessageContaining("8350 files are added, and it can hold").hasMessageContaining("Set rootfs-size to at least 256MiB");
            assertThat(edit.grow()).isTrue();
            edit.apply();
        }
        small.check();
        assertThat(Images.paths(small)).hasSize(8350);
    }

    @Test
    void missingInputsAreNamed() {
        assertThatThrownBy(() -> edit(edit -> edit.addTree(temp.resolve("none"), ImagePath.ROOT))).isInstanceOf(ProblemException.class).hasMessageContaining("there is no folder " + temp.resolve("none"));
        assertThatThrownBy(() -> edit(edit -> edit.addFile(temp.resolve("none"), ImagePath.of("/x"), 0644))).isInstanceOf(ProblemException.class).hasMessageContaining("there is no file");
        assertThatThrownBy(() -> edit(edit -> edit.add(temp.resolve("none"), ImagePath.of("/x")))).isInstanceOf(ProblemException.class).hasMessageContaining("there is no file or folder");
        assertThatThrownBy(() -> edit(edit -> edit.chmod(ImagePath.of("/none"), 0644))).isInstanceOf(ProblemException.class).hasMessageContaining("there is no /none in the root file system");
        assertThatThrownBy(() -> edit(edit -> edit.addBytes(new byte[0], ImagePath.ROOT, 0644))).isInstanceOf(ProblemException.class).hasMessageContaining("cannot be replaced by a file");
        assertThatThrownBy(() -> edit(edit -> edit.remove(ImagePath.ROOT))).isInstanceOf(ProblemException.class).hasMessageContaining("cannot be removed");
        assertThatThrownBy(() -> edit(edit -> edit.symlink(ImagePath.of("/l"), new byte[0]))).isInstanceOf(ProblemException.class).hasMessageContaining("has 0 bytes; it can have 1 to 4095");
    }

    @Test
    void whatChangesWhileItIsCopiedIsFound() throws Exception {
        file("f", "short", "rw-r--r--");
        try (ImageEditor edit = image.edit()) {
            edit.addTree(tree, ImagePath.ROOT);
            Files.writeString(tree.resolve("f"), "longer than before");
            assertThatThrownBy(edit::apply).isInstanceOf(ProblemException.class).hasMessageContaining("/f has 18 bytes and not 5").hasMessageContaining("nothing changed the files");
        }
        Files.delete(tree.resolve("f"));
        try (ImageEditor edit = image.edit()) {
            file("g", "x", "rw-r--r--");
            edit.addTree(tree, ImagePath.ROOT);
            Files.delete(tree.resolve("g"));
            assertThatThrownBy(edit::apply).isInstanceOf(ProblemException.class).hasMessageContaining("could not edit the root file system").hasMessageContaining("No such file or directory");
        }
    }

    private static byte[] filled(long size) {
        byte[] bytes = new byte[(int) size];
        java.util.Arrays.fill(bytes, (byte) 7);
        return bytes;
    }

    private interface Changes {
        void make(ImageEditor edit) throws IOException;
    }

    private void edit(Changes changes) throws IOException {
        try (ImageEditor edit = image.edit()) {
            changes.make(edit);
            edit.apply();
        }
    }

    private void file(String path, String text, String permissions) throws IOException {
        Path file = tree.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
}
