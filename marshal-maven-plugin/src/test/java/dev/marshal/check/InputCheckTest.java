// SPDX-License-Identifier: Apache-2.0
package dev.marshal.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.marshal.fixture.Problems;
import dev.marshal.fixture.RecordedLog;
import dev.marshal.fixture.Workloads;
import dev.marshal.problem.Problem;
import dev.marshal.project.WorkloadProject;
import dev.marshal.workload.BaseWorkload;
import dev.marshal.workload.Layer;
import dev.marshal.workload.PublishedWorkload;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputCheckTest {

    @TempDir
    Path folder;

    private static final long MIB = 1 << 20;

    private WorkloadProject project(String yaml, String... jobs) {
        Layer own = Workloads.layer("own", folder, yaml);
        WorkloadProject workload = Workloads.project(folder, new RecordedLog(), null, own);
        return workload.withJobs(List.of(jobs).stream().map(job -> Workloads.project(folder, new RecordedLog(), null, own, Workloads.layer("own-job", folder, job))).toList());
    }

    /** On a base whose image is known to have 64 MiB, and lies nowhere on this machine. */
    private WorkloadProject onBase(String yaml) {
        Layer layer = Workloads.layer("base", folder, "distro: files\n");
        BaseWorkload base = new PublishedWorkload("org.example:base:1", List.of(layer), Optional.empty(), Map.of("rootfs.img.zst", "0123"), new PublishedWorkload.Artifacts() {
            @Override
            public Path fetch(String artifact) {
                throw new AssertionError(artifact);
            }

            @Override
            public Optional<Long> rootfsSize() {
                return Optional.of(64 * MIB);
            }
        });
        return Workloads.project(folder, new RecordedLog(), base, layer, Workloads.layer("own", folder, yaml));
    }

    private static void check(WorkloadProject workload) throws IOException {
        InputCheck.beforeWork(workload, List.of(), true);
    }

    private void file(String name, long size, boolean zeros) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        try (RandomAccessFile file = new RandomAccessFile(folder.resolve(name).toFile(), "rw")) {
            file.setLength(size);
            if (!zeros) {
                byte[] ones = new byte[(int) MIB];
                Arrays.fill(ones, (byte) 1);
                for (long i = 0; i < size; i += MIB) {
                    file.write(ones);
                }
            }
        }
    }

    @Test
    void allIsToldAtOnceInTheOrderOfTheFile() {
        WorkloadProject workload = project("distro: {name: files, opts: {txt: a, configs: [none]}}\nrun: r\ncommand: c\noverlay: o\n", "overlay: p\n", "host-init: h\nimg: i\nfiles: []\n");
        // the host script of one of them may make the files
        assertThat(Problems.allOf(() -> check(workload))).extracting(Problem::where).containsExactly("spec.yaml:1:12", "spec.yaml:1:30", "spec.yaml:3:8", "spec.yaml:3:10");
    }

    @Test
    void whatIsKnownAlreadyIsToldToo() {
        Problem known = new Problem("known", "spec.yaml:2:1", "Mend it");
        assertThat(Problems.allOf(() -> InputCheck.beforeWork(project("distro: files\noverlay: o\n"), List.of(known), true))).extracting(Problem::where)
                .containsExactly("spec.yaml:2:1", "spec.yaml:2:10");
    }

    @Test
    void whatAJobInheritsIsWrongOnce() {
        assertThat(Problems.of(() -> check(project("distro: {name: files, opts: {txt: a}}\n", "cpus: 1\n", "cpus: 2\n"))).where()).isEqualTo("spec.yaml:1:30");
    }

    @Test
    void nothingIsSaidOfAChainThatIsNotKnown() throws IOException {
        assertThat(Problems.allOf(() -> InputCheck.beforeWork(project("overlay: o\n"), List.of(new Problem("no base", "pom.xml", "Add one")), false))).extracting(Problem::where)
                .containsExactly("pom.xml", "spec.yaml:1:10");
        assertThat(Problems.of(() -> check(project("cpus: 1\n"))).what()).isEqualTo("the workload has neither a base nor a distribution");
    }

    @Test
    void everythingThatWouldChangeAnAbsentRootIsTold() {
        assertThat(Problems.allOf(() -> check(project("distro: bare\ncommand: c\nfiles: []\n")))).extracting(Problem::where).containsExactly("spec.yaml:2:10", "spec.yaml:3:8");
    }

    @Test
    void aSizeBelowTheBasesIsKnownWithoutItsImage() {
        assertThat(Problems.of(() -> check(onBase("rootfs-size: 32MiB\n"))))
                .isEqualTo(new Problem("rootfs-size is 32 MiB, but the base's root filesystem has 64 MiB", "spec.yaml:1:14", "Set it to 64 MiB or more, or to 0 for what is used plus a margin"));
        assertThatCode(() -> check(onBase("rootfs-size: 64MiB\n"))).doesNotThrowAnyException();
        assertThatCode(() -> check(onBase("rootfs-size: 0\n"))).doesNotThrowAnyException();
    }

    @Test
    void whatIsMoreThanTheWholeImageCannotFit() throws IOException {
        file("o/a", 40 * MIB, false);
        file("b", 25 * MIB, false);
        assertThat(Problems.of(() -> check(onBase("overlay: o\nfiles: [[b, /b]]\n")))).isEqualTo(new Problem("overlay and files hold up to 65 MiB, which cannot fit into a root filesystem of 64 MiB",
                "spec.yaml:1:10", "Set rootfs-size to more than what is added and what the base has, or bring less"));
        assertThat(Problems.of(() -> check(project("distro: files\nrootfs-size: 64MiB\noverlay: o\nfiles: [[b, /b]]\n"))).where()).isEqualTo("spec.yaml:2:14");
        assertThatCode(() -> check(onBase("overlay: o\nrootfs-size: 128MiB\nfiles: [[b, /b]]\n"))).doesNotThrowAnyException();
        assertThatCode(() -> check(onBase("overlay: o\nrootfs-size: 0\nfiles: [[b, /b]]\n"))).doesNotThrowAnyException();
    }

    @Test
    void zerosAndFurtherNamesTakeNoPlace() throws IOException {
        file("o/sparse", 100 * MIB, true);
        file("o/a", 40 * MIB, false);
        Files.createLink(folder.resolve("o/b"), folder.resolve("o/a"));
        assertThatCode(() -> check(onBase("overlay: o\n"))).doesNotThrowAnyException();
    }

    @Test
    void afterTheHostScriptsAllMustBeThere() {
        WorkloadProject workload = project("distro: files\nhost-init: h\noverlay: o\n", "run: r\n");
        assertThat(Problems.of(() -> check(workload)).where()).isEqualTo("spec.yaml:2:12");
        assertThat(Problems.allOf(() -> InputCheck.afterHostScripts(workload))).extracting(Problem::where).containsExactly("spec.yaml:1:6", "spec.yaml:3:10");
    }
}
