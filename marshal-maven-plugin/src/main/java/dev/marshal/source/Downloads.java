// SPDX-License-Identifier: Apache-2.0
package dev.marshal.source;

import dev.marshal.problem.ProblemException;
import dev.marshal.tool.Log;
import dev.marshal.uptodate.LastUse;
import dev.marshal.uptodate.Sha256;
import dev.marshal.uptodate.WholeOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Fetches files by HTTP into the cache, each under its digest, so that one that is there is right. */
final class Downloads {

    private static final Duration CONNECT = Duration.ofSeconds(30);
    private static final Duration ANSWER = Duration.ofMinutes(2);
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\..*|\\[::1]");
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    private final Path folder;
    private final boolean offline;
    private final Log log;

    Downloads(Path folder, boolean offline, Log log) {
        this.folder = folder;
        this.offline = offline;
        this.log = log;
    }

    /**
     * @param source the source, for messages
     * @param url    http or https
     * @param sha256 what the file must be
     * @throws ProblemException if it cannot be had or is something else: nothing is kept then
     */
    Path get(String source, String url, String sha256) throws IOException {
        try {
            Path file = place(url, sha256);
            if (has(file)) {
                return file;
            }
            checkOnline(source);
            WholeOutput.file(file, temporary -> fetch(source, URI.create(url), temporary, sha256));
            return file;
        } catch (NetworkFailure | IllegalArgumentException e) {
            throw new ProblemException("could not fetch " + source + ": " + e.getMessage(), null,
                    "Check the address and the network; or name another source, such as an archive that you have", e);
        }
    }

    /** Whether a file is kept; it stays as long as a build may need it. */
    boolean has(Path file) throws IOException {
        return LastUse.claim(folder.getParent(), file.getParent()) && Files.exists(file);
    }

    /** Where a file is kept that is or will be fetched. */
    Path place(String url, String sha256) {
        String path = URI.create(url).getPath();
        String name = path.substring(path.lastIndexOf('/') + 1);
        return folder.resolve(sha256).resolve(name.isEmpty() || name.startsWith(".") ? "archive" : name);
    }

    /** @throws ProblemException if nothing may be fetched */
    void checkOnline(String source) {
        if (offline) {
            throw new ProblemException("the source " + source + " is not in the cache, and Maven is offline", null, "Run once without '-o', or name a source that is on this machine");
        }
    }

    private void fetch(String source, URI url, Path file, String sha256) throws IOException {
        log.info("fetching " + url);
        HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).followRedirects(HttpClient.Redirect.NORMAL).proxy(proxy(url, System.getenv())).build();
        MessageDigest digest = Sha256.digest();
        try {
            HttpResponse<InputStream> response = send(client, url);
            try (InputStream in = response.body(); OutputStream out = Files.newOutputStream(file)) {
                if (response.statusCode() != 200) {
                    throw new NetworkFailure("the server answered " + response.statusCode(), null);
                }
                copy(in, out, digest, response.headers().firstValueAsLong("content-length").orElse(-1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        }
        Checksum.check(source, null, sha256, Sha256.hex(digest));
    }

    private static HttpResponse<InputStream> send(HttpClient client, URI url) throws IOException, InterruptedException {
        try {
            return client.send(HttpRequest.newBuilder(url).timeout(ANSWER).build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new NetworkFailure(e.getMessage() == null ? "no connection (" + e.getClass().getSimpleName() + ")" : e.getMessage(), e);
        }
    }

    private void copy(InputStream in, OutputStream out, MessageDigest digest, long length) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long done = 0;
        long told = System.nanoTime();
        for (int count; (count = read(in, buffer, done, length)) >= 0;) {
            out.write(buffer, 0, count);
            digest.update(buffer, 0, count);
            done += count;
            if (System.nanoTime() - told > BETWEEN_LINES.toNanos()) {
                told = System.nanoTime();
                log.info("fetched " + (done >> 20) + (length > 0 ? " of " + (length >> 20) : "") + " MiB");
            }
        }
    }

    private static int read(InputStream in, byte[] buffer, long done, long length) throws NetworkFailure {
        try {
            int count = in.read(buffer);
            if (count < 0 && length >= 0 && done != length) {
                throw new IOException("end of stream");
            }
            return count;
        } catch (IOException e) {
            throw new NetworkFailure("the connection broke off after " + done + (length < 0 ? "" : " of " + length) + " bytes (" + e.getMessage() + ")", e);
        }
    }

    /** Java's own proxy settings, or else those of the environment, as command line tools take them. */
    static ProxySelector proxy(URI url, Map<String, String> environment) {
        String variable = environment.get(url.getScheme() + "_proxy");
        if (variable == null || variable.isBlank() || System.getProperty(url.getScheme() + ".proxyHost") != null || direct(url.getHost(), environment.getOrDefault("no_proxy", ""))) {
            return ProxySelector.getDefault();
        }
        URI proxy = URI.create(variable.contains("://") ? variable : "http://" + variable);
        return ProxySelector.of(new InetSocketAddress(proxy.getHost(), proxy.getPort() < 0 ? 80 : proxy.getPort()));
    }

    /** Whether a host is this machine, or one of those for which there is no proxy: names, of whole domains too, separated by commas. */
    private static boolean direct(String host, String excluded) {
        if (host == null || LOOPBACK.matcher(host).matches()) {
            return true;
        }
        return Stream.of(excluded.split(",")).map(String::strip).filter(name -> !name.isEmpty())
                .anyMatch(name -> name.equals("*") || host.equalsIgnoreCase(name) || host.toLowerCase(Locale.ROOT).endsWith((name.startsWith(".") ? name : "." + name).toLowerCase(Locale.ROOT)));
    }

    /** The fault of the network or the server, and not of this machine's disk. */
    private static final class NetworkFailure extends IOException {

        private static final long serialVersionUID = 1L;

        NetworkFailure(String message, IOException cause) {
            super(message, cause);
        }
    }
}
