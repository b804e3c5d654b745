// SPDX-License-Identifier: Apache-2.0
package dev.marshal.rootfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.marshal.problem.ProblemException;
import dev.marshal.tool.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names are data, whatever bytes they have. */
class AnyNameTest {

    @TempDir
    Path temp;

    /** What a shell, debugfs, Java or a message could mistake for something else. */
    static List<String> names() {
        List<String> names = new ArrayList<>(List.of("a b", " lead", "trail ", "\t", "\"", "\"\"", "a\"b\"c", "'", "\\", "\\n", "a\\", "#", "#x", "!", "!touch x", "-", "-f", "--", "<12>", "<2>", "*", "?", "[a]",
                "$HOME", "$(id)", "`id`", ";", "&", "|", "%", "%41", "~", "~0", "...", "..x", "=", "\n", "a\nb", "\n\n", "x\r", "\r\n", "debugfs: rm x", "quit", "\n#", "\0337[31m"));
        for (int b = 1; b < 256; b++) {
            if (b != '/') {
                names.add("byte" + (char) b + "x");
            }
        }
        names.add("\u00ff\u00fe");
        names.add("\u00c3\u00bc");
        names.add("n".repeat(255));
        names.add("\n" + "n".repeat(254));
        names.add("\"".repeat(255));
        return names;
    }

    @Test
    void everyNameArrivesAndComesBack() throws Exception {
        Ext4Image image = Images.create(temp.resolve("a.img"), 32);
        writeNames(temp.resolve("tree"));

        try (ImageEditor edit = image.edit()) {
            edit.addTree(temp.resolve("tree"), ImagePath.of("/t")).apply();
        }

        image.check();
        checkNames(image, temp.resolve("out"));
        // replaced and removed under the same names
        try (ImageEditor edit = image.edit()) {
            edit.addTree(temp.resolve("tree"), ImagePath.of("/t")).apply();
        }
        image.check();
        checkNames(image, temp.resolve("again"));
        try (ImageEditor edit = image.edit()) {
            edit.remove(ImagePath.of("/t")).apply();
        }
        image.check();
        assertThat(Images.paths(image)).isEmpty();
    }

    /** In the C locale Java's own strings lose every byte above 127. */
    @Test
    void everyNameArrivesInTheCLocaleToo() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> lines = new ArrayList<>();
        new Command("test names in the C locale", java).args("-cp", System.getProperty("java.class.path"), AnyNameTest.class.getName(), temp)
                .env("LC_ALL", "C").limit(Duration.ofMinutes(2)).onLine(lines::add).check();

        assertThat(lines).contains("all " + names().size() + " names arrived with ANSI_X3.4-1968");
    }

    /** The other Java's part of the test above. */
    public static void main(String[] arguments) throws Exception {
        Path temp = Path.of(arguments[0]);
        Ext4Image image = Images.create(temp.resolve("c.img"), 32);
        writeNames(temp.resolve("tree"));
        try (ImageEditor edit = image.edit()) {
            edit.addTree(temp.resolve("tree"), ImagePath.of("/t")).apply();
        }
        image.check();
        checkNames(image, temp.resolve("out"));
        System.out.println("all " + names().size() + " names arrived with " + System.getProperty("sun.jnu.encoding"));
    }

    @Test
    void foldersAndLinksOfAnyNameNest() throws Exception {
        Ext4Image image = Images.create(temp.resolve("a.img"), 32);
        Path inner = RawNames.resolve(temp.resolve("tree"), RawNames.bytes("d\n\u00ff/e\r\"/<5>"));
        Files.createDirectories(inner);
        Files.writeString(inner.resolve("f"), "deep");
        Files.createLink(RawNames.resolve(inner, RawNames.bytes("hard\n")), inner.resolve("f"));
        Files.createSymbolicLink(RawNames.resolve(inner, RawNames.bytes("soft")), RawNames.target(RawNames.bytes("x\ny\u00fe\"z")));
        Files.createSymbolicLink(inner.resolve("long"), RawNames.target(RawNames.bytes("\"".repeat(4000))));

        // twice: the second time all of it is replaced
        for (int i = 0; i < 2; i++) {
            try (ImageEditor edit = image.edit()) {
                edit.addTree(temp.resolve("tree"), ImagePath.ROOT).apply();
            }
            image.check();
            ImagePath folder = ImagePath.ofBytes(RawNames.bytes("/d\n\u00ff/e\r\"/<5>"));
            assertThat(new String(Images.bytes(image, folder.resolve("f")))).isEqualTo("deep");
            assertThat(Images.inode(image, folder.resolve(RawNames.bytes("hard\n"))).number()).isEqualTo(Images.inode(image, folder.resolve("f")).number());
            try (Ext4Reader reader = image.read()) {
                assertThat(reader.linkTarget(Images.inode(image, folder.resolve("soft")))).isEqualTo(RawNames.bytes("x\ny\u00fe\"z"));
                assertThat(reader.linkTarget(Images.inode(image, folder.resolve("long")))).isEqualTo(RawNames.bytes("\"".repeat(4000)));
            }
        }
    }

    @Test
    void messageShowsBytesThatAreNoText() {
        assertThat(ImagePath.ofBytes(RawNames.bytes("/a\n\u001b[31m\u00ff\u00c3\u00bc"))).hasToString("/a\\x0a\\x1b[31m\\xffü");
    }

    @Test
    void pathThatIsNoneIsRefused() {
        assertThatThrownBy(() -> ImagePath.of("etc/x")).isInstanceOf(ProblemException.class).hasMessageContaining("'etc/x' is not a path in the root file system").hasMessageContaining("absolute");
        assertThatThrownBy(() -> ImagePath.of("/a/../b")).isInstanceOf(ProblemException.class).hasMessageContaining("has '..' in it");
        assertThatThrownBy(() -> ImagePath.of("/a\0b")).isInstanceOf(ProblemException.class).hasMessageContaining("has a character 0 in it");
        assertThat(ImagePath.of("//a/./b/")).isEqualTo(ImagePath.of("/a/b"));
    }

    @Test
    void nameThatIsTooLongIsRefused() throws Exception {
        Ext4Image image = Images.create(temp.resolve("a.img"), 16);
        try (ImageEditor edit = image.edit()) {
            assertThatThrownBy(() -> edit.addBytes(new byte[0], ImagePath.of("/" + "n".repeat(256)), 0644)).isInstanceOf(ProblemException.class).hasMessageContaining("has 256 bytes; a file name can have 255");
        }
    }

    private static void writeNames(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (String name : names()) {
            Files.write(RawNames.resolve(folder, RawNames.bytes(name)), RawNames.bytes(name));
        }
    }

    /** Each file holds its name; read once through the image, once through what is copied out of it. */
    private static void checkNames(Ext4Image image, Path out) throws IOException {
        TreeMap<String, String> contents = new TreeMap<>();
        try (Ext4Reader reader = image.read()) {
            reader.walk(ImagePath.of("/t"), entry -> {
                if (entry.kind() == FileKind.FILE) {
                    contents.put(entry.path().rawName(), RawNames.raw(reader.content(entry.inode()).readAllBytes()));
                }
            });
            new Outputs(reader).copy(ImagePath.of("/t"), out);
        }
        List<String> expected = names().stream().distinct().sorted().toList();
        if (!List.copyOf(contents.keySet()).equals(expected) || !List.copyOf(contents.values()).equals(expected)) {
            throw new AssertionError("other names or contents: " + contents);
        }
        List<String> copied = new ArrayList<>();
        try (var files = Files.newDirectoryStream(out.resolve("t"))) {
            for (Path file : files) {
                copied.add(RawNames.raw(RawNames.nameOf(file)));
            }
        }
        copied.sort(null);
        if (!copied.equals(expected)) {
            throw new AssertionError("other names were copied out: " + copied);
        }
    }
}
