// SPDX-License-Identifier: Apache-2.0
package dev.marshal.image;

import dev.marshal.machine.Disk;
import dev.marshal.machine.GuestScript;
import dev.marshal.machine.MachineRequest;
import dev.marshal.project.Layout;
import dev.marshal.project.WorkloadProject;
import dev.marshal.rootfs.Ext4Image;
import dev.marshal.run.Simulation;
import dev.marshal.workload.Options;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** The one boot in which an image's guest-init script runs. What it leaves behind is as reproducible as the script. */
final class GuestInit {

    private static final String NAME = "guest-init";

    private final WorkloadProject project;
    private final Layout layout;
    private final Path binary;

    /** @param project the workload whose script it is @param binary what the machine boots */
    GuestInit(WorkloadProject project, Path binary) {
        this.project = project;
        this.layout = project.layout();
        this.binary = binary;
    }

    /** Boots from the image, and changes it. @throws dev.marshal.machine.RunFailure if the script fails, or the boot does */
    void run(Ext4Image image) throws IOException {
        Simulation simulation = new Simulation(project, "qemu");
        Duration limit = Duration.ofSeconds(project.chain().value(Options.BUILD_TIMEOUT).orElse(project.settings().buildTimeout()));
        MachineRequest request = simulation.request(GuestScript.GUEST_INIT, binary, new Disk(image.file(), Disk.Access.DIRECT), layout.log(NAME),
                layout.work().resolve(NAME), limit);
        project.log().info("booting once for guest-init; the image depends on what the script does, and is only as reproducible as that");
        simulation.run(request).check();
        image.repair();
    }
}
