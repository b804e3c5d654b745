// SPDX-License-Identifier: Apache-2.0
package dev.marshal.kernel;

import dev.marshal.initramfs.InitScripts;
import dev.marshal.initramfs.NodiskInitramfs;
import dev.marshal.project.Layout;
import dev.marshal.project.WorkloadProject;
import dev.marshal.uptodate.Inputs;
import dev.marshal.uptodate.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The diskless binary: Linux with the whole root filesystem as its initramfs, linked with the firmware. */
public final class NodiskStep implements Step {

    private final WorkloadProject project;
    private final KernelPlan plan;
    private final Layout layout;
    private final FirmwareChoice firmware;

    /** @param project what is built @param plan its kernel */
    public NodiskStep(WorkloadProject project, KernelPlan plan) {
        this.project = project;
        this.plan = plan;
        this.layout = project.layout();
        this.firmware = new FirmwareChoice(project, plan);
    }

    @Override
    public String name() {
        return "nodisk-binary";
    }

    @Override
    public Inputs inputs() throws IOException {
        return firmware.describe(KernelStep.linkInputs(project, plan)).value("init script", InitScripts.nodisk()).stamp("root filesystem", layout.image());
    }

    @Override
    public List<Path> outputs() {
        return List.of(layout.nodiskBinary());
    }

    @Override
    public void build() throws IOException {
        Path initramfs = layout.work().resolve("nodisk.cpio");
        Path image = layout.work().resolve("nodisk-Image");
        Path vmlinux = layout.work().resolve("nodisk-vmlinux");
        try {
            new NodiskInitramfs(KernelStep.busybox(project, plan).program(), layout.drivers(), List.copyOf(project.chain().modules().keySet()), project.settings().timestamp())
                    .write(layout.image(), initramfs);
            try (KernelTree tree = KernelTree.open(project, plan.sourceTree(), layout.kernelConfig())) {
                tree.link(initramfs, image, vmlinux, layout.log("nodisk-kernel"));
                tree.dropLinked();
            }
            firmware.link(image, layout.nodiskBinary(), layout.log("nodisk-binary"));
        } finally {
            for (Path large : List.of(initramfs, image, vmlinux)) {
                Files.deleteIfExists(large);
            }
        }
    }
}
