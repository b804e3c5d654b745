// SPDX-License-Identifier: Apache-2.0
package dev.marshal.workload;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The workload that another one inherits from. */
public interface BaseWorkload {

    /** The artifact that holds a root filesystem. */
    String ROOTFS = "rootfs.img.zst";
    /** The artifact that holds a root filesystem as the difference from another one, as a qcow2 image. */
    String DIFFERENCE = "rootfs.qcow2";

    /** {@code groupId:artifactId:version} */
    String coordinates();

    /** Its own chain, oldest first. */
    List<Layer> layers();

    /** Digest of all that its kernel and boot binary were made from; empty if it has no kernel. */
    Optional<String> kernelIdentity();

    /** SHA-256 of each of its further artifacts, by {@code classifier.type}, such as {@code rootfs.img.zst}. */
    Map<String, String> digests();

    /** Whether it has such an artifact. */
    default boolean has(String artifact) {
        return digests().containsKey(artifact);
    }

    /**
     * The artifact as a file on this machine, its digest checked.
     *
     * @throws dev.marshal.problem.ProblemException if it cannot be had, or is not what was published
     */
    Path artifact(String artifact);

    /** The artifact that its root filesystem was published as: {@link #ROOTFS} or {@link #DIFFERENCE}; empty if it has none. */
    default Optional<String> rootfs() {
        return has(ROOTFS) ? Optional.of(ROOTFS) : Optional.of(DIFFERENCE).filter(this::has);
    }

    /** What the root filesystem stands on; empty if it was published whole. */
    Optional<RootfsBase> rootfsBase();

    /** Bytes of its root filesystem's image, known without unpacking it; empty if they are not, or there is none. */
    default Optional<Long> rootfsSize() {
        return Optional.empty();
    }

    /** Digest of all that the root filesystem is made from; an empty text if it has none. */
    String rootfsIdentity();

    /** Its root filesystem's image where that lies on this machine as it is; empty if it has to be unpacked from the artifact. */
    default Optional<Path> image() {
        return Optional.empty();
    }

    /**
     * Its jobs as they were published, each with the artifacts that differ from the workload's. What a job says stands in its only layer, as far as those want to
     * know it who run it elsewhere: what it is called, its outputs, and what is passed on to FireSim.
     */
    default List<BaseWorkload> jobs() {
        return List.of();
    }

    /** Whether it is built together with what inherits from it, as a workload is with its jobs: its files are used where they are. */
    default boolean inBuild() {
        return false;
    }
}
