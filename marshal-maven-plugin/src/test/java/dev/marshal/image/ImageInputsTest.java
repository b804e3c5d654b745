// SPDX-License-Identifier: Apache-2.0
package dev.marshal.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.marshal.fixture.Problems;
import dev.marshal.fixture.RecordedLog;
import dev.marshal.fixture.Workloads;
import dev.marshal.project.WorkloadProject;
import dev.marshal.workload.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageInputsTest {

    @TempDir
    Path folder;

    private Path own;

    @BeforeEach
    void make() throws IOException {
        own = Files.createDirectories(folder.resolve("own"));
        Files.createDirectories(own.resolve("overlay/srv/empty"));
        Files.writeString(own.resolve("overlay/one"), "text");
        Files.createLink(own.resolve("overlay/two"), own.resolve("overlay/one"));
        Files.createSymbolicLink(own.resolve("overlay/link"), Path.of("/bin/busybox"));
        Files.setPosixFilePermissions(own.resolve("overlay/one"), PosixFilePermissions.fromString("rw-------"));
        Files.setAttribute(own.resolve("overlay/srv"), "unix:mode", 01777);
        Files.writeString(own.resolve("run.sh"), "#!/bin/sh\n");
        Files.createSymbolicLink(own.resolve("run-link"), Path.of("run.sh"));
    }

    private WorkloadProject project(String target) {
        return Workloads.project(folder.resolve(target), new RecordedLog(), null, Workloads.layer("own", own, """
                distro: files
                overlay: ./overlay
                files: [[run-link, /a], [overlay, /b/], [run.sh, /c]]
                run: ./run-link 'a b'
                rootfs-size: 64MiB
                """));
    }

    private Path write(String target) throws IOException {
        Path archive = folder.resolve(target + ".tar.zst");
        new ImageInputs(project(target)).write(archive, folder.resolve(target).resolve("work"));
        assertThat(folder.resolve(target).resolve("work")).doesNotExist();
        return archive;
    }

    @Test
    void everythingComesBack() throws IOException {
        Path out = Files.createDirectories(folder.resolve("out"));
        new ImageInputs(project("build")).unpack(write("build"), out);
        assertThat(out.resolve("image.json")).hasContent("{\"overlay\":\"files/1/overlay\",\"files\":[[\"files/2/run-link\",\"/a\"],[\"files/3/overlay\",\"/b/\"],[\"files/4/run.sh\",\"/c\"]],"
                + "\"run\":[\"files/5/run-link\",\"a b\"],\"rootfs-size\":67108864}");
        Path overlay = out.resolve("files/1/overlay");
        assertThat(overlay.resolve("srv/empty")).isEmptyDirectory();
        assertThat((Integer) Files.getAttribute(overlay.resolve("srv"), "unix:mode") & 07777).isEqualTo(01777);
        assertThat(Files.getAttribute(overlay.resolve("one"), "unix:ino")).isEqualTo(Files.getAttribute(overlay.resolve("two"), "unix:ino"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(overlay.resolve("one")))).isEqualTo("rw-------");
        assertThat(Files.readSymbolicLink(overlay.resolve("link"))).isEqualTo(Path.of("/bin/busybox"));
        assertThat(Files.readSymbolicLink(out.resolve("files/2/run-link"))).isEqualTo(Path.of("run.sh"));
        assertThat(out.resolve("files/5/run-link")).isRegularFile().hasContent("#!/bin/sh");
        assertThat(Files.isSymbolicLink(out.resolve("files/5/run-link"))).isFalse();
    }

    @Test
    void theBytesFollowFromTheInputs() throws IOException {
        byte[] one = Files.readAllBytes(write("build"));
        Files.setLastModifiedTime(own.resolve("run.sh"), java.nio.file.attribute.FileTime.fromMillis(1_000_000_000_000L));
        assertThat(Files.readAllBytes(write("elsewhere"))).isEqualTo(one);
    }

    @Test
    void aBaseThatWasPublishedWithout() throws IOException {
        WorkloadProject project = project("build");
        Layer published = new Layer("base", "org.example:base:1", Workloads.specification("distro: files"), project.cache().workloads().resolve("x"), Map.of());
        assertThat(Problems.of(() -> new ImageInputs(project).read(published))).satisfies(problem -> {
            assertThat(problem.what()).isEqualTo("the root filesystem of org.example:base:1 cannot be made again with other options of the distribution: it was published without what it is made of");
            assertThat(problem.where()).isEqualTo("spec.yaml:1:9");
            assertThat(problem.remedy()).isEqualTo("Publish it with -Dmarshal.publishImageInputs, or leave 'distro.opts' as the base has them");
        });
        Layer here = project.chain().own();
        assertThat(new ImageInputs(project).read(here)).isSameAs(here);
    }
}
