// SPDX-License-Identifier: Apache-2.0
package dev.marshal.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.marshal.distro.Distributions;
import dev.marshal.fixture.FilesDistribution;
import dev.marshal.fixture.Problems;
import dev.marshal.fixture.RecordedLog;
import dev.marshal.fixture.Workloads;
import dev.marshal.problem.Problem;
import dev.marshal.project.WorkloadProject;
import dev.marshal.source.SourceSpec;
import dev.marshal.uptodate.Sha256;
import dev.marshal.workload.BaseWorkload;
import dev.marshal.workload.Chain;
import dev.marshal.workload.Distro;
import dev.marshal.workload.KernelBuild;
import dev.marshal.workload.Layer;
import dev.marshal.workload.Options;
import dev.marshal.workload.Script;
import dev.marshal.workload.Sourced;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is published is what children inherit. */
class WorkloadArchiveTest {

    private static final String SHA = "ab".repeat(32);
    private static final KernelBuild BUILD = new KernelBuild(SHA, "cd".repeat(32), "sha256:ef", "gcc 12", "amd64", new KernelBuild.Busybox("12".repeat(32), "sha256:34", "56".repeat(32), "gcc 12", "1"));

    @TempDir
    Path folder;

    private Path board;
    private Path own;

    @BeforeEach
    void make() throws IOException {
        board = Files.createDirectories(folder.resolve("board"));
        own = Files.createDirectories(folder.resolve("own"));
        Files.writeString(board.resolve("base.config"), "CONFIG_A=y\n");
        Files.createDirectories(board.resolve("drivers/iceblk/sub"));
        Files.writeString(board.resolve("drivers/iceblk/Makefile"), "obj-m = iceblk.o\n");
        Files.writeString(board.resolve("drivers/iceblk/sub/run.sh"), "#!/bin/sh\n");
        assertThat(board.resolve("drivers/iceblk/sub/run.sh").toFile().setExecutable(true)).isTrue();
        Files.createSymbolicLink(board.resolve("drivers/iceblk/sub/link"), Path.of("../Makefile"));
        Files.writeString(board.resolve("pk.tar.gz"), "an archive");
        Files.writeString(own.resolve("own.config"), "CONFIG_B=y\n");
        Files.writeString(own.resolve("hook.sh"), "#!/bin/sh\n");
        Files.createDirectories(own.resolve("busybox"));
        Files.writeString(own.resolve("busybox/x"), "x");
    }

    private Layer board() {
        return Workloads.board("firechip", board, """
                linux: {source: 'debian:linux-source-6.1=6.1.1-1', config: base.config, modules: {iceblk: drivers/iceblk}}
                firmware: {bbl-src: pk.tar.gz, opensbi-src: 'debian-pool:pool/o.tar.gz#sha256=%s', opensbi-build-args: A=1}
                mem: 512MiB
                """.formatted(SHA));
    }

    private Layer own() {
        return Workloads.layer("hello", own, """
                distro: {name: files, opts: {text: t, configs: [own.config], environment: {z: 1, a: null}, source: busybox}}
                linux: {config: [own.config], modules: {icenet: null}}
                busybox: {source: busybox}
                post_run_hook: ./hook.sh 'a b'
                outputs: [/root/out]
                spike: null
                overlay: not-inherited
                command: not inherited
                """);
    }

    private WorkloadProject project(Path target, Layer... layers) {
        return Workloads.project(target, new RecordedLog(), null, layers);
    }

    private Path write(Path target) throws IOException {
        Path archive = target.resolve("hello.workload");
        Files.createDirectories(target);
        new WorkloadWriter(project(target, board(), own()), BUILD).write("kernel-digest", Map.of("rootfs.img.zst", "1".repeat(64), "bin.elf", "2".repeat(64)), archive);
        return archive;
    }

    private BaseWorkload read(Path archive) throws IOException {
        WorkloadProject project = project(folder.resolve("child"), own());
        return new WorkloadReader(project.cache(), project.digests()).read("org.example:hello:1", archive, new NoFiles());
    }

    private Problem problem(Path archive) {
        return Problems.of(() -> read(archive));
    }

    @Test
    void aChildInheritsWhatWasPublished() throws IOException {
        BaseWorkload base = read(write(folder.resolve("build")));
        assertThat(base.coordinates()).isEqualTo("org.example:hello:1");
        assertThat(base.kernelIdentity()).contains("kernel-digest");
        assertThat(base.digests()).containsExactly(entry("bin.elf", "2".repeat(64)), entry("rootfs.img.zst", "1".repeat(64)));
        assertThat(base.has("bin.elf")).isTrue();
        assertThat(base.has("vmlinux.elf.zst")).isFalse();
        assertThat(base.artifact("bin.elf")).isEqualTo(Path.of("/bin.elf/" + "2".repeat(64)));
        assertThat(base.layers()).extracting(Layer::label).containsExactly("firechip", "org.example:hello:1");

        assertThat(base.layers()).extracting(Layer::kernelBuild).containsExactly(null, BUILD);

        List<Layer> layers = new ArrayList<>(base.layers());
        layers.add(Workloads.layer("child", folder, ""));
        Chain chain = new Chain(layers);
        assertThat(chain.value(Options.MEM)).contains(512L << 20);
        assertThat(chain.value(Options.DISTRO).map(Distro::toString)).contains("files {text=t, configs=[files/3/own.config], environment={z=1, a=null}, source=" + own.resolve("busybox") + "}");
        Chain opts = Distributions.options(chain);
        Sourced<List<String>> configs = opts.get(FilesDistribution.CONFIGS).orElseThrow();
        assertThat(configs.layer().resolve(configs.value().get(0))).hasContent("CONFIG_B=y");
        assertThat(configs.layer().identities()).containsKey("distro.opts.source");
        assertThat(chain.value(Options.OUTPUTS)).contains(List.of("/root/out"));
        assertThat(chain.value(Options.SPIKE)).contains(Optional.empty());
        assertThat(chain.value(Options.OVERLAY)).isEmpty();
        assertThat(chain.value(Options.COMMAND)).isEmpty();
        assertThat(chain.appended(Options.OPENSBI_ARGS)).containsExactly("A=1");
        assertThat(chain.value(Options.LINUX_SOURCE)).contains(new SourceSpec.DebianPackage("linux-source-6.1", "6.1.1-1"));
        List<Sourced<List<String>>> fragments = chain.all(Options.LINUX_CONFIG);
        assertThat(fragments.get(0).layer().resolve(fragments.get(0).value().get(0))).hasContent("CONFIG_A=y").hasFileName("base.config");
        assertThat(fragments.get(1).layer().resolve(fragments.get(1).value().get(0))).hasContent("CONFIG_B=y").hasFileName("own.config");
        Sourced<Script> hook = chain.get(Options.POST_RUN_HOOK).orElseThrow();
        assertThat(hook.value().arguments()).containsExactly("a b");
        assertThat(hook.layer().resolve(hook.value().path())).hasContent("#!/bin/sh");
        assertThat(hook.where().toString()).startsWith("org.example:hello:1/workload.json:");
    }

    @Test
    void foldersTravelWithModesAndLinks() throws IOException {
        Path module = new Chain(read(write(folder.resolve("build"))).layers()).modules().get("iceblk").folder();
        assertThat(module.resolve("Makefile")).hasContent("obj-m = iceblk.o");
        assertThat(Files.isExecutable(module.resolve("sub/run.sh"))).isTrue();
        assertThat(Files.isExecutable(module.resolve("Makefile"))).isFalse();
        assertThat(Files.readSymbolicLink(module.resolve("sub/link"))).isEqualTo(Path.of("../Makefile"));
    }

    @Test
    void aSimulatorOfTheWorkloadTravelsAndOneOfTheHostDoesNot() throws IOException {
        Files.createDirectories(own.resolve("tools"));
        Files.writeString(own.resolve("tools/qemu"), "#!/bin/sh\n");
        assertThat(own.resolve("tools/qemu").toFile().setExecutable(true)).isTrue();
        Path archive = folder.resolve("w.workload");
        new WorkloadWriter(project(folder.resolve("build"), Workloads.layer("hello", own, "qemu: tools/qemu\nspike: /opt/spike\n")), null).write(null, Map.of(), archive);
        Layer layer = read(archive).layers().get(0);
        String qemu = layer.specification().value(Options.QEMU).orElseThrow().orElseThrow();
        assertThat(Path.of(layer.program(qemu))).isExecutable().hasContent("#!/bin/sh");
        assertThat(layer.program(qemu)).doesNotStartWith(own.toString());
        assertThat(layer.specification().value(Options.SPIKE).orElseThrow()).contains("/opt/spike");
    }

    @Test
    void sourcesKeepWhatTheyWereWhenPublished() throws IOException {
        BaseWorkload base = read(write(folder.resolve("build")));
        assertThat(base.layers().get(0).identities()).containsOnly(entry("linux.source", "debian:linux-source-6.1=6.1.1-1"), entry("firmware.bbl-src", "sha256:" + Sha256.of("an archive")),
                entry("firmware.opensbi-src", "sha256:" + SHA));
        Chain chain = new Chain(base.layers());
        Sourced<SourceSpec> bbl = chain.get(Options.BBL_SOURCE).orElseThrow();
        assertThat(bbl.layer().resolve(((SourceSpec.Archive) bbl.value()).path())).hasContent("an archive");
        // a folder cannot travel: it is named where it was, and known by what it held
        Sourced<SourceSpec> busybox = chain.get(Options.BUSYBOX_SOURCE).orElseThrow();
        assertThat(busybox.value()).isEqualTo(new SourceSpec.Folder(own.resolve("busybox").toString()));
        String identity = base.layers().get(1).identities().get("busybox.source");
        assertThat(identity).startsWith("folder:");
        Files.writeString(own.resolve("busybox/x"), "changed");
        WorkloadProject child = Workloads.project(folder.resolve("child"), new RecordedLog(), base, base.layers().toArray(Layer[]::new));
        assertThat(child.identity(busybox)).isEqualTo(identity);
    }

    @Test
    void whatIsPublishedAgainIsTheSame() throws IOException {
        BaseWorkload base = read(write(folder.resolve("build")));
        Path again = folder.resolve("again.workload");
        new WorkloadWriter(project(folder.resolve("second"), base.layers().toArray(Layer[]::new)), null).write("kernel-digest", base.digests(), again);
        BaseWorkload second = read(again);
        assertThat(second.layers()).extracting(Layer::identities).isEqualTo(base.layers().stream().map(Layer::identities).toList());
        assertThat(new Chain(second.layers()).modules().get("iceblk").folder().resolve("sub/run.sh")).exists();
    }

    @Test
    void theBytesFollowFromTheContentAlone() throws IOException {
        byte[] before = Files.readAllBytes(write(folder.resolve("build")));
        TimeZone zone = TimeZone.getDefault();
        try {
            for (String other : new String[] {"Asia/Kolkata", "America/New_York"}) {
                TimeZone.setDefault(TimeZone.getTimeZone(other));
                Files.setLastModifiedTime(own.resolve("own.config"), FileTime.from(Instant.EPOCH));
                assertThat(write(folder.resolve("other-" + other.length()))).as(other).hasBinaryContent(before);
            }
        } finally {
            TimeZone.setDefault(zone);
        }
    }

    @Test
    void everyEntryBearsTheTimeOfTheProject() throws IOException {
        try (ZipFile zip = ZipFile.builder().setPath(write(folder.resolve("build"))).get()) {
            for (ZipArchiveEntry entry : java.util.Collections.list(zip.getEntries())) {
                assertThat(entry.getLastModifiedTime().toInstant()).as(entry.getName()).isEqualTo(Workloads.TIME);
            }
        }
    }

    @Test
    void theDescriptionTellsEveryOptionThatCounts() throws IOException {
        try (ZipFile zip = ZipFile.builder().setPath(write(folder.resolve("build"))).get()) {
            assertThat(zip.getEntriesInPhysicalOrder().nextElement().getName()).isEqualTo("workload.json");
            JsonNode json = new ObjectMapper().readTree(zip.getInputStream(zip.getEntry("workload.json")));
            assertThat(json.get("format").asInt()).isEqualTo(1);
            assertThat(json.get("name").asText()).isEqualTo("hello");
            assertThat(json.at("/effective/linux.config/value").toString()).isEqualTo("[\"base.config\",\"own.config\"]");
            assertThat(json.at("/effective/linux.config/from").toString()).isEqualTo("[\"firechip\",\"org.example:hello:1\"]");
            assertThat(json.at("/effective/command/value").asText()).isEqualTo("not inherited");
            assertThat(json.toString()).doesNotContain(board.toString());
        }
    }

    @Test
    void anArchiveIsUnpackedOnce() throws IOException {
        Path archive = write(folder.resolve("build"));
        Path workdir = read(archive).layers().get(0).workdir();
        Files.writeString(workdir.resolve("mark"), "");
        assertThat(read(archive).layers().get(0).workdir().resolve("mark")).exists();
    }

    @Test
    void somethingElseIsNoWorkload() throws IOException {
        Path file = Files.writeString(folder.resolve("x.workload"), "<html>");
        Problem problem = problem(file);
        assertThat(problem.what()).startsWith("org.example:hello:1 is not a published workload: ");
        assertThat(problem.where()).isEqualTo(file.toString());
        assertThat(problem.remedy()).isEqualTo("Check the dependency of type 'workload' in the POM, and delete the file if it is damaged");
        byte[] whole = Files.readAllBytes(write(folder.resolve("build")));
        assertThat(problem(Files.write(folder.resolve("half.workload"), java.util.Arrays.copyOf(whole, whole.length / 2))).what()).startsWith("org.example:hello:1 is not a published workload: ");
        assertThat(problem(Files.write(folder.resolve("empty.workload"), new byte[0])).what()).startsWith("org.example:hello:1 is not a published workload: ");
        assertThat(problem(Zips.write(folder.resolve("y.workload"), Zips.file("readme", "x"))).what()).isEqualTo("org.example:hello:1 is not a published workload: no workload.json");
        assertThat(problem(Zips.write(folder.resolve("z.workload"), Zips.file("workload.json", "{"))).what()).startsWith("org.example:hello:1 is not a published workload: ");
        assertThat(problem(Zips.write(folder.resolve("e.workload"), Zips.file("workload.json", "{}"))).what()).startsWith("org.example:hello:1 is not a published workload: ");
        assertThat(problem(Zips.write(folder.resolve("f.workload"), Zips.file("workload.json", "{\"format\": 1}"))).what()).startsWith("org.example:hello:1 is not a published workload: ");
        assertThat(problem(Zips.write(folder.resolve("n.workload"), Zips.file("workload.json", "null"))).what()).startsWith("org.example:hello:1 is not a published workload: ");
    }

    @Test
    void aDamagedEntryIsNoWorkload() throws IOException {
        Path file = Zips.write(folder.resolve("x.workload"), Zips.file("workload.json", "{\"format\": 1, \"padding\": \"" + "abc".repeat(100) + "\"}"));
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 60; i < 80; i++) {
            bytes[i] ^= 0x55;
        }
        assertThat(problem(Files.write(file, bytes)).what()).startsWith("org.example:hello:1 is not a published workload: ");
    }

    @Test
    void aNewerFormatIsToldWhateverItLooksLike() throws IOException {
        Problem problem = problem(Zips.write(folder.resolve("x.workload"), Zips.file("workload.json", "{\"format\": 2, \"layers\": \"elsewhere\"}")));
        assertThat(problem.what()).isEqualTo("org.example:hello:1 was published by a newer marshal-maven-plugin (format 2; this one reads up to 1)");
        assertThat(problem.remedy()).isEqualTo("Use a newer version of the plugin, or an older version of the base");
    }

    @Test
    void whatALaterVersionAddsIsPassedOver() throws IOException {
        assertThat(read(Zips.write(folder.resolve("x.workload"), Zips.file("workload.json",
                "{\"format\": 1, \"new\": {}, \"artifacts\": {}, \"layers\": [{\"name\": \"a\", \"folder\": \"layers/0\", \"specification\": {}, \"more\": 1}]}"))).layers()).hasSize(1);
    }

    @Test
    void anEntryThatLeavesTheFolder() throws IOException {
        Path file = Zips.write(folder.resolve("x.workload"), Zips.file("a/../../evil", "x"), Zips.file("workload.json", "{}"));
        assertThat(problem(file)).isEqualTo(new Problem("the entry 'a/../../evil' would leave the folder that the archive is unpacked to", file.toString(), "Do not use this artifact; ask whoever published it"));
        assertThat(problem(Zips.write(folder.resolve("y.workload"), Zips.file("/evil", "x"))).what()).contains("/evil");
        assertThat(folder.resolve("child/cache/workloads")).isEmptyDirectory();
    }

    @Test
    void aLinkThatLeadsOut() throws IOException {
        Path file = Zips.write(folder.resolve("x.workload"), Zips.link("layers/l", "../../evil"));
        assertThat(problem(file)).isEqualTo(new Problem("the link 'layers/l' leads out of the archive, to ../../evil", file.toString(), "Do not use this artifact; ask whoever published it"));
        assertThat(problem(Zips.write(folder.resolve("y.workload"), Zips.link("l", "/etc"))).what()).isEqualTo("the link 'l' leads out of the archive, to /etc");
    }

    @Test
    void nothingIsWrittenThroughLinks() throws IOException {
        // each link is harmless where its name says that it stands; the second stands elsewhere, through the first
        Path file = Zips.write(folder.resolve("x.workload"), Zips.link("a/b/x", "../.."), Zips.link("a/b/x/l", "../../c"), Zips.file("a/b/x/l/evil", "x"), Zips.file("workload.json", "{}"));
        assertThat(problem(file).what()).isEqualTo("the entry 'a/b/x/l' stands below a link of the archive");
        assertThat(folder.resolve("child/cache/workloads")).isEmptyDirectory();
        assertThat(folder.resolve("child/cache/c")).doesNotExist();
        Path roundabout = Zips.write(folder.resolve("y.workload"), Zips.link("a/b/x", "../.."), Zips.link("m", "a/b/x/../../c"), Zips.file("workload.json", "{}"));
        assertThat(problem(roundabout).what()).isEqualTo("the link 'm' leads out of the archive, to a/b/x/../../c");
        assertThat(problem(Zips.write(folder.resolve("z.workload"), Zips.link("l", "m"), Zips.file("l", "x"))).what()).isEqualTo("the entry 'l' stands twice");
    }
}
