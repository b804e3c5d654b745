// SPDX-License-Identifier: Apache-2.0
package dev.marshal.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.marshal.fixture.RecordedLog;
import dev.marshal.fixture.Workloads;
import dev.marshal.uptodate.FileDigests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source that is published is the source that others get. */
class SourceArchiveStepTest {

    @TempDir
    Path folder;

    private Path archive;

    @BeforeEach
    void make() throws IOException {
        archive = folder.resolve("target/linux-1.tar.zst");
        Files.createDirectories(folder.resolve("linux/.git"));
        Files.createDirectories(folder.resolve("linux/scripts"));
        Files.writeString(folder.resolve("linux/.git/HEAD"), "x");
        Files.writeString(folder.resolve("linux/scripts/run.sh"), "#!/bin/sh\n");
        assertThat(folder.resolve("linux/scripts/run.sh").toFile().setExecutable(true)).isTrue();
        Files.writeString(folder.resolve("linux/m\u00fcsli"), "a name that is not ASCII");
        Files.createSymbolicLink(folder.resolve("linux/scripts/link"), Path.of("../m\u00fcsli"));
    }

    private Sources sources() {
        return new Sources(folder.resolve("cache"), Workloads.tools(), coordinates -> {
            assertThat(coordinates).isEqualTo("org.example:linux:tar.zst:1");
            return archive;
        }, new FileDigests(folder.resolve("digests")), true, new RecordedLog());
    }

    private void write(SourceSpec spec) throws IOException {
        new SourceArchiveStep(sources(), spec, folder, Workloads.TIME, new FileDigests(folder.resolve("digests")), archive).build();
    }

    @Test
    void whatIsPackedComesOutAgain() throws IOException {
        write(new SourceSpec.Folder("linux"));
        Path tree = sources().provide(SourceNotation.parse("artifact:org.example:linux:1"), folder).folder();
        assertThat(tree.resolve("scripts/run.sh")).hasContent("#!/bin/sh").isExecutable();
        assertThat(tree.resolve("scripts/link")).isSymbolicLink().hasContent("a name that is not ASCII");
        assertThat(tree.resolve(".git")).doesNotExist();
        assertThat(tree.getParent()).isDirectoryNotContaining(file -> file.toString().endsWith(".tar"));
    }

    @Test
    void whatBuildsMadeInTheTreeStaysOut() throws IOException {
        write(new SourceSpec.Folder("linux"));
        byte[] first = Files.readAllBytes(archive);
        Path tree = sources().provide(SourceNotation.parse("artifact:org.example:linux:1"), folder).folder();
        Files.createDirectories(tree.resolve("marshal-build-1"));
        Files.writeString(tree.resolve("marshal-build-1/vmlinux"), "x");
        Files.setLastModifiedTime(tree.resolve("scripts/run.sh"), FileTime.from(Instant.EPOCH));
        Path kept = archive;
        write(SourceNotation.parse("artifact:org.example:linux:1"));
        assertThat(kept).hasBinaryContent(first);
    }
}
