// SPDX-License-Identifier: Apache-2.0
package dev.marshal.uptodate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputsTest {

    @TempDir
    Path folder;

    private Path tree;

    @BeforeEach
    void make() throws IOException {
        tree = Files.createDirectories(folder.resolve("tree"));
        Files.createDirectories(tree.resolve("sub"));
        Files.writeString(tree.resolve("sub/a"), "a");
        Files.createSymbolicLink(tree.resolve("link"), Path.of("sub/a"));
    }

    private Inputs inputs() {
        return new Inputs(new FileDigests(folder.resolve("digests")));
    }

    private String treeFingerprint() throws IOException {
        return inputs().tree("t", tree).fingerprint();
    }

    @Test
    void everyInputCounts() {
        String one = inputs().value("a", 1).value("b", "x").fingerprint();
        assertThat(inputs().value("b", "x").value("a", "1").fingerprint()).isEqualTo(one);
        assertThat(inputs().value("a", 2).value("b", "x").fingerprint()).isNotEqualTo(one);
        assertThat(inputs().value("a", 1).fingerprint()).isNotEqualTo(one);
        assertThat(inputs().value("a", "1\nb\tx").fingerprint()).isNotEqualTo(one);
        assertThat(inputs().value("a", null).fingerprint()).isNotEqualTo(inputs().value("a", "").fingerprint());
    }

    @Test
    void aFileCountsByContentAndWhetherItIsExecutable() throws IOException {
        Path file = tree.resolve("sub/a");
        String before = inputs().file("f", file).fingerprint();
        assertThat(file.toFile().setExecutable(true)).isTrue();
        String executable = inputs().file("f", file).fingerprint();
        assertThat(executable).isNotEqualTo(before);
        Files.delete(file);
        assertThat(inputs().file("f", file).entries()).containsEntry("f", "absent");
    }

    @Test
    void aTreeCountsByNamesModesLinksAndContents() throws IOException {
        String before = treeFingerprint();
        assertThat(treeFingerprint()).isEqualTo(before);
        Files.createDirectory(tree.resolve("empty"));
        String withFolder = treeFingerprint();
        Files.setPosixFilePermissions(tree.resolve("empty"), PosixFilePermissions.fromString("rwx------"));
        String withMode = treeFingerprint();
        Files.delete(tree.resolve("link"));
        Files.createSymbolicLink(tree.resolve("link"), Path.of("sub/b"));
        String withLink = treeFingerprint();
        Files.writeString(tree.resolve("sub/a"), "other");
        assertThat(treeFingerprint()).isNotIn(before, withFolder, withMode, withLink);
        assertThat(java.util.Set.of(before, withFolder, withMode, withLink)).hasSize(4);
    }

    @Test
    void namesOfOneFileAreNoCopies() throws IOException {
        Files.createLink(tree.resolve("name"), tree.resolve("sub/a"));
        String linked = treeFingerprint();
        String compiled = inputs().sources("t", tree).fingerprint();
        Files.delete(tree.resolve("name"));
        Files.copy(tree.resolve("sub/a"), tree.resolve("name"));
        assertThat(treeFingerprint()).isNotEqualTo(linked);
        assertThat(inputs().sources("t", tree).fingerprint()).isEqualTo(compiled);
    }

    @Test
    void ofSourcesTheUmaskOfTheirCheckoutDoesNotCount() throws IOException {
        Files.setPosixFilePermissions(tree.resolve("sub/a"), PosixFilePermissions.fromString("rw-r--r--"));
        String before = inputs().sources("t", tree).fingerprint();
        String modes = treeFingerprint();
        Files.setPosixFilePermissions(tree.resolve("sub/a"), PosixFilePermissions.fromString("rw-------"));
        Files.setPosixFilePermissions(tree.resolve("sub"), PosixFilePermissions.fromString("rwx------"));
        assertThat(inputs().sources("t", tree).fingerprint()).isEqualTo(before);
        assertThat(treeFingerprint()).isNotEqualTo(modes);
        Files.setPosixFilePermissions(tree.resolve("sub/a"), PosixFilePermissions.fromString("rwx------"));
        assertThat(inputs().sources("t", tree).fingerprint()).isNotEqualTo(before);
    }

    @Test
    void aTreeIsTheSameInAnotherPlace() throws IOException {
        String here = treeFingerprint();
        Path there = folder.resolve("elsewhere");
        Files.move(tree, there);
        assertThat(inputs().tree("t", there).fingerprint()).isEqualTo(here);
    }

    @Test
    void aTreeBehindALinkIsWatched() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("shortcut"), tree);
        String before = inputs().tree("t", link).fingerprint();
        assertThat(before).isEqualTo(treeFingerprint());
        Files.writeString(tree.resolve("sub/a"), "other");
        assertThat(inputs().tree("t", link).fingerprint()).isNotEqualTo(before);
    }

    @Test
    void aTreeMayBeOneFile() throws IOException {
        assertThat(inputs().tree("t", tree.resolve("sub/a")).entries()).containsOnlyKeys("t");
        assertThat(inputs().tree("t", folder.resolve("none")).entries()).containsEntry("t", "absent");
    }

    @Test
    void namesAreBytesWhateverTheLocale() throws IOException {
        Path one = Path.of(URI.create(tree.toUri() + "x%FF"));
        Path two = Path.of(URI.create(tree.toUri() + "x%FE"));
        Files.writeString(one, "1");
        Files.writeString(two, "2");
        String before = treeFingerprint();
        Files.move(one, Path.of(URI.create(tree.toUri() + "x%FD")));
        assertThat(treeFingerprint()).isNotEqualTo(before);
    }

    @Test
    void aStampFollowsAFileWithoutReadingIt() throws IOException {
        Path file = tree.resolve("sub/a");
        String before = inputs().stamp("f", file).fingerprint();
        assertThat(inputs().stamp("f", file).fingerprint()).isEqualTo(before);
        Files.writeString(file, "longer than before");
        assertThat(inputs().stamp("f", file).fingerprint()).isNotEqualTo(before);
    }

    @Test
    void aNameIsGivenOnce() {
        assertThatThrownBy(() -> inputs().value("a", 1).digest("a", "x")).isInstanceOf(IllegalArgumentException.class).hasMessage("two inputs are called 'a'");
    }

    @Test
    void fieldsKeepAnyText() {
        for (String text : new String[] {"", "plain", "a\tb", "a\\tb", "\\", "\\\\n\n\r\r\n", "é\0"}) {
            assertThat(Fields.escape(text)).doesNotContain("\t", "\n", "\r");
            assertThat(Fields.unescape(Fields.escape(text))).isEqualTo(text);
        }
    }
}
