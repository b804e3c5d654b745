// SPDX-License-Identifier: Apache-2.0
package dev.marshal.distro;

import dev.marshal.project.WorkloadProject;
import dev.marshal.rootfs.Ext4Reader;
import dev.marshal.rootfs.ImageEditor;
import dev.marshal.uptodate.Inputs;

/** No operating system: workloads bring a boot binary of their own. */
final class BareDistribution implements Distribution {

    @Override
    public String name() {
        return "bare";
    }

    @Override
    public boolean hasRootFilesystem() {
        return false;
    }

    @Override
    public Inputs identify(WorkloadProject project, Inputs inputs) {
        return inputs;
    }

    @Override
    public long defaultSize() {
        return 0;
    }

    @Override
    public void fill(WorkloadProject project, ImageEditor image) {
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
