// SPDX-License-Identifier: Apache-2.0
package dev.marshal.uptodate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDigestsTest {

    @TempDir
    Path folder;

    private Path store;
    private Path file;
    private final AtomicInteger reads = new AtomicInteger();

    @BeforeEach
    void write() throws IOException {
        store = folder.resolve("store/digests");
        file = Files.writeString(folder.resolve("a\tb\\c\nd"), "hello\n");
    }

    private String read(FileDigests digests) throws IOException {
        return digests.of(file, () -> {
            reads.incrementAndGet();
            return Sha256.of(file);
        });
    }

    @Test
    void digestsAreThoseOfTheStandard() throws IOException {
        assertThat(new FileDigests(store).of(file)).isEqualTo("5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03");
        assertThat(Sha256.of("")).isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void anUnchangedFileIsNotReadAgain() throws IOException {
        FileDigests digests = new FileDigests(store);
        assertThat(read(digests)).isEqualTo(read(digests));
        assertThat(reads).hasValue(1);
    }

    @Test
    void anUnchangedFileIsNotReadAgainInTheNextBuild() throws Exception {
        Thread.sleep(2100);
        FileDigests digests = new FileDigests(store);
        String digest = read(digests);
        digests.save();
        assertThat(read(new FileDigests(store))).isEqualTo(digest);
        assertThat(reads).hasValue(1);
    }

    @Test
    void aFileThatProjectsShareIsNotReadAgainByAnother() throws Exception {
        Thread.sleep(2100);
        String digest = read(FileDigests.shared(store));
        assertThat(read(FileDigests.shared(store))).isEqualTo(digest);
        assertThat(reads).hasValue(1);
        Files.writeString(file, "other\n");
        assertThat(read(FileDigests.shared(store))).isEqualTo(Sha256.of("other\n"));
    }

    @Test
    void aFileThatWasJustWrittenIsReadAgainInTheNextBuild() throws IOException {
        FileDigests digests = new FileDigests(store);
        read(digests);
        digests.save();
        read(new FileDigests(store));
        assertThat(reads).hasValue(2);
    }

    @Test
    void aChangedFileIsReadAgain() throws IOException {
        FileDigests digests = new FileDigests(store);
        String before = read(digests);
        Files.writeString(file, "other\n");
        assertThat(read(digests)).isNotEqualTo(before).isEqualTo(Sha256.of("other\n"));
        assertThat(reads).hasValue(2);
    }

    /** Same size, and often within the same tick of the kernel's clock, so that the file's stamp stays the same. */
    @Test
    void aFileThatChangesRightAfterItWasReadIsReadAgain() throws IOException {
        FileDigests digests = new FileDigests(store);
        for (int i = 0; i < 5; i++) {
            Files.write(file, new byte[] {(byte) i, 'a'}, StandardOpenOption.WRITE);
            digests.of(file);
            Files.write(file, new byte[] {(byte) i, 'b'}, StandardOpenOption.WRITE);
            assertThat(digests.of(file)).isEqualTo(Sha256.of(file));
        }
    }

    @Test
    void aChangeThatSetsTheTimeBackIsSeen() throws IOException {
        FileDigests digests = new FileDigests(store);
        FileTime time = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
        Files.setLastModifiedTime(file, time);
        String before = digests.of(file);
        Files.writeString(file, "HELLO\n");
        Files.setLastModifiedTime(file, time);
        assertThat(digests.of(file)).isNotEqualTo(before);
    }

    @Test
    void aFileBehindALinkIsWatched() throws IOException {
        FileDigests digests = new FileDigests(store);
        Path link = Files.createSymbolicLink(folder.resolve("link"), file.getFileName());
        String before = digests.of(link);
        Files.writeString(file, "other\n");
        assertThat(digests.of(link)).isNotEqualTo(before);
    }

    @Test
    void whatTheBuildWroteItselfIsNotRead() throws IOException {
        FileDigests digests = new FileDigests(store);
        digests.note(file, "known");
        assertThat(read(digests)).isEqualTo("known");
        assertThat(reads).hasValue(0);
    }

    @Test
    void aDamagedStoreOnlyCostsTime() throws IOException {
        Files.createDirectories(store.getParent());
        Files.write(store, "1,2\tx\ty\n\u00ff\u00fe".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(new FileDigests(store).of(file)).isEqualTo(Sha256.of(file));
        Files.writeString(store, "no,numbers,at,all\tx\ty\n");
        assertThat(new FileDigests(store).of(file)).isEqualTo(Sha256.of(file));
    }

    @Test
    void nothingNewMeansNothingWritten() throws IOException {
        new FileDigests(store).save();
        assertThat(store).doesNotExist();
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> new FileDigests(store).of(folder.resolve("none"))).isInstanceOf(NoSuchFileException.class).hasMessageContaining("none");
    }

    @Test
    void manyFilesGiveTheirDigestsInOrderAndAMissingOneIsNamed() throws IOException {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            files.add(Files.writeString(folder.resolve("file-" + i), "content " + i));
        }
        FileDigests digests = new FileDigests(store);
        List<FileDigests.Known> found = digests.of(files);
        assertThat(found).hasSize(300);
        for (int i = 0; i < 300; i++) {
            assertThat(found.get(i).digest()).isEqualTo(Sha256.of("content " + i));
        }
        files.add(200, folder.resolve("none"));
        assertThatThrownBy(() -> digests.of(files)).isInstanceOf(NoSuchFileException.class).hasMessageContaining("none");
    }
}
