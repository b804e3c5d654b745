// SPDX-License-Identifier: Apache-2.0
package dev.marshal.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.marshal.fixture.Problems;
import dev.marshal.fixture.Workloads;
import dev.marshal.tool.Command;
import dev.marshal.tool.HostTools;
import dev.marshal.tool.Tool;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDifferenceTest {

    private static final int MEBI = 1 << 20;

    @TempDir
    Path folder;

    private final Random random = new Random(1);
    private Tool qemuImg;
    private Path base;

    @BeforeEach
    void make() throws IOException {
        qemuImg = Workloads.tools().require(HostTools.QEMU_IMG);
        byte[] content = new byte[8 * MEBI];
        random.nextBytes(content);
        base = Files.write(folder.resolve("base.img"), content);
    }

    private Path changed(String name, int... places) throws IOException {
        Path image = Files.copy(base, folder.resolve(name));
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            for (int place : places) {
                file.seek(place);
                file.write("changed".getBytes(StandardCharsets.UTF_8));
            }
        }
        return image;
    }

    private Path difference(Path image) throws IOException {
        Path difference = folder.resolve("difference");
        new ImageDifference(qemuImg).write(base, image, difference);
        return difference;
    }

    private Path apply(Path difference) throws IOException {
        Path image = folder.resolve("again");
        new ImageDifference(qemuImg).apply(base, difference, image);
        return image;
    }

    @Test
    void holdsWhatDiffersAndGivesTheImage() throws IOException {
        Path image = changed("image", 100, 5 * MEBI);
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.seek(2 * MEBI);
            file.write(new byte[MEBI]); // what is zero now differs too
        }
        Path difference = difference(image);
        assertThat(Files.size(difference)).isLessThan(600_000);
        assertThat(apply(difference)).hasSameBinaryContentAs(image);
        assertThat(folder).isDirectoryNotContaining("glob:**.layer");
    }

    @ParameterizedTest
    @ValueSource(ints = {4 * MEBI, 8 * MEBI + 4096, 12 * MEBI})
    void ofAnotherSize(int size) throws IOException {
        Path image = changed("image", MEBI);
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(size);
            file.seek(size - 3);
            file.write(new byte[] {1, 2, 3});
        }
        assertThat(apply(difference(image))).hasSameBinaryContentAs(image);
    }

    @Test
    void ofEqualImages() throws IOException {
        assertThat(apply(difference(changed("image")))).hasSameBinaryContentAs(base);
    }

    @Test
    void isTheSameWhereverItIsMadeAndNamesNoFile() throws IOException {
        Path image = changed("image", 100, 3 * MEBI, 7 * MEBI);
        byte[] here = Files.readAllBytes(difference(image));
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere, and: further"));
        new ImageDifference(qemuImg).write(Files.copy(base, elsewhere.resolve("other-base")), Files.copy(image, elsewhere.resolve("other")), elsewhere.resolve("difference"));
        assertThat(elsewhere.resolve("difference")).hasBinaryContent(here);
        assertThat(new String(here, StandardCharsets.ISO_8859_1)).doesNotContain("base", folder.getFileName().toString());
    }

    @Test
    void theBaseIsOnlyRead() throws IOException {
        byte[] before = Files.readAllBytes(base);
        Path difference = difference(changed("image", 100));
        byte[] published = Files.readAllBytes(difference);
        apply(difference);
        assertThat(base).hasBinaryContent(before);
        assertThat(difference).hasBinaryContent(published);
    }

    @Test
    void oneThatNamesAFileOfThisMachineIsRefused() throws IOException {
        Path secret = Files.write(folder.resolve("secret"), new byte[MEBI]);
        Path foreign = folder.resolve("foreign");
        new Command("make a layer", qemuImg.path().toString()).args("create", "-q", "-f", "qcow2", "-F", "raw", "-b", secret, foreign).limit(Duration.ofMinutes(1)).check();
        assertThat(Problems.of(() -> apply(foreign)).what()).contains("a qcow2 file that refers to no other file");
        Path outside = folder.resolve("outside");
        new Command("make a layer", qemuImg.path().toString()).args("create", "-q", "-f", "qcow2", "-o", "data_file=" + folder.resolve("data"), outside, MEBI).limit(Duration.ofMinutes(1)).check();
        assertThat(Problems.of(() -> apply(outside)).what()).contains("a qcow2 file that refers to no other file");
        assertThat(folder.resolve("again")).doesNotExist();
    }

    @Test
    void whatIsNoneIsRefused() throws IOException {
        assertThat(Problems.of(() -> apply(Files.writeString(folder.resolve("text"), "QFI"))).what()).contains("this is no difference between images");
        assertThat(Problems.of(() -> apply(base)).where()).contains("base.img");
    }
}
