// SPDX-License-Identifier: Apache-2.0
package dev.marshal.image;

import dev.marshal.kernel.KernelPlan;
import dev.marshal.machine.Disk;
import dev.marshal.machine.GuestScript;
import dev.marshal.machine.MachineRequest;
import dev.marshal.project.Layout;
import dev.marshal.project.WorkloadProject;
import dev.marshal.rootfs.Ext4Image;
import dev.marshal.run.Simulation;
import dev.marshal.workload.Options;
import java.io.IOException;
import java.time.Duration;

/** The one boot in which an image's guest-init script runs. What it leaves behind is as reproducible as the script. */
final class GuestInit {

    private static final String NAME = "guest-init";

    private final WorkloadProject project;
    private final Layout layout;

    GuestInit(WorkloadProject project, Layout layout) {
        this.project = project;
        this.layout = layout;
    }

    /** Boots from the image, and changes it. @throws dev.marshal.machine.RunFailure if the script fails, or the boot does */
    void run(Ext4Image image) throws IOException {
        Simulation simulation = new Simulation(project, "qemu");
        Duration limit = Duration.ofSeconds(project.chain().value(Options.BUILD_TIMEOUT).orElse(project.settings().buildTimeout()));
        MachineRequest request = simulation.request(GuestScript.GUEST_INIT, new KernelPlan(project).bootBinary(), new Disk(image.file(), Disk.Access.DIRECT), layout.log(NAME),
                layout.work().resolve(NAME), limit);
        project.log().info("booting once for guest-init; the image depends on what the script does, and is only as reproducible as that");
        simulation.run(request).check();
        image.repair();
    }
}
