// SPDX-License-Identifier: Apache-2.0
package dev.marshal.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.marshal.fixture.Problems;
import dev.marshal.fixture.RecordedLog;
import dev.marshal.fixture.Workloads;
import dev.marshal.problem.Problem;
import dev.marshal.source.Archives.Tar;
import dev.marshal.uptodate.FileDigests;
import dev.marshal.uptodate.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {

    private static final String UNKNOWN = "0".repeat(64);

    @TempDir
    Path folder;

    private final RecordedLog log = new RecordedLog();
    private Path workdir;
    private Path cache;
    private Path artifact;
    private byte[] archive;

    @BeforeEach
    void make() throws IOException {
        workdir = Files.createDirectories(folder.resolve("work"));
        cache = folder.resolve("cache");
        archive = new Tar().folder("pk-1").file("pk-1/configure", 0755, "#!/bin/sh\n").gzipped();
        artifact = Files.write(folder.resolve("pk-1.tar.gz"), archive);
    }

    private Sources sources(boolean offline) {
        return new Sources(cache, Workloads.tools(), coordinates -> artifact, new FileDigests(folder.resolve("digests")), offline, log);
    }

    private static SourceSpec spec(String text) {
        return SourceNotation.parse(text);
    }

    private SourceTree provide(String text) throws IOException {
        return sources(true).provide(spec(text), workdir);
    }

    private Problem problem(String text) {
        return Problems.of(() -> provide(text));
    }

    private String identity(String text) {
        return sources(true).identity(spec(text), workdir);
    }

    private void assertNoTree() throws IOException {
        Path trees = cache.resolve("sources");
        if (Files.exists(trees)) {
            try (Stream<Path> entries = Files.list(trees)) {
                assertThat(entries).isEmpty();
            }
        }
    }

    @Test
    void aFolderIsTakenWhereItIs() throws IOException {
        Path linux = Files.createDirectories(workdir.resolve("linux"));
        Files.writeString(linux.resolve("Makefile"), "all:");
        SourceTree tree = provide("../" + workdir.getFileName() + "/linux");
        assertThat(tree.folder()).isEqualTo(linux);
        assertThat(tree.shared()).isFalse();
        assertThat(tree.origin()).isEqualTo(linux.toString());
        assertThat(cache).doesNotExist();
    }

    @Test
    void aFolderIsAnotherOnceItsContentIs() throws IOException {
        Path linux = Files.createDirectories(workdir.resolve("linux"));
        Path makefile = Files.writeString(linux.resolve("Makefile"), "all:");
        String before = identity("linux");
        Files.setLastModifiedTime(makefile, FileTime.from(Instant.EPOCH));
        assertThat(identity("linux")).isEqualTo(before);
        Files.writeString(makefile, "none:");
        assertThat(identity("linux")).isNotEqualTo(before).startsWith("folder:");
    }

    @Test
    void aFolderThatIsNotThere() {
        Problem problem = problem("none");
        assertThat(problem.what()).isEqualTo("the source " + workdir.resolve("none") + " does not exist");
        assertThat(problem.remedy()).startsWith("Correct the option that names it; where a base names it, ");
        assertThat(problem("none.tar.gz").what()).isEqualTo("the source " + workdir.resolve("none.tar.gz") + " does not exist");
    }

    @Test
    void anArchiveIsUnpackedOnceIntoTheCache() throws IOException {
        Files.write(workdir.resolve("pk.tar.gz"), archive);
        SourceTree tree = provide("pk.tar.gz");
        assertThat(tree.folder()).startsWith(cache).isDirectoryContaining("glob:**/configure");
        assertThat(tree.shared()).isTrue();
        assertThat(tree.identity()).isEqualTo("sha256:" + Sha256.of(workdir.resolve("pk.tar.gz")));
        assertThat(tree.origin()).isEqualTo("pk.tar.gz");
        assertThat(provide("pk.tar.gz#sha256=" + Sha256.of(workdir.resolve("pk.tar.gz"))).folder()).isEqualTo(tree.folder());
        assertThat(log.infos()).containsExactly("unpacking pk.tar.gz");
    }

    @Test
    void anArchiveThatIsSomethingElse() throws IOException {
        Path file = Files.write(workdir.resolve("pk.tar.gz"), archive);
        Problem problem = problem("pk.tar.gz#sha256=" + UNKNOWN);
        assertThat(problem.what()).isEqualTo("the source pk.tar.gz#sha256=" + UNKNOWN + " is not what it should be: its sha256 should be " + UNKNOWN + ", but what came has " + Sha256.of(file));
        assertThat(problem.where()).isEqualTo(file.toString());
        assertNoTree();
    }

    @Test
    void aDamagedArchiveLeavesNothingAndIsTriedAgain() throws IOException {
        Files.writeString(workdir.resolve("pk.tar.gz"), "no archive");
        assertThat(problem("pk.tar.gz").what()).startsWith("the archive cannot be unpacked");
        assertNoTree();
        Files.write(workdir.resolve("pk.tar.gz"), archive);
        assertThat(provide("pk.tar.gz").folder().resolve("configure")).exists();
    }

    @Test
    void aUrlIsFetchedCheckedAndUnpacked() throws IOException {
        try (FileServer server = new FileServer()) {
            String spec = server.serve("/pk.tar.gz", archive) + "#sha256=" + Sha256.of(artifact);
            assertThat(Problems.of(() -> sources(true).provide(spec(spec), workdir)).what()).isEqualTo("the source " + spec + " is not in the cache, and Maven is offline");
            SourceTree tree = sources(false).provide(spec(spec), workdir);
            assertThat(tree.folder().resolve("configure")).exists();
            assertThat(provide(spec)).isEqualTo(tree);
            assertThat(server.requests()).isEqualTo(1);
            String wrong = server.url("/pk.tar.gz") + "#sha256=" + UNKNOWN;
            assertThat(Problems.of(() -> sources(false).provide(spec(wrong), workdir)).what()).contains(wrong, "should be " + UNKNOWN, "has " + Sha256.of(artifact));
        }
    }

    @Test
    void twoBuildsUnpackOnce() throws Exception {
        Files.write(workdir.resolve("pk.tar.gz"), archive);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Sources one = sources(true);
            Sources other = sources(true);
            List<Callable<SourceTree>> calls = List.of(() -> one.provide(spec("pk.tar.gz"), workdir), () -> other.provide(spec("pk.tar.gz"), workdir),
                    () -> one.provide(spec("pk.tar.gz"), workdir), () -> other.provide(spec("pk.tar.gz"), workdir));
            for (Future<SourceTree> tree : threads.invokeAll(calls)) {
                assertThat(tree.get().folder().resolve("configure")).exists();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(log.infos()).filteredOn(line -> line.startsWith("unpacking")).hasSize(1);
    }

    @Test
    void anArtifactIsUnpacked() throws IOException {
        assertThat(provide("artifact:org.example:pk:tar.gz:1").folder().resolve("configure")).exists();
        assertThat(identity("artifact:org.example:pk:tar.gz:1")).isEqualTo("artifact:org.example:pk:tar.gz:1");
        assertThat(identity("artifact:org.example:pk:tar.gz:1-SNAPSHOT")).isEqualTo("sha256:" + Sha256.of(artifact));
    }

    @Test
    void identitiesAreTheSameEverywhereAndFetchNothing() {
        String sha = "a".repeat(64);
        assertThat(identity("https://127.0.0.1:1/x.tar#sha256=" + sha)).isEqualTo("sha256:" + sha);
        assertThat(identity("debian-pool:pool/x.tar#sha256=" + sha)).isEqualTo("sha256:" + sha);
        assertThat(identity("not/there.tar#sha256=" + sha)).isEqualTo("sha256:" + sha);
        assertThat(identity("git+https://127.0.0.1:1/x#" + "b".repeat(40))).isEqualTo("git:" + "b".repeat(40));
    }

    @Test
    void aPoolWithoutANetwork() {
        String sha = "a".repeat(64);
        assertThat(problem("debian-pool:pool/main/x.tar.gz#sha256=" + sha).what()).isEqualTo("the source debian-pool:pool/main/x.tar.gz#sha256=" + sha + " is not in the cache, and Maven is offline");
    }

    @Test
    void onlyPackagesArePinned() throws IOException {
        for (String text : List.of("linux", "x.tar", "artifact:g:a:1", "debian:linux-source=1")) {
            assertThat(sources(true).pin(spec(text), workdir)).isEqualTo(spec(text));
        }
    }
}
