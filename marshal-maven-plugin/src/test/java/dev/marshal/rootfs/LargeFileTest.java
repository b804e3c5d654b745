// SPDX-License-Identifier: Apache-2.0
package dev.marshal.rootfs;

import static dev.marshal.rootfs.Images.MEBI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.marshal.problem.ProblemException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LargeFileTest extends SoundImage {

    @Test
    void holdsWhatTheHostsFilesHold() throws Exception {
        image = Images.create(temp.resolve("a.img"), 64);
        Path tree = Files.createDirectories(temp.resolve("tree"));
        // one byte less and more than a block's end, and the least size for it
        for (long size : new long[] {LargeFile.LEAST - 1, LargeFile.LEAST, LargeFile.LEAST + 1, MEBI - 1, MEBI, MEBI + 1}) {
            random(tree.resolve("f" + size), size);
        }
        Files.setPosixFilePermissions(random(tree.resolve("tool"), MEBI), PosixFilePermissions.fromString("rwxr-x---"));
        random(tree.resolve("a\nb"), MEBI);
        random(tree.resolve("<12>"), MEBI);
        Files.createLink(tree.resolve("link"), tree.resolve("tool"));

        add(tree);

        try (var files = Files.list(tree)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                assertSame(file, ImagePath.ROOT.child(file.getFileName().toString()));
            }
        }
        Ext4Inode tool = Images.inode(image, "/tool");
        assertThat(tool.permissions()).isEqualTo(0750);
        assertThat(tool.links()).isEqualTo(2);
        assertThat(tool.number()).isEqualTo(Images.inode(image, "/link").number());
        assertThat(List.of(tool.modified(), tool.changed(), tool.accessed(), tool.created())).containsOnly(Images.TIME);
    }

    /** The base's free blocks are not empty, and its largest free piece is small: the extents do not fit into the inode. */
    @Test
    void inPieces() throws Exception {
        image = Images.create(temp.resolve("a.img"), 32);
        Path many = Files.createDirectories(temp.resolve("many"));
        for (int i = 0; i < 5000; i++) {
            Files.write(many.resolve("f" + i), new byte[] {(byte) 0xff, (byte) i});
        }
        add(many);
        try (ImageEditor edit = image.edit()) {
            for (int i = 0; i < 5000; i += 2) {
                edit.remove(ImagePath.of("/f" + i));
            }
            edit.apply();
        }
        Path tree = Files.createDirectories(temp.resolve("tree"));
        long size = image.superblock().free() - 3 * MEBI;
        random(tree.resolve("large"), size - 1);

        add(tree);

        assertSame(tree.resolve("large"), ImagePath.of("/large"));
        assertThat(Images.debugfs(image, "stat /large")).contains("ETB").doesNotContain("[u]");
    }

    @Test
    void zerosTakeNoRoom() throws Exception {
        image = Images.create(temp.resolve("a.img"), 64);
        Path tree = Files.createDirectories(temp.resolve("tree"));
        Files.write(tree.resolve("written"), new byte[(int) (8 * MEBI)]);
        try (RandomAccessFile file = new RandomAccessFile(tree.resolve("written").toFile(), "rw")) {
            for (long at : new long[] {4096, 5 * MEBI, 8 * MEBI - 1}) {
                file.seek(at);
                file.write(1);
            }
        }
        // the same content, with holes on the host
        Images.run("cp", "--sparse=always", tree.resolve("written"), tree.resolve("sparse"));
        long before = image.superblock().used();

        add(tree);

        assertThat(image.superblock().used() - before).isLessThanOrEqualTo(10 * 4096);
        assertSame(tree.resolve("written"), ImagePath.of("/written"));
        assertSame(tree.resolve("written"), ImagePath.of("/sparse"));
        assertThat(Images.debugfs(image, "stat /written").lines().filter(line -> line.contains("Blockcount"))).hasSize(1)
                .isEqualTo(Images.debugfs(image, "stat /sparse").lines().filter(line -> line.contains("Blockcount")).toList());
    }

    /** In a folder whose names are moved when all has been made, and in more pieces than are asked for one by one. */
    @Test
    void besideWhatIsMadeInOtherWays() throws Exception {
        image = Images.create(temp.resolve("a.img"), 128);
        Path tree = Files.createDirectories(temp.resolve("tree"));
        Path folder = Files.createDirectories(tree.resolve("many"));
        for (int i = 0; i < LargeFolder.LEAST + 10; i++) {
            Files.writeString(folder.resolve("f" + i), "content of " + i);
        }
        random(folder.resolve("f5"), MEBI);
        random(folder.resolve("f" + LargeFolder.LEAST), MEBI);
        try (RandomAccessFile file = new RandomAccessFile(folder.resolve("f6").toFile(), "rw")) {
            for (int i = 0; i < 200; i++) {
                file.seek(i * 16384L);
                file.write(i + 1);
            }
        }

        add(tree);

        for (String name : new String[] {"f5", "f6", "f7", "f" + LargeFolder.LEAST}) {
            assertSame(folder.resolve(name), ImagePath.of("/many/" + name));
        }
    }

    /** Of other shapes that file systems of others have; some have no extents, or content elsewhere. */
    @ParameterizedTest
    @ValueSource(strings = {"-t ext4 -O extent,64bit,metadata_csum,metadata_csum_seed", "-t ext4 -O extent,^metadata_csum -b 1024", "-t ext2 -b 1024", "-t ext4 -O extent,inline_data,metadata_csum -I 256",
            "-t ext4 -O extent,metadata_csum -b 2048 -I 128", "-t ext4 -O extent,bigalloc -C 16384", "-t ext3"})
    void inAnyFileSystem(String options) throws Exception {
        Path file = temp.resolve("other.img");
        Images.run("truncate", "-s", "64M", file);
        Images.run("sh", "-c", "MKE2FS_CONFIG=/dev/null mke2fs -q -F " + options + " \"$0\"", file);
        if (options.contains("metadata_csum_seed")) {
            // from now on the seed does not follow from the UUID
            Images.run("tune2fs", "-U", "01234567-89ab-cdef-0123-456789abcdef", file);
        }
        image = Images.at(file);
        Path tree = Files.createDirectories(temp.resolve("tree"));
        random(tree.resolve("large"), 5 * MEBI + 77);

        add(tree);

        assertSame(tree.resolve("large"), ImagePath.of("/large"));
    }

    /** Zeros are no piece, and what has too many is left to debugfs. */
    @Test
    void roomIsAskedForPieceByPiece() throws Exception {
        image = Images.create(temp.resolve("a.img"), 64);
        Path tree = Files.createDirectories(temp.resolve("tree"));
        random(tree.resolve("large"), MEBI);
        random(tree.resolve("small"), LargeFile.LEAST - 1);
        for (int pieces : new int[] {3, 100}) {
            try (RandomAccessFile file = new RandomAccessFile(tree.resolve("pieces-" + pieces).toFile(), "rw")) {
                for (int i = 1; i <= pieces; i++) {
                    file.seek(i * 20_000_000L / pieces);
                    file.write(1);
                }
            }
        }
        try (Ext4Reader reader = image.read()) {
            ImageTree edited = new ImageTree(reader);
            new HostTree(edited, 0, 0).add(tree, edited.root());
            EditPlan plan = EditPlan.of(edited, reader, EditSize.of(edited.root(), reader.superblock()), Path.of("/dev/null"));

            assertThat(plan.files()).extracting(file -> file.node().name, file -> file.spans().size()).containsExactly(tuple("large", 1), tuple("pieces-3", 3));
            assertThat(plan.changes()).extracting(EditOperation::line).contains("fallocate \"./large\" \"0\" \"255\"", "sif \"./large\" \"size\" \"1048576\"")
                    .anyMatch(line -> line.startsWith("write") && line.endsWith("\"pieces-100\"") && line.contains("tree"));
        }
    }

    @Test
    void anImageThatIsTooSmallIsNamed() throws Exception {
        image = Images.create(temp.resolve("a.img"), 32);
        Path tree = Files.createDirectories(temp.resolve("tree"));
        random(tree.resolve("large"), 40 * MEBI);
        Path file = image.file();

        assertThatThrownBy(() -> add(tree)).isInstanceOf(ProblemException.class).hasMessageContaining("the root file system is too small: up to 41 MiB are added")
                .hasMessageContaining("Set rootfs-size to at least ");
        image = null; // spoiled, as any after a failed edit
        assertThat(file).exists();
    }

    private void add(Path tree) throws IOException {
        try (ImageEditor edit = image.edit()) {
            edit.addTree(tree, ImagePath.ROOT);
            edit.apply();
        }
    }

    private void assertSame(Path file, ImagePath path) throws Exception {
        assertThat(Files.mismatch(file, Files.write(temp.resolve("read"), Images.bytes(image, path)))).as(path.toString()).isEqualTo(-1);
    }

    private static Path random(Path file, long size) throws IOException {
        byte[] bytes = new byte[(int) size];
        new Random(size).nextBytes(bytes);
        return Files.write(file, bytes);
    }
}
