// SPDX-License-Identifier: Apache-2.0
package dev.marshal.image;

import dev.marshal.problem.ProblemException;
import dev.marshal.project.WorkloadProject;
import dev.marshal.uptodate.CacheLock;
import dev.marshal.uptodate.WholeOutput;
import dev.marshal.workload.BaseWorkload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The root filesystems of bases, unpacked once for all their children. */
final class BaseImages {

    /** The artifact that holds a root filesystem. */
    static final String ARTIFACT = "rootfs.img.zst";

    private BaseImages() {}

    /** The base's image, only to be read. */
    static Path of(WorkloadProject project, BaseWorkload base) throws IOException {
        if (!base.has(ARTIFACT)) {
            throw new ProblemException("the base " + base.coordinates() + " has no root filesystem, but its distribution should", null, "Publish the base again");
        }
        String digest = base.digests().get(ARTIFACT);
        Path image = project.cache().images().resolve(digest + ".img");
        if (!Files.exists(image)) {
            try (CacheLock lock = CacheLock.hold(project.cache().lock("image-" + digest), () -> project.log().info("waiting for another build that unpacks the image of " + base.coordinates()))) {
                if (!Files.exists(image)) {
                    Path artifact = base.artifact(ARTIFACT);
                    WholeOutput.file(image, temporary -> CompressedImage.unpack(artifact, temporary));
                }
            }
        }
        return image;
    }
}
