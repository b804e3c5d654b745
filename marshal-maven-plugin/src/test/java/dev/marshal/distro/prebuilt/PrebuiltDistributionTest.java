// SPDX-License-Identifier: Apache-2.0
package dev.marshal.distro.prebuilt;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import dev.marshal.distro.Distributions;
import dev.marshal.distro.RootRequest;
import dev.marshal.fixture.Problems;
import dev.marshal.fixture.RecordedLog;
import dev.marshal.fixture.Workloads;
import dev.marshal.project.WorkloadProject;
import dev.marshal.rootfs.Ext4Identity;
import dev.marshal.rootfs.Ext4Image;
import dev.marshal.rootfs.ImageEditor;
import dev.marshal.rootfs.ImagePath;
import dev.marshal.tool.Command;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One root file system in every form that an image comes in, on disks whose tables sfdisk writes: each gives the same root, byte for byte. */
class PrebuiltDistributionTest {

    private static final int START = 8192;
    private static final long SECTORS = Ext4Image.SMALLEST / 512;

    @TempDir
    Path folder;
    private Path filesystem;
    private byte[] expected;

    @BeforeEach
    void makeFileSystem() throws IOException {
        filesystem = filesystem("root.raw", "wurzel");
        expected = root("image: root.raw");
    }

    private Path filesystem(String name, String label) throws IOException {
        Ext4Image image = new Ext4Image(folder.resolve(name), Workloads.tools(), Ext4Identity.of("org.example:published:1", Workloads.TIME));
        image.create(Ext4Image.SMALLEST, label);
        try (ImageEditor editor = image.edit()) {
            editor.addBytes("init of this root".getBytes(StandardCharsets.US_ASCII), ImagePath.of("/usr/lib/systemd/systemd"), 0755);
            editor.addBytes("/dev/vdb /gone\n".getBytes(StandardCharsets.US_ASCII), ImagePath.of("/etc/fstab"), 0644);
            editor.apply();
        }
        return image.file();
    }

    /** A disk with the root file system from sector {@link #START} on. @param table in sfdisk's own words, a line each */
    private Path disk(String name, String... table) throws IOException {
        Path disk = folder.resolve(name);
        run("truncate", "-s", (START + SECTORS + 2048) * 512, disk);
        Path words = Files.write(folder.resolve("table"), java.util.List.of(table));
        run("sh", "-c", "PATH=$PATH:/sbin:/usr/sbin exec sfdisk -q \"$0\" < \"$1\"", disk, words);
        run("dd", "if=" + filesystem, "of=" + disk, "bs=512", "seek=" + START, "conv=notrunc", "status=none");
        return disk;
    }

    private static void run(String program, Object... arguments) throws IOException {
        new Command("prepare the test", program).args(arguments).check();
    }

    private byte[] root(String options) throws IOException {
        String yaml = "distro: {name: prebuilt, opts: {" + options + "}}";
        WorkloadProject project = Workloads.project(folder.resolve("build"), new RecordedLog(), null, Workloads.layer("own", folder, yaml));
        Path made = folder.resolve("made.img");
        Files.deleteIfExists(made);
        Distributions.of(project.chain()).make(new RootRequest(project, Distributions.options(project.chain()), 0), new Ext4Image(made, project.tools(), Ext4Identity.of("org.example:own:1", Workloads.TIME)));
        assertThat(project.layout().work().resolve("prebuilt")).doesNotExist();
        return Files.readAllBytes(made);
    }

    private void pack(Path file, Path packed) throws IOException {
        boolean gzip = packed.toString().endsWith(".gz");
        try (OutputStream out = Files.newOutputStream(packed); OutputStream compressed = gzip ? new GZIPOutputStream(out) : new ZstdOutputStream(out)) {
            Files.copy(file, compressed);
        }
    }

    private void gives(String options) throws IOException {
        assertThat(root(options)).as(options).isEqualTo(expected);
    }

    @Test
    void aFileSystemAloneHoweverItIsPacked() throws IOException {
        pack(filesystem, folder.resolve("root.img.gz"));
        pack(filesystem, folder.resolve("root.img.zst"));
        run("xz", "-0", "--keep", filesystem);
        Files.move(folder.resolve("root.raw.xz"), folder.resolve("root.img.xz"));
        run("qemu-img", "convert", "-O", "qcow2", filesystem, folder.resolve("root.qcow2"));
        for (String name : new String[] {"root.img.gz", "root.img.zst", "root.img.xz", "root.qcow2"}) {
            gives("image: " + name);
        }
    }

    @Test
    void aDiskWithAGptByNumberNameAndLabel() throws IOException {
        Path disk = disk("disk.raw", "label: gpt", "start=2048, size=2048, type=U, name=esp", "start=" + START + ", size=" + SECTORS + ", type=L, name=system");
        for (String partition : new String[] {"", ", partition: 2", ", partition: system", ", partition: wurzel"}) {
            gives("image: disk.raw" + partition);
        }
        pack(disk, folder.resolve("disk.img.gz"));
        pack(disk, folder.resolve("disk.img.zst"));
        gives("image: disk.img.gz");
        gives("image: disk.img.zst, partition: system");
    }

    @Test
    void aDiskWithAnMbrByNumberAndLabel() throws IOException {
        disk("disk.raw", "label: dos", "start=2048, size=2048, type=c", "start=4096, size=1024, type=82", "start=" + START + ", size=" + SECTORS + ", type=83, bootable");
        for (String partition : new String[] {"", ", partition: 3", ", partition: wurzel"}) {
            gives("image: disk.raw" + partition);
        }
    }

    @Test
    void aLogicalPartitionOfAnMbr() throws IOException {
        disk("disk.raw", "label: dos", "start=2048, size=2048, type=c", "start=4096, type=5", "start=" + START + ", size=" + SECTORS + ", type=83");
        gives("image: disk.raw");
        gives("image: disk.raw, partition: 5");
    }

    @Test
    void ofTwoForLinuxTheOnlyOneWithAFileSystem() throws IOException {
        disk("disk.raw", "label: dos", "start=2048, size=2048, type=83", "start=" + START + ", size=" + SECTORS + ", type=83");
        gives("image: disk.raw");
        assertThat(Problems.of(() -> root("image: disk.raw, partition: 1")).what()).contains("partition 1 of the image cannot be taken");
    }
}
