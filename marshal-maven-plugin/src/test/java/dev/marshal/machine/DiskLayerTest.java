// SPDX-License-Identifier: Apache-2.0
package dev.marshal.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.marshal.tool.Command;
import dev.marshal.tool.HostTools;
import dev.marshal.tool.Tool;
import dev.marshal.tool.ToolFailure;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layers made and written by qemu-img and qemu-io. */
class DiskLayerTest {

    private static final int SIZE = 8 << 20;

    @TempDir
    Path folder;

    private final CollectingLog log = new CollectingLog();
    private final Tool qemuImg = Programs.TOOLBOX.require(HostTools.QEMU_IMG);
    private Path image;

    @BeforeEach
    void image() throws IOException {
        image = folder.resolve("it's a \"root\", file=x;json:{}.img");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(SIZE);
            file.write(new byte[] {1, 2, 3});
        }
    }

    @Test
    void aLayerHidesWritesFromTheImage() throws IOException {
        try (DiskLayer layer = open(Disk.Access.FRESH_LAYER)) {
            write(layer, 4096);
            byte[] after = Files.readAllBytes(layer.rawImage(folder.resolve("copies/after.img")));
            assertThat(after).hasSize(SIZE).startsWith(1, 2, 3);
            assertThat(after[4096]).isEqualTo((byte) 0xab);
            assertThat(Files.readAllBytes(image)[4096]).isZero();
            assertThat(allocated(folder.resolve("copies/after.img"))).isLessThan(1 << 20);
        }
        assertThat(folder.resolve("work/disk.qcow2")).doesNotExist();
    }

    @Test
    void aFreshLayerForgetsTheLastOne() throws IOException {
        DiskLayer first = open(Disk.Access.FRESH_LAYER);
        write(first, 0);
        assertThat(Files.readAllBytes(open(Disk.Access.FRESH_LAYER).rawImage(folder.resolve("after.img")))).startsWith(1, 2, 3);
    }

    @Test
    void aKeptLayerStaysUntilTheImageIsBuiltAgain() throws IOException {
        try (DiskLayer layer = open(Disk.Access.KEPT_LAYER)) {
            write(layer, 0);
        }
        try (DiskLayer layer = open(Disk.Access.KEPT_LAYER)) {
            assertThat(Files.readAllBytes(layer.rawImage(folder.resolve("after.img")))).startsWith(0xab, 0xab);
        }
        assertThat(log.warnings).isEmpty();

        Path other = Files.write(folder.resolve("other"), new byte[SIZE]);
        Files.move(other, image, StandardCopyOption.REPLACE_EXISTING);
        try (DiskLayer layer = open(Disk.Access.KEPT_LAYER)) {
            assertThat(Files.readAllBytes(layer.rawImage(folder.resolve("after.img")))).startsWith(0, 0);
        }
        assertThat(log.warnings).containsExactly(image + " was built again: what earlier launches wrote to the disk is given up (" + folder.resolve("work/kept.qcow2") + ")");
    }

    @Test
    void aLayerThatCannotBeMadeIsToldWithTheReason() throws IOException {
        Files.delete(image);
        assertThatThrownBy(() -> open(Disk.Access.FRESH_LAYER)).isInstanceOf(ToolFailure.class)
                .hasMessageContaining("could not lay a writable layer over " + image).hasMessageContaining("No such file");
    }

    private static long allocated(Path file) throws IOException {
        return 512 * Long.parseLong(new Command("ask for the size of " + file, "stat").args("-c", "%b", file).output().strip());
    }

    private DiskLayer open(Disk.Access access) throws IOException {
        return DiskLayer.open(new Disk(image, access), folder.resolve("work"), qemuImg, log);
    }

    private void write(DiskLayer layer, long at) throws IOException {
        new Command("write to a layer", qemuImg.path().resolveSibling("qemu-io").toString()).args("-f", "qcow2", "-c", "write -P 0xab " + at + " 512", layer.file()).check();
    }
}
