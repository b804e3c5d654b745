// SPDX-License-Identifier: Apache-2.0
package dev.marshal.rootfs;

import static dev.marshal.rootfs.Images.MEBI;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputsTest {

    @TempDir
    Path temp;
    private Ext4Image image;
    private Path out;
    private List<String> notes;

    @BeforeEach
    void makeImage() throws Exception {
        image = Images.create(temp.resolve("a.img"), 32);
        out = temp.resolve("out");
    }

    @Test
    void copiesAFileUnderItsName() throws Exception {
        try (ImageEditor edit = image.edit()) {
            edit.addBytes("result".getBytes(), ImagePath.of("/root/result.txt"), 0640).apply();
        }
        assertThat(copy("/root/result.txt")).isTrue();

        assertThat(out.resolve("result.txt")).hasContent("result");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out.resolve("result.txt")))).isEqualTo("rw-r-----");
        assertThat(notes).isEmpty();
    }

    @Test
    void missingPathIsReported() throws Exception {
        assertThat(copy("/root/result.txt")).isFalse();
    }

    @Test
    void copiesAFolderWithAllThatIsInIt() throws Exception {
        try (ImageEditor edit = image.edit()) {
            edit.addBytes("1".getBytes(), ImagePath.of("/r/a/one"), 0644).addBytes("2".getBytes(), ImagePath.of("/r/two"), 0000).mkdir(ImagePath.of("/r/locked"), 0000)
                    .addBytes("3".getBytes(), ImagePath.of("/r/locked/three"), 04755).symlink(ImagePath.of("/r/a/inside"), "../two".getBytes()).apply();
        }
        assertThat(copy("/r")).isTrue();

        assertThat(out.resolve("r/a/one")).hasContent("1");
        assertThat(out.resolve("r/two")).hasContent("2");
        assertThat(out.resolve("r/locked/three")).hasContent("3");
        assertThat((Integer) Files.getAttribute(out.resolve("r/locked/three"), "unix:mode") & 07777).isEqualTo(0755);
        assertThat(Files.readSymbolicLink(out.resolve("r/a/inside"))).isEqualTo(Path.of("../two"));
        assertThat(notes).isEmpty();
    }

    @Test
    void linkAtThePathIsFollowedInsideTheImage() throws Exception {
        try (ImageEditor edit = image.edit()) {
            edit.addBytes("guest".getBytes(), ImagePath.of("/etc/hostname"), 0644).symlink(ImagePath.of("/result"), "/etc/hostname".getBytes())
                    .symlink(ImagePath.of("/up"), "../../../etc/hostname".getBytes()).apply();
        }
        assertThat(copy("/result") && copy("/up")).isTrue();

        assertThat(out.resolve("result")).hasContent("guest");
        assertThat(out.resolve("up")).hasContent("guest");
    }

    @Test
    void linksThatLeadOutAndDevicesAreLeftOut() throws Exception {
        try (ImageEditor edit = image.edit()) {
            edit.mkdir(ImagePath.of("/r/d"), 0755).symlink(ImagePath.of("/r/absolute"), "/etc/passwd".getBytes()).symlink(ImagePath.of("/r/up"), "../x".getBytes())
                    .symlink(ImagePath.of("/r/d/up"), "../../x".getBytes()).symlink(ImagePath.of("/r/hidden"), "d/../../x".getBytes()).symlink(ImagePath.of("/r/self"), ".".getBytes())
                    .mknod(ImagePath.of("/r/disk"), FileKind.BLOCK_DEVICE, 8, 0, 0666).apply();
        }
        copy("/r");

        assertThat(Files.list(out.resolve("r")).map(path -> path.getFileName().toString())).containsExactlyInAnyOrder("d", "self");
        assertThat(Files.list(out.resolve("r/d"))).isEmpty();
        assertThat(notes).containsExactlyInAnyOrder("/r/absolute: a link to /etc/passwd, which is outside of /r, is not copied", "/r/up: a link to ../x, which is outside of /r, is not copied",
                "/r/d/up: a link to ../../x, which is outside of /r, is not copied", "/r/hidden: a link to d/../../x, which is outside of /r, is not copied", "/r/disk: a block device is not copied");
    }

    @Test
    void nothingIsWrittenThroughALinkOfTheHost() throws Exception {
        try (ImageEditor edit = image.edit()) {
            edit.addBytes("x".getBytes(), ImagePath.of("/r/f"), 0644).apply();
        }
        Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
        Files.createDirectories(out);
        Files.createSymbolicLink(out.resolve("r"), elsewhere);
        copy("/r");

        assertThat(elsewhere).isEmptyDirectory();
        assertThat(Files.isDirectory(out.resolve("r"), LinkOption.NOFOLLOW_LINKS)).isTrue();
        assertThat(out.resolve("r/f")).hasContent("x");
    }

    @Test
    void whatIsThereIsReplacedAndFoldersAreMerged() throws Exception {
        try (ImageEditor edit = image.edit()) {
            edit.addBytes("new".getBytes(), ImagePath.of("/r/f"), 0644).addBytes("file".getBytes(), ImagePath.of("/r/g"), 0644).apply();
        }
        Files.createDirectories(out.resolve("r/g/sub"));
        Files.writeString(out.resolve("r/f"), "old");
        Files.writeString(out.resolve("r/kept"), "kept");
        copy("/r");

        assertThat(out.resolve("r/f")).hasContent("new");
        assertThat(out.resolve("r/g")).hasContent("file");
        assertThat(out.resolve("r/kept")).hasContent("kept");
    }

    @Test
    void hardLinksAndHolesAreKept() throws Exception {
        Path tree = Files.createDirectory(temp.resolve("tree"));
        try (RandomAccessFile sparse = new RandomAccessFile(tree.resolve("one").toFile(), "rw")) {
            sparse.write(1);
            sparse.setLength(300 * MEBI);
        }
        Files.createLink(tree.resolve("two"), tree.resolve("one"));
        try (ImageEditor edit = image.edit()) {
            edit.addTree(tree, ImagePath.of("/r")).apply();
        }
        copy("/r");

        assertThat(Files.getAttribute(out.resolve("r/one"), "unix:ino")).isEqualTo(Files.getAttribute(out.resolve("r/two"), "unix:ino"));
        assertThat(Files.mismatch(tree.resolve("one"), out.resolve("r/two"))).isEqualTo(-1);
        assertThat(Images.allocated(out.resolve("r/one"))).isLessThan(MEBI);
    }

    private boolean copy(String path) throws IOException {
        try (Ext4Reader reader = image.read()) {
            Outputs outputs = new Outputs(reader);
            boolean there = outputs.copy(ImagePath.of(path), out).isPresent();
            notes = outputs.notes();
            return there;
        }
    }
}
