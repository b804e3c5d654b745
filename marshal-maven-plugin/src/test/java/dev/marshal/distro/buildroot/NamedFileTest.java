// SPDX-License-Identifier: Apache-2.0
package dev.marshal.distro.buildroot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.marshal.distro.Distributions;
import dev.marshal.distro.RootInputs;
import dev.marshal.distro.RootRequest;
import dev.marshal.fixture.Problems;
import dev.marshal.fixture.RecordedLog;
import dev.marshal.fixture.Workloads;
import dev.marshal.project.WorkloadProject;
import dev.marshal.uptodate.Inputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedFileTest {

    private static final String YAML = "distro: {name: br, opts: {source: ./tree, configs: fragment}}";

    @TempDir
    Path folder;

    private RootRequest request() throws IOException {
        Files.createDirectories(folder.resolve("tree"));
        Files.writeString(folder.resolve("fragment"), "# $(OWN_PATH)/in-a-comment\nBR2_ROOTFS_OVERLAY=\"$(OWN_PATH)/overlay ${OWN_PATH}/more\"\nBR2_DL_DIR=\"$(TOPDIR)/dl\"\n");
        WorkloadProject project = Workloads.project(folder.resolve("build"), new RecordedLog(), null, Workloads.layer("own", folder, YAML));
        return new RootRequest(project, Distributions.options(project.chain()), 0);
    }

    private String identity() throws IOException {
        RootRequest request = request();
        return RootInputs.describe(new BuildrootDistribution(), request, new Inputs(request.project().digests())).fingerprint();
    }

    @Test
    void areThoseOfTheEnvironment() throws IOException {
        RootRequest request = request();
        assertThat(NamedFile.of(BuildrootDistribution.fragments(request), Map.of("OWN_PATH", "/workdir", "OTHER", "no path")))
                .containsExactly(new NamedFile("$(OWN_PATH)/overlay", Path.of("/workdir/overlay"), folder.resolve("fragment") + ":2"), new NamedFile("${OWN_PATH}/more", Path.of("/workdir/more"), folder.resolve("fragment") + ":2"));
        assertThat(NamedFile.of(List.of(), Map.of())).isEmpty();
    }

    @Test
    void countForWhetherTheRootIsMadeAgain() throws IOException {
        Files.createDirectories(folder.resolve("overlay/etc"));
        Files.createDirectories(folder.resolve("more"));
        String before = identity();
        assertThat(identity()).isEqualTo(before);
        Files.writeString(folder.resolve("overlay/etc/motd"), "hello\n");
        assertThat(identity()).isNotEqualTo(before);
    }

    @Test
    void haveToBeThere() throws IOException {
        Files.createDirectories(folder.resolve("overlay"));
        // the host may lack programs of Buildroot's too
        assertThat(Problems.allOf(() -> new BuildrootDistribution().check(request())).toString()).contains("'${OWN_PATH}/more' is not there (looked at " + folder.resolve("more") + ")", "fragment:2").doesNotContain("/overlay'");
    }
}
