// SPDX-License-Identifier: Apache-2.0
package dev.marshal.goal;

import dev.marshal.archive.ArchiveStep;
import dev.marshal.image.CompressStep;
import dev.marshal.image.ImagePlan;
import dev.marshal.image.ImagePublication;
import dev.marshal.kernel.KernelBuildStep;
import dev.marshal.kernel.KernelPlan;
import dev.marshal.project.Layout;
import dev.marshal.repository.Attachments;
import dev.marshal.workload.KernelBuild;
import dev.marshal.workload.Options;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
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
     * Whether the kernel's build folder is published too, so that children elsewhere compile only what they change. Unless set: for a workload that
     * starts a chain, and so has a {@code distro}. Of no effect if the base's binary is taken, or Linux's source is a folder.
     */
    @Parameter(property = "marshal.publishKernelBuild")
    private Boolean publishKernelBuild;

    @Inject
    private MavenProjectHelper helper;

    @Override
    void run() throws IOException {
        Layout layout = workload().layout();
        KernelPlan kernel = new KernelPlan(workload());
        boolean diskless = kernel.exists() && workload().chain().value(Options.NODISK).orElse(false);
        if (kernel.exists() && !kernel.fromBase()) {
            run(new CompressStep(workload(), "compressed-vmlinux", layout.vmlinux(), layout.compressedVmlinux()));
        }
        Map<String, Path> files = new LinkedHashMap<>();
        if (kernel.exists() || workload().chain().value(Options.BIN).isPresent()) {
            files.put("bin.elf", layout.bootBinary());
        }
        if (kernel.exists()) {
            files.put("linux.config", layout.linuxConfig());
            files.put("vmlinux.elf.zst", layout.compressedVmlinux());
        }
        ImagePlan image = new ImagePlan(workload());
        if (image.given() || image.exists()) {
            ImagePublication publication = new ImagePublication(workload(), image, publishDifference);
            run(publication.step());
            files.put(publication.artifact(), publication.file());
        }
        if (diskless) {
            files.put("nodisk.elf", layout.nodiskBinary());
        }
        KernelBuild build = null;
        if (kernel.exists() && !kernel.fromBase() && KernelBuildStep.travels(kernel) && publishesKernelBuild()) {
            KernelBuildStep step = new KernelBuildStep(workload(), kernel);
            run(step);
            files.put(KernelBuild.ARTIFACT, layout.kernelBuild());
            build = step.description();
        }
        run(new ArchiveStep(workload(), kernel.exists() ? kernel.identity() : null, build, files));
        Attachments.attach(project(), helper, layout.workload(), files);
    }

    private boolean publishesKernelBuild() throws IOException {
        return publishKernelBuild != null ? publishKernelBuild : workload().chain().own().specification().get(Options.DISTRO).isPresent();
    }
}
