// SPDX-License-Identifier: Apache-2.0
package dev.marshal.image;

import dev.marshal.project.WorkloadProject;
import dev.marshal.tool.HostTools;
import dev.marshal.uptodate.Inputs;
import dev.marshal.uptodate.Step;
import dev.marshal.uptodate.WholeOutput;
import dev.marshal.workload.BaseWorkload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The root filesystem as it is published: whole, or as the difference from the base's. A difference stands on a release only: a snapshot changes, and
 * nobody could get the one that the difference stands on a week later.
 */
public final class ImagePublication {

    private final WorkloadProject project;
    private final boolean difference;

    /**
     * @param project     what is built
     * @param plan        its root filesystem
     * @param differences whether differences are wanted where they are possible
     */
    public ImagePublication(WorkloadProject project, ImagePlan plan, boolean differences) throws IOException {
        this.project = project;
        this.difference = differences && !plan.given() && plan.fork().isEmpty() && project.base().filter(base -> base.rootfs().isPresent() && !base.inBuild() && !base.coordinates().endsWith("-SNAPSHOT")).isPresent();
    }

    /** The artifact, as {@code classifier.type}. */
    public String artifact() {
        return difference ? BaseWorkload.DIFFERENCE : BaseWorkload.ROOTFS;
    }

    /** The file that is published. */
    public Path file() {
        return difference ? project.layout().imageDifference() : project.layout().compressedImage();
    }

    /** Makes the file. */
    public Step step() {
        return difference ? new DifferenceStep(project) : new CompressStep(project, "compressed-image", project.layout().image(), project.layout().compressedImage());
    }

    private record DifferenceStep(WorkloadProject project) implements Step {

        @Override
        public String name() {
            return "image-difference";
        }

        @Override
        public Inputs inputs() throws IOException {
            BaseWorkload base = project.base().orElseThrow();
            return project.inputs().stamp(project.layout().image().getFileName().toString(), project.layout().image())
                    .digest("root filesystem of " + base.coordinates(), base.rootfsIdentity())
                    .value("qemu-img", project.tools().require(HostTools.QEMU_IMG).version());
        }

        @Override
        public List<Path> outputs() {
            return List.of(project.layout().imageDifference());
        }

        @Override
        public void build() throws IOException {
            Path base = BaseImages.of(project, project.base().orElseThrow());
            ImageDifference differences = new ImageDifference(project.tools().require(HostTools.QEMU_IMG));
            WholeOutput.file(project.layout().imageDifference(), temporary -> differences.write(base, project.layout().image(), temporary));
        }
    }
}
