// SPDX-License-Identifier: Apache-2.0
package dev.marshal.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.marshal.fixture.Problems;
import dev.marshal.fixture.Workloads;
import dev.marshal.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpecificationCheckTest {

    @TempDir
    Path folder;

    private Layer layer(String yaml) {
        return Workloads.layer("own", folder, yaml);
    }

    @Test
    void runAndCommandExcludeEachOther() {
        assertThat(Problems.of(() -> SpecificationCheck.options(layer("run: ./a.sh\ncommand: ls\n"))))
                .isEqualTo(new Problem("'command' cannot be used together with 'run' (spec.yaml:1:6)", "spec.yaml:2:10", "Keep one of the two"));
    }

    @Test
    void aGivenImageExcludesWhatWouldChangeIt() {
        assertThat(Problems.allOf(() -> SpecificationCheck.options(layer("img: a.img\noverlay: o\nfiles: []\nguest-init: g\ncommand: c\nrootfs-size: 1G\n")))).extracting(Problem::where)
                .containsExactly("spec.yaml:2:10", "spec.yaml:3:8", "spec.yaml:4:13", "spec.yaml:5:10", "spec.yaml:6:14");
    }

    @Test
    void aGivenBinaryExcludesWhatWouldMakeOne() {
        assertThat(Problems.allOf(() -> SpecificationCheck.options(layer("bin: a.elf\nlinux: {source: ./l, config: c, modules: {}}\nfirmware: {use-bbl: true}\nnodisk: true\n"))))
                .extracting(Problem::what).containsExactly("'linux.source' cannot be used together with 'bin' (spec.yaml:1:6)", "'linux.config' cannot be used together with 'bin' (spec.yaml:1:6)",
                        "'linux.modules' cannot be used together with 'bin' (spec.yaml:1:6)", "'firmware.use-bbl' cannot be used together with 'bin' (spec.yaml:1:6)",
                        "'nodisk' cannot be used together with 'bin' (spec.yaml:1:6)");
    }

    @Test
    void whatGoesTogetherPasses() {
        assertThatCode(() -> SpecificationCheck.options(layer("img: a.img\nbin: b.elf\ncpus: 1\noutputs: [/x]\n"))).doesNotThrowAnyException();
    }

    @Test
    void everyMissingFileIsToldWithWhereItWasLookedFor() throws IOException {
        Files.createDirectories(folder.resolve("module"));
        Files.writeString(folder.resolve("file"), "");
        assertThat(Problems.allOf(() -> SpecificationCheck.files(List.of(layer("""
                overlay: file
                linux:
                  config: [file, none.config]
                  modules: {m: ./module, n: null}
                run: ../none.sh argument
                files: [[none, /x], [module, /y]]
                host-init: ./made-later.sh
                """))))).containsExactly(
                        problem("overlay: there is no folder 'file' (looked at " + folder.resolve("file") + ")", "1:10"),
                        problem("linux.config: there is no file 'none.config' (looked at " + folder.resolve("none.config") + ")", "3:18"),
                        problem("linux.modules: there is no folder with a Makefile './module' (looked at " + folder.resolve("module") + ")", "4:16"),
                        problem("run: there is no file '../none.sh' (looked at " + folder.resolveSibling("none.sh") + ")", "5:6"),
                        problem("files: there is no file or folder 'none' (looked at " + folder.resolve("none") + ")", "6:10"));
    }

    @Test
    void theHostScriptIsCheckedBeforeItRuns() throws IOException {
        Layer layer = layer("host-init: ./make.sh x\noverlay: none\n");
        assertThat(Problems.of(() -> SpecificationCheck.hostScript(layer))).isEqualTo(problem("host-init: there is no file './make.sh' (looked at " + folder.resolve("make.sh") + ")", "1:12"));
        Files.writeString(folder.resolve("make.sh"), "");
        assertThatCode(() -> SpecificationCheck.hostScript(layer)).doesNotThrowAnyException();
        assertThatCode(() -> SpecificationCheck.hostScript(layer("name: x"))).doesNotThrowAnyException();
    }

    @Test
    void whatTheScriptAfterTheBinaryMayMakeIsCheckedAfterIt() throws IOException {
        Files.writeString(folder.resolve("make.sh"), "");
        Layer layer = layer("post-bin: make.sh\nfiles: [[made, /x]]\nlinux: {config: none.config}\n");
        assertThat(Problems.of(() -> SpecificationCheck.files(List.of(layer)))).isEqualTo(problem("linux.config: there is no file 'none.config' (looked at " + folder.resolve("none.config") + ")", "3:17"));
        assertThat(Problems.of(() -> SpecificationCheck.filesAfterBinary(layer))).isEqualTo(problem("files: there is no file or folder 'made' (looked at " + folder.resolve("made") + ")", "2:10"));
        Files.writeString(folder.resolve("made"), "");
        assertThatCode(() -> SpecificationCheck.filesAfterBinary(layer)).doesNotThrowAnyException();
    }

    @Test
    void whatIsThereAndWhatIsNoPathPasses() throws IOException {
        Files.createDirectories(folder.resolve("module"));
        Files.writeString(folder.resolve("module/Makefile"), "");
        assertThatCode(() -> SpecificationCheck.files(List.of(layer("overlay: module\nlinux: {source: 'debian:linux-source', modules: {m: module}, config: module/Makefile}\noutputs: [/none]\ncommand: /none\n"))))
                .doesNotThrowAnyException();
    }

    private Problem problem(String what, String place) {
        return new Problem(what, "spec.yaml:" + place, "Create it, or correct the path; paths are relative to " + folder);
    }
}
