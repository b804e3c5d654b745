// SPDX-License-Identifier: Apache-2.0
package dev.marshal.distro.buildroot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.marshal.distro.Distributions;
import dev.marshal.distro.RootRequest;
import dev.marshal.fixture.Problems;
import dev.marshal.fixture.RecordedLog;
import dev.marshal.fixture.Workloads;
import dev.marshal.problem.Problem;
import dev.marshal.project.WorkloadProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildrootConfigurationTest {

    @TempDir
    Path folder;

    @Test
    void theLaterFragmentWins() throws IOException {
        Path one = Files.writeString(folder.resolve("one"), "BR2_PACKAGE_A=y\nBR2_PACKAGE_B=y\n# a comment\nBR2_TARGET_GENERIC_HOSTNAME=\"one\"\n");
        Path two = Files.writeString(folder.resolve("two"), "# BR2_PACKAGE_A is not set\nBR2_TARGET_GENERIC_HOSTNAME=\"two\"\n");
        BuildrootConfiguration.write(List.of("BR2_TOOLCHAIN_EXTERNAL=y"), List.of(one, two), folder.resolve("wanted"));
        assertThat(Files.readAllLines(folder.resolve("wanted"))).startsWith("BR2_riscv=y", "BR2_RISCV_64=y").contains("BR2_TOOLCHAIN_EXTERNAL=y", "BR2_TARGET_ROOTFS_TAR=y")
                .endsWith("BR2_PACKAGE_B=y", "# BR2_PACKAGE_A is not set", "BR2_TARGET_GENERIC_HOSTNAME=\"two\"").doesNotContain("BR2_PACKAGE_A=y", "# a comment");
    }

    @Test
    void whatWasNotTaken() throws IOException {
        Path wanted = Files.writeString(folder.resolve("wanted"), "BR2_A=y\nBR2_B=\"x\"\n# BR2_C is not set\n# BR2_D is not set\nBR2_E=y\n");
        Path made = Files.writeString(folder.resolve("made"), "BR2_A=y\nBR2_B=\"y\"\nBR2_D=y\n# BR2_E is not set\n");
        assertThat(BuildrootConfiguration.notTaken(wanted, made)).containsExactly("BR2_B=\"x\"", "BR2_D=n", "BR2_E=y");
    }

    @Test
    void aSourceIsNeededAndHasToBeBuildroot() throws IOException {
        Files.createDirectories(folder.resolve("no-buildroot"));
        // the host may lack programs of Buildroot's too
        assertThat(Problems.allOf(() -> distribution("distro: br").check(request("distro: br")))).contains(new Problem("Buildroot has no source", "spec.yaml:1:9",
                "Set distro.opts.source to a folder, an archive, or git+https://…#COMMIT"));
        String yaml = "distro: {name: buildroot, opts: {source: ./no-buildroot}}";
        assertThat(Problems.of(() -> distribution(yaml).make(request(yaml), null)).what()).isEqualTo("this is not Buildroot: it has no package/busybox/busybox.mk");
        assertThat(folder.resolve("build/cache/buildroot")).isEmptyDirectory();
    }

    @Test
    void whatCouldNotBeFetched() {
        assertThat(BuildrootBuild.unfetched(List.of("wget: unable to resolve host address 'ftpmirror.gnu.org'",
                "make: *** [package/pkg-generic.mk:179: /cache/buildroot/.new-1/build/build/host-m4-1.4.19/.stamp_downloaded] Error 1", "make: Leaving directory '/tree'"))).isEqualTo("host-m4-1.4.19");
        assertThat(BuildrootBuild.unfetched(List.of("make: *** [package/pkg-generic.mk:213: /cache/build/host-libtool-2.4.7/.stamp_extracted] Error 2"))).isNull();
    }

    private static BuildrootDistribution distribution(String yaml) {
        return (BuildrootDistribution) Distributions.of(new dev.marshal.workload.Chain(List.of(Workloads.layer("own", Path.of("/"), yaml))));
    }

    private RootRequest request(String yaml) {
        WorkloadProject project = Workloads.project(folder.resolve("build"), new RecordedLog(), null, Workloads.layer("own", folder, yaml));
        return new RootRequest(project, Distributions.options(project.chain()), 0);
    }
}
