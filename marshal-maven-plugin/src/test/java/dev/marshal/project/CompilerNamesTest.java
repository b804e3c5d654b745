// SPDX-License-Identifier: Apache-2.0
package dev.marshal.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.marshal.fixture.Workloads;
import dev.marshal.tool.Command;
import dev.marshal.tool.Toolbox;
import dev.marshal.uptodate.WholeOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompilerNamesTest {

    @TempDir
    Path folder;

    /** JUnit would warn of every link. */
    @AfterEach
    void deleteLinks() throws IOException {
        WholeOutput.delete(folder.resolve("cache"));
    }

    private String path(String searched, String prefix) throws IOException {
        return new CompilerNames(new Toolbox(searched, (program, ask) -> ask.get()), new Cache(folder.resolve("cache"))).path(prefix);
    }

    private Path links() throws IOException {
        try (var folders = Files.list(folder.resolve("cache/compilers"))) {
            return folders.filter(each -> !each.getFileName().toString().startsWith(".")).reduce((one, two) -> {
                throw new AssertionError(one + " and " + two);
            }).orElseThrow();
        }
    }

    private String run(String path, String... words) throws IOException {
        return new Command("run " + words[0], "/usr/bin/env").args((Object[]) words).env("PATH", path).in(folder).output();
    }

    /** Programs that print what they are called. */
    private Path installed(String name, String... programs) throws IOException {
        Path bin = Files.createDirectories(folder.resolve(name));
        for (String program : programs) {
            Files.writeString(bin.resolve(program), "#!/bin/sh\necho \"" + name + "/" + program + "\" \"$@\"\n");
            assertThat(bin.resolve(program).toFile().setExecutable(true)).isTrue();
        }
        return bin;
    }

    @Test
    void theInstalledCompilerCompilesUnderEveryName() throws IOException {
        String path = new CompilerNames(Workloads.tools(), new Cache(folder.resolve("cache"))).path(null);
        Files.writeString(folder.resolve("main.c"), "int main(void) { return 0; }\n");
        for (String prefix : List.of("riscv64-linux-gnu-", "riscv64-unknown-linux-gnu-")) {
            run(path, prefix + "gcc", "-o", "main", "main.c");
            assertThat(run(path, prefix + "readelf", "-h", "main")).contains("RISC-V");
        }
    }

    @Test
    void theCompilerForTheBareMachineAddsNothingOfLinux() throws IOException {
        String path = new CompilerNames(Workloads.tools(), new Cache(folder.resolve("cache"))).path(null);
        Files.writeString(folder.resolve("start.S"), ".section .text.init\n.globl _start\n_start: la a0, _start\nla a1, tohost\nj _start\n.data\n.globl tohost\ntohost: .dword 0\n");
        Files.writeString(folder.resolve("link.ld"), "ENTRY(_start) SECTIONS { . = 0x80000000; .text : { *(.text.init) } .data : { *(.data) } }\n");
        run(path, "riscv64-unknown-elf-gcc", "-mcmodel=medany", "-c", "start.S", "-o", "start.o");
        run(path, "riscv64-unknown-elf-gcc", "-static", "-nostdlib", "-nostartfiles", "-T", "link.ld", "start.o", "-o", "start");
        String elf = run(path, "riscv64-unknown-elf-readelf", "-hSW", "start");
        assertThat(elf).containsPattern("Entry point address: +0x80000000\\b").containsPattern("\\.text +PROGBITS +0*80000000 ").doesNotContain(".note", ".got");
    }

    @Test
    void whatIsReallyInstalledComesFirst() throws IOException {
        Path bin = installed("one", "riscv64-linux-gnu-gcc", "riscv64-linux-gnu-ld");
        Path elf = installed("two", "riscv64-unknown-elf-ld");
        String path = path(bin + ":" + elf + ":/usr/bin:/bin", null);
        assertThat(path).startsWith(bin + ":" + elf + ":/usr/bin:/bin:").endsWith(":" + links());
        assertThat(run(path, "riscv64-unknown-linux-gnu-ld", "a", "b c")).isEqualTo("one/riscv64-linux-gnu-ld a b c\n");
        assertThat(run(path, "riscv64-unknown-elf-ld")).isEqualTo("two/riscv64-unknown-elf-ld\n");
        assertThat(run(path, "riscv64-unknown-elf-gcc", "x y")).isEqualTo("one/riscv64-linux-gnu-gcc -fno-pie -no-pie -Wl,--build-id=none x y\n");
        installed("two", "riscv64-unknown-elf-gcc");
        assertThat(run(path(bin + ":" + elf + ":/usr/bin:/bin", null), "riscv64-unknown-elf-gcc")).isEqualTo("two/riscv64-unknown-elf-gcc\n");
    }

    @Test
    void theCompilerThatTheUserChoseIsTheOneThatIsCalled() throws IOException {
        Path bin = installed("it's elsewhere", "my-gcc", "my-gcc-12", "my-gcc-ar");
        String path = path("/nowhere:/bin:/usr/bin", bin + "/my-");
        assertThat(run(path, "riscv64-unknown-elf-gcc-12", "x")).isEqualTo("it's elsewhere/my-gcc-12 -fno-pie -no-pie -Wl,--build-id=none x\n");
        assertThat(run(path, "riscv64-unknown-linux-gnu-gcc-ar", "x")).isEqualTo("it's elsewhere/my-gcc-ar x\n");
    }

    @Test
    void nothingIsAddedWhereNothingIsMissingOrNoCompilerIsThere() throws IOException {
        Path all = installed("all", "riscv64-linux-gnu-gcc", "riscv64-unknown-linux-gnu-gcc", "riscv64-unknown-elf-gcc");
        assertThat(path(all.toString(), null)).isEqualTo(all + ":/usr/local/sbin:/usr/sbin:/sbin");
        assertThat(path("/nowhere", null)).isEqualTo("/nowhere:/usr/local/sbin:/usr/sbin:/sbin");
        assertThat(folder.resolve("cache")).doesNotExist();
    }

    @Test
    void theFolderIsMadeOnce() throws IOException {
        Path bin = installed("one", "riscv64-linux-gnu-gcc");
        String path = path(bin.toString(), null);
        Object key = Files.readAttributes(links(), java.nio.file.attribute.BasicFileAttributes.class).fileKey();
        assertThat(path(bin.toString(), null)).isEqualTo(path);
        assertThat(Files.readAttributes(links(), java.nio.file.attribute.BasicFileAttributes.class).fileKey()).isEqualTo(key);
    }
}
