// SPDX-License-Identifier: Apache-2.0
package dev.marshal.workload;

import dev.marshal.uptodate.Sha256;
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

    /** The artifact that holds a root filesystem. */
    public static final String ROOTFS = "rootfs.img.zst";
    /** The artifact that holds a root filesystem as the difference from another one, as a qcow2 image. */
    public static final String DIFFERENCE = "rootfs.qcow2";

    /** Whether it was published with such an artifact. */
    public boolean has(String artifact) {
        return digests.containsKey(artifact);
    }

    /** The artifact as a file on this machine, its digest checked. */
    public Path artifact(String artifact) {
        return artifacts.fetch(artifact);
    }

    /** The artifact that its root filesystem was published as: {@link #ROOTFS} or {@link #DIFFERENCE}; empty if it has none. */
    public Optional<String> rootfs() {
        return has(ROOTFS) ? Optional.of(ROOTFS) : Optional.of(DIFFERENCE).filter(this::has);
    }

    /** What the root filesystem stands on; empty if it was published whole. */
    public Optional<RootfsBase> rootfsBase() {
        return has(ROOTFS) ? Optional.empty() : artifacts.rootfsBase();
    }

    /** Digest of all that the root filesystem is made from; an empty text if it has none. */
    public String rootfsIdentity() {
        String digest = rootfs().map(digests::get).orElse("");
        return rootfsBase().map(below -> Sha256.of(digest + "\n" + below.identity() + "\n")).orElse(digest);
    }

    /** Gets artifacts of a base. */
    @FunctionalInterface
    public interface Artifacts {
        /**
         * @param artifact {@code classifier.type}
         * @throws dev.marshal.problem.ProblemException if it cannot be had, or is not what was published
         */
        Path fetch(String artifact);

        /** What the root filesystem stands on, if it was published as a difference. */
        default Optional<RootfsBase> rootfsBase() {
            return Optional.empty();
        }
    }
}
