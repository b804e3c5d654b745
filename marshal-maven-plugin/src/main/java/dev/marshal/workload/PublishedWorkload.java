// SPDX-License-Identifier: Apache-2.0
package dev.marshal.workload;

import dev.marshal.uptodate.Sha256;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A base as it was published.
 *
 * @param coordinates    {@code groupId:artifactId:version}
 * @param layers         its own chain, oldest first
 * @param kernelIdentity digest of all that its kernel and boot binary were made from; empty if it has none
 * @param digests        SHA-256 of each of its further artifacts, by {@code classifier.type}, such as {@code rootfs.img.zst}
 * @param artifacts      gets these artifacts
 * @param jobs           its jobs
 */
public record PublishedWorkload(String coordinates, List<Layer> layers, Optional<String> kernelIdentity, Map<String, String> digests, Artifacts artifacts,
        List<BaseWorkload> jobs) implements BaseWorkload {

    /** Without jobs. */
    public PublishedWorkload(String coordinates, List<Layer> layers, Optional<String> kernelIdentity, Map<String, String> digests, Artifacts artifacts) {
        this(coordinates, layers, kernelIdentity, digests, artifacts, List.of());
    }

    @Override
    public Path artifact(String artifact) {
        return artifacts.fetch(artifact);
    }

    @Override
    public Optional<RootfsBase> rootfsBase() {
        return has(ROOTFS) ? Optional.empty() : artifacts.rootfsBase();
    }

    @Override
    public Optional<Long> rootfsSize() {
        return artifacts.rootfsSize();
    }

    @Override
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

        /** Bytes of the root filesystem's image, if they were published. */
        default Optional<Long> rootfsSize() {
            return Optional.empty();
        }

        /** What the root filesystem stands on, if it was published as a difference. */
        default Optional<RootfsBase> rootfsBase() {
            return Optional.empty();
        }
    }
}
