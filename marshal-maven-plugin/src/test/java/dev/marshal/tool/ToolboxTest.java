// SPDX-License-Identifier: Apache-2.0
package dev.marshal.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.marshal.fixture.Problems;
import dev.marshal.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolboxTest {

    private static final Requirement WIDGET = new Requirement("marshal-test-widget", Version.of("2.5"), List.of("--version"), "make widgets", "widget-deb", "widget-fedora", "widget-arch");

    @TempDir
    Path folder;

    private final AtomicInteger asked = new AtomicInteger();

    private Toolbox toolbox() {
        return new Toolbox(folder + ":" + folder.resolve("second"), (program, ask) -> {
            asked.incrementAndGet();
            return ask.get();
        });
    }

    private Path program(String name, String body) throws IOException {
        Path program = folder.resolve(name);
        Files.createDirectories(program.getParent());
        Files.writeString(program, "#!/bin/sh\n" + body + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return program;
    }

    @Test
    void findsAProgramAndItsVersionOnce() throws IOException {
        Path program = program("marshal-test-widget", "echo; echo \"widget $1 2.6\"; echo more");
        Toolbox tools = toolbox();
        Tool tool = tools.require(WIDGET);
        assertThat(tool.path()).isEqualTo(program);
        assertThat(tool.version()).isEqualTo("widget --version 2.6");
        assertThat(tool.name()).isEqualTo("marshal-test-widget");
        assertThat(tools.require(WIDGET)).isSameAs(tool);
        assertThat(asked).hasValue(1);
    }

    @Test
    void theFirstFolderWinsAndWhatCannotBeExecutedIsPassedOver() throws IOException {
        Files.writeString(folder.resolve("marshal-test-widget"), "no program");
        Path second = program("second/marshal-test-widget", "echo 3.0");
        assertThat(toolbox().require(WIDGET).path()).isEqualTo(second);
        Path first = program("marshal-test-widget", "echo 3.0");
        assertThat(toolbox().require(WIDGET).path()).isEqualTo(first);
    }

    @Test
    void aMissingProgramNamesItsPackages() {
        Problem problem = Problems.of(() -> toolbox().require(WIDGET));
        assertThat(problem.what()).isEqualTo("'marshal-test-widget' was not found on the PATH; it is needed to make widgets");
        assertThat(problem.remedy()).isEqualTo("Install it: 'apt-get install widget-deb' on Debian and Ubuntu, 'widget-fedora' on Fedora, 'widget-arch' on Arch Linux");
        assertThat(toolbox().find(WIDGET)).isEmpty();
    }

    @Test
    void aProgramThatIsTooOldNamesBothVersionsAndItsPackages() throws IOException {
        Path program = program("marshal-test-widget", "echo widget 2.4.9");
        Problem problem = Problems.of(() -> toolbox().require(WIDGET));
        assertThat(problem.what()).isEqualTo(program + " is version 2.4.9; 2.5 or newer is needed to make widgets");
        assertThat(problem.remedy()).contains("apt-get install widget-deb");
    }

    @Test
    void aProgramWithoutAVersionIsQuoted() throws IOException {
        Path program = program("marshal-test-widget", "echo broken loader; exit 1");
        Problem problem = Problems.of(() -> toolbox().require(WIDGET));
        assertThat(problem.what()).isEqualTo(program + " does not tell its version (it printed 'broken loader')");
        assertThat(problem.remedy()).isEqualTo("Check that it works; version 2.5 or newer is needed to make widgets");
    }

    @Test
    void aPathIsTakenAsItIs() throws IOException {
        Path program = program("elsewhere/widget", "echo 9.9");
        assertThat(toolbox().require(WIDGET.named(program.toString())).path()).isEqualTo(program);
        assertThat(toolbox().find(WIDGET.named(folder.resolve("none").toString()))).isEmpty();
    }

    @Test
    void theCrossCompilerIsLookedForUnderItsUsualNames() throws IOException {
        program("riscv64-buildroot-linux-gnu-gcc", "echo 'riscv64-buildroot-linux-gnu-gcc.br_real (Buildroot 2022.02) 11.3.0'");
        assertThat(toolbox().crossPrefix(null)).isEqualTo("riscv64-buildroot-linux-gnu-");
        program("riscv64-linux-gnu-gcc", "echo 'riscv64-linux-gnu-gcc (Debian 12.2.0-13) 12.2.0'");
        assertThat(toolbox().crossPrefix(null)).isEqualTo("riscv64-linux-gnu-");
        assertThat(toolbox().crossPrefix("riscv64-buildroot-linux-gnu-")).isEqualTo("riscv64-buildroot-linux-gnu-");
    }

    @Test
    void aMissingCrossCompilerIsToldUnderTheNameThatWasAskedFor() {
        Problem none = Problems.of(() -> toolbox().crossPrefix(null));
        assertThat(none.what()).isEqualTo("'riscv64-linux-gnu-gcc' was not found on the PATH; it is needed to compile for RISC-V");
        assertThat(none.remedy()).contains("apt-get install gcc-riscv64-linux-gnu libc6-dev-riscv64-cross");
        assertThat(Problems.of(() -> toolbox().crossPrefix("my-")).what()).startsWith("'my-gcc' was not found");
    }

    @Test
    void anOldCrossCompilerIsRefused() throws IOException {
        program("old-gcc", "echo 'old-gcc (crosstool-NG 1.25.0) 6.3.0'");
        assertThat(Problems.of(() -> toolbox().crossPrefix("old-")).what()).isEqualTo(folder.resolve("old-gcc") + " is version 6.3.0; 7.1 or newer is needed to compile for RISC-V");
    }

    @Test
    void foldersOfAdministratorsAreSearchedToo() {
        assertThat(toolbox().searchPath()).isEqualTo(folder + ":" + folder.resolve("second") + ":/usr/local/sbin:/usr/sbin:/sbin");
        assertThat(new Toolbox("", (program, ask) -> "").searchPath()).isEqualTo("/usr/local/sbin:/usr/sbin:/sbin");
    }

    @Test
    void everyToolOfTheHostSaysWhereToGetIt() {
        assertThat(HostTools.ALL).allSatisfy(requirement -> {
            assertThat(requirement.purpose()).isNotBlank();
            assertThat(requirement.remedy()).contains(requirement.debian(), requirement.fedora(), requirement.arch());
            assertThat(requirement.minimum() == null || !requirement.versionArgs().isEmpty()).isTrue();
        });
    }
}
