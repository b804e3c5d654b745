// SPDX-License-Identifier: Apache-2.0
package dev.marshal.rootfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.marshal.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens where an overlay and an image meet. */
class ImageMergeTest {

    @TempDir
    Path temp;
    private Path tree;
    private Ext4Image image;

    @BeforeEach
    void makeImage() throws Exception {
        tree = Files.createDirectory(temp.resolve("tree"));
        image = Images.create(temp.resolve("a.img"), 32);
        try (ImageEditor edit = image.edit()) {
            edit.mkdir(ImagePath.of("/usr/lib/modules"), 0755).symlink(ImagePath.of("/lib"), bytes("usr/lib")).symlink(ImagePath.of("/abs"), bytes("/usr/lib"))
                    .symlink(ImagePath.of("/up"), bytes("../../../usr/./lib//modules/..")).symlink(ImagePath.of("/dangling"), bytes("nowhere/at/all"))
                    .symlink(ImagePath.of("/loop"), bytes("loop")).addBytes(bytes("old"), ImagePath.of("/etc/conf"), 0600).symlink(ImagePath.of("/etc/alias"), bytes("conf"))
                    .mkdir(ImagePath.of("/tmp"), 01777).mkdir(ImagePath.of("/empty"), 0755).mkdir(ImagePath.of("/full/sub"), 0755).apply();
        }
    }

    @AfterEach
    void imageIsSound() throws Exception {
        image.check();
    }

    @Test
    void folderGoesThroughALinkToAFolder() throws Exception {
        write("lib/modules/6.1/a.ko", "1");
        write("abs/b", "2");
        write("up/c", "3");
        overlay();

        assertThat(Images.target(image, "/lib")).isEqualTo("usr/lib");
        assertThat(Images.text(image, "/usr/lib/modules/6.1/a.ko")).isEqualTo("1");
        assertThat(Images.text(image, "/usr/lib/b")).isEqualTo("2");
        assertThat(Images.text(image, "/usr/lib/c")).isEqualTo("3");
    }

    @Test
    void folderKeepsItsPermissions() throws Exception {
        write("tmp/x", "x");
        Files.setAttribute(tree.resolve("tmp"), "unix:mode", 0755);
        overlay();

        assertThat(Images.inode(image, "/tmp").permissions()).isEqualTo(01777);
    }

    @Test
    void fileReplacesALinkAndNotWhatItLeadsTo() throws Exception {
        write("etc/alias", "new");
        overlay();

        assertThat(Images.inode(image, "/etc/alias").kind()).isEqualTo(FileKind.FILE);
        assertThat(Images.text(image, "/etc/conf")).isEqualTo("old");
    }

    @Test
    void folderReplacesAFileAndALinkToNowhere() throws Exception {
        write("etc/conf/part", "new");
        write("dangling/part", "new");
        write("loop/part", "new");
        overlay();

        assertThat(Images.paths(image)).contains("/etc/conf/part", "/dangling/part", "/loop/part");
    }

    @Test
    void fileReplacesAnEmptyFolderOnly() throws Exception {
        write("empty", "new");
        overlay();
        assertThat(Images.text(image, "/empty")).isEqualTo("new");

        Files.createSymbolicLink(tree.resolve("full"), Path.of("x"));
        assertThatThrownBy(this::overlay).isInstanceOf(ProblemException.class)
                .hasMessageContaining("a symbolic link cannot take the place of the folder /full of the root file system: the folder is not empty");
    }

    @Test
    void destinationThatIsNoFolderIsRefused() throws Exception {
        try (ImageEditor edit = image.edit()) {
            assertThatThrownBy(() -> edit.addBytes(bytes("x"), ImagePath.of("/etc/conf/x"), 0644)).isInstanceOf(ProblemException.class)
                    .hasMessageContaining("/etc/conf cannot be a folder of the root file system: /etc/conf is a file");
            assertThatThrownBy(() -> edit.addTree(tree, ImagePath.of("/loop/x"))).isInstanceOf(ProblemException.class).hasMessageContaining("/loop is a symbolic link");
            assertThatThrownBy(() -> edit.addTree(tree, ImagePath.of("/etc/conf"))).isInstanceOf(ProblemException.class).hasMessageContaining("/etc/conf is a file");
        }
    }

    @Test
    void foldersAboveADestinationAreMadeAlsoBehindALinkToNowhere() throws Exception {
        try (ImageEditor edit = image.edit()) {
            edit.addBytes(bytes("x"), ImagePath.of("/dangling/deep/x"), 0644).apply();
        }
        assertThat(Images.text(image, "/nowhere/at/all/deep/x")).isEqualTo("x");
    }

    @Test
    void linkNeverLeadsOutOfTheImage() throws Exception {
        try (ImageEditor edit = image.edit()) {
            edit.symlink(ImagePath.of("/out"), bytes("../../../../" + temp)).addBytes(bytes("x"), ImagePath.of("/out/x"), 0644).apply();
        }
        assertThat(temp.resolve("x")).doesNotExist();
        assertThat(Images.text(image, temp + "/x")).isEqualTo("x");
    }

    @Test
    void replacedFileLeavesItsOtherNamesAlone() throws Exception {
        write("one", "old");
        Files.createLink(tree.resolve("two"), tree.resolve("one"));
        overlay();
        Files.delete(tree.resolve("two"));
        write("one", "new");
        overlay();

        assertThat(Images.text(image, "/one")).isEqualTo("new");
        assertThat(Images.text(image, "/two")).isEqualTo("old");
    }

    @Test
    void oneFileLinkOrFolderIsAddedAsItIs() throws Exception {
        write("f", "x");
        write("d/g", "y");
        Files.createSymbolicLink(tree.resolve("l"), Path.of("f"));
        try (ImageEditor edit = image.edit()) {
            edit.add(tree.resolve("f"), ImagePath.of("/lib/f2")).add(tree.resolve("d"), ImagePath.of("/opt/d2")).add(tree.resolve("l"), ImagePath.of("/opt/l2")).apply();
        }
        assertThat(Images.text(image, "/usr/lib/f2")).isEqualTo("x");
        assertThat(Images.text(image, "/opt/d2/g")).isEqualTo("y");
        assertThat(Images.target(image, "/opt/l2")).isEqualTo("f");
    }

    private void overlay() throws IOException {
        try (ImageEditor edit = image.edit()) {
            edit.addTree(tree, ImagePath.ROOT).apply();
        }
    }

    private void write(String path, String text) throws IOException {
        Path file = tree.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static byte[] bytes(String text) {
        return text.getBytes();
    }
}
