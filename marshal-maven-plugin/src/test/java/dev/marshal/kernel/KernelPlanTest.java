// SPDX-License-Identifier: Apache-2.0
package dev.marshal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.marshal.fixture.Problems;
import dev.marshal.fixture.RecordedLog;
import dev.marshal.fixture.Workloads;
import dev.marshal.workload.BaseWorkload;
import dev.marshal.workload.Layer;
import dev.marshal.workload.PublishedWorkload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a kernel is made, of what, and when that of the base is taken. */
class KernelPlanTest {

    private static final String SHA = "ab".repeat(32);

    @TempDir
    Path folder;

    private Layer board;

    @BeforeEach
    void make() throws IOException {
        Files.writeString(folder.resolve("board.config"), "CONFIG_A=y\n");
        Files.writeString(folder.resolve("busybox.config"), "CONFIG_STATIC=y\n");
        Files.createDirectories(folder.resolve("iceblk"));
        Files.writeString(folder.resolve("iceblk/Makefile"), "obj-m = iceblk.o\n");
        Files.createDirectories(folder.resolve("own"));
        Files.writeString(folder.resolve("own/own.config"), "CONFIG_B=y\n");
        String pool = "'debian-pool:pool/x.tar.gz#sha256=" + SHA + "'";
        board = Workloads.board("firechip", folder, """
                linux: {source: 'debian:linux-source-6.1=6.1.1-1', config: board.config, modules: {iceblk: iceblk}}
                busybox: {source: %s, config: busybox.config}
                firmware: {opensbi-src: %s, bbl-src: %s}
                """.formatted(pool, pool, pool));
    }

    private KernelPlan plan(BaseWorkload base, String own) {
        return new KernelPlan(Workloads.project(folder.resolve("build"), new RecordedLog(), base, board, Workloads.layer("own", folder.resolve("own"), own)));
    }

    private BaseWorkload base(String identity, String... artifacts) {
        Map<String, String> digests = artifacts.length == 0 ? Map.of() : Map.of(artifacts[0], SHA);
        return new PublishedWorkload("org.example:base:1", List.of(board), Optional.ofNullable(identity), digests, artifact -> folder);
    }

    @Test
    void aWorkloadWithoutSourceOrWithABinaryHasNoKernel() {
        assertThat(plan(null, "").exists()).isTrue();
        assertThat(plan(null, "bin: my.elf").exists()).isFalse();
        assertThat(new KernelPlan(Workloads.project(folder, new RecordedLog(), null, Workloads.layer("own", folder, "distro: bare"))).exists()).isFalse();
    }

    @Test
    void fragmentsAreThoseOfTheChainInOrder() {
        List<Fragment> fragments = plan(null, "linux: {config: own.config}").fragments();
        assertThat(fragments).extracting(Fragment::label).containsExactly("board.config of firechip", "own.config of org.example:own:1");
        assertThat(fragments).extracting(Fragment::file).containsExactly(folder.resolve("board.config"), folder.resolve("own/own.config"));
    }

    @Test
    void theIdentityFollowsEverythingThatTheBinaryIsMadeOf() throws IOException {
        String plain = plan(null, "").identity();
        assertThat(plan(null, "overlay: x\ncommand: ls\nmem: 1G\ncpus: 1").identity()).isEqualTo(plain);
        assertThat(List.of(plan(null, "linux: {config: own.config}").identity(), plan(null, "firmware: {use-bbl: true}").identity(), plan(null, "firmware: {opensbi-build-args: A=1}").identity(),
                plan(null, "linux: {modules: {iceblk: null}}").identity(), plan(null, "linux: {source: 'debian:linux-source-6.1=6.1.2-1'}").identity(), plain)).doesNotHaveDuplicates();
        Files.writeString(folder.resolve("iceblk/iceblk.c"), "");
        String module = plan(null, "").identity();
        Files.writeString(folder.resolve("board.config"), "CONFIG_A=n\n");
        assertThat(List.of(plan(null, "").identity(), module, plain)).doesNotHaveDuplicates();
    }

    @Test
    void argumentsOfTheFirmwareThatIsNotUsedDoNotCount() throws IOException {
        assertThat(plan(null, "firmware: {bbl-build-args: --x}").identity()).isEqualTo(plan(null, "").identity());
        assertThat(plan(null, "firmware: {use-bbl: true, bbl-build-args: --x}").firmwareArguments()).containsExactly("--x");
    }

    @Test
    void theBasesBinaryIsTakenIfItIsTheSame() throws IOException {
        String identity = plan(null, "").identity();
        assertThat(plan(base(identity, "bin.elf"), "").fromBase()).isTrue();
        assertThat(plan(base(identity, "bin.elf"), "linux: {config: own.config}").fromBase()).isFalse();
        assertThat(plan(base("other", "bin.elf"), "").fromBase()).isFalse();
        assertThat(plan(base(identity), "").fromBase()).isFalse();
        assertThat(plan(base(identity, "bin.elf"), "post-bin: ./x.sh").fromBase()).isFalse();
        assertThat(plan(null, "").fromBase()).isFalse();
    }

    /** Its boot binary is the base's; drivers and Linux are compiled, to be linked with the root filesystem. */
    @Test
    void aDisklessBinaryIsNoReasonForABootBinaryOfItsOwn() throws IOException {
        String identity = plan(null, "").identity();
        KernelPlan diskless = plan(base(identity, "bin.elf"), "nodisk: true");
        assertThat(List.of(diskless.diskless(), diskless.fromBase(), diskless.compiles())).containsExactly(true, true, true);
        KernelPlan own = plan(base(identity, "bin.elf"), "nodisk: true\nlinux: {config: own.config}");
        assertThat(List.of(own.diskless(), own.fromBase(), own.compiles())).containsExactly(true, false, true);
        KernelPlan plain = plan(base(identity, "bin.elf"), "");
        assertThat(List.of(plain.diskless(), plain.fromBase(), plain.compiles())).containsExactly(false, true, false);
    }

    /** A base with a binary, but no kernel that it is made of, took it as it was. */
    @Test
    void aGivenBinaryOfTheBaseIsTakenUnlessTheWorkloadSaysOfAKernel() throws IOException {
        assertThat(plan(base(null, "bin.elf"), "overlay: x\npost-bin: ./x.sh\nnodisk: false").fromBase()).isTrue();
        assertThat(plan(base(null, "bin.elf"), "").exists()).isFalse();
        for (String own : List.of("linux: {config: own.config}", "firmware: {opensbi-build-args: A=1}", "busybox: {config: busybox.config}", "nodisk: true")) {
            assertThat(plan(base(null, "bin.elf"), own).fromBase()).as(own).isFalse();
            assertThat(plan(base(null, "bin.elf"), own).exists()).as(own).isTrue();
        }
        assertThat(plan(base(null), "").exists()).isTrue();
    }

    @Test
    void whatIsMissingIsTold() {
        KernelPlan plan = new KernelPlan(Workloads.project(folder, new RecordedLog(), null, Workloads.layer("own", folder, "firmware: {use-bbl: true}")));
        assertThat(Problems.of(plan::source).what()).isEqualTo("'linux.source' is not set by the workload or what it inherits from; it is needed to compile Linux");
        assertThat(Problems.of(plan::busyboxSource).what()).contains("'busybox.source'").endsWith("it is needed to make the initramfs");
        assertThat(Problems.of(plan::busyboxConfig).what()).contains("'busybox.config'");
        assertThat(Problems.of(plan::firmwareSource).what()).contains("'firmware.bbl-src'").endsWith("it is needed to link Linux with bbl");
    }

    @Test
    void modulesOfTheKernelsOwnAreFoundInItsConfiguration() throws IOException {
        assertThat(KernelPlan.hasOwnModules(Files.writeString(folder.resolve("c"), "CONFIG_A=y\n# CONFIG_B=m\nCONFIG_S=\"x=m\"\n"))).isFalse();
        assertThat(KernelPlan.hasOwnModules(Files.writeString(folder.resolve("c"), "CONFIG_A=y\nCONFIG_B=m\n"))).isTrue();
    }
}
