// SPDX-License-Identifier: Apache-2.0
package dev.marshal.rootfs;

import dev.marshal.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * What a file system would otherwise take from chance and from the clock. The same identity and the same edits give the same bytes.
 *
 * @param uuid     the file system's UUID
 * @param hashSeed seed of the hashes that folders are indexed by
 * @param time     every time in the file system, in whole seconds; 1970-01-01T00:00:01Z to 2038-01-19T03:14:07Z, what every e2fsprogs can store
 */
public record Ext4Identity(UUID uuid, UUID hashSeed, Instant time) {

    /** e2fsprogs takes 0 for "not set". */
    private static final long FIRST = 1;

    /** @throws ProblemException if the time cannot be stored */
    public Ext4Identity {
        Objects.requireNonNull(uuid, "uuid");
        Objects.requireNonNull(hashSeed, "hashSeed");
        if (time.getEpochSecond() < FIRST || time.getEpochSecond() > Integer.MAX_VALUE) {
            throw new ProblemException("the time " + time + " cannot be stored in an ext4 file system: it must lie between 1970-01-01T00:00:01Z and 2038-01-19T03:14:07Z",
                    null, "Set the property project.build.outputTimestamp to a time in this range");
        }
    }

    /**
     * The identity that follows from a name.
     *
     * @param name what tells the file system from all others, such as {@code group:artifact:version}
     * @param time every time in the file system
     */
    public static Ext4Identity of(String name, Instant time) {
        return new Ext4Identity(named(name, "uuid"), named(name, "hash-seed"), time);
    }

    /** The environment that makes the programs of e2fsprogs use the time; and their compiled-in settings, whatever the host's files say. */
    Map<String, String> environment() {
        String seconds = Long.toString(time.getEpochSecond());
        return Map.of("E2FSPROGS_FAKE_TIME", seconds, "E2FSCK_TIME", seconds, "SOURCE_DATE_EPOCH", seconds,
                "MKE2FS_CONFIG", "/dev/null", "E2FSCK_CONFIG", "/dev/null", "DEBUGFS_PAGER", "cat");
    }

    private static UUID named(String name, String purpose) {
        return UUID.nameUUIDFromBytes(("marshal ext4 " + purpose + " of " + name).getBytes(StandardCharsets.UTF_8));
    }
}
