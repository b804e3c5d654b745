// SPDX-License-Identifier: Apache-2.0
package dev.marshal.distro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.marshal.fixture.Problems;
import dev.marshal.fixture.RecordedLog;
import dev.marshal.fixture.Workloads;
import dev.marshal.problem.Problem;
import dev.marshal.project.WorkloadProject;
import dev.marshal.uptodate.FileDigests;
import dev.marshal.uptodate.Inputs;
import dev.marshal.workload.Chain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DistributionsTest {

    @TempDir
    Path folder;

    private Distribution of(String yaml) {
        return Distributions.of(new Chain(List.of(Workloads.layer("own", folder, yaml))));
    }

    private WorkloadProject project(String yaml) {
        return Workloads.project(folder.resolve("build"), new RecordedLog(), null, Workloads.layer("own", folder, yaml));
    }

    private Inputs identify(String yaml) throws IOException {
        WorkloadProject project = project(yaml);
        return RootInputs.describe(of(yaml), new RootRequest(project, Distributions.options(project.chain()), 0), new Inputs(new FileDigests(folder.resolve("digests"))));
    }

    @Test
    void areFoundByName() {
        assertThat(of("distro: bare").name()).isEqualTo("bare");
        assertThat(of("distro: {name: busybox}").name()).isEqualTo("busybox");
        assertThat(of("distro: busybox").hasRootFilesystem()).isTrue();
        assertThat(Distributions.all()).extracting(Distribution::name).contains("bare", "busybox").isSorted();
    }

    @Test
    void oneThatThereIsNot() {
        assertThat(Problems.of(() -> of("name: x\ndistro: slackware"))).satisfies(problem -> {
            assertThat(problem.what()).isEqualTo("there is no distribution 'slackware'");
            assertThat(problem.where()).isEqualTo("spec.yaml:2:9");
            assertThat(problem.remedy()).startsWith("Use one of: bare, ").contains("busybox").endsWith("; or add the jar that brings it to the <dependencies> of marshal-maven-plugin");
        });
    }

    @Test
    void noneAtAll() {
        assertThat(Problems.of(() -> of("name: x"))).isEqualTo(new Problem("the workload has neither a base nor a distribution", "spec.yaml",
                "Add a dependency of type 'workload' to the POM, such as dev.marshal.firechip:busybox-base, or set 'distro'"));
    }

    @Test
    void theBareOneHasNothing() throws IOException {
        Distribution bare = of("distro: bare");
        assertThat(bare.hasRootFilesystem()).isFalse();
        assertThat(identify("distro: bare").entries()).containsOnly(entry("distribution", "bare"));
        assertThat(bare.runsAtBoot(null)).isFalse();
        assertThatThrownBy(() -> bare.make(null, null)).hasMessage("a bare workload has no image");
        assertThatThrownBy(() -> bare.runAtBoot(null, null, true)).hasMessage("a bare workload has no image");
        assertThatThrownBy(() -> bare.runOnce(null, null)).hasMessage("a bare workload has no image");
    }

    @Test
    void busyboxIsItsSourceConfigurationAndCompiler() throws IOException {
        Files.writeString(folder.resolve("busybox.config"), "CONFIG_STATIC=y\n");
        String yaml = "distro: busybox\nbusybox: {source: 'debian-pool:pool/b.tar.gz#sha256=" + "ab".repeat(32) + "', config: busybox.config}\n";
        assertThat(identify(yaml).entries()).containsOnlyKeys("distribution", "option busybox.source", "option busybox.config", "cross compiler");
        String before = identify(yaml).fingerprint();
        Files.writeString(folder.resolve("busybox.config"), "CONFIG_STATIC=n\n");
        assertThat(identify(yaml).fingerprint()).isNotEqualTo(before);
    }

    @Test
    void busyboxNeedsASource() {
        assertThat(Problems.of(() -> identify("distro: busybox")).what()).isEqualTo("'busybox.config' is not set by the workload or what it inherits from; it is needed to make the root filesystem");
        assertThat(Problems.of(() -> identify("distro: busybox\nbusybox: {config: x}")).what()).startsWith("'busybox.source' is not set");
    }

    @Test
    void aChildStandsOnWhatItsBaseIsMadeOf() {
        Chain chain = new Chain(List.of(Workloads.layer("base", folder, "distro: busybox"), Workloads.layer("own", folder, "name: x\ndistro: bare")));
        assertThat(Problems.of(() -> Distributions.of(chain))).isEqualTo(new Problem("the distribution is 'bare', but org.example:base:1, which this workload stands on, is made of 'busybox'", "spec.yaml:2:9",
                "Choose another base, or write 'name: busybox'"));
    }
}
