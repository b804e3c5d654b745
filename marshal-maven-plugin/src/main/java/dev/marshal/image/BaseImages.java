// SPDX-License-Identifier: Apache-2.0
package dev.marshal.image;

import dev.marshal.problem.ProblemException;
import dev.marshal.project.Cache;
import dev.marshal.project.WorkloadProject;
import dev.marshal.tool.HostTools;
import dev.marshal.tool.Log;
import dev.marshal.tool.Toolbox;
import dev.marshal.uptodate.CacheLock;
import dev.marshal.uptodate.LastUse;
import dev.marshal.uptodate.WholeOutput;
import dev.marshal.workload.BaseWorkload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** The root filesystems of bases, unpacked once for all their children; one that was published as a difference is laid over what it stands on. */
public final class BaseImages {

    private BaseImages() {}

    /** The base's image, only to be read. */
    static Path of(WorkloadProject project, BaseWorkload base) throws IOException {
        return of(project.cache(), project.tools(), project.log(), base);
    }

    /** Bytes of a base's image that is unpacked already; empty if it is not. */
    static Optional<Long> unpackedSize(Cache cache, BaseWorkload base) throws IOException {
        Path image = base.rootfs().isPresent() ? base.image().orElse(cache.images().resolve(base.rootfsIdentity() + ".img")) : null;
        return image != null && Files.isRegularFile(image) ? Optional.of(Files.size(image)) : Optional.empty();
    }

    /** The image of a published workload, only to be read. @param cache where it is kept @param tools the host's programs @param log the user @param base the workload */
    public static Path of(Cache cache, Toolbox tools, Log log, BaseWorkload base) throws IOException {
        if (base.image().isPresent()) {
            return base.image().get();
        }
        String artifact = base.rootfs().orElseThrow(() ->
                new ProblemException("the base " + base.coordinates() + " has no root filesystem, but its distribution should", null, "Publish the base again"));
        String identity = base.rootfsIdentity();
        Path image = cache.images().resolve(identity + ".img");
        if (LastUse.claim(cache.folder(), image)) {
            return image;
        }
        Optional<Path> below = base.rootfsBase().isPresent() ? Optional.of(of(cache, tools, log, base.rootfsBase().get().workload(base.coordinates()))) : Optional.empty();
        try (CacheLock lock = CacheLock.hold(cache.lock("image-" + identity), () -> log.info("waiting for another build that unpacks the image of " + base.coordinates()))) {
            if (!LastUse.claim(cache.folder(), image)) {
                Path published = base.artifact(artifact);
                long begun = System.nanoTime();
                if (below.isPresent()) {
                    ImageDifference differences = new ImageDifference(tools.require(HostTools.QEMU_IMG));
                    WholeOutput.file(image, temporary -> differences.apply(below.get(), published, temporary));
                } else {
                    WholeOutput.file(image, temporary -> CompressedImage.unpack(published, temporary));
                }
                log.info(String.format(Locale.ROOT, "unpacked the root filesystem of %s in %.1f s", base.coordinates(), (System.nanoTime() - begun) / 1e9));
            }
        }
        return image;
    }
}
