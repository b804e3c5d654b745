// SPDX-License-Identifier: Apache-2.0
package dev.marshal.uptodate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeOutputTest {

    @TempDir
    Path folder;

    private List<String> names() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aFileAppearsWhenItIsWhole() throws IOException {
        Path file = folder.resolve("out");
        WholeOutput.file(file, temporary -> {
            Files.writeString(temporary, "new");
            assertThat(file).doesNotExist();
            assertThat(temporary).hasParent(folder);
        });
        assertThat(file).hasContent("new");
        assertThat(names()).containsExactly("out");
    }

    @Test
    void aFailureLeavesTheOldFileAndNothingElse() throws IOException {
        Path file = Files.writeString(folder.resolve("out"), "old");
        assertThatThrownBy(() -> WholeOutput.file(file, temporary -> {
            Files.writeString(temporary, "half");
            throw new IOException("No space left on device");
        })).hasMessage("No space left on device");
        assertThat(file).hasContent("old");
        assertThat(names()).containsExactly("out");
    }

    @Test
    void aWriterThatWritesNothingIsAFailure() throws IOException {
        Path file = Files.writeString(folder.resolve("out"), "old");
        assertThatThrownBy(() -> WholeOutput.file(file, temporary -> {})).isInstanceOf(IOException.class);
        assertThat(file).hasContent("old");
    }

    @Test
    void foldersAboveAreMade() throws IOException {
        WholeOutput.file(folder.resolve("a/b/c"), temporary -> Files.writeString(temporary, "x"));
        assertThat(folder.resolve("a/b/c")).hasContent("x");
    }

    @Test
    void aFolderReplacesTheOldOneAsAWhole() throws IOException {
        Path out = folder.resolve("out");
        WholeOutput.folder(out, temporary -> Files.writeString(temporary.resolve("one"), "1"));
        WholeOutput.folder(out, temporary -> {
            Files.writeString(temporary.resolve("two"), "2");
            assertThat(out.resolve("one")).exists();
        });
        assertThat(out.resolve("one")).doesNotExist();
        assertThat(out.resolve("two")).hasContent("2");
        assertThat(names()).containsExactly("out");
    }

    @Test
    void aFailureLeavesTheOldFolderAndNothingElse() throws IOException {
        Path out = folder.resolve("out");
        WholeOutput.folder(out, temporary -> Files.writeString(temporary.resolve("one"), "1"));
        assertThatThrownBy(() -> WholeOutput.folder(out, temporary -> {
            Files.createDirectories(temporary.resolve("x/y"));
            throw new IOException("broken");
        })).hasMessage("broken");
        assertThat(out.resolve("one")).hasContent("1");
        assertThat(names()).containsExactly("out");
    }

    @Test
    void theOldFolderComesBackIfTheNewOneCannotTakeItsPlace() throws IOException {
        Path out = folder.resolve("out");
        WholeOutput.folder(out, temporary -> Files.writeString(temporary.resolve("one"), "1"));
        // the writer loses its folder, so that there is nothing to move
        assertThatThrownBy(() -> WholeOutput.folder(out, Files::delete)).isInstanceOf(IOException.class);
        assertThat(out.resolve("one")).hasContent("1");
        assertThat(names()).containsExactly("out");
    }

    @Test
    void whatAKilledBuildLeftIsDeletedAndWhatALiveOneWritesIsNot() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Files.createDirectories(folder.resolve(".out.new-" + dead.pid() + "-1/sub"));
        Files.writeString(folder.resolve(".out.new-" + dead.pid() + "-2"), "half");
        String live = ".out.new-" + ProcessHandle.current().parent().orElseThrow().pid() + "-1";
        Files.writeString(folder.resolve(live), "half");
        Files.writeString(folder.resolve(".out.new-x"), "the user's");
        Files.writeString(folder.resolve(".other.new-" + dead.pid() + "-1"), "of another output");
        WholeOutput.file(folder.resolve("out"), temporary -> Files.writeString(temporary, "new"));
        assertThat(names()).containsExactlyInAnyOrder("out", live, ".out.new-x", ".other.new-" + dead.pid() + "-1");
    }

    @Test
    void deletingFollowsNoLink() throws IOException {
        Path precious = Files.createDirectory(folder.resolve("precious"));
        Files.writeString(precious.resolve("file"), "x");
        Path out = Files.createDirectory(folder.resolve("out"));
        Files.createSymbolicLink(out.resolve("link"), precious);
        Files.createSymbolicLink(out.resolve("dangling"), Path.of("nowhere"));
        WholeOutput.delete(out);
        assertThat(precious.resolve("file")).hasContent("x");
        Path link = Files.createSymbolicLink(folder.resolve("link"), precious);
        WholeOutput.delete(link);
        WholeOutput.delete(link);
        assertThat(names()).containsExactly("precious");
        assertThat(precious.resolve("file")).hasContent("x");
    }
}
