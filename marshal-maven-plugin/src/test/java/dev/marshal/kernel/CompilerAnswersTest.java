// SPDX-License-Identifier: Apache-2.0
package dev.marshal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.marshal.fixture.RecordedLog;
import dev.marshal.fixture.Workloads;
import dev.marshal.project.Cache;
import dev.marshal.tool.Toolbox;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With the host's cross compiler, behind a script that notes what it is called for. */
class CompilerAnswersTest {

    private static final String PREFIX = "riscv64-linux-gnu-";

    @TempDir
    Path folder;

    private final RecordedLog log = new RecordedLog();
    private final Path real = Workloads.tools().locate(PREFIX + "gcc").orElseThrow();
    private Path bin;
    private Path calls;

    @BeforeEach
    void putAScriptBeforeTheCompiler() throws IOException {
        bin = Files.createDirectories(folder.resolve("bin"));
        calls = folder.resolve("calls");
        Files.writeString(bin.resolve(PREFIX + "gcc"), "#!/bin/sh\necho \"$@\" >> '" + calls + "'\nexec '" + real + "' \"$@\"\n");
        Files.setPosixFilePermissions(bin.resolve(PREFIX + "gcc"), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private String path(String prefix) {
        String searched = bin + File.pathSeparator + System.getenv("PATH");
        return new CompilerAnswers(new Toolbox(searched, (program, ask) -> ask.get()), new Cache(folder.resolve("cache")), log).path(prefix, searched);
    }

    private record Answer(int exit, String printed, String complained, List<Byte> written) {}

    /** What a program answers, called in a folder of its own with an output in it. */
    private Answer ask(Path program, String... words) throws IOException, InterruptedException {
        return asked(program, "out", words);
    }

    private Answer asked(Path program, String output, String... words) throws IOException, InterruptedException {
        Path in = Files.createTempDirectory(folder, "asked");
        List<String> command = new ArrayList<>(List.of(program.toString(), "-o", in.resolve(output).toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).directory(in.toFile()).redirectOutput(in.resolve("1").toFile()).redirectError(in.resolve("2").toFile());
        builder.environment().put("LC_ALL", "C");
        int exit = builder.start().waitFor();
        List<Byte> written = new ArrayList<>();
        if (Files.exists(in.resolve("out"))) {
            for (byte each : Files.readAllBytes(in.resolve("out"))) {
                written.add(each);
            }
        }
        return new Answer(exit, Files.readString(in.resolve("1")), Files.readString(in.resolve("2")), written);
    }

    private Path program() {
        return Path.of(path(PREFIX).split(File.pathSeparator)[0]).resolve(PREFIX + "gcc");
    }

    private long calls() throws IOException {
        return Files.readAllLines(calls).stream().filter(line -> line.contains("-x")).count();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "-Werror -Wall -march=rv64imac -mabi=lp64 -c -x c /dev/null",
        "-Werror -Wno-such-option -Wsuch-option -c -x c /dev/null",
        "-fno-such-option -c -x c /dev/null",
        "-D__KERNEL__ -fmacro-prefix-map=../= -S -x c /dev/null",
        "-E -x c /dev/null",
        "--param asan-stack=1 -c -x c /dev/null",
    })
    void theSecondAnswerIsTheFirstAndNobodyIsAsked(String question) throws Exception {
        String[] words = question.split(" ");
        Answer expected = ask(real, words);
        Path program = program();
        assertThat(ask(program, words)).isEqualTo(expected);
        long asked = calls();
        assertThat(asked).isEqualTo(1);
        assertThat(ask(program, words)).isEqualTo(expected);
        assertThat(calls()).isEqualTo(asked);
    }

    @Test
    void theVersionOfTheAssemblerIsAnAnswer() throws Exception {
        String[] words = {"-Wa,--version", "-c", "-x", "assembler-with-cpp", "/dev/null"};
        Path program = program();
        Answer first = asked(program, "/dev/null", words);
        assertThat(first.printed()).startsWith("GNU assembler");
        assertThat(asked(program, "/dev/null", words)).isEqualTo(first);
        assertThat(calls()).isEqualTo(1);
        // but the assembler then writes nothing, which is no whole answer where something is to be written
        assertThat(ask(program, words)).isEqualTo(first);
        assertThat(ask(program, words)).isEqualTo(first);
        assertThat(calls()).isEqualTo(3);
    }

    @Test
    void anotherQuestionGetsAnAnswerOfItsOwn() throws Exception {
        Path program = program();
        for (int round = 0; round < 2; round++) {
            for (String march : List.of("-march=rv64imac", "-march=rv64gc")) {
                assertThat(ask(program, march, "-mabi=lp64", "-c", "-x", "c", "/dev/null")).isEqualTo(ask(real, march, "-mabi=lp64", "-c", "-x", "c", "/dev/null"));
            }
        }
        assertThat(calls()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "-c -x c code.c",
        "-include code.c -c -x c /dev/null",
        "-Wp,-MD,made.d -c -x c /dev/null",
        "-MD -c -x c /dev/null",
        "-fstack-usage -c -x c /dev/null",
        "-g -c -x c /dev/null",
        "-c -x c @words",
        "-Wa,-a=made.list -c -x c /dev/null",
    })
    void whatReadsOrMakesFilesIsLeftToTheCompiler(String call) throws Exception {
        Files.writeString(folder.resolve("code.c"), "int first;\n");
        Files.writeString(folder.resolve("words"), "/dev/null\n");
        String[] words = call.replace("code.c", folder + "/code.c").replace("@", "@" + folder + "/").split(" ");
        Path program = program();
        ask(program, words);
        Files.writeString(folder.resolve("code.c"), "int second, third;\n");
        ask(program, words);
        assertThat(calls()).isEqualTo(2);
    }

    @Test
    void aFailureThatSaysNothingOfAnOptionIsNotKept() throws Exception {
        Path program = program();
        Files.writeString(bin.resolve(PREFIX + "gcc"), "#!/bin/sh\necho \"$@\" >> '" + calls + "'\necho 'no room left' >&2\nexit 1\n");
        assertThat(ask(program, "-c", "-x", "c", "/dev/null")).isEqualTo(new Answer(1, "", "no room left\n", List.of()));
        assertThat(ask(program, "-c", "-x", "c", "/dev/null").exit()).isEqualTo(1);
        assertThat(calls()).isEqualTo(2);
    }

    @Test
    void aDamagedAnswerIsAskedForAgain() throws Exception {
        Path program = program();
        Answer expected = ask(program, "-c", "-x", "c", "/dev/null");
        try (var answers = Files.list(program.resolveSibling("answers"))) {
            for (Path answer : answers.toList()) {
                Files.write(answer, new byte[] {1, 2, 3});
            }
        }
        assertThat(ask(program, "-c", "-x", "c", "/dev/null")).isEqualTo(expected);
        assertThat(calls()).isEqualTo(2);
    }

    @Test
    void anotherCompilerIsAskedAnew() throws Exception {
        Path first = program();
        Files.writeString(bin.resolve(PREFIX + "gcc"), "#!/bin/sh\n# another\nexec '" + real + "' \"$@\"\n");
        assertThat(program()).isNotEqualTo(first);
    }

    @Test
    void nothingStandsBeforeACompilerThatIsNamedByItsPath() {
        assertThat(path(real.getParent() + "/" + PREFIX)).isEqualTo(bin + File.pathSeparator + System.getenv("PATH"));
    }

    @Test
    void whereNoProgramCanBeMadeTheCompilerIsAskedEachTime() throws IOException {
        Files.writeString(folder.resolve("cache"), "a file stands where the cache should");
        assertThat(path(PREFIX)).isEqualTo(bin + File.pathSeparator + System.getenv("PATH"));
    }
}
