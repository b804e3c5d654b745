// SPDX-License-Identifier: Apache-2.0
package dev.marshal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.marshal.fixture.Problems;
import dev.marshal.fixture.RecordedLog;
import dev.marshal.fixture.Workloads;
import dev.marshal.initramfs.BusyboxBuild.Identity;
import dev.marshal.problem.ProblemException;
import dev.marshal.project.WorkloadProject;
import dev.marshal.source.Sources;
import dev.marshal.source.TarZst;
import dev.marshal.uptodate.Sha256;
import dev.marshal.workload.Chain;
import dev.marshal.workload.KernelBuild;
import dev.marshal.workload.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the BusyBox that a base compiled is taken. */
class PublishedBusyboxTest {

    private static final Identity WANTED = new Identity("sha256:source", "configuration", "gcc 12", "1");

    @TempDir
    Path folder;

    private final RecordedLog log = new RecordedLog();
    private final List<String> fetched = new ArrayList<>();
    private Path archive;
    private Path into;

    @BeforeEach
    void make() throws IOException {
        archive = folder.resolve("busybox.tar.zst");
        into = Files.createDirectories(folder.resolve("into"));
        write("busybox", "busybox.links");
    }

    private void write(String... files) throws IOException {
        Path build = Files.createDirectories(folder.resolve("build"));
        List<Path> paths = new ArrayList<>();
        for (String file : files) {
            paths.add(Files.writeString(build.resolve(file), file));
        }
        assertThat(build.resolve("busybox").toFile().setExecutable(true)).isTrue();
        TarZst.write(build, paths, Workloads.TIME, archive);
    }

    private PublishedBusybox published(String version, Identity identity) throws IOException {
        KernelBuild.Busybox busybox = new KernelBuild.Busybox(Sha256.of(archive), identity.source(), identity.configuration(), identity.compiler(), identity.recipe());
        Layer base = new Layer("base", "org.example:base:" + version, Workloads.specification("distro: bare"), folder, Map.of(), new KernelBuild("", "", "", "", "", busybox), null);
        Layer between = new Layer("between", "org.example:between:1", Workloads.specification(""), folder, Map.of());
        WorkloadProject plain = Workloads.project(folder.resolve("project"), log, null, base, between, Workloads.layer("own", folder, ""));
        Sources sources = new Sources(plain.cache().folder(), plain.tools(), this::fetch, plain.digests(), false, log);
        return new PublishedBusybox(new WorkloadProject(new Chain(plain.chain().layers()), Optional.empty(), plain.layout(), plain.cache(), plain.settings(), plain.tools(), sources, plain.digests(), log));
    }

    private Path fetch(String coordinates) {
        fetched.add(coordinates);
        if (!Files.exists(archive)) {
            throw new ProblemException("the artifact " + coordinates + " was not found", null, "x");
        }
        return archive;
    }

    @Test
    void theSameIsTaken() throws IOException {
        assertThat(published("1", WANTED).get(WANTED, into)).isTrue();
        assertThat(into.resolve("busybox")).hasContent("busybox").isExecutable();
        assertThat(into.resolve("busybox.links")).hasContent("busybox.links");
        assertThat(fetched).containsExactly("org.example:base:tar.zst:busybox:1");
        assertThat(log.infos()).containsExactly("unpacking the BusyBox of org.example:base:1");
        assertThat(published("1", WANTED).fetch(WANTED)).isTrue();
    }

    @Test
    void anythingElseIsCompiledAndTheUserIsToldWhy() throws IOException {
        for (Identity other : List.of(new Identity("sha256:other", "configuration", "gcc 12", "1"), new Identity("sha256:source", "other", "gcc 12", "1"), new Identity("sha256:source", "configuration", "gcc 13", "1"),
                new Identity("sha256:source", "configuration", "gcc 12", "0"))) {
            assertThat(published("1", other).get(WANTED, into)).isFalse();
            assertThat(published("1", other).fetch(WANTED)).isFalse();
        }
        assertThat(fetched).isEmpty();
        assertThat(into).isEmptyDirectory();
        String says = "the BusyBox of org.example:base:1 is of no use here: ";
        assertThat(log.infos()).containsExactly(says + "it is of the source sha256:other, this one of sha256:source", says + "its configuration is another one",
                says + "it was compiled by 'gcc 13', this host has 'gcc 12'", says + "another version of the plugin builds it otherwise");
    }

    @Test
    void oneCanDoWithoutIt() throws IOException {
        PublishedBusybox published = published("1", WANTED);
        Files.delete(archive);
        assertThat(published.get(WANTED, into)).isFalse();
        assertThat(log.warnings()).containsExactly("BusyBox is compiled without the help of org.example:base:1: the artifact org.example:base:tar.zst:busybox:1 was not found");
    }

    @Test
    void aReleaseThatChangedStopsTheBuild() throws IOException {
        PublishedBusybox published = published("1", WANTED);
        Files.writeString(archive, "changed");
        assertThat(Problems.of(() -> published.get(WANTED, into)).what()).startsWith("'busybox.tar.zst' of org.example:base:1 is not what was published: its sha256 is " + Sha256.of("changed"));
    }

    @Test
    void anArchiveOfSomethingElseIsRefused() throws IOException {
        write("busybox");
        PublishedBusybox published = published("1", WANTED);
        assertThat(Problems.of(() -> published.get(WANTED, into)).what()).isEqualTo("the BusyBox of org.example:base:1 was published without busybox.links");
    }
}
