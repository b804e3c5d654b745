// SPDX-License-Identifier: Apache-2.0
package dev.marshal.uptodate;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 digests in lower-case hexadecimal. */
public final class Sha256 {

    /** Length of a digest. */
    static final int DIGITS = 64;

    private Sha256() {}

    /** The digest of a file's content, read now; {@link FileDigests} remembers. */
    public static String of(Path file) throws IOException {
        return of(file, Files.size(file));
    }

    /** The same of a file whose size is known. @param size in bytes */
    static String of(Path file, long size) throws IOException {
        MessageDigest digest = digest();
        try (InputStream in = Files.newInputStream(file)) {
            // most files are small: a buffer for large ones would take longer to make than they to read
            byte[] buffer = new byte[(int) Math.max(512, Math.min(1 << 16, size))];
            for (int count; (count = in.read(buffer)) >= 0;) {
                digest.update(buffer, 0, count);
            }
        }
        return hex(digest);
    }

    /** The digest of a text in UTF-8. */
    public static String of(String text) {
        MessageDigest digest = digest();
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        return hex(digest);
    }

    /** A digest to be fed. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Ends a digest. */
    public static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }
}
