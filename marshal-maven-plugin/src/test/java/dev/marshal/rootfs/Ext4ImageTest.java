// SPDX-License-Identifier: Apache-2.0
package dev.marshal.rootfs;

import static dev.marshal.rootfs.Images.MEBI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.marshal.problem.ProblemException;
import dev.marshal.tool.ToolFailure;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Ext4ImageTest {

    @TempDir
    Path temp;

    @Test
    void sameIdentityGivesSameBytes() throws Exception {
        Ext4Image first = Images.create(temp.resolve("first.img"), 64);
        Thread.sleep(1100);
        Ext4Image second = Images.create(temp.resolve("second.img"), 64);

        assertThat(Files.mismatch(first.file(), second.file())).isEqualTo(-1);
        first.check();
    }

    @Test
    void everyTimeIsTheOneOfTheIdentity() throws Exception {
        Ext4Image image = Images.create(temp.resolve("a.img"), 64);

        for (ImagePath path : new ImagePath[] {ImagePath.ROOT, ImagePath.of("/lost+found")}) {
            Ext4Inode inode = Images.inode(image, path);
            assertThat(inode.modified()).isEqualTo(Images.TIME);
            assertThat(inode.changed()).isEqualTo(Images.TIME);
            assertThat(inode.accessed()).isEqualTo(Images.TIME);
            assertThat(inode.created()).isEqualTo(Images.TIME);
        }
        // 2024-02-29 in dumpe2fs' form, and no other day; the seconds of the host's clock would show as another year
        assertThat(Images.run("env", "TZ=UTC", "LC_ALL=C", "dumpe2fs", "-h", image.file()).lines().filter(line -> line.matches(".*:\\d\\d:\\d\\d.*")))
                .isNotEmpty().allMatch(line -> line.endsWith("Thu Feb 29 12:34:56 2024"));
    }

    @Test
    void emptyImageTakesLittleOfTheHostsDisk() throws Exception {
        Ext4Image image = Images.create(temp.resolve("a.img"), 1024);

        assertThat(Files.size(image.file())).isEqualTo(1024 * MEBI);
        assertThat(Images.allocated(image.file())).isLessThan(2 * MEBI);
        assertThat(image.superblock().size()).isEqualTo(1024 * MEBI);
        assertThat(image.superblock().used() + image.superblock().free()).isEqualTo(1024 * MEBI);
        assertThat(image.superblock().used()).isLessThan(64 * MEBI);
    }

    @Test
    void kernelHasNothingLeftToInitialize() throws Exception {
        Ext4Image image = Images.create(temp.resolve("a.img"), 256);

        assertThat(Images.run("dumpe2fs", image.file()).lines().filter(line -> line.matches("Group \\d+:.*"))).isNotEmpty().allMatch(line -> line.contains("ITABLE_ZEROED"));
    }

    @Test
    void belongsToRootAndHasItsLabelAndUuid() throws Exception {
        Ext4Image image = Images.create(temp.resolve("a.img"), 16);

        assertThat(Images.inode(image, ImagePath.ROOT).uid()).isZero();
        assertThat(image.superblock().label()).isEqualTo("test");
        assertThat(image.superblock().uuid()).isEqualTo(Ext4Identity.of("org.example:test:1", Images.TIME).uuid()).isNotEqualTo(Ext4Identity.of("other", Images.TIME).uuid());
        assertThat(Images.run("dumpe2fs", "-h", image.file())).contains(image.superblock().uuid().toString());
    }

    @Test
    void copyHoldsTheSameAndKeepsHoles() throws Exception {
        Ext4Image image = Images.create(temp.resolve("a.img"), 128);
        Ext4Image copy = Images.at(temp.resolve("copy.img"));

        copy.copyFrom(image.file());

        assertThat(Files.mismatch(image.file(), copy.file())).isEqualTo(-1);
        assertThat(Images.allocated(copy.file())).isLessThan(2 * MEBI);
    }

    @Test
    void growsAndShrinks() throws Exception {
        Ext4Image image = Images.create(temp.resolve("a.img"), 64);
        try (ImageEditor edit = image.edit()) {
            edit.addBytes("kept".getBytes(), ImagePath.of("/a/b"), 0640).apply();
        }

        image.resize(300 * MEBI);
        assertThat(Files.size(image.file())).isEqualTo(300 * MEBI);
        assertThat(image.superblock().size()).isEqualTo(300 * MEBI);
        image.check();

        image.resize(40 * MEBI);
        assertThat(Files.size(image.file())).isEqualTo(40 * MEBI);
        image.check();

        image.shrink(5 * MEBI);
        assertThat(image.superblock().size()).isLessThan(32 * MEBI).isEqualTo(Files.size(image.file()));
        assertThat(image.superblock().free()).isGreaterThanOrEqualTo(5 * MEBI);
        image.check();
        assertThat(Images.text(image, "/a/b")).isEqualTo("kept");
    }

    @Test
    void resizingIsReproducible() throws Exception {
        Ext4Image first = Images.create(temp.resolve("first.img"), 64);
        Ext4Image second = Images.create(temp.resolve("second.img"), 64);

        first.resize(200 * MEBI);
        first.shrink(MEBI);
        Thread.sleep(1100);
        second.resize(200 * MEBI);
        second.shrink(MEBI);

        assertThat(Files.mismatch(first.file(), second.file())).isEqualTo(-1);
    }

    @Test
    void sizeBelowWhatIsUsedIsRefusedAndNamesTheLeast() throws Exception {
        Ext4Image image = Images.create(temp.resolve("a.img"), 128);
        try (ImageEditor edit = image.edit()) {
            byte[] noise = new byte[(int) (50 * MEBI)];
            java.util.Arrays.fill(noise, (byte) 'x');
            edit.addBytes(noise, ImagePath.of("/big"), 0644).apply();
        }

        long least = (image.minimumSize() + MEBI - 1) / MEBI;
        assertThat(least).isBetween(50L, 70L);
        assertThatThrownBy(() -> image.resize(32 * MEBI)).isInstanceOf(ProblemException.class)
                .hasMessageContaining("is too small for the root file system: it needs " + least + " MiB").hasMessageContaining("Set rootfs-size to at least " + least + "MiB");
    }

    @Test
    void tooSmallToBeMadeIsRefused() {
        assertThatThrownBy(() -> Images.create(temp.resolve("a.img"), 4)).isInstanceOf(ProblemException.class).hasMessageContaining("too small").hasMessageContaining("at least 16MiB");
    }

    @Test
    void longLabelIsRefused() {
        assertThatThrownBy(() -> Images.at(temp.resolve("a.img")).create(64 * MEBI, "a-label-of-17-byt")).isInstanceOf(ProblemException.class).hasMessageContaining("longer than 16 bytes");
    }

    @Test
    void timeThatCannotBeStoredIsRefused() {
        assertThatThrownBy(() -> Ext4Identity.of("x", Instant.parse("2040-01-01T00:00:00Z"))).isInstanceOf(ProblemException.class)
                .hasMessageContaining("2040-01-01T00:00:00Z cannot be stored").hasMessageContaining("project.build.outputTimestamp");
        assertThatThrownBy(() -> Ext4Identity.of("x", Instant.EPOCH)).isInstanceOf(ProblemException.class);
    }

    @Test
    void whatIsNoImageIsRefused() throws Exception {
        Path text = Files.writeString(temp.resolve("notes.txt"), "no image");
        assertThatThrownBy(() -> Images.at(temp.resolve("a.img")).copyFrom(text)).isInstanceOf(ProblemException.class).hasMessageContaining("notes.txt: there is no ext4 file system in it");
        assertThatThrownBy(() -> Images.at(temp.resolve("a.img")).copyFrom(temp.resolve("missing"))).isInstanceOf(ProblemException.class).hasMessageContaining("there is no image");
    }

    @Test
    void featureThatIsNotKnownIsRefused() throws Exception {
        Ext4Image image = Images.create(temp.resolve("a.img"), 16);
        poke(image.file(), 1024 + 96 + 3, 0x40);

        assertThatThrownBy(image::read).isInstanceOf(ProblemException.class).hasMessageContaining("features that are not known here (bits 0x40000000)");
    }

    @Test
    void journalThatWaitsIsRefusedAndCanBeReplayed() throws Exception {
        Ext4Image image = Images.create(temp.resolve("a.img"), 32);
        Images.run(image.tool("debugfs"), "-w", "-R", "feature needs_recovery", image.file());

        assertThat(image.superblock().needsRecovery()).isTrue();
        assertThatThrownBy(image::read).isInstanceOf(ProblemException.class).hasMessageContaining("changes still wait in its journal").hasMessageContaining("e2fsck -fy");
        assertThatThrownBy(image::edit).isInstanceOf(ProblemException.class).hasMessageContaining("changes still wait in its journal");
        assertThatThrownBy(() -> image.resize(64 * MEBI)).isInstanceOf(ProblemException.class);

        image.repair();
        assertThat(image.superblock().clean()).isTrue();
        image.check();
    }

    @Test
    void damageIsFoundAndMended() throws Exception {
        Ext4Image image = Images.create(temp.resolve("a.img"), 32);
        try (ImageEditor edit = image.edit()) {
            edit.addBytes("x".getBytes(), ImagePath.of("/f"), 0644).apply();
        }
        Images.run(image.tool("debugfs"), "-w", "-R", "clri /f", image.file());

        assertThatThrownBy(image::check).isInstanceOf(ToolFailure.class).hasMessageContaining("could not check the root file system");
        image.repair();
        image.check();
    }

    private static void poke(Path file, long offset, int value) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.seek(offset);
            access.write(value);
        }
    }
}
