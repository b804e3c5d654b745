// SPDX-License-Identifier: Apache-2.0
package dev.marshal.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.marshal.fixture.Problems;
import dev.marshal.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkloadImportTest {

    @TempDir
    Path folder;

    private Imported imported;

    @BeforeEach
    void begin() {
        imported = new Imported(folder);
    }

    @Test
    void aWorkloadOnAKnownBaseIsOneProject() throws IOException {
        imported.with("w.yaml", "name: w\nbase: br-base.yaml\ncommand: a\n").of("w.yaml").allMapped();
        assertThat(imported.report().modules()).containsExactly("w");
        assertThat(imported.file("pom.xml")).content()
                .contains("<groupId>org.example</groupId>\n  <artifactId>w</artifactId>\n  <version>1.0-SNAPSHOT</version>\n  <packaging>workload</packaging>")
                .contains("      <groupId>dev.marshal.firechip</groupId>\n      <artifactId>busybox-base</artifactId>\n      <version>1.2.3</version>\n      <type>workload</type>")
                .contains("<artifactId>marshal-maven-plugin</artifactId>\n        <version>1.2.3</version>\n        <extensions>true</extensions>")
                .doesNotContain("<module>", "<parent>");
    }

    @Test
    void aChainOfOwnBasesIsAReactor() throws IOException {
        imported.with("top.yaml", "name: top\nbase: middle.yaml\ncommand: a\n")
                .with("middle.yaml", "name: middle\nbase: bottom.json\noverlay: over\n").with("middle/over/m", "m")
                .with("bottom.json", "{\"name\": \"bottom\", \"base\": \"br-base.json\", \"files\": [[\"f\", \"/root\"]]}").with("bottom/f", "f")
                .of("top.yaml").allMapped();
        assertThat(imported.report().modules()).containsExactly("bottom", "middle", "top");
        assertThat(imported.file("pom.xml")).content().contains("<artifactId>top-parent</artifactId>", "<packaging>pom</packaging>",
                "<module>bottom</module>\n    <module>middle</module>\n    <module>top</module>");
        assertThat(imported.file("top/pom.xml")).content().contains("<artifactId>top-parent</artifactId>",
                "<groupId>${project.groupId}</groupId>\n      <artifactId>middle</artifactId>\n      <version>${project.version}</version>\n      <type>workload</type>");
        assertThat(imported.file("bottom/pom.xml")).content().contains("<artifactId>busybox-base</artifactId>");
        assertThat(imported.specification("middle")).isEqualTo("workdir: middle\nname: middle\nbase: bottom\noverlay: over\n");
        assertThat(imported.specification("top")).isEqualTo("name: top\nbase: middle\ncommand: a\n");
        assertThat(imported.specification("bottom")).contains("\"rootfs-size\" : 0", "[[\"f\", \"/root/\"]]");
        assertThat(imported.file("middle/src/main/workload/middle/over/m")).hasContent("m");
    }

    @Test
    void aFileOfTheUsersComesBeforeAKnownBase() throws IOException {
        imported.with("w.yaml", "name: w\nbase: br-base.json\n").with("br-base.json", "{\"name\": \"br-base\", \"base\": \"br\"}").of("w.yaml").allMapped();
        assertThat(imported.report().modules()).containsExactly("br-base", "w");
        assertThat(imported.file("br-base/pom.xml")).content().contains("<artifactId>busybox-base</artifactId>");
    }

    @Test
    void basesAreLookedForInFurtherFoldersToo() throws IOException {
        imported.with("w.yaml", "name: w\nbase: far.yaml\n").with("more/far.yaml", "name: far\nbase: near.yaml\n").with("more/near.yaml", "name: near\nbase: br-base.json\n").of("w.yaml").allMapped();
        assertThat(imported.report().modules()).containsExactly("near", "far", "w");
    }

    @Test
    void aWorkloadWithABinaryAloneStandsOnTheBareMachine() throws IOException {
        imported.with("w.yaml", "name: w\nbin: hello\nhost-init: build.sh\n").with("w/build.sh", "").of("w.yaml").allMapped();
        assertThat(imported.file("pom.xml")).content().contains("<artifactId>bare-base</artifactId>");
    }

    @Test
    void pathsBesideTheWorkdirKeepTheirPlace() throws IOException {
        imported.with("w/in", "in").with("shared/over/etc/x", "x").with("tool.sh", "t");
        String text = imported.text("name: w\nbase: br-base.json\noverlay: ../shared/over\nhost-init: ../tool.sh a b\nfiles:\n- [in, /root/]\n");
        assertThat(text).contains("workdir: w\n", "overlay: ../shared/over\n", "host-init: ../tool.sh a b\n", "- [in, /root/]\n");
        imported.allMapped();
        assertThat(imported.file("src/main/workload/shared/over/etc/x")).hasContent("x");
        assertThat(imported.file("src/main/workload/tool.sh")).hasContent("t");
        assertThat(imported.file("src/main/workload/w/in")).hasContent("in");
        assertThat(imported.file("src/main/workload/shared").toFile().list()).containsExactly("over");
    }

    @Test
    void pathsFurtherAwayAreBroughtBesideTheSpecification() throws IOException {
        Files.createDirectories(folder.resolve("far/scripts"));
        Files.writeString(folder.resolve("far/scripts/go.sh"), "go");
        imported.with("w/in", "");
        String text = imported.text("name: w\nbase: br-base.json\nrun: ../../far/scripts/go.sh 'an argument'\n");
        assertThat(text).contains("run: ../go.sh 'an argument'\n");
        assertThat(imported.file("src/main/workload/go.sh")).hasContent("go");
        assertThat(imported.allMapped().report().notes()).anyMatch(note -> note.contains("far/scripts/go.sh lies outside the workdir"));
    }

    @Test
    void aWorkdirThatIsTheFolderOfTheSpecificationGetsOneOfItsOwn() throws IOException {
        imported.with("sets/w.yaml", "name: w\nworkdir: .\nbase: br-base.json\nrun: go.sh\n").with("sets/go.sh", "go").with("sets/.git/HEAD", "").with("sets/other.txt", "").of("sets/w.yaml").allMapped();
        assertThat(imported.specification("")).contains("workdir: w\n", "run: go.sh\n");
        assertThat(imported.file("src/main/workload/w").toFile().list()).containsExactlyInAnyOrder("go.sh", "other.txt");
    }

    @Test
    void theOutputFolderMayLieInTheWorkdir() throws IOException {
        imported.with("../project-of-it/w.yaml", "name: w\nworkdir: ..\nbase: br-base.json\nrun: workloads/go.sh\n").with("go.sh", "go").of("../project-of-it/w.yaml").allMapped();
        assertThat(imported.file("src/main/workload/w/workloads/go.sh")).exists();
        assertThat(imported.file("src/main/workload/w").toFile().list()).containsExactlyInAnyOrder("workloads", "project-of-it");
    }

    @Test
    void workloadsThatShareAWorkdirStillDo() throws IOException {
        imported.with("base.yaml", "name: base\nworkdir: both\nbase: br-base.json\nhost-init: make.sh\n").with("both/make.sh", "").with("both/frag", "")
                .with("child.yaml", "name: child\nworkdir: both\nbase: base.yaml\nlinux: {config: frag}\nfiles: [[made, /root/]]\n").of("child.yaml").allMapped();
        assertThat(imported.specification("base")).contains("workdir: both\n");
        assertThat(imported.specification("child")).contains("workdir: ../../../../base/src/main/workload/both\n", "config: frag");
        assertThat(imported.file("child/src/main/workload").toFile().list()).containsExactly("workload.yaml");
    }

    @Test
    void aFileInTheWorkdirOfABaseIsTheBases() throws IOException {
        imported.with("base.yaml", "name: base\nbase: br-base.json\nhost-init: make.sh\n").with("base/make.sh", "")
                .with("child.yaml", "name: child\nbase: base.yaml\nfiles: [[../base/made, /root/]]\n").with("child/x", "").of("child.yaml").allMapped();
        assertThat(imported.specification("child")).contains("[[../../../../../base/src/main/workload/base/made, /root/]]");
    }

    @Test
    void whatAScriptOfTheHostMentionsBesideTheWorkdirComesAlong() throws IOException {
        Files.createDirectories(folder.resolve("far"));
        imported.with("w/build.sh", "#!/bin/sh\n# not ../unused\nmake -C ../lib/part\ncp ../lib/part/x . && echo a/../b \"$d/../none\" ../missing\ncat ../../far\n").with("w/Makefile", "x: ../data/in.txt\n")
                .with("lib/part/Makefile", "x").with("lib/other", "").with("unused", "").with("b", "").with("data/in.txt", "in")
                .with("w.yaml", "name: w\nbase: br-base.json\nhost-init: build.sh\n").of("w.yaml");
        assertThat(imported.file("src/main/workload/lib/part/Makefile")).hasContent("x");
        assertThat(imported.file("src/main/workload/data/in.txt")).hasContent("in");
        assertThat(imported.file("src/main/workload").toFile().list()).containsExactlyInAnyOrder("w", "lib", "data", "workload.yaml");
        assertThat(imported.file("src/main/workload/lib").toFile().list()).containsExactly("part");
        assertThat(imported.unmapped().what()).isEqualTo("the script mentions " + folder.resolve("far") + ", which was not copied");
        assertThat(imported.unmapped().where()).isEqualTo(imported.original("w/build.sh") + ":5:5");
        assertThat(imported.report().notes()).anyMatch(note -> note.startsWith(imported.original("w/build.sh") + ":3:9: "));
    }

    @Test
    void absolutePathsAreKeptAndListed() throws IOException {
        Path script = Files.writeString(folder.resolve("go.sh"), "");
        String text = imported.text("name: w\nbase: br-base.json\nrun: " + script + " x\n");
        assertThat(text).contains("run: " + script + " x\n");
        assertThat(imported.unmapped().what()).isEqualTo("the absolute path " + script + " was kept, the project builds only where it exists");
        assertThat(imported.unmapped().where()).endsWith("w.yaml:3:6");
    }

    @Test
    void anAbsolutePathIntoTheWorkdirBecomesRelative() throws IOException {
        imported.with("w/go.sh", "");
        assertThat(imported.text("name: w\nbase: br-base.json\nrun: " + imported.original("w/go.sh") + " x\n")).contains("run: go.sh x\n");
        imported.allMapped();
    }

    @Test
    void sourceTreesElsewhereAreReferredTo() throws IOException {
        imported.with("linux/Makefile", "").with("w/x", "");
        assertThat(imported.text("name: w\nbase: br-base.json\nlinux: {source: ../linux}\n")).contains("{source: " + imported.original("linux") + "}");
        assertThat(imported.unmapped().what()).isEqualTo("the source tree " + imported.original("linux") + " was not copied, the project refers to it there");
        assertThat(imported.file("src/main/workload/linux")).doesNotExist();
    }

    @Test
    void aMissingFileIsListedUnlessAScriptMayMakeIt() throws IOException {
        imported.with("w/x", "").text("name: w\nbase: br-base.json\nfiles: [[none, /root/]]\n");
        assertThat(imported.unmapped().what()).startsWith("there is no file or folder 'none'");
    }

    @Test
    void aWorkloadWithoutAWorkdirNeedsNone() throws IOException {
        assertThat(imported.text("name: w\nbase: br-base.json\ncommand: a\nworkdir: nowhere\n")).contains("# not imported: workdir: nowhere\n");
        assertThat(imported.unmapped().what()).isEqualTo("there is no workdir " + imported.original("nowhere"));
    }

    @Test
    void modesLinksAndTimesSurvive() throws IOException {
        imported.with("w/over/bin/tool", "t").with("w/data", "d").with("elsewhere/inner/file", "e").with("elsewhere/lone", "l");
        Files.setPosixFilePermissions(imported.original("w/over/bin/tool"), PosixFilePermissions.fromString("rwxr-x--x"));
        Files.createSymbolicLink(imported.original("w/inside"), Path.of("data"));
        Files.createSymbolicLink(imported.original("w/absolute"), folder.resolve("target"));
        Files.createSymbolicLink(imported.original("w/dangling"), Path.of("../none"));
        Files.createSymbolicLink(imported.original("w/out"), Path.of("../elsewhere"));
        Files.createSymbolicLink(imported.original("w/lone"), Path.of("../elsewhere/lone"));
        Files.createSymbolicLink(imported.original("w/above"), Path.of("../w"));
        Files.createSymbolicLink(imported.original("w/over/guest"), Path.of("../../../elsewhere"));
        Files.createDirectories(imported.original("w/empty"));
        imported.text("name: w\nbase: br-base.json\noverlay: over\n");
        imported.allMapped();
        Path copy = imported.file("src/main/workload/w");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy.resolve("over/bin/tool")))).isEqualTo("rwxr-x--x");
        assertThat(Files.getLastModifiedTime(copy.resolve("data")).toMillis()).isEqualTo(Files.getLastModifiedTime(imported.original("w/data")).toMillis());
        assertThat(Files.readSymbolicLink(copy.resolve("inside"))).hasToString("data");
        assertThat(Files.readSymbolicLink(copy.resolve("absolute"))).isEqualTo(folder.resolve("target"));
        assertThat(Files.readSymbolicLink(copy.resolve("dangling"))).hasToString("../none");
        assertThat(Files.readSymbolicLink(copy.resolve("above"))).hasToString("../w");
        assertThat(Files.readSymbolicLink(copy.resolve("over/guest"))).hasToString("../../../elsewhere");
        assertThat(copy.resolve("out/inner/file")).isRegularFile().hasContent("e");
        assertThat(Files.isSymbolicLink(copy.resolve("lone"))).isFalse();
        assertThat(copy.resolve("lone")).hasContent("l");
        assertThat(copy.resolve("empty")).isDirectory();
    }

    @Test
    void anOutputFolderThatHoldsSomethingIsLeftAlone() throws IOException {
        imported.with("w.yaml", "name: w\nbase: br-base.json\n").with("../project/mine", "mine");
        Problem problem = Problems.of(() -> imported.of("w.yaml"));
        assertThat(problem.what()).isEqualTo("the output folder is not empty; nothing in it is overwritten");
        assertThat(imported.file("").toFile().list()).containsExactly("mine");
    }

    @Test
    void anEmptyOutputFolderIsTaken() throws IOException {
        Files.createDirectories(imported.file(""));
        imported.with("w.yaml", "name: w\nbase: br-base.json\n").of("w.yaml");
        assertThat(imported.file("pom.xml")).exists();
    }

    @Test
    void whatFailsLeavesNothing() throws IOException {
        imported.with("w.yaml", "name: w\nbase: missing.json\n");
        Problem problem = Problems.of(() -> imported.of("w.yaml"));
        assertThat(problem.what()).isEqualTo("there is no base 'missing.json' in " + imported.original("") + ", " + imported.original("more"));
        assertThat(problem.where()).endsWith("w.yaml:2:7");
        assertThat(problem.remedy()).contains("-Dmarshal.bases=missing.json=groupId:artifactId:version");
        imported.with("one.yaml", "name: w\nbase: w.yaml\n").with("w.yaml", "name: w\nbase: br-base.json\n");
        assertThat(Problems.of(() -> imported.of("one.yaml")).what()).startsWith("two workloads are called 'w'");
        assertThat(folder.toFile().list()).containsExactly("workloads");
    }

    @Test
    void aWorkloadThatStandsOnItselfIsRefused() throws IOException {
        imported.with("a.yaml", "name: a\nbase: b.yaml\n").with("b.yaml", "name: b\nbase: a.yaml\n");
        Problem problem = Problems.of(() -> imported.of("a.yaml"));
        assertThat(problem.what()).isEqualTo("the workload stands on itself: a → b → a");
        assertThat(problem.where()).endsWith("a.yaml:2:7");
    }

    @Test
    void whatIsNoSpecificationIsRefusedWithItsPlace() throws IOException {
        assertThat(Problems.of(() -> imported.of("none.yaml")).what()).startsWith("there is no specification ");
        imported.with("bad.json", "{\n  \"name\" : \"x\"\n  \"base\" : \"y\"\n}\n");
        Problem problem = Problems.of(() -> imported.of("bad.json"));
        assertThat(problem.what()).startsWith("not well-formed: ");
        assertThat(problem.where()).endsWith("bad.json:3:3");
        imported.with("list.yaml", "- a\n");
        assertThat(Problems.of(() -> imported.of("list.yaml")).what()).isEqualTo("no options stand in the file");
        imported.with("empty.yaml", "");
        assertThat(Problems.of(() -> imported.of("empty.yaml")).what()).isEqualTo("no options stand in the file");
        imported.with("nameless.yaml", "base: br-base.json\n");
        assertThat(Problems.of(() -> imported.of("nameless.yaml")).what()).isEqualTo("the workload has no name");
        imported.with("baseless.yaml", "name: x\n");
        assertThat(Problems.of(() -> imported.of("baseless.yaml")).what()).isEqualTo("the workload has neither 'base' nor 'distro' nor 'bin'");
    }

    @Test
    void basesThatAreNamedWronglyAreRefused() {
        for (String bases : new String[] {"br-base.json", "=a:b:c", "x=a:b", "x=a:b:c,y", "x=a:b:c:d", "x=<a>:b:c"}) {
            Problem problem = Problems.of(() -> new KnownBases("1", bases));
            assertThat(problem.where()).isEqualTo("-Dmarshal.bases");
            assertThat(problem.remedy()).contains("FILE=groupId:artifactId:version");
        }
        assertThat(Problems.of(() -> new WorkloadImport(new KnownBases("1", null), List.of(), "a<b", "1")).what()).isEqualTo("'a<b' is no groupId");
    }
}
