// SPDX-License-Identifier: Apache-2.0
package dev.marshal.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.marshal.fixture.Problems;
import dev.marshal.fixture.RecordedLog;
import dev.marshal.problem.Problem;
import dev.marshal.tool.Toolbox;
import dev.marshal.uptodate.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With an apt-get of our own, which names a mirror on this machine. */
class DebianMirrorTest {

    @TempDir
    Path folder;

    private DebianMirror mirror(String... mirrors) throws IOException {
        Path program = Files.writeString(folder.resolve("apt-get"), "#!/bin/sh\ncat <<'E'\n" + String.join("\n", mirrors) + "\nE\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return new DebianMirror(new Toolbox(folder.toString(), (tool, ask) -> ask.get()), new Downloads(folder.resolve("downloads"), false, new RecordedLog()));
    }

    private static SourceSpec.DebianPool pool(String sha256) {
        return new SourceSpec.DebianPool("pool/main/b/b.orig.tar.bz2", sha256);
    }

    @Test
    void theFileIsTakenFromTheFirstMirrorThatHasIt() throws IOException {
        try (FileServer server = new FileServer()) {
            server.serve("/debian/pool/main/b/b.orig.tar.bz2", "content".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            DebianMirror mirror = mirror("cdrom:[x]/", server.url("/vendor/"), server.url("/debian"));
            Path file = mirror.get(pool(Sha256.of("content")));
            assertThat(file).hasContent("content").hasFileName("b.orig.tar.bz2");
            int requests = server.requests();
            assertThat(mirror.get(pool(Sha256.of("content")))).isEqualTo(file);
            assertThat(server.requests()).isEqualTo(requests);
        }
    }

    @Test
    void somethingElseIsRefused() throws IOException {
        try (FileServer server = new FileServer()) {
            server.serve("/debian/pool/main/b/b.orig.tar.bz2", "content".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            String sha = "a".repeat(64);
            Problem problem = Problems.of(() -> mirror(server.url("/debian/")).get(pool(sha)));
            assertThat(problem.what()).isEqualTo("the source " + pool(sha) + " is not what it should be: its sha256 should be " + sha + ", but what came has " + Sha256.of("content"));
            assertThat(folder.resolve("downloads").resolve(sha)).isEmptyDirectory();
        }
    }

    @Test
    void aFileThatNoMirrorHas() throws IOException {
        try (FileServer server = new FileServer()) {
            Problem problem = Problems.of(() -> mirror(server.url("/debian/")).get(pool("a".repeat(64))));
            assertThat(problem.what()).startsWith("no Debian mirror of this host has pool/main/b/b.orig.tar.bz2: ").contains("404");
            assertThat(problem.remedy()).startsWith("Name another source for it, in the board's file or in the specification: a folder, ");
        }
    }

    @Test
    void aHostWithoutMirrors() {
        Problem problem = Problems.of(() -> mirror("cdrom:[x]/").get(pool("a".repeat(64))));
        assertThat(problem.what()).isEqualTo("apt knows no mirror by HTTP on this host");
        assertThat(problem.remedy()).isEqualTo("Run 'apt-get update' as root, or name another source for pool/main/b/b.orig.tar.bz2");
    }

    @Test
    void aHostWithoutApt() {
        DebianMirror mirror = new DebianMirror(new Toolbox(folder.toString(), (tool, ask) -> ask.get()), new Downloads(folder.resolve("downloads"), false, new RecordedLog()));
        assertThat(Problems.of(() -> mirror.get(pool("a".repeat(64)))).what()).isEqualTo("this host has no apt, so no Debian mirror to fetch pool/main/b/b.orig.tar.bz2 from");
    }
}
