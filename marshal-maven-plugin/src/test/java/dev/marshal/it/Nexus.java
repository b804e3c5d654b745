// SPDX-License-Identifier: Apache-2.0
package dev.marshal.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.marshal.tool.Command;
import dev.marshal.uptodate.WholeOutput;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * A Nexus Repository of a test's own, which listens on this machine only. Nobody reads or writes without a password: {@link #DEPLOYER} may do both,
 * {@link #READER} may read.
 */
public final class Nexus implements AutoCloseable {

    /** Name and password of who may deploy. */
    public static final String DEPLOYER = "deployer";
    /** Name and password of who may only read. */
    public static final String READER = "reader";

    private static final String VERSION = "3.71.0-06";
    private static final String GET = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:get";
    private static final Duration START = Duration.ofMinutes(5);
    private static final Duration LIFE = Duration.ofMinutes(30);

    private final String url;
    private final Command.Running server;
    private final HttpClient client = HttpClient.newHttpClient();
    private String user = "admin";
    private String password;

    private Nexus(String url, Command.Running server) {
        this.url = url;
        this.server = server;
    }

    /**
     * Fetches Nexus by Maven, unpacks it once for all tests, and starts it with empty repositories.
     *
     * @param basedir folder of the integration test
     */
    public static Nexus start(File basedir) throws IOException, InterruptedException {
        Path data = basedir.toPath().resolve("nexus-data");
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Files.createDirectories(data.resolve("etc"));
        Files.writeString(data.resolve("etc/nexus.properties"), "application-host=127.0.0.1\napplication-port=" + port + "\n");
        Command.Running server = new Command("run Nexus", unpacked(basedir).resolve("bin/nexus").toString()).args("server")
                .env("KARAF_DATA", data.toString()).env("JAVA_HOME", System.getProperty("java.home")).env("JAVA_MIN_MEM", "512m").env("JAVA_MAX_MEM", "1200m").env("DIRECT_MAX_MEM", "1g")
                .env("EXTRA_JAVA_OPTS", "-Djava.util.prefs.userRoot=" + data.resolve("prefs")).log(basedir.toPath().resolve("nexus.log")).limit(LIFE).start();
        Nexus nexus = new Nexus("http://127.0.0.1:" + port, server);
        try {
            nexus.awaitStart();
            nexus.password = Files.readString(data.resolve("admin.password")).strip();
            nexus.configure();
            return nexus;
        } catch (IOException | InterruptedException | RuntimeException | AssertionError e) {
            nexus.close();
            throw e;
        }
    }

    /** The address of a repository. @param name {@code maven-releases}, {@code maven-snapshots}, or {@code maven-public}, which is both */
    public String repository(String name) {
        return url + "/repository/" + name;
    }

    /** One more repository, of files whatever they are. @param name by which {@link #repository} finds it */
    public void addRawRepository(String name) throws IOException, InterruptedException {
        json("POST", "repositories/raw/hosted", "{'name': '" + name + "', 'online': true, 'storage': {'blobStoreName': 'default', 'strictContentTypeValidation': false, 'writePolicy': 'ALLOW'}}");
    }

    /** A file of a repository; the test fails if it is not there. */
    public byte[] get(String repository, String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = client.send(request("/repository/" + repository + "/" + path).build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).as("status of %s/%s", repository, path).isEqualTo(200);
        return response.body();
    }

    /** The status that a request without a password gets. */
    public int anonymousStatus(String repository) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(repository(repository) + "/")).build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    /** Replaces a file of a repository past Maven, as somebody who tampers with it. */
    public void put(String repository, String path, byte[] content) throws IOException, InterruptedException {
        send("PUT", "/repository/" + repository + "/" + path, "application/octet-stream", content);
    }

    private static Path unpacked(File basedir) throws IOException {
        // basedir is target/it/NAME
        Path home = basedir.toPath().getParent().resolveSibling("nexus-base-template-" + VERSION);
        if (!Files.isDirectory(home)) {
            new Build(basedir).succeeds(GET, "-Dartifact=org.sonatype.nexus.assemblies:nexus-base-template:" + VERSION + ":zip", "-Dtransitive=false");
            Path repository = Path.of(System.getProperty("maven.repo.local", System.getProperty("user.home") + "/.m2/repository"));
            Path zip = repository.resolve("org/sonatype/nexus/assemblies/nexus-base-template/" + VERSION + "/nexus-base-template-" + VERSION + ".zip");
            WholeOutput.folder(home, temporary -> unzip(zip, temporary));
        }
        return home;
    }

    private static void unzip(Path archive, Path folder) throws IOException {
        try (ZipFile zip = ZipFile.builder().setPath(archive).get()) {
            for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
                // all is in one top folder
                Path target = folder.resolve(entry.getName().substring(entry.getName().indexOf('/') + 1)).normalize();
                assertThat(target.startsWith(folder)).as(entry.getName()).isTrue();
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                    continue;
                }
                Files.createDirectories(target.getParent());
                Files.copy(zip.getInputStream(entry), target);
                if ((entry.getUnixMode() & 0100) != 0) {
                    assertThat(target.toFile().setExecutable(true)).isTrue();
                }
            }
        }
    }

    private void awaitStart() throws IOException, InterruptedException {
        long end = System.nanoTime() + START.toNanos();
        while (System.nanoTime() < end) {
            try {
                HttpRequest status = HttpRequest.newBuilder(URI.create(url + "/service/rest/v1/status/writable")).timeout(Duration.ofSeconds(10)).build();
                if (client.send(status, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // nobody listens yet
            }
            Thread.sleep(500);
        }
        throw new IOException("Nexus was not up after " + START.toSeconds() + " s; see nexus.log in the test's folder");
    }

    private void configure() throws IOException, InterruptedException {
        json("PUT", "security/anonymous", "{'enabled': false, 'userId': 'anonymous', 'realmName': 'NexusAuthorizingRealm'}");
        json("POST", "security/roles", "{'id': 'deployer', 'name': 'deployer', 'privileges': ['nx-repository-view-maven2-*-*', 'nx-repository-view-raw-*-*'], 'roles': []}");
        user(DEPLOYER, "deployer");
        user(READER, "nx-anonymous");
        // nothing of the tests comes from elsewhere
        json("PUT", "repositories/maven/group/maven-public", "{'name': 'maven-public', 'online': true, 'storage': {'blobStoreName': 'default', 'strictContentTypeValidation': true},"
                + " 'group': {'memberNames': ['maven-releases', 'maven-snapshots']}}");
        // a release can be replaced, by people who should not
        json("PUT", "repositories/maven/hosted/maven-releases", "{'name': 'maven-releases', 'online': true, 'storage': {'blobStoreName': 'default', 'strictContentTypeValidation': false, 'writePolicy': 'ALLOW'},"
                + " 'maven': {'versionPolicy': 'RELEASE', 'layoutPolicy': 'STRICT'}}");
    }

    private void user(String name, String role) throws IOException, InterruptedException {
        json("POST", "security/users", "{'userId': '" + name + "', 'firstName': 'a', 'lastName': 'test', 'emailAddress': 'nobody@example.org', 'password': '" + name
                + "', 'status': 'active', 'roles': ['" + role + "']}");
    }

    private void json(String method, String resource, String text) throws IOException, InterruptedException {
        send(method, "/service/rest/v1/" + resource, "application/json", text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private void send(String method, String path, String type, byte[] content) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request(path).header("Content-Type", type).method(method, HttpRequest.BodyPublishers.ofByteArray(content)).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as("status of %s %s: %s", method, path, response.body()).isBetween(200, 299);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofMinutes(1))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
    }

    /** Ends it, with all it started. */
    @Override
    public void close() throws IOException {
        server.kill();
        server.await();
    }
}
