// SPDX-License-Identifier: Apache-2.0
package dev.marshal.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.marshal.fixture.Problems;
import dev.marshal.fixture.Workloads;
import dev.marshal.problem.Problem;
import dev.marshal.source.Archives.Tar;
import dev.marshal.source.Archives.Zip;
import dev.marshal.tool.Toolbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackingTest {

    @TempDir
    Path temporary;

    private Path archive(String name, byte[] bytes) throws IOException {
        return Files.write(temporary.resolve(name), bytes);
    }

    private Path folder() throws IOException {
        return Files.createDirectories(temporary.resolve("out/inner/tree"));
    }

    private Path unpack(String name, byte[] bytes) throws IOException {
        Path folder = folder();
        new Unpacking(Workloads.tools()).unpack(archive(name, bytes), folder);
        return folder;
    }

    private Problem problem(String name, byte[] bytes) {
        return Problems.of(() -> unpack(name, bytes));
    }

    private List<String> names(Path folder) throws IOException {
        try (Stream<Path> below = Files.walk(folder)) {
            return below.filter(path -> !path.equals(folder)).map(path -> folder.relativize(path).toString()).sorted().toList();
        }
    }

    /** Nothing but the tree itself is in the folders around it. */
    private void assertNothingOutside() throws IOException {
        assertThat(names(temporary.resolve("out"))).filteredOn(name -> !name.startsWith("inner/tree")).containsExactly("inner");
        assertThat(Path.of("/marshal-test-evil")).doesNotExist();
    }

    @Test
    void theTopFolderIsTakenOffAndTimesAndModesAreKept() throws IOException {
        Tar tar = new Tar().folder("linux-6.1").file("linux-6.1/Makefile", 0644, "all:").folder("linux-6.1/scripts").file("linux-6.1/scripts/run.sh", 0755, "#!/bin/sh")
                .file("linux-6.1/linux-6.1", 0644, "same name").link("linux-6.1/scripts/make", "../Makefile");
        Path tree = unpack("linux.tar.gz", tar.gzipped());
        assertThat(names(tree)).containsExactly("Makefile", "linux-6.1", "scripts", "scripts/make", "scripts/run.sh");
        assertThat(tree.resolve("Makefile")).hasContent("all:");
        assertThat(Files.getLastModifiedTime(tree.resolve("Makefile")).toInstant()).isEqualTo(Archives.TIME);
        assertThat(Files.getLastModifiedTime(tree.resolve("scripts")).toInstant()).isEqualTo(Archives.TIME);
        assertThat(Files.isExecutable(tree.resolve("scripts/run.sh"))).isTrue();
        assertThat(Files.readSymbolicLink(tree.resolve("scripts/make"))).isEqualTo(Path.of("../Makefile"));
    }

    @Test
    void severalTopEntriesStayAsTheyAre() throws IOException {
        assertThat(names(unpack("x.tar", new Tar().folder("a").file("a/x", 0644, "").file("b", 0644, "").bytes()))).containsExactly("a", "a/x", "b");
    }

    @Test
    void oneFileStaysAsItIs() throws IOException {
        assertThat(names(unpack("x.tar", new Tar().file("only", 0644, "").bytes()))).containsExactly("only");
    }

    @Test
    void zipIsUnpackedAlike() throws IOException {
        Path tree = unpack("x.ZIP", new Zip().folder("top").file("top/run.sh", 0755, "#!/bin/sh").file("top/sub/a", 0644, "a").bytes());
        assertThat(names(tree)).containsExactly("run.sh", "sub", "sub/a");
        assertThat(Files.isExecutable(tree.resolve("run.sh"))).isTrue();
        assertThat(Files.isExecutable(tree.resolve("sub/a"))).isFalse();
        assertThat(Files.getLastModifiedTime(tree.resolve("sub/a")).toInstant()).isEqualTo(Archives.TIME);
    }

    @Test
    void linksInsideAreFineWhateverTheFolderIsCalled() throws IOException {
        Path folder = folder().resolve("../tree/.");
        new Unpacking(Workloads.tools()).unpack(archive("x.tar", new Tar().folder("t").folder("t/a").file("t/b", 0644, "").link("t/a/l", "../b").bytes()), folder);
        assertThat(Files.isSymbolicLink(folder.resolve("a/l"))).isTrue();
        Path other = Files.createDirectories(temporary.resolve("zip"));
        new Unpacking(Workloads.tools()).unpack(archive("x.zip", new Zip().file("a", 0644, "").file("b", 0644, "").bytes()), other.resolve("../zip/."));
        assertThat(other.resolve("b")).exists();
    }

    @Test
    void anEntryThatLeavesTheFolder() throws IOException {
        Problem tar = problem("x.tar", new Tar().file("a", 0644, "").file("../evil", 0644, "x").bytes());
        assertThat(tar.what()).startsWith("an entry of the archive would leave the folder that it is unpacked to: ").contains("../evil");
        assertThat(tar.where()).isEqualTo(temporary.resolve("x.tar").toString());
        assertThat(tar.remedy()).isEqualTo("Do not use this archive");
        assertNothingOutside();
        Problem zip = problem("x.zip", new Zip().file("a/../../evil", 0644, "x").bytes());
        assertThat(zip).isEqualTo(new Problem("an entry of the archive would leave the folder that it is unpacked to: a/../../evil", temporary.resolve("x.zip").toString(), "Do not use this archive"));
        assertThat(problem("y.zip", new Zip().file("/marshal-test-evil", 0644, "x").bytes()).what()).contains("would leave the folder");
        assertNothingOutside();
    }

    @Test
    void anAbsoluteEntryOfATarLandsInTheFolder() throws IOException {
        Path tree = unpack("x.tar", new Tar().file("a", 0644, "").file("/marshal-test-evil", 0644, "x").bytes());
        assertThat(tree.resolve("marshal-test-evil")).exists();
        assertNothingOutside();
    }

    @Test
    void aLinkThatLeadsOut() throws IOException {
        assertThat(problem("x.tar", new Tar().file("a", 0644, "").link("l", "/etc").bytes()))
                .isEqualTo(new Problem("the link l of the archive leads out of it, to /etc", temporary.resolve("x.tar").toString(), "Do not use this archive"));
        assertThat(problem("y.tar", new Tar().file("b", 0644, "").link("m", "x/../../evil").bytes()).what()).isEqualTo("the link m of the archive leads out of it, to x/../../evil");
        assertThat(problem("x.zip", new Zip().link("l", "a").bytes()))
                .isEqualTo(new Problem("the zip archive holds the link l; links are taken from tar archives only", temporary.resolve("x.zip").toString(), "Pack the source as tar"));
    }

    @Test
    void aLinkThatLeadsOutOnceTheTopFolderIsTakenOff() throws IOException {
        assertThat(problem("x.tar", new Tar().folder("top").file("top/a", 0644, "").link("top/l", "../evil").bytes()).what()).isEqualTo("the link l of the archive leads out of it, to ../evil");
    }

    @Test
    void nothingIsWrittenThroughALink() throws IOException {
        assertThat(problem("x.tar", new Tar().link("l", "..").file("l/evil", 0644, "x").bytes()).where()).isEqualTo(temporary.resolve("x.tar").toString());
        assertNothingOutside();
    }

    @Test
    void aHardLinkToAFileOutside() throws IOException {
        Path secret = Files.writeString(temporary.resolve("secret"), "s");
        Problem problem = problem("x.tar", new Tar().file("a", 0644, "").hardLink("h", secret.toString()).bytes());
        assertThat(problem.what()).startsWith("the archive cannot be unpacked: ");
        assertThat(Files.exists(folder().resolve("h"), LinkOption.NOFOLLOW_LINKS)).isFalse();
    }

    @Test
    void aDamagedArchive() throws IOException {
        byte[] whole = new Tar().file("a", 0644, "x".repeat(100_000)).gzipped();
        Problem tar = problem("x.tar.gz", java.util.Arrays.copyOf(whole, whole.length / 2));
        assertThat(tar.what()).startsWith("the archive cannot be unpacked: ");
        assertThat(tar.where()).isEqualTo(temporary.resolve("x.tar.gz").toString());
        assertThat(tar.remedy()).isEqualTo("It is damaged or no archive: delete it so that it is fetched again, or name another source");
        assertThat(problem("y.tar", "<html>not found</html>".getBytes(java.nio.charset.StandardCharsets.US_ASCII)).what()).startsWith("the archive cannot be unpacked: ");
        Problem zip = problem("x.zip", "<html>not found</html>".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertThat(zip.what()).startsWith("the archive cannot be unpacked: ");
        assertThat(zip.where()).isEqualTo(temporary.resolve("x.zip").toString());
        assertThat(zip.remedy()).isEqualTo(tar.remedy());
    }

    @Test
    void aMissingTarNamesItsPackage() throws IOException {
        Path file = archive("x.tar", new Tar().file("a", 0644, "").bytes());
        Path folder = folder();
        Problem problem = Problems.of(() -> new Unpacking(new Toolbox(temporary.toString(), (program, ask) -> ask.get())).unpack(file, folder));
        assertThat(problem.what()).isEqualTo("'tar' was not found on the PATH; it is needed to unpack source archives");
    }
}
