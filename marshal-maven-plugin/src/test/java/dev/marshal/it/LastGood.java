// SPDX-License-Identifier: Apache-2.0
package dev.marshal.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The outputs of a build that went well, which a later one that fails must leave as they are. */
public final class LastGood {

    private final Path folder;
    private final Map<String, String> digests;

    private LastGood(Path folder) throws IOException {
        this.folder = folder;
        this.digests = digests(folder);
    }

    /** What a project's {@code target} holds now. */
    public static LastGood of(Build build) throws IOException {
        LastGood good = new LastGood(build.file("target"));
        assertThat(good.digests.keySet()).as("outputs in %s", good.folder).anyMatch(name -> name.endsWith(".workload")).anyMatch(name -> name.endsWith("-bin.elf"))
                .anyMatch(name -> name.endsWith("-rootfs.img"));
        return good;
    }

    /** The test fails if an output is gone, new, or another. */
    public void isStillThere() throws IOException {
        isStillIn(folder);
    }

    /** The test fails unless a copy of the folder has the same outputs. */
    public void isStillIn(Path copy) throws IOException {
        assertThat(digests(copy)).as("outputs after a build that failed, in %s", copy).isEqualTo(digests);
    }

    /** SHA-256 of an output. @param name of the file */
    public String digest(String name) {
        assertThat(digests).containsKey(name);
        return digests.get(name);
    }

    private static Map<String, String> digests(Path folder) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                digests.put(file.getFileName().toString(), sha256(file));
            }
        }
        return digests;
    }

    /** SHA-256 of a file, in hexadecimal digits. */
    public static String sha256(Path file) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(java.io.OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
