// SPDX-License-Identifier: Apache-2.0
package dev.marshal.goal;

import dev.marshal.archive.ArchiveStep;
import dev.marshal.image.BuiltFiles;
import dev.marshal.image.CompressStep;
import dev.marshal.image.ImageInputsStep;
import dev.marshal.image.ImagePlan;
import dev.marshal.image.ImagePublication;
import dev.marshal.kernel.KernelBuildStep;
import dev.marshal.kernel.KernelPlan;
import dev.marshal.project.WorkloadProject;
import dev.marshal.sbom.SbomStep;
import dev.marshal.uptodate.Step;
import dev.marshal.workload.KernelBuild;
import dev.marshal.workload.Layer;
import dev.marshal.workload.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Parameter;

/** A goal that knows what of a workload is published, and which steps make it. */
abstract class PublishingMojo extends WorkloadMojo {

    /** Whether the root filesystem is published as the difference from the base's where the base is a release, and not whole. */
    @Parameter(property = "marshal.publishDifference", defaultValue = "true")
    private boolean publishDifference;

    /**
     * Whether the kernel's build folder and the compiled BusyBox are published too, so that children elsewhere compile only what they change. Unless set: for a workload that
     * starts a chain, and so has a {@code distro}. Of no effect if the base's binary is taken, or Linux's source is a folder.
     */
    @Parameter(property = "marshal.publishKernelBuild")
    private Boolean publishKernelBuild;

    /**
     * Whether what the root filesystem is made of (overlay, files, scripts) is published too, so that children can have the chain built again with
     * other options of its distribution. Unless set: if it is not larger than 64 MiB.
     */
    @Parameter(property = "marshal.publishImageInputs")
    private Boolean publishImageInputs;

    /** A step of a workload or of one of its jobs. */
    record Owned(WorkloadProject workload, Step step) {}

    /** What makes the files that are published, in their order; the main artifact aside. */
    final List<Owned> publishingSteps() throws IOException {
        WorkloadProject workload = workload();
        List<Owned> steps = new ArrayList<>();
        for (WorkloadProject each : workload.withItsJobs()) {
            KernelPlan kernel = kernel(each);
            if (kernel.exists() && !kernel.fromBase()) {
                steps.add(new Owned(each, new CompressStep(each, "compressed-vmlinux", each.layout().vmlinux(), each.layout().compressedVmlinux())));
            }
            ImagePlan image = new ImagePlan(each);
            if (image.given() || image.exists()) {
                steps.add(new Owned(each, new ImagePublication(each, image, publishDifference).step()));
            }
        }
        if (publishesImageInputs()) {
            steps.add(new Owned(workload, new ImageInputsStep(workload)));
        }
        kernelBuild().ifPresent(step -> steps.add(new Owned(workload, step)));
        steps.add(new Owned(workload, new SbomStep(workload, kernel(workload), new ImagePlan(workload))));
        return steps;
    }

    /** The files that are published beside the main artifact, by {@code classifier.type}. */
    final Map<String, Path> publishedFiles() throws IOException {
        WorkloadProject workload = workload();
        Map<String, Path> files = new LinkedHashMap<>();
        for (WorkloadProject each : workload.withItsJobs()) {
            Map<String, Path> built = BuiltFiles.of(each, kernel(each));
            ImagePlan image = new ImagePlan(each);
            if (image.given() || image.exists()) {
                ImagePublication publication = new ImagePublication(each, image, publishDifference);
                built.put(publication.artifact(), publication.file());
            }
            built.forEach((name, file) -> files.put((each == workload ? "" : each.jobName() + "-") + name, file));
        }
        if (publishesImageInputs()) {
            files.put(Layer.IMAGE_INPUTS, workload.layout().imageInputs());
        }
        if (kernelBuild().isPresent()) {
            files.put(KernelBuild.ARTIFACT, workload.layout().kernelBuild());
            files.put(KernelBuild.Busybox.ARTIFACT, workload.layout().busyboxBuild());
        }
        files.put(SbomStep.ARTIFACT, workload.layout().sbom());
        return files;
    }

    /** What makes the main artifact, of all that the other steps have made. */
    final Step archiveStep() throws IOException {
        KernelPlan kernel = kernel(workload());
        Optional<KernelBuildStep> build = kernelBuild().filter(step -> step.outputs().stream().allMatch(Files::exists));
        return new ArchiveStep(workload(), kernel.exists() ? kernel.identity() : null, build.isPresent() ? build.get().description() : null, publishedFiles());
    }

    private boolean publishesImageInputs() throws IOException {
        return ImageInputsStep.wanted(workload(), new ImagePlan(workload()), Optional.ofNullable(publishImageInputs));
    }

    private Optional<KernelBuildStep> kernelBuild() throws IOException {
        KernelPlan kernel = kernel(workload());
        boolean wanted = publishKernelBuild != null ? publishKernelBuild : workload().chain().own().specification().get(Options.DISTRO).isPresent();
        return kernel.exists() && !kernel.fromBase() && KernelBuildStep.travels(kernel) && wanted ? Optional.of(new KernelBuildStep(workload(), kernel)) : Optional.empty();
    }
}
