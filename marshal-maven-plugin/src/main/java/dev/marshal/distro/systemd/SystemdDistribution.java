// SPDX-License-Identifier: Apache-2.0
package dev.marshal.distro.systemd;

import dev.marshal.distro.Distribution;
import dev.marshal.rootfs.Ext4Reader;
import dev.marshal.rootfs.ImageEditor;
import java.io.IOException;

/** A distribution whose root filesystems have been {@linkplain SystemdBoot#prepare prepared} for systemd to run a workload's script. */
public abstract class SystemdDistribution implements Distribution {

    @Override
    public final void runAtBoot(ImageEditor image, BootScript script, boolean poweroff) throws IOException {
        SystemdBoot.runAtBoot(image, script, poweroff);
    }

    @Override
    public final boolean runsAtBoot(Ext4Reader image) throws IOException {
        return SystemdBoot.runsAtBoot(image);
    }

    @Override
    public final void runOnce(ImageEditor image, BootScript script) throws IOException {
        SystemdBoot.runOnce(image, script);
    }
}
