// SPDX-License-Identifier: Apache-2.0
package dev.marshal.distro.buildroot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.marshal.fixture.RecordedLog;
import dev.marshal.fixture.Workloads;
import dev.marshal.project.WorkloadProject;
import dev.marshal.tool.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostToolchainTest {

    @TempDir
    Path folder;

    private List<String> settings;
    private String compiler;
    private Path toolchain;

    @BeforeEach
    void provide() throws IOException {
        WorkloadProject project = Workloads.project(folder.resolve("build"), new RecordedLog(), null, Workloads.layer("own", folder, "distro: br"));
        settings = new HostToolchain(project).provide();
        toolchain = Path.of(value("BR2_TOOLCHAIN_EXTERNAL_PATH"));
        compiler = toolchain.resolve("bin") + "/" + value("BR2_TOOLCHAIN_EXTERNAL_CUSTOM_PREFIX") + "-gcc";
        assertThat(new HostToolchain(project).provide()).isEqualTo(settings);
    }

    private String value(String name) {
        return settings.stream().filter(line -> line.startsWith(name + "=")).findFirst().orElseThrow().substring(name.length() + 1).replace("\"", "");
    }

    @Test
    void passesForOneWithItsLibrariesInAFolderOfItsOwn() throws IOException {
        String sysroot = toolchain.resolve("sysroot").toRealPath().toString();
        assertThat(new Command("ask", compiler).args("-print-file-name=libc.a").output().strip()).isEqualTo(sysroot + "/usr/lib/libc.a");
        assertThat(new Command("ask", compiler).args("-print-sysroot").output().strip()).isEqualTo(sysroot);
        assertThat(new Command("ask", compiler).args("-v").run().tail().toString()).contains("--with-sysroot=" + sysroot).doesNotContain("--with-sysroot=/ ");
        assertThat(Files.readString(Path.of(sysroot, "usr/lib/libc.so"))).contains(" /lib/libc.so.6 ");
        assertThat(settings).anyMatch(line -> line.matches("BR2_TOOLCHAIN_EXTERNAL_GCC_\\d+=y")).anyMatch(line -> line.matches("BR2_TOOLCHAIN_EXTERNAL_HEADERS_\\d+_\\d+=y"));
    }

    @Test
    void compiles() throws IOException {
        Path source = Files.writeString(folder.resolve("hello.c"), "#include <stdio.h>\n#include <linux/version.h>\nint main(void) { return puts(\"hello\") < 0; }\n");
        new Command("compile", compiler).args("-o", folder.resolve("hello"), source).check();
        byte[] program = Files.readAllBytes(folder.resolve("hello"));
        assertThat(program).startsWith(0x7f, 'E', 'L', 'F');
        // RISC-V, as the ABI's supplement numbers it
        assertThat(program[18] & 0xff).isEqualTo(243);
    }
}
