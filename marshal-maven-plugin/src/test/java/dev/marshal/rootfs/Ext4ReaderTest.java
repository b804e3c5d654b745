// SPDX-License-Identifier: Apache-2.0
package dev.marshal.rootfs;

import static dev.marshal.rootfs.Images.MEBI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.marshal.problem.ProblemException;
import dev.marshal.uptodate.WholeOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Ext4ReaderTest {

    private static final long LARGE = 10_000_000;

    @TempDir
    Path temp;

    /** File systems that others make; mke2fs itself fills them. */
    @ParameterizedTest
    @ValueSource(strings = {"-t ext4 -O extent,64bit,flex_bg,metadata_csum", "-t ext2 -b 1024", "-t ext3 -b 4096", "-t ext4 -O extent,^64bit,^metadata_csum -b 1024 -I 128", "-t ext4 -O extent,inline_data -I 256", "-t ext4 -O extent,meta_bg,^resize_inode -b 1024",
            "-t ext4 -O extent,bigalloc -C 16384", "-t ext4 -O has_journal,extent,64bit,large_dir,ea_inode,metadata_csum,metadata_csum_seed,orphan_file", "-t ext2 -O ^sparse_super,^resize_inode -b 2048 -r 1"})
    void readsWhatMke2fsMakes(String options) throws Exception {
        Path tree = makeTree();
        Path image = temp.resolve("a.img");
        truncate(image, 96 * MEBI);
        Images.run("sh", "-c", "MKE2FS_CONFIG=/dev/null mke2fs -q -F " + options + " -d \"$1\" \"$0\"", image, tree);

        try (Ext4Reader reader = Ext4Reader.open(image)) {
            TreeMap<String, String> expected = new TreeMap<>();
            TreeMap<String, String> found = new TreeMap<>();
            try (var paths = Files.walk(tree)) {
                for (Path path : paths.skip(1).toList()) {
                    String kind = Files.isSymbolicLink(path) ? "link " + Files.readSymbolicLink(path) : Files.isDirectory(path) ? "folder" : "file " + Files.size(path);
                    expected.put("/" + tree.relativize(path), kind);
                }
            }
            reader.walk(ImagePath.ROOT, entry -> {
                String path = entry.path().toString();
                if (path.equals("/") || path.startsWith("/lost+found")) {
                    return;
                }
                String kind = switch (entry.kind()) {
                    case LINK -> "link " + new String(reader.linkTarget(entry.inode()));
                    case FOLDER -> "folder";
                    default -> "file " + entry.inode().size();
                };
                found.put(path, kind);
                if (entry.kind() == FileKind.FILE) {
                    Path original = tree.resolve(path.substring(1));
                    if (entry.inode().size() < LARGE) {
                        try (InputStream in = reader.content(entry.inode())) {
                            assertThat(Arrays.equals(in.readAllBytes(), Files.readAllBytes(original))).as(path).isTrue();
                        }
                    }
                    if (entry.inode().size() != 0 && !path.startsWith("/many/")) {
                        Path copy = temp.resolve("copy");
                        try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                            reader.copy(entry.inode(), channel);
                        }
                        assertThat(Files.mismatch(original, copy)).as("copy of " + path).isEqualTo(-1);
                    }
                }
            });
            assertThat(found).isEqualTo(expected);
        }
    }

    @Test
    void readsIndexedFolders() throws Exception {
        Ext4Image image = Images.create(temp.resolve("a.img"), 64);
        try (ImageEditor edit = image.edit()) {
            for (int i = 0; i < 1500; i++) {
                edit.addBytes(new byte[0], ImagePath.of("/d/a-name-that-fills-the-folder-" + i), 0644);
            }
            edit.apply();
        }
        // exits with 1 for "changed"
        Images.run("sh", "-c", "e2fsck -fyD \"$0\" >/dev/null; test $? -le 1", image.file());
        assertThat(Images.debugfs(image, "htree_dump /d")).contains("Root node dump");

        assertThat(Images.paths(image)).hasSize(1501);
        // and such a folder can be added to
        try (ImageEditor edit = image.edit()) {
            for (int i = 0; i < 700; i++) {
                edit.addBytes(new byte[0], ImagePath.of("/d/another-name-that-fills-the-folder-" + i), 0644);
            }
            edit.remove(ImagePath.of("/d/a-name-that-fills-the-folder-7")).apply();
        }
        image.check();
        assertThat(Images.paths(image)).hasSize(2200);
    }

    @Test
    void describesWhatItFinds() throws Exception {
        Ext4Image image = Images.create(temp.resolve("a.img"), 16);
        try (ImageEditor edit = image.edit()) {
            edit.addBytes("text".getBytes(), ImagePath.of("/etc/f"), 04750).symlink(ImagePath.of("/l"), "/etc".getBytes()).chown(ImagePath.of("/etc/f"), 70001, 12).apply();
        }
        try (Ext4Reader reader = image.read()) {
            ImageEntry entry = reader.find(ImagePath.of("/l/f"), true).orElseThrow();
            assertThat(entry.path()).isEqualTo(ImagePath.of("/etc/f"));
            assertThat(entry.inode().mode()).isEqualTo(0104750);
            assertThat(entry.inode().uid()).isEqualTo(70001);
            assertThat(entry.inode().gid()).isEqualTo(12);
            assertThat(entry.inode().links()).isEqualTo(1);
            assertThat(reader.find(ImagePath.of("/l"), false).orElseThrow().kind()).isEqualTo(FileKind.LINK);
            assertThat(reader.find(ImagePath.of("/l/none"), true)).isEmpty();
            assertThat(reader.find(ImagePath.of("/etc/f/none"), true)).isEmpty();
            assertThat(reader.bytes(ImagePath.of("/etc/f"), 4)).isEqualTo("text".getBytes());
            assertThatThrownBy(() -> reader.bytes(ImagePath.of("/etc/f"), 3)).isInstanceOf(ProblemException.class).hasMessageContaining("a file of at most 3 bytes is expected");
            assertThatThrownBy(() -> reader.bytes(ImagePath.of("/none"), 3)).isInstanceOf(ProblemException.class).hasMessageContaining("there is no /none");
        }
    }

    /** Whatever a guest writes, the reader ends in a message, not in a loop, not in memory running out, not in a crash. */
    @Test
    void damageIsReportedWhateverItIs() throws Exception {
        Ext4Image image = Images.create(temp.resolve("a.img"), 16);
        try (ImageEditor edit = image.edit()) {
            edit.addTree(makeTree(), ImagePath.ROOT).apply();
        }
        byte[] good = Files.readAllBytes(image.file());
        Random random = new Random(1);
        Path bad = Files.copy(image.file(), temp.resolve("bad.img"));
        Set<String> messages = new TreeSet<>();
        for (int round = 0; round < 80; round++) {
            Set<Integer> places = new TreeSet<>();
            for (int i = 0; i < 400; i++) {
                // where the descriptors, inodes, folders and block lists are, now and then in the superblock or anywhere
                int at = random.nextInt(i % 4 == 0 ? good.length : (int) (4 * MEBI));
                if (at >= 1024 + 256 || i == 0) {
                    places.add(at);
                }
            }
            try (RandomAccessFile access = new RandomAccessFile(bad.toFile(), "rw")) {
                for (int at : places) {
                    access.seek(at);
                    access.write(random.nextInt());
                }
            }
            Path out = temp.resolve("out");
            try (Ext4Reader reader = Ext4Reader.open(bad)) {
                if (round % 16 == 0) {
                    new Outputs(reader).copy(ImagePath.ROOT, out);
                }
                reader.walk(ImagePath.ROOT, entry -> {
                    if (entry.kind() == FileKind.LINK) {
                        reader.linkTarget(entry.inode());
                    } else if (entry.kind() == FileKind.FILE) {
                        try (InputStream in = reader.content(entry.inode())) {
                            in.readNBytes(1 << 20);
                        }
                    }
                });
            } catch (ProblemException e) {
                messages.add(e.getMessage().replaceAll("\\d+", "N"));
            } catch (IOException e) {
                // what the guest's file system holds may be too large for the host's
                assertThat(e).hasMessageMatching("(?s).*(File too large|Invalid argument|No space|File name too long|Too many levels).*");
            }
            WholeOutput.delete(out);
            try (RandomAccessFile access = new RandomAccessFile(bad.toFile(), "rw")) {
                for (int at : places) {
                    access.seek(at);
                    access.write(good[at]);
                }
            }
        }
        assertThat(messages).hasSizeGreaterThan(2).allMatch(message -> message.contains("bad.img"));
    }

    @Test
    void foldersInACircleAreReported() throws Exception {
        Ext4Image image = Images.create(temp.resolve("a.img"), 16);
        try (ImageEditor edit = image.edit()) {
            edit.mkdir(ImagePath.of("/a/b"), 0755).apply();
        }
        Images.run(image.tool("debugfs"), "-w", "-R", "ln /a /a/b/again", image.file());

        try (Ext4Reader reader = image.read()) {
            assertThatThrownBy(() -> reader.walk(ImagePath.ROOT, entry -> {})).isInstanceOf(ProblemException.class).hasMessageContaining("has more than one place");
        }
    }

    private Path makeTree() throws IOException {
        Path tree = temp.resolve("tree");
        if (Files.exists(tree)) {
            return tree;
        }
        Files.createDirectories(tree.resolve("many"));
        Random random = new Random(42);
        for (int size : new int[] {0, 1, 59, 60, 61, 100, 150, 1023, 1024, 4096, 5000, 70_000, 1_000_000}) {
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            Files.write(tree.resolve("size-" + size), bytes);
        }
        for (int i = 0; i < 200; i++) {
            Files.writeString(tree.resolve("many/with-quite-a-long-name-" + i), "content " + i);
        }
        for (int length : new int[] {1, 59, 60, 61, 500}) {
            Files.createSymbolicLink(tree.resolve("link-" + length), Path.of("t".repeat(length)));
        }
        Files.createDirectories(tree.resolve("small/empty"));
        Files.writeString(tree.resolve("small/f"), "x");
        try (RandomAccessFile sparse = new RandomAccessFile(tree.resolve("sparse").toFile(), "rw")) {
            for (long at : new long[] {0, 40_000, 300_000, 3_000_000, 68_000_000}) {
                sparse.seek(at);
                sparse.write(7);
            }
        }
        return tree;
    }

    private static void truncate(Path file, long size) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.setLength(size);
        }
    }
}
