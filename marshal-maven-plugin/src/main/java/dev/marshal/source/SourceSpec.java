// SPDX-License-Identifier: Apache-2.0
package dev.marshal.source;

/**
 * Where a source tree comes from, as a specification says it. {@link #toString} gives the notation that {@link SourceNotation} reads.
 */
public sealed interface SourceSpec {

    /** A folder, read only. @param path relative to the workdir of the specification that names it */
    record Folder(String path) implements SourceSpec {
        @Override
        public String toString() {
            return path;
        }
    }

    /** An archive file. @param path relative to the workdir of the specification that names it @param sha256 what it must be; null if it may be anything */
    record Archive(String path, String sha256) implements SourceSpec {
        @Override
        public String toString() {
            return sha256 == null ? path : path + "#sha256=" + sha256;
        }
    }

    /** An archive to download. @param url http or https @param sha256 what it must be */
    record Url(String url, String sha256) implements SourceSpec {
        @Override
        public String toString() {
            return url + "#sha256=" + sha256;
        }
    }

    /** A commit of a git repository. @param url anything that git fetches from @param commit full hash of 40 digits */
    record Git(String url, String commit) implements SourceSpec {
        @Override
        public String toString() {
            return "git+" + url + "#" + commit;
        }
    }

    /**
     * The source archive inside a binary package of the host's Debian release, such as {@code linux-source}, taken from
     * {@code /usr/src} if the package is installed.
     *
     * @param name    package; one that only depends on the real one (as {@code linux-source} does) is followed
     * @param version the version to take; null for the one of the host's release
     */
    record DebianPackage(String name, String version) implements SourceSpec {
        @Override
        public String toString() {
            return "debian:" + name + (version == null ? "" : "=" + version);
        }
    }

    /**
     * An upstream archive in the pool of the Debian mirror that the host's apt uses.
     *
     * @param path   below the mirror, such as {@code pool/main/b/busybox/busybox_1.37.0.orig.tar.bz2}
     * @param sha256 what it must be
     */
    record DebianPool(String path, String sha256) implements SourceSpec {
        @Override
        public String toString() {
            return "debian-pool:" + path + "#sha256=" + sha256;
        }
    }

    /** An archive in a Maven repository. @param coordinates {@code groupId:artifactId[:type[:classifier]]:version} */
    record Artifact(String coordinates) implements SourceSpec {

        /** What the goal {@code source} makes. */
        private static final String TYPE = "tar.zst";

        /** The coordinates with the type, which is {@code tar.zst} where none is said. */
        public String file() {
            String[] parts = coordinates.split(":");
            return parts.length == 3 ? parts[0] + ":" + parts[1] + ":" + TYPE + ":" + parts[2] : coordinates;
        }

        @Override
        public String toString() {
            return "artifact:" + coordinates;
        }
    }
}
