// SPDX-License-Identifier: Apache-2.0
package dev.marshal.rootfs;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * File names as bytes. Java holds the bytes of a host path, but its strings go through the locale's character set, which loses bytes: in the C
 * locale of Java 17 all above 127. Only the form as URI keeps every byte, in both directions.
 *
 * <p>Inside this package a name is a "raw" string: its characters U+0000 to U+00FF are the bytes.
 */
public final class RawNames {

    private static final String HEX = "0123456789ABCDEF";

    private RawNames() {}

    /** The bytes of a host path, made absolute. */
    public static byte[] of(Path path) {
        Path absolute = path.toAbsolutePath();
        String text = absolute.toString();
        return isAscii(text) ? text.getBytes(StandardCharsets.US_ASCII) : decode(absolute.toUri().getRawPath());
    }

    /** The bytes of a host path's last name. */
    public static byte[] nameOf(Path path) {
        String text = path.getFileName().toString();
        if (isAscii(text)) {
            return text.getBytes(StandardCharsets.US_ASCII);
        }
        String whole = raw(of(path));
        return bytes(whole.substring(whole.lastIndexOf('/') + 1));
    }

    /** The bytes of the target of a host's symbolic link. */
    public static byte[] targetOf(Path link) throws IOException {
        Path target = Files.readSymbolicLink(link);
        String text = target.toString();
        if (isAscii(text)) {
            return text.getBytes(StandardCharsets.US_ASCII);
        }
        byte[] whole = of(target);
        if (target.isAbsolute()) {
            return whole;
        }
        // the form as URI is absolute: take the folder off again that Java put in front
        int front = of(Path.of("")).length;
        return Arrays.copyOfRange(whole, front == 1 ? 1 : front + 1, whole.length);
    }

    /** A host path below a folder. @param name a name, or several with slashes in between; whatever the locale is */
    public static Path resolve(Path folder, byte[] name) {
        String text = raw(name);
        return isAscii(text) ? folder.resolve(text) : Path.of(URI.create("file://" + encode(of(folder)) + "/" + encode(name)));
    }

    /** A path of these bytes that is not resolved against anything: the target of a link. */
    static Path target(byte[] target) {
        String text = raw(target);
        if (isAscii(text)) {
            return Path.of(text);
        }
        Path root = Path.of("/");
        Path absolute = Path.of(URI.create("file:///" + encode(target)));
        return text.startsWith("/") ? absolute : root.relativize(absolute);
    }

    static String raw(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    static byte[] bytes(String raw) {
        return raw.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** For messages: as text where it is text, {@code \xNN} where it is not, so that no name can paint on a terminal. */
    static String shown(String raw) {
        StringBuilder shown = new StringBuilder();
        ByteBuffer in = ByteBuffer.wrap(bytes(raw));
        CharBuffer out = CharBuffer.allocate(raw.length() + 1);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT);
        while (true) {
            var result = decoder.decode(in, out, true);
            out.flip();
            out.codePoints().forEach(c -> {
                int type = Character.getType(c);
                if (type == Character.CONTROL || type == Character.FORMAT || type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR
                        || type == Character.UNASSIGNED) {
                    for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                        shown.append(escape(b));
                    }
                } else {
                    shown.appendCodePoint(c);
                }
            });
            out.clear();
            if (!result.isMalformed()) {
                return shown.toString();
            }
            for (int i = 0; i < result.length(); i++) {
                shown.append(escape(in.get()));
            }
            decoder.reset();
        }
    }

    private static String escape(byte b) {
        return String.format("\\x%02x", b & 0xff);
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    private static String encode(byte[] path) {
        StringBuilder text = new StringBuilder();
        for (byte b : path) {
            if (b == '/' || b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z') {
                text.append((char) b);
            } else {
                text.append('%').append(HEX.charAt((b & 0xff) >> 4)).append(HEX.charAt(b & 0xf));
            }
        }
        return text.toString();
    }

    private static byte[] decode(String uriPath) {
        StringBuilder raw = new StringBuilder();
        for (int i = 0; i < uriPath.length(); i++) {
            char c = uriPath.charAt(i);
            if (c == '%') {
                c = (char) Integer.parseInt(uriPath.substring(i + 1, i + 3), 16);
                i += 2;
            }
            raw.append(c);
        }
        // a folder's URI ends in a slash
        if (raw.length() > 1 && raw.charAt(raw.length() - 1) == '/') {
            raw.setLength(raw.length() - 1);
        }
        return bytes(raw.toString());
    }
}
