// SPDX-License-Identifier: Apache-2.0
package dev.marshal.distro;

import dev.marshal.rootfs.Ext4Image;
import dev.marshal.rootfs.Ext4Reader;
import dev.marshal.rootfs.ImageEditor;

/** No operating system: workloads bring a boot binary of their own. */
public final class BareDistribution implements Distribution {

    @Override
    public String name() {
        return "bare";
    }

    @Override
    public boolean hasRootFilesystem() {
        return false;
    }

    @Override
    public void make(RootRequest request, Ext4Image image) {
        throw new IllegalStateException("a bare workload has no image");
    }

    @Override
    public void runAtBoot(ImageEditor image, BootScript script, boolean poweroff) {
        throw new IllegalStateException("a bare workload has no image");
    }

    @Override
    public boolean runsAtBoot(Ext4Reader image) {
        return false;
    }

    @Override
    public void runOnce(ImageEditor image, BootScript script) {
        throw new IllegalStateException("a bare workload has no image");
    }
}
