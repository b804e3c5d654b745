// SPDX-License-Identifier: Apache-2.0
package dev.marshal.image;

import dev.marshal.distro.Distribution;
import dev.marshal.distro.RootRequest;
import dev.marshal.project.WorkloadProject;
import dev.marshal.rootfs.Ext4Image;
import dev.marshal.rootfs.ImageEditor;
import dev.marshal.rootfs.ImagePath;
import dev.marshal.workload.CopiedFile;
import dev.marshal.workload.Options;
import dev.marshal.workload.Sourced;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a workload makes of the root filesystem that it starts from. */
final class ImageChanges {

    private final WorkloadProject project;
    private final ImagePlan plan;

    /** @param project the workload @param plan its root filesystem */
    ImageChanges(WorkloadProject project, ImagePlan plan) {
        this.project = project;
        this.plan = plan;
    }

    /** Makes the first root filesystem of a chain, not larger than it is asked for. */
    static void makeRoot(Distribution distribution, RootRequest request, Ext4Image image) throws IOException {
        distribution.make(request, image);
        if (request.size() > 0 && request.size() < image.superblock().size()) {
            image.resize(request.size());
        }
    }

    /** @param image a copy of what it starts from @param binary what the guest-init script is booted with; null if there is no such script */
    void apply(Ext4Image image, Path binary) throws IOException {
        Optional<Long> size = plan.size().map(Sourced::value);
        if (size.isPresent() && size.get() > image.superblock().size()) {
            image.resize(size.get());
        }
        edit(image);
        if (plan.guestInit().isPresent()) {
            new GuestInit(project, binary).run(image);
        }
        if (size.isPresent() && size.get() == 0) {
            image.shrink(project.settings().rootfsMargin());
        }
    }

    private void edit(Ext4Image image) throws IOException {
        try (ImageEditor editor = image.edit()) {
            if (project.chain().value(Options.OVERLAY).isPresent()) {
                editor.addTree(project.chain().own().resolve(project.chain().value(Options.OVERLAY).orElseThrow()), ImagePath.ROOT);
            }
            for (CopiedFile file : project.chain().value(Options.FILES).orElse(List.of())) {
                Path source = project.chain().own().resolve(file.source());
                ImagePath destination = ImagePath.of(file.destination());
                boolean into = file.destination().endsWith("/") || editor.isFolder(destination);
                editor.add(source, into ? destination.resolve(source.getFileName().toString()) : destination);
            }
            if (plan.runAtBoot().isPresent()) {
                plan.distribution().runAtBoot(editor, plan.runAtBoot().get(), plan.powersOff());
            }
            if (plan.guestInit().isPresent()) {
                plan.distribution().runOnce(editor, plan.guestInit().get());
            }
            if (plan.size().filter(size -> size.value() == 0).isPresent()) {
                editor.grow();
            }
            editor.apply();
        }
    }
}
