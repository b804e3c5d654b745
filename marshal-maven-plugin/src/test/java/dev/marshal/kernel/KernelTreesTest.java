// SPDX-License-Identifier: Apache-2.0
package dev.marshal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.marshal.fixture.Problems;
import dev.marshal.fixture.RecordedLog;
import dev.marshal.fixture.Workloads;
import dev.marshal.problem.Problem;
import dev.marshal.project.WorkloadProject;
import dev.marshal.source.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelTreesTest {

    @TempDir
    Path folder;

    private final RecordedLog log = new RecordedLog();
    private WorkloadProject project;
    private SourceTree source;

    @BeforeEach
    void make() throws IOException {
        project = Workloads.project(folder.resolve("build"), log, null, Workloads.layer("own", folder, ""));
        source = new SourceTree(Files.createDirectories(folder.resolve("linux")), "identity", true, "the origin");
    }

    private Path config(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Path tree(Path config, boolean complete) throws IOException {
        Path tree = KernelTrees.of(project, source, config);
        KernelTrees.prepare(project, source, tree, config);
        if (complete) {
            KernelTrees.complete(project, tree);
        }
        return tree;
    }

    @Test
    void oneFolderForEachConfiguration() throws IOException {
        Path a = config("a", "CONFIG_A=y\n");
        assertThat(KernelTrees.of(project, source, a)).isEqualTo(KernelTrees.of(project, source, config("copy", "CONFIG_A=y\n"))).hasParentRaw(source.folder())
                .isNotEqualTo(KernelTrees.of(project, source, config("b", "CONFIG_B=y\n")))
                .isNotEqualTo(KernelTrees.of(project, new SourceTree(source.folder(), "other", true, "x"), a));
    }

    @Test
    void aUsersFolderIsNotWrittenTo() throws IOException {
        SourceTree own = new SourceTree(source.folder(), "identity", false, "x");
        assertThat(KernelTrees.of(project, own, config("a", ""))).startsWithRaw(project.cache().kernels());
    }

    @Test
    void aNewTreeStartsFromTheNearestOne() throws IOException {
        Path far = tree(config("far", "CONFIG_A=y\nCONFIG_B=y\nCONFIG_C=y\n"), true);
        Files.writeString(far.resolve("which"), "far");
        Path near = tree(config("near", "CONFIG_A=y\nCONFIG_B=y\n# CONFIG_C is not set\n"), true);
        Files.writeString(near.resolve("which"), "near");
        Path unfinished = tree(config("unfinished", "CONFIG_A=y\nCONFIG_X=y\n"), false);
        Files.writeString(unfinished.resolve("which"), "unfinished");
        Path made = tree(config("new", "CONFIG_A=y\nCONFIG_B=m\n"), false);
        assertThat(made.resolve("which")).hasContent("near");
        assertThat(made.resolve(".config")).hasContent("CONFIG_A=y\nCONFIG_B=m");
        assertThat(made.resolve(".marshal-compiler")).doesNotExist();
        assertThat(log.infos()).contains("starting from the kernel tree of the nearest configuration, " + near.getFileName());
    }

    @Test
    void aTreeOfAnotherCompilerIsNoStart() throws IOException {
        Path other = tree(config("a", "CONFIG_A=y\n"), true);
        Files.writeString(other.resolve(".marshal-compiler"), "another compiler");
        Files.writeString(other.resolve("which"), "other");
        assertThat(tree(config("b", "CONFIG_A=m\n"), false).resolve("which")).doesNotExist();
    }

    @Test
    void aTreeThatIsThereIsKept() throws IOException {
        Path tree = tree(config("a", "CONFIG_A=y\n"), false);
        Files.writeString(tree.resolve("object.o"), "");
        assertThat(tree(config("a", "CONFIG_A=y\n"), false).resolve("object.o")).exists();
    }

    @Test
    void aFolderThatIsNoKernel() {
        assertThat(Problems.of(() -> KernelTree.open(project, source, config("a", ""))))
                .isEqualTo(new Problem("the origin holds no Linux source: there is no scripts/kconfig/merge_config.sh in it", null, "Correct 'linux.source'"));
    }

    @Test
    void aUsersTreeThatWasBuiltInPlace() throws IOException {
        Files.createDirectories(source.folder().resolve("scripts/kconfig"));
        Files.writeString(source.folder().resolve("scripts/kconfig/merge_config.sh"), "");
        Files.writeString(source.folder().resolve(".config"), "");
        SourceTree own = new SourceTree(source.folder(), "identity", false, "x");
        Problem problem = Problems.of(() -> KernelTree.open(project, own, config("a", "")));
        assertThat(problem.what()).isEqualTo("the kernel source " + source.folder() + " was configured or built in place, so it cannot be built from elsewhere");
        assertThat(problem.remedy()).startsWith("Run 'make -C " + source.folder() + " mrproper' there");
    }

    @Test
    void aTreeIsHeldByOneAtATimeAndWhatWasCutOffIsMadeAgain() throws IOException {
        Files.createDirectories(source.folder().resolve("scripts/kconfig"));
        Files.writeString(source.folder().resolve("scripts/kconfig/merge_config.sh"), "");
        Path config = config("a", "CONFIG_A=y\n");
        Path build;
        try (KernelTree tree = KernelTree.open(project, source, config)) {
            build = tree.folder();
            assertThat(tree.source()).isEqualTo(source.folder());
        }
        Files.writeString(build.resolve("half.o"), "half");
        Files.setLastModifiedTime(Files.writeString(build.resolve("old.o"), "old"), java.nio.file.attribute.FileTime.from(Workloads.TIME));
        try (KernelTree tree = KernelTree.open(project, source, config)) {
            assertThat(tree.folder().resolve("half.o")).exists();
        }
        java.nio.file.attribute.FileTime begun = Files.getLastModifiedTime(build.resolve("half.o"));
        Files.setLastModifiedTime(Files.write(build.resolve(".marshal-running"), new byte[0]), begun);
        // was there when that build began, as all of a tree that was unpacked just before
        Files.setLastModifiedTime(Files.writeString(build.resolve("whole.o"), "whole"), java.nio.file.attribute.FileTime.fromMillis(begun.toMillis() - 1000));
        try (KernelTree tree = KernelTree.open(project, source, config)) {
            assertThat(tree.folder().resolve("half.o")).doesNotExist();
            assertThat(tree.folder().resolve("old.o")).exists();
            assertThat(tree.folder().resolve("whole.o")).exists();
            assertThat(tree.folder().resolve(".config")).exists();
        }
        assertThat(log.infos()).contains("the last build of this kernel was cut off: its last files are made again");
    }
}
