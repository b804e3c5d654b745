// SPDX-License-Identifier: Apache-2.0
package dev.marshal.kernel;

import dev.marshal.initramfs.BusyboxBuild;
import dev.marshal.project.WorkloadProject;
import dev.marshal.source.SourceSpec;
import dev.marshal.source.TarZst;
import dev.marshal.uptodate.Inputs;
import dev.marshal.uptodate.Step;
import dev.marshal.uptodate.WholeOutput;
import dev.marshal.workload.KernelBuild;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The kernel's build folder and the BusyBox of its initramfs as artifacts, so that children elsewhere compile only what they change. */
public final class KernelBuildStep implements Step {

    private final WorkloadProject project;
    private final KernelPlan plan;

    /** @param project what is built @param plan its kernel, which was compiled here */
    public KernelBuildStep(WorkloadProject project, KernelPlan plan) {
        this.project = project;
        this.plan = plan;
    }

    /** Whether it can be of use elsewhere: a user's own source folder does not travel. */
    public static boolean travels(KernelPlan plan) {
        return !(plan.source().value() instanceof SourceSpec.Folder);
    }

    @Override
    public String name() {
        return "linux-build";
    }

    @Override
    public Inputs inputs() throws IOException {
        return project.inputs()
                .value("option linux.source", project.identity(plan.source()))
                .file("kernel configuration", project.layout().kernelConfig())
                .value("cross compiler", project.crossCompiler().version())
                .value("machine", KernelBuild.thisMachine())
                .value("BusyBox", KernelStep.busyboxIdentity(project, plan))
                .value("project.build.outputTimestamp", project.settings().timestamp());
    }

    @Override
    public List<Path> outputs() {
        return List.of(project.layout().kernelBuild(), project.layout().busyboxBuild());
    }

    @Override
    public void build() throws IOException {
        try (KernelTree tree = KernelTree.open(project, plan.sourceTree(), project.layout().kernelConfig())) {
            tree.complete(project.layout().initramfs(), project.layout().log("linux-build"));
            WholeOutput.file(project.layout().kernelBuild(), temporary -> TreeArchive.write(tree.folder(), tree.source(), project.settings().timestamp(), temporary));
        }
        Path folder = KernelStep.busybox(project, plan).program().getParent();
        List<Path> files = Stream.of(BusyboxBuild.PROGRAM, BusyboxBuild.LINKS).map(folder::resolve).toList();
        WholeOutput.file(project.layout().busyboxBuild(), temporary -> TarZst.write(folder, files, project.settings().timestamp(), temporary));
    }

    /** What children have to know of it. To be called after it was built. */
    public KernelBuild description() throws IOException {
        BusyboxBuild.Identity identity = KernelStep.busyboxIdentity(project, plan);
        KernelBuild.Busybox busybox = new KernelBuild.Busybox(project.digests().of(project.layout().busyboxBuild()), identity.source(), identity.configuration(), identity.compiler(), identity.recipe());
        return new KernelBuild(project.digests().of(project.layout().kernelBuild()), project.digests().of(project.layout().linuxConfig()), project.identity(plan.source()),
                project.crossCompiler().version(), KernelBuild.thisMachine(), busybox);
    }
}
