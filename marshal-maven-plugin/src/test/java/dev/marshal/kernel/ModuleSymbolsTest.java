// SPDX-License-Identifier: Apache-2.0
package dev.marshal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.marshal.fixture.Problems;
import dev.marshal.fixture.RecordedLog;
import dev.marshal.fixture.Workloads;
import dev.marshal.problem.Problem;
import dev.marshal.project.WorkloadProject;
import dev.marshal.tool.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModuleSymbolsTest {

    @TempDir
    Path folder;

    private WorkloadProject project;
    private Path exported;

    @BeforeEach
    void make() throws IOException {
        project = Workloads.project(folder.resolve("build"), new RecordedLog(), null, Workloads.layer("own", folder, ""));
        exported = Files.writeString(folder.resolve("vmlinux.symvers"), "0x12345678\tknown_function\tvmlinux\tEXPORT_SYMBOL\t\n");
    }

    private void module(String name, String source) throws IOException {
        Path file = folder.resolve("drivers/lib/modules/6.1/extra").resolve(name + ".ko");
        Files.createDirectories(file.getParent());
        Path c = Files.writeString(folder.resolve(name + ".c"), source);
        new Command("compile " + name, project.crossCompiler().path().toString()).args("-c", "-O1", "-o", file, c).check();
    }

    private void check() throws IOException {
        ModuleSymbols.check(project, folder.resolve("drivers"), exported);
    }

    @Test
    void whatTheKernelOrAnotherModuleExportsIsFine() throws IOException {
        module("a", "void known_function(void); void from_b(void); void f(void) { known_function(); from_b(); }");
        module("b", "void from_b(void) {} int __ksymtab_from_b = 1;");
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @Test
    void everythingElseIsTold() throws IOException {
        module("a", "void known_function(void); void unknown_one(void); void from_b(void); void f(void) { known_function(); unknown_one(); from_b(); }");
        module("b", "void from_b(void) {}");
        assertThat(Problems.allOf(this::check)).containsExactlyInAnyOrder(problem("from_b"), problem("unknown_one"));
    }

    private static Problem problem(String symbol) {
        return new Problem("the module a.ko uses '" + symbol + "', which this kernel does not export", null, "Switch on the kernel option that brings it, in a fragment, or correct the module");
    }
}
