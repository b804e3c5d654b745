// SPDX-License-Identifier: Apache-2.0
package dev.marshal.kernel;

import dev.marshal.initramfs.BusyboxBuild;
import dev.marshal.initramfs.DiskInitramfs;
import dev.marshal.initramfs.InitScripts;
import dev.marshal.project.Layout;
import dev.marshal.project.WorkloadProject;
import dev.marshal.uptodate.Inputs;
import dev.marshal.uptodate.Step;
import dev.marshal.workload.Options;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The initramfs for a machine with a disk, and Linux with it inside. */
public final class KernelStep implements Step {

    private final WorkloadProject project;
    private final KernelPlan plan;
    private final Layout layout;

    /** @param project what is built @param plan its kernel */
    public KernelStep(WorkloadProject project, KernelPlan plan) {
        this.project = project;
        this.plan = plan;
        this.layout = project.layout();
    }

    @Override
    public String name() {
        return "kernel";
    }

    @Override
    public Inputs inputs() throws IOException {
        return linkInputs(project, plan).value("init script", InitScripts.disk());
    }

    /** What every kernel of the workload depends on, whatever the initramfs holds. */
    static Inputs linkInputs(WorkloadProject project, KernelPlan plan) throws IOException {
        var busyboxConfig = plan.busyboxConfig();
        return project.inputs()
                .value("option linux.source", project.identity(plan.source()))
                .file("kernel configuration", project.layout().kernelConfig())
                .value("cross compiler", project.crossCompiler().version())
                .tree("drivers", project.layout().drivers())
                .value("order of modules", String.join(" ", project.chain().modules().keySet()))
                .value("option busybox.source", project.identity(plan.busyboxSource()))
                .file("option busybox.config", busyboxConfig.layer().resolve(busyboxConfig.value()))
                .value("project.build.outputTimestamp", project.settings().timestamp());
    }

    @Override
    public List<Path> outputs() {
        return List.of(layout.initramfs(), layout.kernelImage(), layout.vmlinux());
    }

    @Override
    public boolean reusable() throws IOException {
        // a script finds the build folder that belongs to the binary
        return KernelBuildStep.travels(plan) && (project.chain().value(Options.POST_BIN).isEmpty() || KernelTrees.isComplete(project, plan.places().build()));
    }

    @Override
    public void build() throws IOException {
        new DiskInitramfs(busybox(project, plan).program(), layout.drivers(), List.copyOf(project.chain().modules().keySet()), project.settings().timestamp()).write(layout.initramfs());
        try (KernelTree tree = KernelTree.open(project, plan.sourceTree(), layout.kernelConfig())) {
            tree.link(layout.initramfs(), layout.kernelImage(), layout.vmlinux(), layout.log("kernel"));
            ModuleSymbols.check(project, layout.drivers(), tree.exportedSymbols());
        }
    }

    /** The BusyBox of the chain: of a base, or compiled, if it is not here yet. */
    static BusyboxBuild.Result busybox(WorkloadProject project, KernelPlan plan) throws IOException {
        var source = plan.busyboxSource();
        return busyboxBuild(project).build(project.identity(source), () -> project.provide(source), busyboxConfig(plan), project.layout().log("busybox"), new PublishedBusybox(project));
    }

    /** What the BusyBox of the chain is known by. */
    static BusyboxBuild.Identity busyboxIdentity(WorkloadProject project, KernelPlan plan) throws IOException {
        return busyboxBuild(project).identity(project.identity(plan.busyboxSource()), busyboxConfig(plan));
    }

    /** Whether the cache holds that BusyBox. */
    static boolean hasBusybox(WorkloadProject project, BusyboxBuild.Identity identity) {
        return busyboxBuild(project).isBuilt(identity);
    }

    private static BusyboxBuild busyboxBuild(WorkloadProject project) {
        return new BusyboxBuild(project.cache().folder(), project.tools(), project.crossPrefix(), project.settings().parallelism(), project.log());
    }

    private static Path busyboxConfig(KernelPlan plan) {
        return plan.busyboxConfig().layer().resolve(plan.busyboxConfig().value());
    }
}
