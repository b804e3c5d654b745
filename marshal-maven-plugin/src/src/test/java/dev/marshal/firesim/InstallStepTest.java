// SPDX-License-Identifier: Apache-2.0
package dev.marshal.firesim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.marshal.fixture.Problems;
import dev.marshal.fixture.Workloads;
import dev.marshal.uptodate.Verdict;
import dev.marshal.workload.Chain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallStepTest {

    @TempDir
    Path folder;

    private Path firesim;
    private Path workloads;
    private Path binary;
    private Path image;

    @BeforeEach
    void make() throws IOException {
        firesim = folder.resolve("firesim");
        workloads = Files.createDirectories(firesim.resolve("deploy/workloads"));
        binary = Files.writeString(folder.resolve("some.elf"), "binary");
        image = Files.writeString(folder.resolve("0123.img"), "image");
        Files.writeString(folder.resolve("hook.sh"), "#!/bin/sh\n");
        assertThat(folder.resolve("hook.sh").toFile().setExecutable(true)).isTrue();
        Files.writeString(folder.resolve("trace.txt"), "input");
    }

    private Chain chain(String name, String yaml) {
        return new Chain(List.of(Workloads.layer("base", folder, "outputs: [root/inherited]"), Workloads.layer(name, folder, yaml)));
    }

    private List<String> install(FireSimWorkload workload) throws IOException {
        List<String> verdicts = new ArrayList<>();
        new InstallStep(workload, firesim).run((Verdict verdict) -> verdicts.add(verdict.summary()));
        return verdicts;
    }

    private FireSimWorkload workload(String name, String yaml, Optional<Path> rootfs) {
        Chain chain = chain(name, yaml);
        return FireSimWorkload.of(chain, List.of(Node.of(chain, name, binary, rootfs)), false);
    }

    private JsonNode read(String name) throws IOException {
        return new ObjectMapper().readTree(workloads.resolve(name).toFile());
    }

    @Test
    void withADisk() throws IOException {
        String yaml = "post_run_hook: hook.sh --all 'two words'\nfiresim: {simulation_outputs: [memory_stats*.csv, uartlog], simulation_inputs: [./trace.txt]}\noutputs: [/root/out, etc/x]";
        assertThat(install(workload("hello", yaml, Optional.of(image)))).containsExactly("not built yet");
        assertThat(read("hello.json")).isEqualTo(new ObjectMapper().readTree("""
                {"benchmark_name": "hello", "common_bootbinary": "hello-bin.elf", "common_rootfs": "hello-rootfs.img", "common_outputs": ["/root/out", "/etc/x"],
                 "common_simulation_outputs": ["uartlog", "memory_stats*.csv"], "common_simulation_inputs": ["trace.txt"], "post_run_hook": "./hook.sh --all 'two words'"}"""));
        assertThat(workloads.resolve("hello/hello-bin.elf")).hasContent("binary");
        assertThat(workloads.resolve("hello/hello-rootfs.img")).hasContent("image");
        assertThat(workloads.resolve("hello/trace.txt")).hasContent("input");
        assertThat(workloads.resolve("hello/hook.sh")).isExecutable();
        assertThat(install(workload("hello", yaml, Optional.of(image)))).containsExactly("up to date");
    }

    @Test
    void withoutADiskTheImageIsNullAndNotLeftOut() throws IOException {
        install(workload("hello", "", Optional.empty()));
        assertThat(read("hello.json").has("common_rootfs")).isTrue();
        assertThat(read("hello.json").get("common_rootfs").isNull()).isTrue();
        assertThat(read("hello.json").get("common_outputs").get(0).asText()).isEqualTo("/root/inherited");
        assertThat(read("hello.json").has("post_run_hook")).isFalse();
    }

    @Test
    void aNodeAJob() throws IOException {
        Chain chain = chain("hello", "");
        Path other = Files.writeString(folder.resolve("other.img"), "other");
        install(FireSimWorkload.of(chain, List.of(Node.of(chain("a", "outputs: [/a]\nfiresim: {simulation_outputs: [x.csv]}"), "hello-a", binary, Optional.of(image)),
                Node.of(chain("b", ""), "hello-b", binary, Optional.of(other)), Node.of(chain("c", ""), "hello-c", binary, Optional.empty())), true));
        assertThat(read("hello.json")).isEqualTo(new ObjectMapper().readTree("""
                {"benchmark_name": "hello", "common_simulation_outputs": ["uartlog"], "workloads": [
                 {"name": "hello-a", "bootbinary": "hello-a-bin.elf", "rootfs": "hello-a-rootfs.img", "outputs": ["/a"], "simulation_outputs": ["x.csv"], "simulation_inputs": []},
                 {"name": "hello-b", "bootbinary": "hello-a-bin.elf", "rootfs": "hello-b-rootfs.img", "outputs": ["/root/inherited"], "simulation_outputs": [], "simulation_inputs": []},
                 {"name": "hello-c", "bootbinary": "hello-a-bin.elf", "rootfs": null, "outputs": ["/root/inherited"], "simulation_outputs": [], "simulation_inputs": []}]}"""));
        assertThat(workloads.resolve("hello/hello-b-rootfs.img")).hasContent("other");
    }

    @Test
    void whatChangedIsInstalledAgain() throws IOException {
        install(workload("hello", "", Optional.of(image)));
        Files.writeString(image, "another image");
        assertThat(install(workload("hello", "", Optional.of(image)))).containsExactly("hello-rootfs.img changed");
        assertThat(workloads.resolve("hello/hello-rootfs.img")).hasContent("another image");
        Files.writeString(workloads.resolve("hello.json"), "{}");
        assertThat(install(workload("hello", "", Optional.of(image)))).containsExactly("hello.json was changed by somebody else");
        assertThat(read("hello.json").get("benchmark_name").asText()).isEqualTo("hello");
    }

    @Test
    void somebodyElsesWorkloadStays() throws IOException {
        Files.writeString(workloads.resolve("hello.json"), "mine");
        assertThat(Problems.of(() -> install(workload("hello", "", Optional.empty()))).what()).isEqualTo("FireSim has a workload of this name, which was not installed by marshal");
        assertThat(workloads.resolve("hello.json")).hasContent("mine");
        assertThat(workloads.resolve("hello")).doesNotExist();
    }

    @Test
    void noFireSim() {
        firesim = folder;
        assertThat(Problems.of(() -> install(workload("hello", "", Optional.empty()))).what()).isEqualTo(folder + " is no FireSim: there is no folder deploy/workloads in it");
    }

    @Test
    void namesThatAShellWouldReadAreRefused() {
        for (String name : List.of("../x", "a b", "x;y", "$HOME", "-x", ".x", "")) {
            assertThat(Problems.of(() -> new FireSimWorkload(name, List.of(), false, Optional.empty())).what()).contains("cannot cope with the name '" + name + "'");
        }
    }

    @Test
    void inputsThatAreMissingOrCalledTheSame() throws IOException {
        var missing = Problems.of(() -> workload("hello", "firesim: {simulation_inputs: [none.txt]}", Optional.empty()));
        assertThat(missing.what()).startsWith("firesim.simulation_inputs: there is no file 'none.txt' (looked at ");
        assertThat(missing.where()).startsWith("spec.yaml:1:");
        Files.createDirectories(folder.resolve("sub"));
        Files.writeString(folder.resolve("sub/trace.txt"), "other");
        assertThat(Problems.of(() -> install(workload("hello", "firesim: {simulation_inputs: [trace.txt, sub/trace.txt]}", Optional.empty()))).what())
                .startsWith("two files of the workload are called 'trace.txt'");
    }
}
