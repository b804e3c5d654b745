// SPDX-License-Identifier: Apache-2.0
package dev.marshal.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.marshal.problem.ProblemException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferencesTest {

    @TempDir
    Path folder;

    @Test
    void everyReferenceIsFound() throws IOException {
        reference("hello/uartlog", "hello\nworld\n");
        reference("hello/data/bytes", "\u0000\u0001");
        Files.createDirectories(folder.resolve("ref/hello/empty"));
        output("hello/uartlog", "[    0.0] booting\r\nhello\r\nworld\r\nbye\r\n");
        output("hello/data/bytes", "\u0000\u0001");
        output("hello/data/more", "not asked for");
        Files.createDirectories(folder.resolve("out/hello/empty"));

        Comparison comparison = compare(false);
        assertThat(comparison.matches()).isTrue();
        assertThat(comparison.files()).containsExactly("hello/data/bytes", "hello/uartlog");
        assertThat(comparison.check()).isSameAs(comparison);
    }

    @Test
    void consolesAreComparedAsPlainText() throws IOException {
        reference("hello/uartlog", "green\r\ndone\n");
        output("hello/uartlog", "\u001b[6n\u001b[32mgreen\u001b[0m\r\n\u001b]0;title\u0007done\r");
        assertThat(compare(false).matches()).isTrue();
    }

    @Test
    void theLinesAreOneRun() throws IOException {
        reference("hello/uartlog", "a\na\nb\n");
        output("hello/uartlog", "a\na\na\nb\n");
        assertThat(compare(false).matches()).isTrue();
        output("hello/uartlog", "a\na\nmore\nb\n");
        assertThat(compare(false).matches()).isFalse();
        output("hello/uartlog", "xa\na\nb\n");
        assertThat(compare(false).matches()).isFalse();
    }

    @Test
    void aMessageOfTheKernelCutsNoLineInTwo() throws IOException {
        reference("hello/uartlog", "one two\n");
        output("hello/uartlog", "marshal: run be[    0.912345] virtio: kernel\r\ngins\r\none [   12.000001] more\r\ntwo\r\nmarshal: run ended, exit status 0\r\n");
        assertThat(compare(true).matches()).isTrue();
        output("hello/uartlog", "marshal: run begins\r\none [   12.000001] more\r\nthree\r\nmarshal: run ended, exit status 0\r\n");
        assertThat(compare(true).matches()).isFalse();
    }

    @Test
    void messagesOfTheKernelThatAreNotWantedDoNotCount() throws IOException {
        reference("hello/uartlog", "one\ntwo\n");
        output("hello/uartlog", "marshal: run begins\none\n[    1.323897] IPv6: eth0: link becomes ready\ntw[    1.4000000][    T1] more\n[    1.500000] and more\no\nmarshal: run ended, exit status 0\n");
        assertThat(compare(true).matches()).isFalse();
        output("hello/uartlog", "marshal: run begins\none\n[    1.323897] IPv6: eth0: link becomes ready\ntw[    1.400000][    T1] more\n[    1.500000] and more\no\nmarshal: run ended, exit status 0\n");
        assertThat(compare(true).matches()).isTrue();
        assertThat(compare(false).matches()).isTrue();
    }

    @Test
    void messagesOfTheKernelThatAreWantedMustBeThere() throws IOException {
        reference("hello/uartlog", "one\n[    1.000000] wanted\ntwo\n");
        output("hello/uartlog", "one\n[    0.900000] other\n[    1.000000] wanted\ntwo\n");
        assertThat(compare(false).matches()).isTrue();
        output("hello/uartlog", "one\n[    0.900000] other\ntwo\n");
        assertThat(compare(false).matches()).isFalse();
        assertThat(compare(false).differences().get(0).diff()).as("what does not count is not shown").noneMatch(line -> line.contains("other"));
    }

    @Test
    void anEmptyReferenceIsInEveryConsole() throws IOException {
        reference("hello/uartlog", "");
        output("hello/uartlog", "anything");
        assertThat(compare(false).matches()).isTrue();
    }

    @Test
    void aDifferenceIsShownAtTheNearestPlace() throws IOException {
        reference("hello/uartlog", "one\ntwo\nthree\nfour\n");
        output("hello/uartlog", "boot\n".repeat(50) + "marshal: run begins\none\ntwo\nTHREE\nfour\nmarshal: run ended, exit status 0\n" + "down\n".repeat(50));

        assertThatThrownBy(() -> compare(false).check()).isInstanceOf(ProblemException.class).hasMessage("""
                %1$s: 1 of 1 reference does not match the output. If the output in %2$s is right, correct the references:
                hello/uartlog: not found in the console; the nearest place:
                    --- %1$s/hello/uartlog
                    +++ %2$s/hello/uartlog
                    @@ -1,4 +52,4 @@
                     one
                     two
                    -three
                    +THREE
                     four""", folder.resolve("ref"), folder.resolve("out"));
    }

    @Test
    void likeLinesAreNearToo() throws IOException {
        reference("hello/uartlog", "Hello, wide world\n");
        output("hello/uartlog", "boot\nother words\nHello, small world\nboot\nboot\n");
        assertThat(compare(false).differences().get(0).diff()).endsWith("@@ -1 +3 @@", "-Hello, wide world", "+Hello, small world");
    }

    @Test
    void whereNothingIsAlikeTheScriptsOutputIsShown() throws IOException {
        reference("hello/uartlog", "Hello\n");
        output("hello/uartlog", "boot\nboot\nmarshal: run begins\nGoodbye\nmarshal: run ended, exit status 0\npower down\n");
        assertThat(compare(false).differences().get(0).diff()).endsWith("@@ -1 +4 @@", "-Hello", "+Goodbye");
    }

    @Test
    void missingAndAdditionalLinesAreShown() throws IOException {
        reference("hello/uartlog", "a\nb\nc\nd\ne\n");
        output("hello/uartlog", "x\nx\nx\nx\na\nb\nd\nnew\ne\nx\nx\nx\nx\nx\n");
        assertThat(compare(false).differences().get(0).diff()).endsWith("@@ -1,5 +5,5 @@", " a", " b", "-c", " d", "+new", " e");
    }

    @Test
    void changedEndsAreShownWithoutTheirSurroundings() throws IOException {
        reference("hello/uartlog", "first\nsecond\nlast\n");
        output("hello/uartlog", "x\nx\nx\nFIRST\nsecond\nLAST\nx\nx\nx\n");
        assertThat(compare(false).differences().get(0).diff()).endsWith("@@ -1,3 +4,3 @@", "-first", "+FIRST", " second", "-last", "+LAST");
    }

    @Test
    void withStripOnlyTheScriptsOutputCounts() throws IOException {
        reference("hello/uartlog", "hello\n");
        output("hello/uartlog", "hello\nmarshal: run begins\nbye\nmarshal: run ended, exit status 0\nhello\n");
        assertThat(compare(false).matches()).isTrue();
        Difference difference = compare(true).differences().get(0);
        assertThat(difference.what()).isEqualTo("not found in what the run script printed; the nearest place:");
        assertThat(difference.diff()).endsWith("@@ -1 +3 @@", "-hello", "+bye");

        output("hello/uartlog", "x\nmarshal: run begins\r\nhello\r\nmarshal: run ended, exit status 0\n");
        assertThat(compare(true).matches()).isTrue();
        output("hello/uartlog", "x\nmarshal: run begins\r\nhellomarshal: run ended, exit status 0\n");
        assertThat(compare(true).matches()).isTrue();
    }

    @Test
    void withStripAScriptThatSaysNothingIsTold() throws IOException {
        reference("hello/uartlog", "hello\n");
        output("hello/uartlog", "hello\n");
        assertThat(compare(true).text()).isEqualTo("hello/uartlog: the run script did not begin, so it printed nothing");
        output("hello/uartlog", "marshal: run begins\nmarshal: run ended, exit status 0\n");
        assertThat(compare(true).text()).isEqualTo("hello/uartlog: what the run script printed is empty");
        output("hello/uartlog", "");
        assertThat(compare(false).text()).isEqualTo("hello/uartlog: the console is empty");
    }

    @Test
    void bytesThatAreNotTextDiffer() throws IOException {
        reference("hello/uartlog", "");
        Files.write(folder.resolve("ref/hello/uartlog"), new byte[] {(byte) 0xfe});
        output("hello/uartlog", "");
        Files.write(folder.resolve("out/hello/uartlog"), new byte[] {(byte) 0xff});
        assertThat(compare(false).matches()).isFalse();
    }

    @Test
    void textFilesAreShownAsDiff() throws IOException {
        reference("hello/result.txt", "one\ntwo\n");
        output("hello/result.txt", "one\ntwo\u0007\r\nthree");
        assertThat(compare(false).text()).isEqualTo("""
                hello/result.txt: differs:
                    --- %1$s/hello/result.txt
                    +++ %2$s/hello/result.txt
                    @@ -1,2 +1,3 @@
                     one
                    -two
                    +two\\x07\\x0d
                    +three (no line feed at the end)""", folder.resolve("ref"), folder.resolve("out"));
    }

    @Test
    void otherFilesAreShownByPlace() throws IOException {
        reference("hello/core", "ab\u0000c");
        output("hello/core", "ab\u0000def");
        assertThat(compare(false).text()).isEqualTo("hello/core: differs from byte 3 (counted from 0); the reference has 4 bytes, the output 6");
    }

    @Test
    void whatIsMissingIsTold() throws IOException {
        reference("hello/a", "");
        reference("hello/folder/b", "");
        reference("hello/c", "");
        reference("other/uartlog", "");
        output("hello/folder", "");
        Files.createDirectories(folder.resolve("out/hello/c"));

        Comparison comparison = compare(false);
        assertThat(comparison.text()).isEqualTo("""
                hello/a: the output has no such file
                hello/c: the output is not a regular file
                hello/folder: the output is not a folder
                other: the output has no such folder""");
        assertThat(comparison.files()).hasSize(4);
        assertThat(comparison.under(List.of("other")).text()).isEqualTo("other: the output has no such folder");
        assertThat(comparison.under(List.of("hello")).differences()).hasSize(3);
        assertThat(comparison.under(List.of("hell")).matches()).isTrue();
    }

    @Test
    void aGuestsLinksAreNotFollowed() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "hello");
        reference("hello/a", "hello");
        reference("hello/b/c", "hello");
        output("hello/x", "");
        Files.createSymbolicLink(folder.resolve("out/hello/a"), secret);
        Files.createSymbolicLink(folder.resolve("out/hello/b"), folder);
        assertThat(compare(false).text()).isEqualTo("hello/a: the output is a symbolic link to " + secret + System.lineSeparator() + "hello/b: the output is not a folder");
    }

    @Test
    void linksAreComparedWithLinks() throws IOException {
        reference("hello/file", "text");
        output("hello/file", "text");
        Files.createSymbolicLink(folder.resolve("ref/hello/link"), Path.of("file"));
        Files.createSymbolicLink(folder.resolve("out/hello/link"), Path.of("file"));
        assertThat(compare(false).matches()).isTrue();
        Files.delete(folder.resolve("out/hello/link"));
        output("hello/link", "text");
        assertThat(compare(false).matches()).as("a user's link is as good as what it points to").isTrue();
    }

    @Test
    void manyDifferencesAreSummedUp() throws IOException {
        for (int i = 0; i < 8; i++) {
            reference("hello/" + i, "a\n");
            output("hello/" + i, "b\n");
        }
        assertThatThrownBy(() -> compare(false).check()).hasMessageContaining("8 of 8 references do not match the output")
                .hasMessageContaining("hello/4: differs:\n    --- ").hasMessageEndingWith("hello/5: differs:\nhello/6: differs:\nhello/7: differs:");
    }

    @Test
    void referencesMustBeThere() throws IOException {
        assertThatThrownBy(() -> new References(folder.resolve("ref")).check("workload.yaml:7")).isInstanceOf(ProblemException.class)
                .hasMessage("workload.yaml:7: the folder of references " + folder.resolve("ref") + " does not exist. Create it with a file to compare, or correct 'testing.refDir'");
        Files.createDirectories(folder.resolve("ref/hello"));
        assertThatThrownBy(() -> new References(folder.resolve("ref")).check("workload.yaml:7"))
                .hasMessage("workload.yaml:7: the folder of references " + folder.resolve("ref") + " has no file, so nothing would be compared. "
                        + "Put the expected output there, such as WORKLOAD/uartlog, or remove 'testing.refDir'");
        reference("hello/uartlog", "x");
        new References(folder.resolve("ref")).check("workload.yaml:7");
    }

    @Test
    void aLargeConsoleIsSearchedQuickly() throws IOException {
        reference("hello/uartlog", IntStream.range(0, 200).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining()));
        output("hello/uartlog", "");
        byte[] noise = "[    1.234567] some message of the kernel, line 7\n".repeat(1000).getBytes(StandardCharsets.US_ASCII);
        try (OutputStream out = Files.newOutputStream(folder.resolve("out/hello/uartlog"))) {
            for (int i = 0; i < 300; i++) {
                out.write(noise);
            }
            for (int i = 0; i < 200; i++) {
                out.write((i == 100 ? "changed\n" : "line " + i + "\n").getBytes(StandardCharsets.US_ASCII));
            }
        }
        long started = System.nanoTime();
        assertThat(compare(false).differences().get(0).diff()).endsWith("@@ -98,7 +300098,7 @@", " line 97", " line 98", " line 99", "-line 100", "+changed", " line 101",
                " line 102", " line 103");
        assertThat(System.nanoTime() - started).isLessThan(60_000_000_000L);
    }

    private Comparison compare(boolean strip) throws IOException {
        return new References(folder.resolve("ref")).compare(folder.resolve("out"), strip);
    }

    private void reference(String file, String text) throws IOException {
        write(folder.resolve("ref").resolve(file), text);
    }

    private void output(String file, String text) throws IOException {
        write(folder.resolve("out").resolve(file), text);
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
