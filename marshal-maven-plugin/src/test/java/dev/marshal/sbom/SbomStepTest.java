// SPDX-License-Identifier: Apache-2.0
package dev.marshal.sbom;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.marshal.fixture.RecordedLog;
import dev.marshal.fixture.Workloads;
import dev.marshal.image.ImagePlan;
import dev.marshal.kernel.KernelPlan;
import dev.marshal.project.WorkloadProject;
import dev.marshal.uptodate.StepRunner;
import dev.marshal.uptodate.Verdict;
import dev.marshal.workload.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cyclonedx.Version;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SbomStepTest {

    private static final String SHA = "a".repeat(64);

    @TempDir
    Path folder;

    private String own = "cpus: 1";

    @BeforeEach
    void make() throws IOException {
        Files.createDirectories(folder.resolve("board/drivers/iceblk"));
        Files.writeString(folder.resolve("board/drivers/iceblk/Makefile"), "all:\n");
        Files.writeString(folder.resolve("board/base.config"), "CONFIG_A=y\n");
        Files.writeString(folder.resolve("board/busybox.config"), "CONFIG_STATIC=y\n");
    }

    private WorkloadProject project(String target) {
        Layer board = Workloads.board("firechip", folder.resolve("board"), """
                distro: {name: bare}
                linux: {source: 'debian:linux-source-6.1=6.1.1-1+deb12u1', config: base.config, modules: {iceblk: drivers/iceblk}}
                busybox: {source: 'https://example.org/busybox-1.37.0.tar.bz2#sha256=%s', config: busybox.config}
                firmware: {opensbi-src: 'git+https://example.org/opensbi.git#%s'}
                """.formatted(SHA, "b".repeat(40)));
        return Workloads.project(folder.resolve(target), new RecordedLog(), null, board, Workloads.layer("base", folder, ""), Workloads.layer("hello", folder, own));
    }

    private Verdict run(WorkloadProject project) throws IOException {
        return new StepRunner(project.layout().records(), project.digests()).run(new SbomStep(project, new KernelPlan(project), new ImagePlan(project)), verdict -> {});
    }

    private Path bill(String target) throws IOException {
        WorkloadProject project = project(target);
        run(project);
        return project.layout().sbom();
    }

    private static List<String> names(JsonNode components) {
        List<String> names = new ArrayList<>();
        components.forEach(component -> names.add(component.get("type").asText() + " " + component.get("name").asText() + (component.has("version") ? " " + component.get("version").asText() : "")));
        return names;
    }

    @Test
    void isWhatTheSpecificationOfCycloneDxWants() throws IOException {
        assertThat(new JsonParser().validate(bill("build").toFile(), Version.VERSION_16)).isEmpty();
    }

    @Test
    void namesAllThatAWorkloadIsMadeOf() throws IOException {
        JsonNode bill = new ObjectMapper().readTree(bill("build").toFile());
        assertThat(bill.at("/metadata/component/purl").asText()).isEqualTo("pkg:maven/org.example/hello@1?type=workload");
        assertThat(bill.at("/metadata/timestamp").asText()).isEqualTo(Workloads.TIME.toString());
        assertThat(names(bill.get("components"))).containsExactly("operating-system base 1", "operating-system linux 6.1.1-1+deb12u1", "application busybox 1.37.0",
                "firmware opensbi " + "b".repeat(40), "device-driver iceblk");
        assertThat(bill.at("/components/1/purl").asText()).isEqualTo("pkg:deb/debian/linux-source-6.1@6.1.1-1%2Bdeb12u1");
        assertThat(bill.at("/components/2/hashes/0/content").asText()).isEqualTo(SHA);
        assertThat(bill.at("/components/2/externalReferences/0/url").asText()).isEqualTo("https://example.org/busybox-1.37.0.tar.bz2");
        assertThat(bill.at("/components/3/externalReferences/0/type").asText()).isEqualTo("vcs");
        assertThat(names(bill.at("/formulation/0/components"))).anyMatch(name -> name.matches("application \\S*gcc .*\\d+\\..*")).anyMatch(name -> name.startsWith("application make "))
                .noneMatch(name -> name.contains("qemu"));
        assertThat(bill.at("/dependencies/0/dependsOn")).hasSize(5);
    }

    @Test
    void isTheSameInAnotherFolderAndAtAnotherTime() throws IOException {
        byte[] first = Files.readAllBytes(bill("one"));
        assertThat(bill("another/folder")).hasBinaryContent(first);
        assertThat(new String(first, java.nio.charset.StandardCharsets.UTF_8)).doesNotContain(folder.toString()).contains("urn:uuid:");
    }

    @Test
    void isMadeAgainWhenSomethingInItChanged() throws IOException {
        assertThat(run(project("build")).summary()).isEqualTo("not built yet");
        assertThat(run(project("build")).summary()).isEqualTo("up to date");
        own = "cpus: 2";
        assertThat(run(project("build")).summary()).isEqualTo("up to date");
        Files.writeString(folder.resolve("board/drivers/iceblk/Makefile"), "all: x\n");
        assertThat(run(project("build")).summary()).contains("iceblk changed");
    }
}
