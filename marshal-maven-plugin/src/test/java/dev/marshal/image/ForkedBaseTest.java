// SPDX-License-Identifier: Apache-2.0
package dev.marshal.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.marshal.fixture.RecordedLog;
import dev.marshal.fixture.Workloads;
import dev.marshal.rootfs.Ext4Image;
import dev.marshal.rootfs.Ext4Identity;
import dev.marshal.rootfs.Ext4Reader;
import dev.marshal.rootfs.ImagePath;
import dev.marshal.workload.BaseWorkload;
import dev.marshal.workload.Layer;
import dev.marshal.workload.PublishedWorkload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the distribution of the fixtures, whose root filesystem is a text and some files. */
class ForkedBaseTest {

    @TempDir
    Path folder;

    private final RecordedLog log = new RecordedLog();

    /** The base is built here, as a workload is for its jobs. */
    private Optional<ForkedBase> fork(String child, String options) throws IOException {
        Path work = Files.createDirectories(folder.resolve("base/overlay"));
        Files.writeString(work.resolve("of-base"), "base");
        List<Layer> layers = List.of(Workloads.layer("root", folder.resolve("root"), "distro: {name: files, opts: {text: a}}\nrootfs-size: 32MiB\n"),
                Workloads.layer("base", folder.resolve("base"), "overlay: overlay\ncommand: hello\n"));
        BaseWorkload base = new PublishedWorkload("org.example:base:1", layers, Optional.empty(), Map.of(), artifact -> {
            throw new AssertionError(artifact);
        });
        return ForkedBase.of(Workloads.project(folder.resolve("build"), log, base, layers.get(0), layers.get(1), Workloads.layer(child, folder.resolve(child), options)));
    }

    private static String text(Ext4Reader reader, String path) throws IOException {
        try (var content = reader.content(reader.find(ImagePath.of(path), false).orElseThrow().inode())) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void onlyOtherOptionsFork() throws IOException {
        assertThat(fork("x", "cpus: 1")).isEmpty();
        assertThat(fork("x", "distro: files")).isEmpty();
        assertThat(fork("x", "distro: {name: files, opts: {text: a}}")).isEmpty();
        assertThat(fork("x", "distro: {name: files, opts: {text: b}}")).isPresent();
    }

    @Test
    void whoWantsTheSameGetsTheSameMadeOnce() throws IOException {
        Path one = fork("one", "distro: {name: files, opts: {text: b}}").orElseThrow().image();
        Path other = fork("other", "distro: {name: some-files, opts: {text: b}}\noverlay: mine\n").orElseThrow().image();
        assertThat(other).isEqualTo(one);
        assertThat(log.infos().stream().filter(line -> line.contains("again, with other options of the distribution 'files'"))).hasSize(1);
        assertThat(fork("one", "distro: {name: files, opts: {text: c}}").orElseThrow().key()).isNotEqualTo(fork("one", "distro: {name: files, opts: {text: b}}").orElseThrow().key());
        Ext4Image image = new Ext4Image(one, Workloads.tools(), Ext4Identity.of("test", Workloads.TIME));
        image.check();
        assertThat(image.superblock().size()).isEqualTo(32 << 20);
        try (Ext4Reader reader = image.read()) {
            assertThat(text(reader, "/text")).isEqualTo("b");
            assertThat(text(reader, "/of-base")).isEqualTo("base");
            assertThat(text(reader, "/run")).isEqualTo("hello");
        }
    }
}
