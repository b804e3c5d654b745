// SPDX-License-Identifier: Apache-2.0
package dev.marshal.image;

import dev.marshal.distro.Distribution.BootScript;
import dev.marshal.distro.RootInputs;
import dev.marshal.kernel.KernelPlan;
import dev.marshal.project.Layout;
import dev.marshal.project.WorkloadProject;
import dev.marshal.rootfs.Ext4Identity;
import dev.marshal.rootfs.Ext4Image;
import dev.marshal.tool.HostTools;
import dev.marshal.uptodate.Inputs;
import dev.marshal.uptodate.Step;
import dev.marshal.uptodate.WholeOutput;
import dev.marshal.workload.BaseWorkload;
import dev.marshal.workload.Chain;
import dev.marshal.workload.CopiedFile;
import dev.marshal.workload.Options;
import dev.marshal.workload.Sourced;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The root filesystem: a copy of the base's, overlay, files, what runs at boot, its size, and one boot for the guest-init script. */
public final class ImageStep implements Step {

    private final WorkloadProject project;
    private final ImagePlan plan;
    private final Chain chain;
    private final Layout layout;

    /** @param project what is built @param plan its root filesystem */
    public ImageStep(WorkloadProject project, ImagePlan plan) {
        this.project = project;
        this.plan = plan;
        this.chain = project.chain();
        this.layout = project.layout();
    }

    @Override
    public String name() {
        return "image";
    }

    @Override
    public Inputs inputs() throws IOException {
        Inputs inputs = project.inputs()
                .value("mke2fs", project.tools().require(HostTools.MKE2FS).version())
                .value("project.build.outputTimestamp", project.settings().timestamp())
                .value("option name", chain.name())
                .value("base", project.base().map(BaseWorkload::coordinates).orElse(null))
                .value("option rootfs-size", plan.size().map(Sourced::value).orElse(null))
                .value("marshal.rootfsMargin", project.settings().rootfsMargin());
        if (plan.fork().isPresent()) {
            inputs.digest("root filesystem of " + project.base().orElseThrow().coordinates() + ", with other options of the distribution", plan.fork().get().key());
        } else if (project.base().isPresent()) {
            BaseWorkload base = project.base().get();
            String name = "root filesystem of " + base.coordinates();
            inputs.digest(name, base.rootfsIdentity());
            base.image().ifPresent(image -> inputs.readFrom(name, image));
        } else {
            RootInputs.describe(plan.distribution(), plan.root(), inputs);
        }
        RootInputs.code(plan.distribution(), inputs);
        if (chain.value(Options.OVERLAY).isPresent()) {
            inputs.tree("overlay", overlay());
        }
        List<CopiedFile> files = chain.value(Options.FILES).orElse(List.of());
        inputs.value("option files", files);
        for (int i = 0; i < files.size(); i++) {
            inputs.tree("files[" + i + "] " + files.get(i).source(), chain.own().resolve(files.get(i).source()));
        }
        describe(inputs, plan.powersOff() ? "command" : "run", plan.runAtBoot());
        describe(inputs, "guest-init", plan.guestInit());
        if (plan.guestInit().isPresent()) {
            inputs.file("boot binary, for guest-init", new KernelPlan(project).bootBinary());
        }
        return inputs;
    }

    @Override
    public List<Path> outputs() {
        return List.of(layout.image());
    }

    @Override
    public void build() throws IOException {
        checkSize();
        Ext4Identity identity = Ext4Identity.of(chain.own().coordinates(), project.settings().timestamp());
        WholeOutput.file(layout.image(), temporary -> {
            Ext4Image image = new Ext4Image(temporary, project.tools(), identity);
            begin(image);
            new ImageChanges(project, plan).apply(image, plan.guestInit().isPresent() ? new KernelPlan(project).bootBinary() : null);
        });
    }

    private void begin(Ext4Image image) throws IOException {
        if (project.base().isPresent()) {
            image.copyFrom(startImage());
        } else {
            ImageChanges.makeRoot(plan.distribution(), plan.root(), image);
        }
    }

    /** The base's image, as it was published or made again with other options of the distribution. */
    private Path startImage() throws IOException {
        return plan.fork().isPresent() ? plan.fork().get().image() : BaseImages.of(project, project.base().orElseThrow());
    }

    private void checkSize() throws IOException {
        if (project.base().isEmpty() || plan.size().isEmpty() || plan.size().get().value() == 0) {
            return;
        }
        long base = Files.size(startImage());
        if (plan.size().get().value() < base) {
            throw ImagePlan.belowBase(plan.size().get(), base);
        }
    }

    private Path overlay() {
        return chain.own().resolve(chain.value(Options.OVERLAY).orElseThrow());
    }

    private static void describe(Inputs inputs, String option, Optional<BootScript> script) throws IOException {
        inputs.value("option " + option, script.map(each -> each.file() == null ? each.words().get(0) : each.file().getFileName() + " " + String.join(" ", each.words())).orElse(null));
        if (script.isPresent() && script.get().file() != null) {
            inputs.file("script of " + option, script.get().file());
        }
    }
}
