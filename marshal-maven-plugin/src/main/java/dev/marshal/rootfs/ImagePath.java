// SPDX-License-Identifier: Apache-2.0
package dev.marshal.rootfs;

import dev.marshal.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An absolute path inside a file system image. Names are bytes, of any value but 0 and '/', as they are in Linux; two paths are equal if their
 * bytes are. Nothing is looked up: links are followed by who uses the path.
 */
public final class ImagePath implements Comparable<ImagePath> {

    /** The root of the image. */
    public static final ImagePath ROOT = new ImagePath("");

    /** Bytes as the characters U+0000 to U+00FF, without a slash at the end: strings compare, hash and sort as the bytes do. */
    private final String raw;

    private ImagePath(String raw) {
        this.raw = raw;
    }

    /**
     * @param path starts with '/'; repeated slashes, '.' and a slash at the end mean nothing
     * @throws ProblemException if it is relative, or has '..' or a character 0 in it
     */
    public static ImagePath of(String path) {
        return ofBytes(path.getBytes(StandardCharsets.UTF_8));
    }

    /** @see #of(String) */
    public static ImagePath ofBytes(byte[] path) {
        String text = RawNames.raw(path);
        if (!text.startsWith("/")) {
            throw new ProblemException("'" + RawNames.shown(text) + "' is not a path in the root file system", null, "Write it as an absolute path, starting with '/'");
        }
        if (text.indexOf('\0') >= 0) {
            throw new ProblemException("'" + RawNames.shown(text) + "' has a character 0 in it", null, "Remove it: no file name can hold it");
        }
        StringBuilder normal = new StringBuilder();
        for (String name : text.split("/")) {
            if (name.equals("..")) {
                throw new ProblemException("'" + RawNames.shown(text) + "' has '..' in it", null, "Write the path without '..'");
            }
            if (!name.isEmpty() && !name.equals(".")) {
                normal.append('/').append(name);
            }
        }
        return new ImagePath(normal.toString());
    }

    /** A file or folder in this folder. @param name one name, as bytes */
    public ImagePath resolve(byte[] name) {
        return child(RawNames.raw(name));
    }

    /** A path below this folder. @param path one name or several with slashes in between */
    public ImagePath resolve(String path) {
        return ofBytes((raw + "/" + RawNames.raw(path.getBytes(StandardCharsets.UTF_8))).getBytes(StandardCharsets.ISO_8859_1));
    }

    ImagePath child(String rawName) {
        return new ImagePath(raw + "/" + rawName);
    }

    /** The folder that it is in; the root's is itself. */
    public ImagePath parent() {
        return raw.isEmpty() ? this : new ImagePath(raw.substring(0, raw.lastIndexOf('/')));
    }

    /** The last name, as bytes; empty for the root. */
    public byte[] name() {
        return RawNames.bytes(rawName());
    }

    /** The whole path, as bytes, starting with '/'. */
    public byte[] bytes() {
        return RawNames.bytes(raw.isEmpty() ? "/" : raw);
    }

    /** Whether this is the root. */
    public boolean isRoot() {
        return raw.isEmpty();
    }

    /** The path seen from a folder above it, as bytes, without a slash in front; empty if it is that folder. */
    public byte[] relativeTo(ImagePath folder) {
        if (equals(folder)) {
            return new byte[0];
        }
        if (!raw.startsWith(folder.raw + "/")) {
            throw new IllegalArgumentException(this + " is not below " + folder);
        }
        return RawNames.bytes(raw.substring(folder.raw.length() + 1));
    }

    String raw() {
        return raw;
    }

    String rawName() {
        return raw.substring(raw.lastIndexOf('/') + 1);
    }

    List<String> rawNames() {
        return raw.isEmpty() ? List.of() : List.of(raw.substring(1).split("/"));
    }

    @Override
    public int compareTo(ImagePath other) {
        return raw.compareTo(other.raw);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ImagePath path && path.raw.equals(raw);
    }

    @Override
    public int hashCode() {
        return raw.hashCode();
    }

    /** For messages: bytes that are no printable text are shown as {@code \xNN}. */
    @Override
    public String toString() {
        return raw.isEmpty() ? "/" : RawNames.shown(raw);
    }
}
