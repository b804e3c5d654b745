// SPDX-License-Identifier: Apache-2.0
package dev.marshal.distro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
        return of(yaml).identify(project(yaml), new Inputs(new FileDigests(folder.resolve("digests"))));
    }

    @Test
    void areFoundByName() {
        assertThat(of("distro: bare").name()).isEqualTo("bare");
        assertThat(of("distro: {name: busybox}").name()).isEqualTo("busybox");
        assertThat(of("distro: busybox").hasRootFilesystem()).isTrue();
        assertThat(of("distro: busybox").defaultSize()).isEqualTo(256L << 20);
    }

    @Test
    void oneThatThereIsNot() {
        assertThat(Problems.of(() -> of("name: x\ndistro: slackware"))).isEqualTo(new Problem("there is no distribution 'slackware'", "spec.yaml:2:9", "Use one of: bare, busybox"));
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
        assertThat(bare.defaultSize()).isZero();
        assertThat(identify("distro: bare").entries()).isEmpty();
        assertThat(bare.runsAtBoot(null)).isFalse();
        assertThatThrownBy(() -> bare.fill(null, null)).hasMessage("a bare workload has no image");
        assertThatThrownBy(() -> bare.runAtBoot(null, null, true)).hasMessage("a bare workload has no image");
        assertThatThrownBy(() -> bare.runOnce(null, null)).hasMessage("a bare workload has no image");
    }

    @Test
    void busyboxIsItsSourceConfigurationAndCompiler() throws IOException {
        Files.writeString(folder.resolve("busybox.config"), "CONFIG_STATIC=y\n");
        String yaml = "distro: busybox\nbusybox: {source: 'debian-pool:pool/b.tar.gz#sha256=" + "ab".repeat(32) + "', config: busybox.config}\n";
        assertThat(identify(yaml).entries()).containsOnlyKeys("option busybox.source", "option busybox.config", "cross compiler");
        String before = identify(yaml).fingerprint();
        Files.writeString(folder.resolve("busybox.config"), "CONFIG_STATIC=n\n");
        assertThat(identify(yaml).fingerprint()).isNotEqualTo(before);
    }

    @Test
    void busyboxHasNoOptionsAndNeedsASource() {
        Problem options = Problems.of(() -> identify("distro: {name: busybox, opts: {size: 1, colour: red}}"));
        assertThat(options).isEqualTo(new Problem("the distribution 'busybox' has no options, but 'opts' sets size, colour", "spec.yaml:1:9", "Remove 'opts'; BusyBox itself is configured by 'busybox.config'"));
        assertThat(Problems.of(() -> identify("distro: busybox")).what()).isEqualTo("'busybox.config' is not set by the workload or what it inherits from; it is needed to make the root filesystem");
        assertThat(Problems.of(() -> identify("distro: busybox\nbusybox: {config: x}")).what()).startsWith("'busybox.source' is not set");
    }
}
