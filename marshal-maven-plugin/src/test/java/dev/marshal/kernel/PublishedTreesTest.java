// SPDX-License-Identifier: Apache-2.0
package dev.marshal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.marshal.fixture.Problems;
import dev.marshal.fixture.RecordedLog;
import dev.marshal.fixture.Workloads;
import dev.marshal.problem.Problem;
import dev.marshal.problem.ProblemException;
import dev.marshal.project.WorkloadProject;
import dev.marshal.source.SourceTree;
import dev.marshal.source.Sources;
import dev.marshal.uptodate.Sha256;
import dev.marshal.workload.Chain;
import dev.marshal.workload.KernelBuild;
import dev.marshal.workload.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which of the trees that bases published a new kernel starts from. */
class PublishedTreesTest {

    private static final String BASE = "CONFIG_A=y\nCONFIG_B=y\n";

    @TempDir
    Path folder;

    private final RecordedLog log = new RecordedLog();
    private final List<String> fetched = new ArrayList<>();
    private SourceTree source;
    private Path archive;
    private String compiler;

    @BeforeEach
    void make() throws IOException {
        source = new SourceTree(Files.createDirectories(folder.resolve("linux")), "identity", true, "the origin");
        Path build = Files.createDirectories(folder.resolve("elsewhere/build"));
        Files.writeString(build.resolve(".config"), BASE);
        Files.writeString(build.resolve("which"), "published");
        archive = Files.createDirectories(folder.resolve("repository")).resolve("base-1-linux-build.tar.zst");
        TreeArchive.write(build, build.getParent(), Workloads.TIME, archive);
        Files.writeString(folder.resolve("repository/base-1-linux.config"), BASE);
        compiler = Workloads.project(folder, log, null, Workloads.layer("own", folder, "")).crossCompiler().version();
    }

    private KernelBuild build(String of, String by, String on) throws IOException {
        return new KernelBuild(Sha256.of(archive), Sha256.of(BASE), of, by, on, null);
    }

    private WorkloadProject project(String version, KernelBuild published) {
        Layer base = new Layer("base", "org.example:base:" + version, Workloads.specification("distro: bare"), folder, Map.of(), published, null);
        Layer between = new Layer("between", "org.example:between:1", Workloads.specification(""), folder, Map.of());
        WorkloadProject plain = Workloads.project(folder.resolve("build"), log, null, base, between, Workloads.layer("own", folder, ""));
        Sources sources = new Sources(plain.cache().folder(), plain.tools(), this::fetch, plain.digests(), false, log);
        return new WorkloadProject(new Chain(plain.chain().layers()), Optional.empty(), plain.layout(), plain.cache(), plain.settings(), plain.tools(), sources, plain.digests(), log);
    }

    private Path fetch(String coordinates) {
        fetched.add(coordinates);
        String[] parts = coordinates.split(":");
        Path file = folder.resolve("repository/base-1-" + parts[3] + "." + parts[2]);
        if (!Files.exists(file)) {
            throw new ProblemException("the artifact " + coordinates + " was not found", null, "x");
        }
        return file;
    }

    private Path prepared(WorkloadProject project, String config) throws IOException {
        Path file = Files.writeString(folder.resolve("config-" + Sha256.of(config).substring(0, 8)), config);
        Path tree = KernelTrees.of(project, source, file);
        KernelTrees.prepare(project, source, tree, file);
        return tree;
    }

    @Test
    void aNewConfigurationStartsFromThePublishedTree() throws IOException {
        WorkloadProject project = project("1", build("identity", compiler, KernelBuild.thisMachine()));
        Path tree = prepared(project, BASE + "CONFIG_C=y\n");
        assertThat(tree.resolve("which")).hasContent("published");
        assertThat(tree.resolve(".config")).hasContent(BASE + "CONFIG_C=y");
        assertThat(KernelTrees.isComplete(project, tree)).isFalse();
        assertThat(fetched).containsExactly("org.example:base:tar.zst:linux-build:1");
        assertThat(log.infos()).contains("unpacking the kernel tree of org.example:base:1").anyMatch(line -> line.startsWith("starting from the kernel tree of the nearest configuration, "));
        // the published one stands beside it, for the next
        Path second = prepared(project, BASE + "CONFIG_D=y\n");
        assertThat(second.resolve("which")).hasContent("published");
        assertThat(fetched).doesNotHaveDuplicates();
    }

    @Test
    void theSameConfigurationIsThePublishedTree() throws IOException {
        WorkloadProject project = project("1", build("identity", compiler, KernelBuild.thisMachine()));
        Path tree = prepared(project, BASE);
        assertThat(tree.resolve("which")).hasContent("published");
        assertThat(KernelTrees.isComplete(project, tree)).isTrue();
    }

    @Test
    void aTreeOfThisMachineThatIsAsNearIsTaken() throws IOException {
        WorkloadProject without = project("1", null);
        Path local = prepared(without, BASE + "CONFIG_C=y\n");
        Files.writeString(local.resolve("which"), "local");
        KernelTrees.complete(without, local);
        WorkloadProject project = project("1", build("identity", compiler, KernelBuild.thisMachine()));
        assertThat(prepared(project, BASE + "CONFIG_C=y\nCONFIG_D=y\n").resolve("which")).hasContent("local");
        assertThat(fetched).containsExactly("org.example:base:config:linux:1");
        // but not one that is farther
        assertThat(prepared(project, BASE + "CONFIG_E=y\n").resolve("which")).hasContent("published");
    }

    @Test
    void anotherSourceCompilerOrMachineMeansAFullBuildThatSaysSo() throws IOException {
        assertThat(prepared(project("1", build("other", compiler, KernelBuild.thisMachine())), "CONFIG_1=y\n").resolve("which")).doesNotExist();
        assertThat(prepared(project("1", build("identity", "gcc 1", KernelBuild.thisMachine())), "CONFIG_2=y\n").resolve("which")).doesNotExist();
        assertThat(prepared(project("1", build("identity", compiler, "pdp11")), "CONFIG_3=y\n").resolve("which")).doesNotExist();
        assertThat(fetched).isEmpty();
        assertThat(log.infos()).containsExactly("the kernel tree of org.example:base:1 is of no use here: it is of the source other, this kernel of identity",
                "the kernel tree of org.example:base:1 is of no use here: it was compiled by 'gcc 1', this host has '" + compiler + "'",
                "the kernel tree of org.example:base:1 is of no use here: it was compiled on pdp11, this host is " + KernelBuild.thisMachine());
    }

    @Test
    void oneCanDoWithoutIt() throws IOException {
        WorkloadProject project = project("1", build("identity", compiler, KernelBuild.thisMachine()));
        Files.delete(archive);
        assertThat(prepared(project, BASE).resolve("which")).doesNotExist();
        assertThat(log.warnings()).containsExactly("the kernel is compiled without the help of org.example:base:1: the artifact org.example:base:tar.zst:linux-build:1 was not found");
    }

    @Test
    void aReleaseThatChangedStopsTheBuild() throws IOException {
        WorkloadProject project = project("1", build("identity", compiler, KernelBuild.thisMachine()));
        String published = Sha256.of(archive);
        Files.writeString(archive, "changed");
        assertThat(Problems.of(() -> prepared(project, BASE))).isEqualTo(new Problem("'linux-build.tar.zst' of org.example:base:1 is not what was published: its sha256 is " + Sha256.of("changed")
                + ", workload.json says " + published, archive.toString(), "Delete the file so that it is fetched again; if it stays so, ask whoever published it"));
        assertThat(KernelTrees.of(project, source, Sha256.of(BASE))).doesNotExist();
    }

    @Test
    void anotherSnapshotOfABaseOfTheBaseIsNoError() throws IOException {
        WorkloadProject project = project("1-SNAPSHOT", build("identity", compiler, KernelBuild.thisMachine()));
        Files.writeString(archive, "a later snapshot");
        assertThat(prepared(project, BASE).resolve("which")).doesNotExist();
        assertThat(log.infos()).containsExactly("the kernel tree of org.example:base:1-SNAPSHOT is of another snapshot than the one that the base was built on");
    }

    @Test
    void aUsersOwnSourceFolderIsLeftAlone() throws IOException {
        source = new SourceTree(source.folder(), "identity", false, "x");
        assertThat(prepared(project("1", build("identity", compiler, KernelBuild.thisMachine())), BASE).resolve("which")).doesNotExist();
        assertThat(fetched).isEmpty();
    }
}
