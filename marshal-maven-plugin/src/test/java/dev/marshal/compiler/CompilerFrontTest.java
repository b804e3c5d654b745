// SPDX-License-Identifier: Apache-2.0
package dev.marshal.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.marshal.fixture.RecordedLog;
import dev.marshal.fixture.Workloads;
import dev.marshal.tool.Toolbox;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With the host's cross compiler, behind a script that notes what it is called for. */
class CompilerFrontTest {

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
        return new CompilerFront(new Toolbox(searched, (program, ask) -> ask.get()), folder.resolve("cache"), log).path(prefix, searched);
    }

    private record Answer(int exit, String printed, String complained, List<Byte> written) {}

    /** What a program answers, called in a folder of its own with an output in it. */
    private Answer ask(Path program, String... words) throws IOException, InterruptedException {
        return asked(program, "out", words);
    }

    private Answer asked(Path program, String output, String... words) throws IOException, InterruptedException {
        return askedOf("", program, output, words);
    }

    /** @param input what comes by standard input */
    private Answer askedOf(String input, Path program, String output, String... words) throws IOException, InterruptedException {
        Path in = Files.createTempDirectory(folder, "asked");
        List<String> command = new ArrayList<>(List.of(program.toString(), "-o", output.startsWith("/") ? output : in.resolve(output).toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).directory(in.toFile()).redirectOutput(in.resolve("1").toFile()).redirectError(in.resolve("2").toFile());
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        try (OutputStream stream = process.getOutputStream()) {
            stream.write(input.getBytes(StandardCharsets.UTF_8));
        }
        int exit = process.waitFor();
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

    @ParameterizedTest
    @ValueSource(strings = {
        "-Werror -Wl,--fatal-warnings -x c - | #include <stdio.h>\nint main(void) { printf(\"\"); return 0; }\n",
        "-static -x c - | int main(void) { return 0; }\n",
        "-c -x c - | int first;\n",
        "-c -x assembler - | .option arch, rv64gc\n",
    })
    void codeThatComesByStandardInputIsPartOfTheQuestion(String question) throws Exception {
        String[] words = question.substring(0, question.indexOf(" | ")).split(" ");
        String input = question.substring(question.indexOf(" | ") + 3);
        Path program = program();
        Answer expected = askedOf(input, real, "/dev/null", words);
        assertThat(expected.exit()).isZero();
        assertThat(askedOf(input, program, "/dev/null", words)).isEqualTo(expected);
        assertThat(askedOf(input, program, "/dev/null", words)).isEqualTo(expected);
        assertThat(calls()).isEqualTo(1);
        Answer another = askedOf(input + "%\n", real, "/dev/null", words);
        assertThat(another.exit()).isNotZero();
        for (int round = 0; round < 2; round++) {
            assertThat(askedOf(input + "%\n", program, "/dev/null", words)).isEqualTo(another);
        }
        // of failures those are kept that say what the compiler does not know
        assertThat(calls()).isEqualTo(another.complained().contains("unrecognized") ? 2 : 3);
    }

    @Test
    void whatIsPreprocessedIsPrinted() throws Exception {
        Path program = program();
        for (int round = 0; round < 2; round++) {
            Path text = folder.resolve("text");
            for (Path each : List.of(real, program)) {
                Process process = new ProcessBuilder(each.toString(), "-E", "-P", "-x", "c", "-").redirectOutput(text.toFile()).start();
                try (OutputStream stream = process.getOutputStream()) {
                    stream.write("GCC __GNUC__\n".getBytes(StandardCharsets.UTF_8));
                }
                assertThat(process.waitFor()).isZero();
                assertThat(Files.readString(text)).matches("GCC \\d+\n");
            }
        }
        assertThat(calls()).isEqualTo(1);
        // and is no answer to the question with an output
        assertThat(askedOf("GCC __GNUC__\n", program, "out", "-E", "-P", "-x", "c", "-")).extracting(Answer::printed).isEqualTo("");
        assertThat(calls()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"#include \"FOLDER/code.h\"\n", "# include \"FOLDER/code.h\"\n", "#import \"FOLDER/code.h\"\n", "asm(\".incbin \\\"FOLDER/code.h\\\"\");\n", "asm(\".include \\\"FOLDER/code.s\\\"\");\n",
        "const char *today = __DATE__;\n"})
    void codeThatReadsFilesIsLeftToTheCompilerAsAWhole(String input) throws Exception {
        Files.writeString(folder.resolve("code.h"), "int first;\n");
        Files.writeString(folder.resolve("code.s"), ".word 1\n");
        String code = input.replace("FOLDER", folder.toString()) + "int last;\n";
        Path program = program();
        for (int round = 0; round < 2; round++) {
            assertThat(askedOf(code, program, "out", "-c", "-x", "c", "-")).isEqualTo(askedOf(code, real, "out", "-c", "-x", "c", "-")).extracting(Answer::exit).isEqualTo(0);
        }
        assertThat(calls()).isEqualTo(2);
    }

    @Test
    void longCodeIsLeftToTheCompilerAsAWhole() throws Exception {
        String code = "int number;\n".repeat(10_000) + "int last = 1;\n";
        Path program = program();
        for (int round = 0; round < 2; round++) {
            assertThat(askedOf(code, program, "out", "-c", "-x", "c", "-")).isEqualTo(askedOf(code, real, "out", "-c", "-x", "c", "-")).extracting(Answer::exit).isEqualTo(0);
        }
        assertThat(calls()).isEqualTo(2);
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
        try (var answers = Files.list(program.getParent().resolveSibling("answers"))) {
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
    void theCompilerHasItsMemoryInLargePages() throws Exception {
        Path program = program();
        Path library = program.getParent().resolveSibling("large-pages.so");
        Files.writeString(bin.resolve(PREFIX + "gcc"), "#!/bin/sh\necho \"$LD_PRELOAD\" >> '" + calls + "'\nexec '" + real + "' \"$@\"\n");
        Path code = Files.writeString(folder.resolve("code.c"), "int number;\n");
        assertThat(ask(program, "-c", "-x", "c", code.toString())).isEqualTo(ask(real, "-c", "-x", "c", code.toString()));
        assertThat(Files.readAllLines(calls)).last().isEqualTo(library.toString());

        Path wishes = Files.writeString(folder.resolve("wishes.c"), """
                #include <stdio.h>
                #include <string.h>
                #include <sys/mman.h>
                int main(void) {
                    char line[4096];
                    mmap(NULL, 4 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
                    FILE *maps = fopen("/proc/self/smaps", "r");
                    while (fgets(line, sizeof line, maps))
                        if (!strncmp(line, "VmFlags:", 8) && strstr(line, " hg"))
                            puts("large");
                    return 0;
                }
                """);
        Path asks = folder.resolve("wishes");
        run("gcc", "-o", asks.toString(), wishes.toString());
        assertThat(run("env", "LD_PRELOAD=" + library, asks.toString())).isEqualTo("large\n");
        assertThat(run(asks.toString())).isEmpty();
    }

    @Test
    void programsThatReadObjectsLoadNoPluginsAndMakeTheSame() throws Exception {
        Path loaded = folder.resolve("loaded");
        Path plugin = Files.writeString(folder.resolve("plugin.c"), "#include <stdio.h>\n__attribute__((constructor)) static void load(void) { fclose(fopen(\"" + loaded + "\", \"w\")); }\n");
        run("gcc", "-shared", "-fPIC", "-o", Files.createDirectories(folder.resolve("lib/bfd-plugins")).resolve("plugin.so").toString(), plugin.toString());
        Path object = folder.resolve("code.o");
        run(real.toString(), "-c", "-x", "c", "-o", object.toString(), Files.writeString(folder.resolve("code.c"), "int number; int zero(void) { return 0; }\n").toString());
        for (String name : List.of("nm", "ar")) {
            Files.copy(Workloads.tools().locate(PREFIX + name).orElseThrow(), bin.resolve(PREFIX + name));
        }
        for (List<String> call : List.of(List.of(PREFIX + "nm", object.toString()), List.of(PREFIX + "ar", "rcsDP", "made.a", object.toString()))) {
            String there = run("env", Stream.concat(Stream.of("PATH=" + bin + ":" + System.getenv("PATH")), call.stream()).toArray(String[]::new));
            byte[] archive = archive();
            assertThat(loaded).exists();
            Files.delete(loaded);
            assertThat(run("env", Stream.concat(Stream.of("PATH=" + path(PREFIX)), call.stream()).toArray(String[]::new))).isEqualTo(there);
            assertThat(archive()).isEqualTo(archive);
            assertThat(loaded).doesNotExist();
        }
    }

    private byte[] archive() throws IOException {
        Path made = folder.resolve("made.a");
        byte[] bytes = Files.exists(made) ? Files.readAllBytes(made) : new byte[0];
        Files.deleteIfExists(made);
        return bytes;
    }

    private String run(String program, String... words) throws IOException, InterruptedException {
        Path printed = folder.resolve("printed");
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(words));
        assertThat(new ProcessBuilder(command).directory(folder.toFile()).redirectOutput(printed.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT).start().waitFor()).isZero();
        return Files.readString(printed);
    }

    @Test
    void ccacheFindsTheCompilerItself() {
        String[] with = path(PREFIX).split(File.pathSeparator);
        String searched = bin + File.pathSeparator + System.getenv("PATH");
        String[] without = new CompilerFront(new Toolbox(searched, (program, ask) -> ask.get()), folder.resolve("cache"), log).pathWithRealCompiler(PREFIX, searched).split(File.pathSeparator);
        assertThat(without).isEqualTo(Arrays.copyOfRange(with, 1, with.length));
        assertThat(Path.of(with[0]).resolve(PREFIX + "gcc")).exists();
        assertThat(Path.of(without[0]).resolve(PREFIX + "nm")).exists();
        assertThat(Path.of(without[0]).resolve(PREFIX + "gcc")).doesNotExist();
    }

    @Test
    void whereNoProgramCanBeMadeTheCompilerIsAskedEachTime() throws IOException {
        Files.writeString(folder.resolve("cache"), "a file stands where the cache should");
        assertThat(path(PREFIX)).isEqualTo(bin + File.pathSeparator + System.getenv("PATH"));
    }
}
