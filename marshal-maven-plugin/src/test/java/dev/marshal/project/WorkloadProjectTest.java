// SPDX-License-Identifier: Apache-2.0
package dev.marshal.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.marshal.fixture.RecordedLog;
import dev.marshal.fixture.Workloads;
import dev.marshal.workload.Layer;
import dev.marshal.workload.Options;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkloadProjectTest {

    @TempDir
    Path folder;

    @Test
    void outputsAreNamedAfterTheWorkload() {
        Layout layout = new Layout(Path.of("target"), "hello");
        assertThat(List.of(layout.bootBinary(), layout.nodiskBinary(), layout.image(), layout.compressedImage(), layout.vmlinux(), layout.compressedVmlinux(), layout.linuxConfig(), layout.workload()))
                .extracting(Path::toString).containsExactly("target/hello-bin.elf", "target/hello-nodisk.elf", "target/hello-rootfs.img", "target/hello-rootfs.img.zst", "target/hello-vmlinux.elf",
                        "target/hello-vmlinux.elf.zst", "target/hello-linux.config", "target/hello.workload");
        assertThat(List.of(layout.drivers(), layout.initramfs(), layout.kernelImage(), layout.records(), layout.digests(), layout.log("kernel"), layout.run())).doesNotHaveDuplicates()
                .allMatch(path -> path.startsWith(layout.work()));
        assertThat(layout.log("kernel")).isEqualTo(Path.of("target/marshal/log/kernel.log"));
    }

    @Test
    void theCacheKeepsThingsApart() {
        Cache cache = new Cache(folder.resolve("c"));
        assertThat(List.of(cache.images(), cache.workloads(), cache.kernels(), cache.lock("x"))).doesNotHaveDuplicates().allMatch(path -> path.startsWith(cache.folder()));
    }

    @Test
    void everyStepDependsOnThePlugin() {
        assertThat(project().inputs().entries()).containsOnly(Map.entry("marshal", "test"));
    }

    @Test
    void thePublishedIdentityOfASourceWinsOverWhatIsFoundHere() {
        Layer published = new Layer("base", "org.example:base:1", Workloads.specification("linux: {source: /no/such/folder}"), folder, Map.of("linux.source", "folder:digest"));
        WorkloadProject project = Workloads.project(folder, new RecordedLog(), null, published, Workloads.layer("own", folder, ""));
        assertThat(project.identity(project.chain().get(Options.LINUX_SOURCE).orElseThrow())).isEqualTo("folder:digest");
        WorkloadProject own = Workloads.project(folder, new RecordedLog(), null, published, Workloads.layer("own", folder, "linux: {source: 'debian:linux-source-6.1=1'}"));
        assertThat(own.identity(own.chain().get(Options.LINUX_SOURCE).orElseThrow())).isEqualTo("debian:linux-source-6.1=1");
    }

    @Test
    void theCrossCompilerIsFound() {
        assertThat(project().crossCompiler().name()).isEqualTo(project().crossPrefix() + "gcc");
        assertThat(project().crossCompiler().version()).isNotBlank();
    }

    private WorkloadProject project() {
        return Workloads.project(folder, new RecordedLog(), null, Workloads.layer("own", folder, ""));
    }
}
