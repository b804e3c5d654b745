// SPDX-License-Identifier: Apache-2.0
package dev.marshal.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.marshal.fixture.Problems;
import dev.marshal.fixture.RecordedLog;
import dev.marshal.problem.Problem;
import dev.marshal.uptodate.Sha256;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadsTest {

    private static final byte[] CONTENT = "an archive".getBytes(StandardCharsets.US_ASCII);
    private static final String SHA = Sha256.of("an archive");

    @TempDir
    Path folder;

    private final RecordedLog log = new RecordedLog();
    private FileServer server;

    @BeforeEach
    void start() throws IOException {
        server = new FileServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Downloads downloads(boolean offline) {
        return new Downloads(folder, offline, log);
    }

    private Problem problem(String url, String sha256) {
        return Problems.of(() -> downloads(false).get("the source", url, sha256));
    }

    private void assertNothingKept() throws IOException {
        try (Stream<Path> below = Files.walk(folder)) {
            assertThat(below.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void aFileIsFetchedOnceAndThenNeedsNoNetwork() throws IOException {
        String url = server.serve("/pub/linux.tar.xz", CONTENT);
        Path file = downloads(false).get("the source", url, SHA);
        assertThat(file).hasBinaryContent(CONTENT).hasFileName("linux.tar.xz");
        assertThat(downloads(true).get("the source", url, SHA)).isEqualTo(file);
        assertThat(server.requests()).isEqualTo(1);
        assertThat(log.infos()).containsExactly("fetching " + url);
    }

    @Test
    void aRedirectIsFollowed() throws IOException {
        server.serve("/real", CONTENT);
        assertThat(downloads(false).get("the source", server.redirect("/link.tar", "/real"), SHA)).hasBinaryContent(CONTENT).hasFileName("link.tar");
    }

    @Test
    void somethingElseIsRefusedAndNotKept() throws IOException {
        String other = Sha256.of("another archive");
        Problem problem = problem(server.serve("/x.tar", CONTENT), other);
        assertThat(problem.what()).isEqualTo("the source the source is not what it should be: its sha256 should be " + other + ", but what came has " + SHA);
        assertThat(problem.remedy()).isEqualTo("If the source was meant to change, correct its sha256 where it is named; if not, do not use it");
        assertThat(problem.where()).isNull();
        assertNothingKept();
    }

    @Test
    void aFileThatIsNotThere() throws IOException {
        Problem problem = problem(server.url("/none"), SHA);
        assertThat(problem.what()).isEqualTo("could not fetch the source: the server answered 404");
        assertThat(problem.remedy()).isEqualTo("Check the address and the network; or name another source, such as an archive that you have");
        assertNothingKept();
    }

    @Test
    void aConnectionThatBreaksOff() throws IOException {
        assertThat(problem(server.serveBroken("/x.tar", new byte[100_000], 40_000), SHA).what()).startsWith("could not fetch the source: the connection broke off after ").contains(" of 100000 bytes (");
        assertNothingKept();
    }

    @Test
    void aServerThatIsNotThere() throws IOException {
        String url = server.url("/x");
        server.close();
        assertThat(problem(url, SHA).what()).startsWith("could not fetch the source: ");
        assertNothingKept();
    }

    @Test
    void anAddressThatIsNone() {
        assertThat(problem("http://127.0.0.1/a b", SHA).what()).startsWith("could not fetch the source: ").contains("a b");
        assertThat(problem("http://", SHA).what()).startsWith("could not fetch the source: ");
        assertThat(problem("http:///x", SHA).what()).startsWith("could not fetch the source: ");
    }

    @Test
    void offlineSaysSo() {
        assertThat(Problems.of(() -> downloads(true).get("the source", "http://127.0.0.1/x", SHA)))
                .isEqualTo(new Problem("the source the source is not in the cache, and Maven is offline", null, "Run once without '-o', or name a source that is on this machine"));
        assertThat(server.requests()).isZero();
    }

    @Test
    void everyAddressHasAPlaceOfItsOwnInTheCache() {
        Downloads downloads = downloads(false);
        assertThat(downloads.place("http://h/a/x.tar?y=z", SHA)).isEqualTo(folder.resolve(SHA).resolve("x.tar"));
        for (String url : new String[] {"http://h", "http://h/", "http://h/a/", "http://h/a/..", "http://h/%2e%2e", "http://h/a%2F.."}) {
            assertThat(downloads.place(url, SHA)).as(url).isEqualTo(folder.resolve(SHA).resolve("archive"));
        }
    }

    @Test
    void theProxyOfTheEnvironmentIsTakenButForWhatItExcludes() {
        Map<String, String> environment = Map.of("http_proxy", "proxy.example:3128", "https_proxy", "http://other.example", "no_proxy", "localhost, .internal,plain.example,10.1.2.3");
        assertThat(Downloads.proxy(URI.create("http://h.example/x"), environment).select(URI.create("http://h.example/x")).toString()).contains("proxy.example").contains("3128");
        assertThat(Downloads.proxy(URI.create("https://h.example/x"), environment).select(URI.create("https://h.example/x")).toString()).contains("other.example").contains(":80");
        for (String direct : new String[] {"http://a.internal/", "http://plain.example/", "http://sub.plain.example/", "http://10.1.2.3/", "http://localhost:80/", "http://127.0.0.1/", "http://[::1]/"}) {
            assertThat(Downloads.proxy(URI.create(direct), environment).select(URI.create(direct)).toString()).as(direct).doesNotContain("proxy.example");
        }
        assertThat(Downloads.proxy(URI.create("http://notplain.example/"), environment).select(URI.create("http://notplain.example/")).toString()).contains("proxy.example");
        assertThat(Downloads.proxy(URI.create("http://h/"), Map.of("http_proxy", "p:1", "no_proxy", "*")).select(URI.create("http://h/")).toString()).doesNotContain("p:1");
        assertThat(Downloads.proxy(URI.create("http://h/"), Map.of("http_proxy", " ")).select(URI.create("http://h/")).toString()).contains("DIRECT");
    }
}
