// SPDX-License-Identifier: Apache-2.0
package dev.marshal.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.marshal.archive.WorkloadWriter;
import dev.marshal.fixture.Problems;
import dev.marshal.fixture.RecordedLog;
import dev.marshal.fixture.Workloads;
import dev.marshal.problem.Problem;
import dev.marshal.project.Cache;
import dev.marshal.project.Settings;
import dev.marshal.project.WorkloadProject;
import dev.marshal.source.SourceSpec;
import dev.marshal.uptodate.FileDigests;
import dev.marshal.uptodate.Sha256;
import dev.marshal.workload.BaseWorkload;
import dev.marshal.workload.Layer;
import dev.marshal.workload.Layer;
import dev.marshal.workload.Option;
import dev.marshal.workload.Options;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.artifact.DefaultArtifact;
import org.apache.maven.artifact.handler.DefaultArtifactHandler;
import org.apache.maven.model.Build;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.Model;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a POM and a specification to a workload. */
class WorkloadLoaderTest {

    private static final Settings SETTINGS = new Settings(Workloads.TIME, "test", null, 1, 0, 1, 1, 1, null, null);

    @TempDir
    Path folder;

    private final RecordedLog log = new RecordedLog();
    private Path basedir;
    private Path specification;
    private MavenProject project;
    private LocalRepository repository;

    @BeforeEach
    void make() throws IOException {
        basedir = Files.createDirectories(folder.resolve("project"));
        specification = basedir.resolve("src/main/workload/workload.yaml");
        Files.createDirectories(specification.getParent());
        Files.writeString(specification, "distro: bare\n");
        Model model = new Model();
        model.setGroupId("org.example");
        model.setArtifactId("hello");
        model.setVersion("1");
        Build build = new Build();
        build.setDirectory(basedir.resolve("target").toString());
        model.setBuild(build);
        project = new MavenProject(model);
        project.setFile(basedir.resolve("pom.xml").toFile());
        project.setArtifacts(Set.of());
        repository = new LocalRepository(Files.createDirectories(folder.resolve("repository")));
    }

    private WorkloadProject load(Map<Option<SourceSpec>, String> sources) throws IOException {
        FileDigests digests = new FileDigests(folder.resolve("digests"));
        return new WorkloadLoader(project, repository.resolution(), new Cache(folder.resolve("cache")), digests, digests, log).load(specification, sources, SETTINGS, true);
    }

    private WorkloadProject load(String yaml) throws IOException {
        Files.writeString(specification, yaml);
        return load(Map.of());
    }

    private Problem problem(String yaml) {
        return Problems.of(() -> load(yaml));
    }

    /** Publishes a base into the repository, and makes the project depend on it. */
    private Artifact base(String yaml, Map<String, String> artifacts) throws IOException {
        Path main = folder.resolve("repository/base-1.workload");
        new WorkloadWriter(Workloads.project(folder.resolve("base"), log, null, Workloads.layer("base", folder, yaml)), null).write("kernel", artifacts, main);
        Dependency dependency = new Dependency();
        dependency.setGroupId("org.example");
        dependency.setArtifactId("base");
        dependency.setVersion("1");
        dependency.setType("workload");
        project.getDependencies().add(dependency);
        Artifact artifact = new DefaultArtifact("org.example", "base", "1", "compile", "workload", null, new DefaultArtifactHandler("workload"));
        artifact.setFile(main.toFile());
        project.setArtifacts(Set.of(artifact));
        return artifact;
    }

    @Test
    void aWorkloadIsNamedAfterItsProjectUnlessItSaysOtherwise() throws IOException {
        WorkloadProject workload = load("distro: bare\n");
        assertThat(workload.chain().name()).isEqualTo("hello");
        assertThat(workload.chain().own().label()).isEqualTo("org.example:hello:1");
        assertThat(workload.chain().own().workdir()).isEqualTo(specification.getParent());
        assertThat(workload.layout().target()).isEqualTo(basedir.resolve("target"));
        assertThat(workload.base()).isEmpty();
        WorkloadProject named = load("distro: bare\nname: other\nworkdir: ../files\n");
        assertThat(named.chain().name()).isEqualTo("other");
        assertThat(named.chain().own().workdir()).isEqualTo(basedir.resolve("src/main/files"));
    }

    @Test
    void jobsStandOnTheWorkloadOrOnADependencyThatTheyName() throws IOException {
        base("distro: bare\ncpus: 3\n", Map.of());
        WorkloadProject workload = load("""
                distro: bare
                workdir: ../files
                mem: 1GiB
                testing: {runTimeout: 7, buildTimeout: 8}
                jobs:
                  - name: own
                    testing: {buildTimeout: 9}
                  - {name: other, base: base, workdir: deeper}
                """);
        assertThat(workload.withItsJobs()).extracting(WorkloadProject::name).containsExactly("hello", "hello-own", "hello-other");
        WorkloadProject own = workload.jobs().get(0);
        assertThat(own.chain().layers()).extracting(Layer::label).containsExactly("org.example:base:1", "org.example:hello:1", "org.example:hello:1/own");
        assertThat(own.chain().value(Options.MEM)).contains(1L << 30);
        assertThat(own.chain().value(Options.RUN_TIMEOUT)).contains(7);
        assertThat(own.chain().value(Options.BUILD_TIMEOUT)).contains(9);
        assertThat(own.chain().own().workdir()).isEqualTo(basedir.resolve("src/main/files"));
        assertThat(own.base().orElseThrow().inBuild()).isTrue();
        assertThat(own.layout().work()).isEqualTo(basedir.resolve("target/marshal/jobs/own"));
        assertThat(own.layout().run()).isEqualTo(basedir.resolve("target/marshal/run/hello-own"));
        WorkloadProject other = workload.jobs().get(1);
        assertThat(other.chain().layers()).extracting(Layer::label).containsExactly("org.example:base:1", "org.example:hello:1/other");
        assertThat(other.chain().value(Options.CPUS)).contains(3);
        assertThat(other.chain().value(Options.MEM)).isEmpty();
        assertThat(other.chain().own().workdir()).isEqualTo(basedir.resolve("src/main/files/deeper"));
        assertThat(problem("distro: bare\njobs: [{name: a, base: nowhere}]\n").toString()).startsWith("src/main/workload/workload.yaml:2:24: the base 'nowhere' is no dependency of the project");
    }

    @Test
    void jsonIsTakenWhereThereIsNoYaml() throws IOException {
        Files.delete(specification);
        Files.writeString(specification.resolveSibling("workload.json"), "{\"distro\": \"bare\", \"cpus\": 3}");
        WorkloadProject workload = load(Map.of());
        assertThat(workload.chain().value(Options.CPUS)).contains(3);
        assertThat(workload.chain().own().specification().where()).hasToString("src/main/workload/workload.json");
    }

    @Test
    void noSpecification() throws IOException {
        Files.delete(specification);
        assertThat(Problems.of(() -> load(Map.of()))).isEqualTo(new Problem("there is no specification " + specification, basedir.resolve("pom.xml").toString(),
                "Create it, or name another with -Dmarshal.specification=FILE; 'mvn archetype:generate' makes a project that has one"));
    }

    @Test
    void aSpecificationInAnotherEncoding() throws IOException {
        Files.write(specification, "# caf\u00e9\ndistro: bare\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(Problems.of(() -> load(Map.of()))).isEqualTo(new Problem("the file holds bytes that are no UTF-8", "src/main/workload/workload.yaml", "Save it in UTF-8"));
    }

    @Test
    void whatIsWrongElsewhereIsFoundToo() throws IOException {
        Files.writeString(specification, "cpus: none\nbase: nowhere\njobs: [{name: a, base: neither, mem: x}, {cpus: 1}]\n");
        assertThat(Problems.allOf(() -> load(Map.of()))).extracting(Problem::where).extracting(where -> where.replace("src/main/workload/workload.yaml:", ""))
                .containsExactly("1:7", "3:38", "3:42", "2:7", "3:24");
    }

    @Test
    void problemsNameTheFileAsTheUserKnowsIt() {
        assertThat(problem("distro: bare\ncpuz: 1\n").where()).isEqualTo("src/main/workload/workload.yaml:2:1");
        assertThat(problem("name: x\n").what()).isEqualTo("the workload has no base: the POM has no dependency of type 'workload'");
    }

    @Test
    void aBoardStandsBelowTheWorkload() throws IOException {
        Files.createDirectories(basedir.resolve("firechip"));
        Files.writeString(basedir.resolve("firechip/board.yaml"), "cpus: 1\nmem: 1G\n");
        WorkloadProject workload = load("distro: bare\nboard: ../../../firechip/board.yaml\ncpus: 2\n");
        assertThat(workload.chain().layers()).extracting(Layer::label).containsExactly("firechip", "org.example:hello:1");
        assertThat(workload.chain().value(Options.CPUS)).contains(2);
        assertThat(workload.chain().value(Options.MEM)).contains(1L << 30);
        assertThat(workload.chain().layers().get(0).workdir()).isEqualTo(basedir.resolve("firechip"));
    }

    @Test
    void aBoardThatIsNotThereOrHasNoPlace() throws IOException {
        assertThat(problem("distro: bare\nboard: none.yaml\n")).isEqualTo(new Problem("board: there is no file 'none.yaml' (looked at " + specification.resolveSibling("none.yaml") + ")",
                "src/main/workload/workload.yaml:2:8", "Correct the path"));
        base("distro: bare\n", Map.of());
        assertThat(problem("board: x.yaml\n")).isEqualTo(new Problem("a workload with a base cannot choose a board: the base org.example:base:1 stands on one already",
                "src/main/workload/workload.yaml:1:8", "Remove 'board'"));
    }

    @Test
    void sourcesOfThisBuildStandAboveTheBasesAndBelowTheWorkload() throws IOException {
        base("distro: bare\nlinux: {source: 'debian:linux-source-6.1=1'}\nbusybox: {source: 'debian:busybox=1'}\n", Map.of());
        Files.writeString(specification, "busybox: {source: 'debian:busybox=2'}\n");
        WorkloadProject workload = load(Map.of(Options.LINUX_SOURCE, "../linux", Options.BUSYBOX_SOURCE, "../busybox"));
        assertThat(workload.chain().value(Options.LINUX_SOURCE)).contains(new SourceSpec.Folder("../linux"));
        assertThat(workload.chain().get(Options.LINUX_SOURCE).orElseThrow().layer().resolve("../linux")).isEqualTo(folder.resolve("linux"));
        assertThat(workload.chain().value(Options.BUSYBOX_SOURCE)).contains(new SourceSpec.DebianPackage("busybox", "2"));
        assertThat(Problems.of(() -> load(Map.of(Options.LINUX_SOURCE, "https://h/x.tar"))).where()).startsWith("plugin configuration");
    }

    @Test
    void aBaseBringsItsArtifacts() throws IOException {
        String image = Sha256.of("image");
        base("distro: busybox\ncpus: 7\n", Map.of("rootfs.img.zst", image, "bin.elf", Sha256.of("binary")));
        BaseWorkload base = load("name: x\n").base().orElseThrow();
        assertThat(base.coordinates()).isEqualTo("org.example:base:1");
        assertThat(load("name: x\n").chain().value(Options.CPUS)).contains(7);
        Path file = Files.writeString(folder.resolve("repository/base-1-rootfs.img.zst"), "image");
        assertThat(base.artifact("rootfs.img.zst")).isEqualTo(file);
        Files.writeString(file, "changed");
        Problem changed = Problems.of(() -> base.artifact("rootfs.img.zst"));
        assertThat(changed.what()).isEqualTo("'rootfs.img.zst' of org.example:base:1 is not what was published: its sha256 is " + Sha256.of("changed") + ", workload.json says " + image);
        assertThat(changed.where()).isEqualTo(file.toString());
        assertThat(changed.remedy()).isEqualTo("Delete the file so that it is fetched again; if it stays so, ask whoever published it");
        Problem missing = Problems.of(() -> base.artifact("bin.elf"));
        assertThat(missing.what()).startsWith("the artifact org.example:base:elf:bin:1 was not found: ");
        assertThat(missing.remedy()).startsWith("Check its coordinates and the repositories of the POM and of settings.xml");
        assertThat(Problems.of(() -> base.artifact("vmlinux.elf.zst"))).isEqualTo(new Problem("org.example:base:1 was published without 'vmlinux.elf.zst'", null, "Use a base that has it, or publish the base again"));
    }

    @Test
    void aBaseThatMavenDidNotResolveOrBuildYet() throws IOException {
        Artifact artifact = base("distro: bare\n", Map.of());
        artifact.setFile(basedir.toFile());
        assertThat(problem("name: x\n")).isEqualTo(new Problem("the base org.example:base:1 is in this build, but not packaged yet", basedir.resolve("pom.xml") + " <dependency>", "Run 'mvn package' or a later phase"));
        project.setArtifacts(Set.of());
        assertThat(problem("name: x\n")).isEqualTo(new Problem("Maven did not resolve org.example:base", basedir.resolve("pom.xml") + " <dependency>", "Check that the dependency's scope is 'compile' (the default)"));
    }
}
