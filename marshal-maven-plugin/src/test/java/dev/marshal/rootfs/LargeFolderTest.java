// SPDX-License-Identifier: Apache-2.0
package dev.marshal.rootfs;

import static dev.marshal.rootfs.Images.MEBI;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LargeFolderTest extends SoundImage {

    private static final int MANY = LargeFolder.LEAST + 200;

    @Test
    void holdsWhatTheHostsFolderHolds() throws Exception {
        image = Images.create(temp.resolve("a.img"), 64);
        Path tree = many(MANY);
        // all that is not a plain file, and names that no script can hold
        Files.createLink(tree.resolve("many/hard-1"), tree.resolve("many/f7"));
        Files.createLink(tree.resolve("outside"), tree.resolve("many/f7"));
        Files.createSymbolicLink(tree.resolve("many/link"), Path.of("f8"));
        Files.write(tree.resolve("many/a\nb"), new byte[] {1});
        Files.write(Files.createDirectories(tree.resolve("many/below/deep")).resolve("x"), new byte[] {2});
        Files.setPosixFilePermissions(tree.resolve("many/f9"), PosixFilePermissions.fromString("rwx------"));
        Files.write(tree.resolve("many/.marshal-part-0"), new byte[] {3});

        add(tree);

        assertThat(names("/many")).isEqualTo(names(tree.resolve("many")));
        for (int number : new int[] {0, 1, MANY / 2, MANY - 1}) {
            assertThat(Images.text(image, "/many/f" + number)).isEqualTo("content of " + number);
        }
        assertThat(Images.inode(image, "/many/hard-1").number()).isEqualTo(Images.inode(image, "/outside").number()).isEqualTo(Images.inode(image, "/many/f7").number());
        assertThat(Images.inode(image, "/many/f7").links()).isEqualTo(3);
        assertThat(Images.target(image, "/many/link")).isEqualTo("f8");
        assertThat(Images.bytes(image, ImagePath.of("/many/below/deep/x"))).containsExactly(2);
        assertThat(Images.inode(image, "/many/f9").permissions()).isEqualTo(0700);
        assertThat(Images.debugfs(image, "ls -p /many").lines().filter(line -> line.endsWith("//") || line.contains("/f"))).hasSizeGreaterThanOrEqualTo(MANY);
        // a later edit of any kind finds the folder as any other
        try (ImageEditor edit = image.edit()) {
            edit.addBytes("new".getBytes(), ImagePath.of("/many/f3"), 0644).addBytes("more".getBytes(), ImagePath.of("/many/more"), 0644).remove(ImagePath.of("/many/f4"));
            edit.apply();
        }
        assertThat(names("/many")).hasSize(names(tree.resolve("many")).size()).contains("more").doesNotContain("f4");
        assertThat(Images.text(image, "/many/f3")).isEqualTo("new");
    }

    /** Of other shapes that file systems of others have; some have to be filled the slow way. */
    @ParameterizedTest
    @ValueSource(strings = {"-t ext4 -O extent,64bit,metadata_csum,metadata_csum_seed", "-t ext4 -O extent,^metadata_csum,^filetype -b 1024", "-t ext2 -b 1024", "-t ext4 -O extent,inline_data,metadata_csum -I 256",
            "-t ext4 -O extent,metadata_csum -b 2048", "-t ext4 -O extent,metadata_csum,casefold -E encoding=utf8"})
    void ofAnyFileSystem(String options) throws Exception {
        image = fileSystem("-N 8192 " + options);

        add(many(MANY));

        assertThat(names("/many")).isEqualTo(names(temp.resolve("tree/many")));
        assertThat(Images.text(image, "/many/f" + (MANY - 1))).isEqualTo("content of " + (MANY - 1));
    }

    @Test
    void inAFolderThatIsThere() throws Exception {
        image = Images.create(temp.resolve("a.img"), 64);
        try (ImageEditor edit = image.edit()) {
            edit.addBytes("old".getBytes(), ImagePath.of("/many/f2"), 0644).addBytes("kept".getBytes(), ImagePath.of("/many/kept"), 0644).mkdir(ImagePath.of("/many"), 0711);
            edit.apply();
        }

        add(many(MANY));

        assertThat(names("/many")).hasSize(MANY + 1).contains("kept");
        assertThat(Images.text(image, "/many/f2")).isEqualTo("content of 2");
        assertThat(Images.inode(image, "/many").permissions()).isEqualTo(0711);
        // Linux and e2fsck -D index folders; that is left as it is
        image.repair();
        Images.run("sh", "-c", "e2fsck -fyD \"$0\"; test $? -lt 4", image.file());
        assertThat(Images.inode(image, "/many").has(Ext4Inode.INDEX)).isTrue();
        Path more = Files.createDirectories(temp.resolve("more/many"));
        for (int i = 0; i < MANY; i++) {
            Files.write(more.resolve("g" + i), new byte[0]);
        }
        add(temp.resolve("more"));
        assertThat(names("/many")).hasSize(2 * MANY + 1);
    }

    @Test
    void sameBytesEachTime() throws Exception {
        Path tree = many(MANY);
        byte[][] images = new byte[2][];
        for (int i = 0; i < images.length; i++) {
            image = Images.create(temp.resolve(i + ".img"), 32);
            add(tree);
            images[i] = Files.readAllBytes(image.file());
        }
        assertThat(images[0]).isEqualTo(images[1]);
    }

    /** There is no inode left for the parts. */
    @Test
    void inAnImageThatIsExactlyFull() throws Exception {
        image = fileSystem("-t ext4 -O extent,metadata_csum -N 1600");
        // one for the folder that they are in
        int free = (int) image.superblock().freeInodes() - 1;

        add(many(free));

        assertThat(image.superblock().freeInodes()).isZero();
        assertThat(names("/many")).hasSize(free);
    }

    /** What debugfs looks through for a name is one block, however large the folder becomes. */
    @Test
    void noPartHasMoreThanABlock() throws Exception {
        image = Images.create(temp.resolve("a.img"), 64);
        Path tree = many(MANY);
        try (Ext4Reader reader = image.read()) {
            ImageTree edited = new ImageTree(reader);
            new HostTree(edited, 0, 0).add(tree, edited.root());
            EditPlan plan = EditPlan.of(edited, reader, EditSize.of(edited.root(), reader.superblock()), Path.of("/dev/null"));

            assertThat(plan.large()).hasSize(1);
            List<TreeNode> parts = plan.large().get(0).parts();
            Map<TreeNode, Integer> bytes = new HashMap<>();
            edited.find(ImagePath.of("/many"), false).orElseThrow().children.values().forEach(node -> bytes.merge(node.part, FolderBlock.length(node.name), Integer::sum));
            assertThat(bytes).containsOnlyKeys(parts);
            assertThat(bytes.values()).allMatch(sum -> sum <= 4096 - 24 - 12);
            assertThat(plan.content()).filteredOn(operation -> operation.verb().equals("write")).hasSize(MANY).allMatch(operation -> parts.contains(operation.folder()));
        }
    }

    @Test
    void checksumIsThatOfExt4() {
        byte[] bytes = "some bytes, of any number".getBytes();
        CRC32C known = new CRC32C();
        known.update(bytes);
        assertThat(~Crc32c.update(~0, bytes, bytes.length)).isEqualTo((int) known.getValue());
    }

    private Ext4Image fileSystem(String options) throws IOException {
        Path file = temp.resolve("a.img");
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.setLength(64 * MEBI);
        }
        Images.run("sh", "-c", "MKE2FS_CONFIG=/dev/null mke2fs -q -F " + options + " \"$0\"", file);
        if (options.contains("metadata_csum_seed")) {
            // from now on the seed does not follow from the UUID
            Images.run("tune2fs", "-U", "01234567-89ab-cdef-0123-456789abcdef", file);
        }
        return Images.at(file);
    }

    private Path many(int number) throws IOException {
        Path folder = Files.createDirectories(temp.resolve("tree/many"));
        for (int i : IntStream.range(0, number).toArray()) {
            Files.writeString(folder.resolve("f" + i), "content of " + i);
        }
        return temp.resolve("tree");
    }

    private void add(Path tree) throws IOException {
        try (ImageEditor edit = image.edit()) {
            edit.addTree(tree, ImagePath.ROOT);
            edit.apply();
        }
    }

    private List<String> names(String path) throws IOException {
        try (Ext4Reader reader = image.read()) {
            return reader.list(reader.find(ImagePath.of(path), true).orElseThrow().inode()).stream().map(Ext4Folder.Entry::name).toList();
        }
    }

    private static List<String> names(Path folder) throws IOException {
        TreeMap<String, Path> names = new TreeMap<>();
        try (var list = Files.list(folder)) {
            list.forEach(path -> names.put(RawNames.raw(RawNames.nameOf(path)), path));
        }
        return List.copyOf(names.keySet());
    }
}
