// SPDX-License-Identifier: Apache-2.0
package dev.marshal.distro;

import dev.marshal.project.WorkloadProject;
import dev.marshal.rootfs.Ext4Reader;
import dev.marshal.rootfs.ImageEditor;
import dev.marshal.uptodate.Inputs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What the root of a chain stands on: it brings the first root filesystem, and knows how that runs a script. */
public interface Distribution {

    /** Its name in {@code distro.name}. */
    String name();

    /** Whether there is a root filesystem at all. */
    boolean hasRootFilesystem();

    /** Adds what identifies the first root filesystem: the distribution's options, its sources. */
    Inputs identify(WorkloadProject project, Inputs inputs) throws IOException;

    /** Size of the first image if the specification names none, in bytes. */
    long defaultSize();

    /**
     * Fills the first root filesystem.
     *
     * @param project the workload at the root of the chain
     * @param image   an empty file system
     */
    void fill(WorkloadProject project, ImageEditor image) throws IOException;

    /**
     * Has a script run at every boot, in place of any that the image of the base runs.
     *
     * @param script   what to run
     * @param poweroff whether the machine powers off afterwards
     */
    void runAtBoot(ImageEditor image, BootScript script, boolean poweroff) throws IOException;

    /** Whether an image runs a script at every boot, of this workload's or of a base's. */
    boolean runsAtBoot(Ext4Reader image) throws IOException;

    /** Has a script run at the next boot and never again, in place of what runs at boot; the machine powers off afterwards. */
    void runOnce(ImageEditor image, BootScript script) throws IOException;

    /**
     * What runs in the guest.
     *
     * @param file      the script on the host; null for a command line
     * @param words     the script's arguments, or the command line as the only word
     */
    record BootScript(Path file, List<String> words) {}
}
