// SPDX-License-Identifier: Apache-2.0
package dev.marshal.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.marshal.fixture.Problems;
import dev.marshal.fixture.RecordedLog;
import dev.marshal.fixture.Workloads;
import dev.marshal.problem.Problem;
import dev.marshal.tool.Toolbox;
import dev.marshal.uptodate.FileDigests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On Debian, with a package {@code linux-source-X} installed, as {@code scripts/setup} leaves it. */
class DebianPackagesTest {

    @TempDir
    Path folder;

    private DebianPackages packages(Toolbox tools) {
        return new DebianPackages(folder.resolve("downloads"), tools, new FileDigests(folder.resolve("digests")), true, new RecordedLog());
    }

    private SourceSpec.DebianPackage pin(String text) throws IOException {
        return packages(Workloads.tools()).pin(of(text));
    }

    private static SourceSpec.DebianPackage of(String text) {
        return (SourceSpec.DebianPackage) SourceNotation.parse(text);
    }

    @Test
    void theReleasesKernelIsFoundWithItsVersionAndArchive() throws IOException {
        SourceSpec.DebianPackage pinned = pin("debian:linux-source");
        assertThat(pinned.name()).matches("linux-source-\\d+\\.\\d+");
        assertThat(pinned.version()).matches("\\d+\\.\\d+.*");
        assertThat(pin("debian:" + pinned.name())).isEqualTo(pinned);
        assertThat(packages(Workloads.tools()).archive(pinned)).isRegularFile().hasParent(Path.of("/usr/src"));
    }

    @Test
    void thePinIsKeptUntilPackagesChange() throws IOException {
        pin("debian:linux-source");
        Path memo = folder.resolve("debian/linux-source");
        List<String> lines = Files.readAllLines(memo);
        Files.write(memo, List.of(lines.get(0), "debian:remembered=1"));
        assertThat(pin("debian:linux-source")).isEqualTo(of("debian:remembered=1"));
        Files.write(memo, List.of("other", "debian:remembered=1"));
        assertThat(pin("debian:linux-source").name()).startsWith("linux-source-");
    }

    @Test
    void aPinnedVersionIsAskedOfNobody() throws IOException {
        assertThat(packages(new Toolbox(folder.toString(), (program, ask) -> "")).pin(of("debian:anything=1.2"))).isEqualTo(of("debian:anything=1.2"));
    }

    @Test
    void aPackageThatNobodyKnows() {
        Problem problem = Problems.of(() -> pin("debian:marshal-no-such-package"));
        assertThat(problem.what()).isEqualTo("apt knows no package 'marshal-no-such-package'");
        assertThat(problem.remedy()).startsWith("Run 'apt-get update' as root, correct the name, or name another source: a folder, ");
    }

    @Test
    void aVersionThatIsNotInstalledWithoutANetwork() {
        Problem problem = Problems.of(() -> packages(Workloads.tools()).archive(of("debian:linux-source-0.1=0.1-1")));
        assertThat(problem.what()).isEqualTo("the source debian:linux-source-0.1=0.1-1 is neither installed nor in the cache, and Maven is offline");
        assertThat(problem.remedy()).isEqualTo("Run once without '-o', or install it: apt-get install linux-source-0.1");
    }

    @Test
    void aPackageWithoutASourceArchive() throws IOException {
        Files.createDirectories(folder.resolve("downloads/empty=1/usr/src"));
        Problem problem = Problems.of(() -> packages(Workloads.tools()).archive(of("debian:empty=1")));
        assertThat(problem.what()).isEqualTo("the package empty holds no source archive in /usr/src");
        assertThat(problem.remedy()).isEqualTo("Name a package such as linux-source");
    }

    @Test
    void anArchiveThatWasFetchedBeforeIsFound() throws IOException {
        Path archive = folder.resolve("downloads/linux-source-0.1=1_0.1-1/usr/src/linux-source-0.1.tar.xz");
        Files.createDirectories(archive.getParent());
        Files.writeString(archive, "");
        assertThat(packages(Workloads.tools()).archive(of("debian:linux-source-0.1=1:0.1-1"))).isEqualTo(archive);
    }

    @Test
    void aHostWithoutDpkg() {
        Problem problem = Problems.of(() -> packages(new Toolbox(folder.toString(), (program, ask) -> "")).pin(of("debian:linux-source")));
        assertThat(problem.what()).isEqualTo("this host is no Debian, so it has no package 'linux-source'");
        assertThat(problem.remedy()).isEqualTo("Name another source, such as an archive or git+https://…#COMMIT, where debian:linux-source is named");
    }
}
