// SPDX-License-Identifier: Apache-2.0
package dev.marshal.uptodate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;

/**
 * When something in the cache was last used: the time of the file or folder itself, set at every use. Whoever wants to use a thing {@link #claim}s it;
 * whoever deletes things {@linkplain #giveUp gives up} only what nobody has claimed for some hours, so that what a build has in hand stays.
 */
public final class LastUse {

    /** How long after its last use a thing may still be in use: longer than any step of a build may take. */
    public static final Duration IN_USE = Duration.ofHours(6);

    private static final String LOCK = "prune";

    private LastUse() {}

    /**
     * Notes that a thing is about to be used.
     *
     * @param cache the cache's folder
     * @param entry a file or folder in it
     * @return whether it is there; if so, it stays for {@link #IN_USE}
     */
    public static boolean claim(Path cache, Path entry) throws IOException {
        if (!Files.exists(entry, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (CacheLock lock = lock(cache)) {
            Files.setLastModifiedTime(entry, FileTime.from(Instant.now()));
            return true;
        } catch (NoSuchFileException e) {
            return false; // it was pruned a moment ago
        }
    }

    /** When a thing was last used, or made. */
    public static Instant of(Path entry) throws IOException {
        return Files.getLastModifiedTime(entry, LinkOption.NOFOLLOW_LINKS).toInstant();
    }

    /**
     * Deletes a thing, unless it was used in the meantime.
     *
     * @param cache  the cache's folder
     * @param entry  a file or folder in it
     * @param before the last use that is known of
     * @return whether it is gone
     */
    public static boolean giveUp(Path cache, Path entry, Instant before) throws IOException {
        Path aside;
        try (CacheLock lock = lock(cache)) {
            if (of(entry).isAfter(before)) {
                return false;
            }
            Path folder = entry.toAbsolutePath().getParent();
            FileTime used = Files.getLastModifiedTime(folder);
            aside = WholeOutput.moveAside(entry, cache);
            // deleting a kernel tree is no use of its source
            Files.setLastModifiedTime(folder, used);
        } catch (NoSuchFileException e) {
            return false;
        }
        WholeOutput.delete(aside);
        return true;
    }

    private static CacheLock lock(Path cache) throws IOException {
        return CacheLock.hold(cache.resolve("locks").resolve(LOCK), () -> {});
    }
}
