// SPDX-License-Identifier: Apache-2.0
package dev.marshal.firmware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.marshal.problem.ProblemException;
import dev.marshal.source.SourceTree;
import dev.marshal.tool.Log;
import dev.marshal.tool.ToolFailure;
import dev.marshal.tool.Toolbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the real compiler and make, on a firmware of a few lines that is built as OpenSBI is. */
class OpenSbiTest {

    private static final Log SILENT = new Log() {
        @Override
        public void info(String message) {}

        @Override
        public void warn(String message) {}

        @Override
        public void debug(String message) {}
    };

    @TempDir
    Path temp;
    Path source;
    Path elf;

    @BeforeEach
    void writeSource() throws IOException {
        source = temp.resolve("source");
        elf = temp.resolve("out.elf");
        writeSource(source);
    }

    @Test
    void theDeviceTreeLiesPastTheKernelsMemory() throws IOException {
        link(List.of(), Images.write(temp.resolve("Image"), 4096, 0x1a00_0001L, "first"));
        assertThat(content()).contains("FDT=0x9a400000 START=0x80000000 PAYLOAD=0x200000;").contains("first");
    }

    @Test
    void theDeviceTreeIsNeverBelowThePlatformsOwnPlace() throws IOException {
        link(List.of(), Images.write(temp.resolve("Image"), 4096, 0x10_0000, "first"));
        assertThat(content()).contains("FDT=0x82200000 ");
    }

    @Test
    void followsTheUsersAddressesAndPlatform() throws IOException {
        link(List.of("FW_TEXT_START=0xC0000000", "FW_PAYLOAD_OFFSET=0x400000", "PLATFORM=fpga/mine"), Images.write(temp.resolve("Image"), 4096, 0x400_0000, "first"));
        assertThat(content()).contains("FDT=0xc4400000 START=0xC0000000 PAYLOAD=0x400000;");
        assertThatThrownBy(() -> link(List.of("FW_TEXT_START=here"), temp.resolve("Image"))).isInstanceOf(ProblemException.class)
                .hasMessageContaining("FW_TEXT_START is no number: 'here'").hasMessageContaining("firmware.opensbi-build-args");
    }

    @Test
    void compilesOnceAndLinksEachKernelAnew() throws IOException {
        Path second = Images.write(temp.resolve("second"), 4096, 0x10_0000, "second");
        Files.setLastModifiedTime(second, java.nio.file.attribute.FileTime.fromMillis(0));
        link(List.of(), Images.write(temp.resolve("first"), 4096, 0x10_0000, "first"));
        Path object = object();
        var compiled = Files.getLastModifiedTime(object);
        link(List.of(), second);
        assertThat(content()).as("though it is older than what was linked before").contains("second").doesNotContain("first");
        assertThat(Files.getLastModifiedTime(object)).isEqualTo(compiled);
        try (Stream<Path> kept = Files.walk(temp.resolve("cache/firmware"))) {
            assertThat(kept.map(file -> file.getFileName().toString())).as("what is as large as a kernel").noneMatch(name -> name.startsWith("fw_payload") || name.equals("payload"));
        }
    }

    @Test
    void givesTheSameFileFromOtherFolders() throws IOException {
        Path image = Images.write(temp.resolve("Image"), 4096, 0x10_0000, "first");
        link(List.of(), image);
        byte[] here = Files.readAllBytes(elf);
        writeSource(temp.resolve("another-source"));
        firmware(temp.resolve("another-source"), temp.resolve("another/cache"), List.of()).link(image, elf, temp.resolve("log"));
        assertThat(elf).hasBinaryContent(here);
        assertThat(content()).doesNotContain(temp.toString());
    }

    /** Objects name the files that they were compiled from. */
    @Test
    void aFolderThatMovedIsCompiledWhereItIs() throws IOException {
        Path image = Images.write(temp.resolve("Image"), 4096, 0x10_0000, "first");
        link(List.of(), image);
        byte[] before = Files.readAllBytes(elf);
        Files.move(source, temp.resolve("moved"));
        firmware(temp.resolve("moved"), temp.resolve("cache"), List.of()).link(image, elf, temp.resolve("log"));
        assertThat(elf).hasBinaryContent(before);
    }

    @Test
    void doesNotTrustObjectsOfABuildThatWasKilled() throws IOException {
        Path image = Images.write(temp.resolve("Image"), 4096, 0x10_0000, "first");
        link(List.of(), image);
        byte[] whole = Files.readAllBytes(elf);
        Path object = object();
        Files.delete(object.getParent().resolve("compiled"));
        Files.write(object, new byte[0]);
        link(List.of(), image);
        assertThat(elf).hasBinaryContent(whole);
    }

    @Test
    void aLinkThatFailedLeavesNothingInTheWayOfTheNext() throws IOException {
        Path image = Images.write(temp.resolve("Image"), 4096, 0x10_0000, "first");
        link(List.of(), image);
        byte[] whole = Files.readAllBytes(elf);
        String assembly = Files.readString(source.resolve("firmware/fw_payload.S"));
        Files.writeString(source.resolve("firmware/fw_payload.S"), ".error \"broken\"");
        assertThatThrownBy(() -> link(List.of(), image)).isInstanceOf(ToolFailure.class);
        Files.writeString(source.resolve("firmware/fw_payload.S"), assembly);
        link(List.of(), image);
        assertThat(elf).hasBinaryContent(whole);
    }

    @Test
    void neverWritesTheSource() throws IOException {
        link(List.of(), Images.write(temp.resolve("Image"), 4096, 0x10_0000, "first"));
        try (Stream<Path> files = Files.walk(source)) {
            assertThat(files.filter(Files::isRegularFile).map(file -> source.relativize(file).toString())).containsExactlyInAnyOrder("Makefile", "base.c", "firmware/fw_payload.S", "include/sbi/sbi_version.h");
        }
    }

    @Test
    void aCompilersComplaintIsShownWithTheLog() throws IOException {
        Files.writeString(source.resolve("base.c"), "this is no C");
        Path image = Images.write(temp.resolve("Image"), 4096, 0x10_0000, "first");
        Files.writeString(elf, "before");
        assertThatThrownBy(() -> link(List.of(), image)).isInstanceOf(ToolFailure.class)
                .hasMessageContaining("could not compile OpenSBI").hasMessageContaining("error:").hasMessageContaining(temp.resolve("log").toString());
        assertThat(elf).hasContent("before");
    }

    @Test
    void aCacheWithASpaceInItsPathIsRefused() throws IOException {
        Path image = Images.write(temp.resolve("Image"), 4096, 0x10_0000, "first");
        assertThatThrownBy(() -> firmware(source, temp.resolve("my cache"), List.of()).link(image, elf, temp.resolve("log"))).isInstanceOf(ProblemException.class)
                .hasMessageContaining("holds a space").hasMessageContaining("-Dmarshal.cache");
    }

    private void link(List<String> arguments, Path image) throws IOException {
        firmware(source, temp.resolve("cache"), arguments).link(image, elf, temp.resolve("log"));
    }

    private static Firmware firmware(Path source, Path cache, List<String> arguments) {
        return new OpenSbi(tree(source), arguments, tools(), "riscv64-linux-gnu-", cache, SILENT);
    }

    private static SourceTree tree(Path source) {
        return new SourceTree(source, "sha256:demo", true, "demo");
    }

    private static Toolbox tools() {
        return new Toolbox(System.getenv("PATH"), (program, ask) -> ask.get());
    }

    private String content() throws IOException {
        return new String(Files.readAllBytes(elf), StandardCharsets.ISO_8859_1);
    }

    private Path object() throws IOException {
        try (Stream<Path> files = Files.walk(temp.resolve("cache/firmware"))) {
            return files.filter(file -> file.endsWith("base.o")).findFirst().orElseThrow();
        }
    }

    private static void writeSource(Path source) throws IOException {
        Files.createDirectories(source.resolve("firmware"));
        Files.createDirectories(source.resolve("include/sbi"));
        Files.writeString(source.resolve("include/sbi/sbi_version.h"), "");
        Files.writeString(source.resolve("base.c"), "const char *where(void) { return __FILE__; }\n");
        Files.writeString(source.resolve("firmware/fw_payload.S"), """
                .section .payload, "a"
                .ascii "FDT=", FDT, " START=", START, " PAYLOAD=", OFFSET, ";"
                .incbin PAYLOAD
                """);
        Files.writeString(source.resolve("Makefile"), """
                out := $(O)/platform/$(PLATFORM)/firmware
                $(out)/fw_payload.elf: $(O)/base.o $(out)/fw_payload.o
                	$(CC) -nostdlib -static -Wl,--build-id=none -Wl,-e,where $^ -o $@
                -include $(O)/base.dep
                $(O)/base.o:
                	$(CC) -g -MMD -MF $(O)/base.dep -MT $@ -c $(CURDIR)/base.c -o $@
                $(out)/fw_payload.o: $(FW_PAYLOAD_PATH)
                	mkdir -p $(out)
                	$(CC) -g -DFDT='"$(FW_PAYLOAD_FDT_ADDR)"' -DSTART='"$(FW_TEXT_START)"' -DOFFSET='"$(FW_PAYLOAD_OFFSET)"' -DPAYLOAD='"$(FW_PAYLOAD_PATH)"' -c $(CURDIR)/firmware/fw_payload.S -o $@
                """);
    }
}
