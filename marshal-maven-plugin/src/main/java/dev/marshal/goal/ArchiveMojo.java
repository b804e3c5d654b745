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
import dev.marshal.repository.Attachments;
import dev.marshal.sbom.SbomStep;
import dev.marshal.workload.KernelBuild;
import dev.marshal.workload.Layer;
import dev.marshal.workload.Options;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.project.MavenProjectHelper;

/** Writes the main artifact, which children inherit from, and hands all artifacts over to Maven. */
@Mojo(name = "archive", defaultPhase = LifecyclePhase.PACKAGE, requiresDependencyResolution = ResolutionScope.COMPILE, threadSafe = true)
public class ArchiveMojo extends WorkloadMojo {

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

    @Inject
    private MavenProjectHelper helper;

    @Override
    void run() throws IOException {
        WorkloadProject workload = workload();
        Map<String, Path> files = new LinkedHashMap<>();
        for (WorkloadProject each : workload.withItsJobs()) {
            KernelPlan kernel = new KernelPlan(each);
            if (kernel.exists() && !kernel.fromBase()) {
                run(each, new CompressStep(each, "compressed-vmlinux", each.layout().vmlinux(), each.layout().compressedVmlinux()));
            }
            Map<String, Path> built = BuiltFiles.of(each);
            ImagePlan image = new ImagePlan(each);
            if (image.given() || image.exists()) {
                ImagePublication publication = new ImagePublication(each, image, publishDifference);
                run(each, publication.step());
                built.put(publication.artifact(), publication.file());
            }
            built.forEach((name, file) -> files.put((each == workload ? "" : each.jobName() + "-") + name, file));
        }
        if (ImageInputsStep.wanted(workload, new ImagePlan(workload), Optional.ofNullable(publishImageInputs))) {
            run(workload, new ImageInputsStep(workload));
            files.put(Layer.IMAGE_INPUTS, workload.layout().imageInputs());
        }
        KernelPlan kernel = new KernelPlan(workload);
        KernelBuild build = null;
        if (kernel.exists() && !kernel.fromBase() && KernelBuildStep.travels(kernel) && publishesKernelBuild()) {
            KernelBuildStep step = new KernelBuildStep(workload, kernel);
            run(workload, step);
            files.put(KernelBuild.ARTIFACT, workload.layout().kernelBuild());
            files.put(KernelBuild.Busybox.ARTIFACT, workload.layout().busyboxBuild());
            build = step.description();
        }
        run(workload, new SbomStep(workload, kernel, new ImagePlan(workload)));
        files.put(SbomStep.ARTIFACT, workload.layout().sbom());
        run(workload, new ArchiveStep(workload, kernel.exists() ? kernel.identity() : null, build, files));
        Attachments.attach(project(), helper, workload.layout().workload(), files);
    }

    private boolean publishesKernelBuild() throws IOException {
        return publishKernelBuild != null ? publishKernelBuild : workload().chain().own().specification().get(Options.DISTRO).isPresent();
    }
}
