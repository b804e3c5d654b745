// SPDX-License-Identifier: Apache-2.0
package dev.marshal.prune;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * Something in the cache that can go alone.
 *
 * @param path     the file or folder
 * @param folder   the cache's folder that it counts to, such as {@code images}; {@code kernel trees} for those, wherever they are
 * @param bytes    what it takes of the disk, without the entries inside
 * @param lastUse  when it was last used; not before the last use of an entry inside
 * @param locks    what a build holds while it changes it, or an entry inside
 * @param claimed  whether whoever uses it says so: of all else nobody knows when it was used, so it stays
 * @param leftover whether a build that was killed had begun to write it
 */
record CacheEntry(Path path, String folder, long bytes, Instant lastUse, List<Path> locks, boolean claimed, boolean leftover) {}
