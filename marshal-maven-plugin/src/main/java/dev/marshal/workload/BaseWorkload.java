// SPDX-License-Identifier: Apache-2.0
package dev.marshal.workload;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The workload that another one inherits from, as it was published.
 *
 * @param coordinates    {@code groupId:artifactId:version}
 * @param layers         its own chain, oldest first
 * @param kernelIdentity digest of all that its kernel and boot binary were made from; empty if it has none
 * @param digests        SHA-256 of each of its further artifacts, by {@code classifier.type}, such as {@code rootfs.img.zst}
 * @param artifacts      gets these artifacts
 */
public record BaseWorkload(String coordinates, List<Layer> layers, Optional<String> kernelIdentity, Map<String, String> digests, Artifacts artifacts) {

    /** Whether it was published with such an artifact. */
    public boolean has(String artifact) {
        return digests.containsKey(artifact);
    }

    /** The artifact as a file on this machine, its digest checked. */
    public Path artifact(String artifact) {
        return artifacts.fetch(artifact);
    }

    /** Gets artifacts of a base. */
    @FunctionalInterface
    public interface Artifacts {
        /**
         * @param artifact {@code classifier.type}
         * @throws dev.marshal.problem.ProblemException if it cannot be had, or is not what was published
         */
        Path fetch(String artifact);
    }
}
