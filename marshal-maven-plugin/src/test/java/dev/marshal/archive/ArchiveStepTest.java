// SPDX-License-Identifier: Apache-2.0
package dev.marshal.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.marshal.fixture.RecordedLog;
import dev.marshal.fixture.Workloads;
import dev.marshal.project.WorkloadProject;
import dev.marshal.uptodate.FileDigests;
import dev.marshal.uptodate.StepRunner;
import dev.marshal.uptodate.Verdict;
import dev.marshal.workload.BaseWorkload;
import dev.marshal.workload.Layer;
import dev.marshal.workload.SpecificationReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveStepTest {

    @TempDir
    Path folder;

    private final Map<String, Path> files = new LinkedHashMap<>();
    private String specification = "{\"post_run_hook\": \"./hook.sh\", \"overlay\": \"overlay\", \"distro\": {\"name\": \"files\", \"opts\": {\"text\": 1, \"configs\": \"one.config\", \"environment\": {\"d\": 3, \"c\": 4}}}}";

    @BeforeEach
    void make() throws IOException {
        Files.writeString(folder.resolve("hook.sh"), "#!/bin/sh\n");
        Files.createDirectories(folder.resolve("overlay"));
        Files.writeString(folder.resolve("one.config"), "");
        files.put("rootfs.img.zst", Files.writeString(folder.resolve("image"), "image"));
        assertThat(run().summary()).isEqualTo("not built yet");
        assertThat(run().summary()).isEqualTo("up to date");
    }

    /** The user's own specification is JSON, as those in published workloads are. */
    private WorkloadProject project() {
        Layer layer = new Layer("own", "org.example:own:1", SpecificationReader.read("src/main/workload/workload.json", specification, warning -> {}), folder);
        return Workloads.project(folder.resolve("build"), new RecordedLog(), null, layer);
    }

    private Verdict run() throws IOException {
        WorkloadProject project = project();
        return new StepRunner(project.layout().records(), project.digests()).run(new ArchiveStep(project, "kernel", null, files), verdict -> {});
    }

    @Test
    void aScriptThatChildrenInherit() throws IOException {
        Files.writeString(folder.resolve("hook.sh"), "#!/bin/sh\necho\n");
        assertThat(run().summary()).contains("post_run_hook").contains("./hook.sh changed");
    }

    @Test
    void aFileThatADistributionsOptionNames() throws IOException {
        Files.writeString(folder.resolve("one.config"), "CONFIG_A=y\n");
        assertThat(run().summary()).contains("distro.opts.configs").contains("one.config changed");
    }

    @Test
    void whatChildrenDoNotInheritIsNotRead() throws IOException {
        Files.writeString(folder.resolve("overlay/new"), "");
        assertThat(run().upToDate()).isTrue();
    }

    @Test
    void anArtifactAndAnOption() throws IOException {
        Files.writeString(folder.resolve("image"), "other");
        assertThat(run().summary()).isEqualTo("rootfs.img.zst changed");
        specification = specification.replace("./hook.sh\"", "./hook.sh x\"");
        assertThat(run().summary()).startsWith("option post_run_hook of 1 org.example:own:1 changed: ");
    }

    @Test
    void aPublishedBaseIsNotReadAgain() throws IOException {
        WorkloadProject project = project();
        BaseWorkload base = new WorkloadReader(project.cache(), new FileDigests(folder.resolve("digests"))).read("org.example:own:1", project.layout().workload(), new NoFiles());
        Layer child = Workloads.layer("child", folder, "");
        WorkloadProject childProject = Workloads.project(folder.resolve("build"), new RecordedLog(), base, base.layers().get(0), child);
        assertThat(new ArchiveStep(childProject, null, null, Map.of()).inputs().entries().keySet()).noneMatch(name -> name.contains("hook.sh")).anyMatch(name -> name.contains("option post_run_hook of 1"));
    }
}
