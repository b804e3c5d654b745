// SPDX-License-Identifier: Apache-2.0
package dev.marshal.source;

import java.nio.file.Path;

/**
 * A source tree on this machine.
 *
 * @param folder   its top folder, never to be written to, but for build folders that {@code shared} allows
 * @param identity what makes it this source and no other, the same on every machine: a digest, a commit; for a user's folder a digest of all that is in it
 * @param shared   whether it stands in the cache, where builds may keep build folders inside it; false for a user's own folder
 * @param origin   where it came from, for messages
 */
public record SourceTree(Path folder, String identity, boolean shared, String origin) {}
