// SPDX-License-Identifier: Apache-2.0
package dev.marshal.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import dev.marshal.fixture.Problems;
import dev.marshal.fixture.RecordedLog;
import dev.marshal.fixture.Workloads;
import dev.marshal.problem.Problem;
import dev.marshal.source.SourceTree;
import dev.marshal.tool.Toolbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stops before anything is compiled. */
class FirmwareSourceTest {

    @TempDir
    Path folder;

    private SourceTree source;
    private Path image;

    @BeforeEach
    void make() throws IOException {
        source = new SourceTree(Files.createDirectories(folder.resolve("source")), "identity", true, "origin");
        image = Files.write(folder.resolve("Image"), KernelImageTest.image(1000, 1000));
    }

    private Problem problem(Firmware firmware) {
        return Problems.of(() -> firmware.link(image, folder.resolve("out.elf"), folder.resolve("log")));
    }

    @Test
    void aSourceThatIsNotRiscvPk() {
        Toolbox tools = Workloads.tools();
        Problem problem = problem(new Bbl(source, List.of(), tools, tools.crossPrefix(null), folder.resolve("cache"), new RecordedLog()));
        assertThat(problem).isEqualTo(new Problem("this is no source of riscv-pk: there is no configure in it", source.folder().toString(), "Correct 'firmware.bbl-src'"));
        assertThat(folder.resolve("out.elf")).doesNotExist();
    }

    @Test
    void aSourceThatIsNotOpenSbi() {
        Toolbox tools = Workloads.tools();
        Problem problem = problem(new OpenSbi(source, List.of(), tools, tools.crossPrefix(null), folder.resolve("cache"), new RecordedLog()));
        assertThat(problem.what()).contains("OpenSBI");
        assertThat(problem.remedy()).contains("firmware.opensbi-src");
        assertThat(folder.resolve("out.elf")).doesNotExist();
    }

    @Test
    void aMissingCompilerNamesItsPackage() {
        Toolbox none = new Toolbox(folder.toString(), (program, ask) -> "");
        assertThat(Problems.of(() -> new Bbl(source, List.of(), none, "riscv64-linux-gnu-", folder, new RecordedLog())).remedy()).contains("apt-get install gcc-riscv64-linux-gnu");
    }
}
