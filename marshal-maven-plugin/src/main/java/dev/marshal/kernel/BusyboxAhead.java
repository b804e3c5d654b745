// SPDX-License-Identifier: Apache-2.0
package dev.marshal.kernel;

import dev.marshal.initramfs.BusyboxBuild;
import dev.marshal.project.WorkloadProject;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Compiles the BusyBox of the initramfs while the kernel's source is unpacked and configured, which leaves processors idle. {@link KernelStep} then
 * finds it in the cache, or waits for it there.
 */
final class BusyboxAhead {

    /** What threads of this process are at: the workloads and jobs of a build mostly share it. */
    private static final Set<BusyboxBuild.Identity> RUNNING = ConcurrentHashMap.newKeySet();

    private BusyboxAhead() {}

    /**
     * Returns at once. Where the cache has it, nothing happens; what goes wrong is not told: the step that needs it tries again, and tells.
     *
     * @return the thread that it goes on in, which does not keep this process alive
     */
    static Thread start(WorkloadProject project, KernelPlan plan) {
        Thread thread = new Thread(() -> {
            try {
                compile(project, plan);
            } catch (IOException | RuntimeException e) {
                project.log().debug("BusyBox was not compiled ahead: " + e);
            }
        }, "marshal BusyBox of " + project.name());
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void compile(WorkloadProject project, KernelPlan plan) throws IOException {
        BusyboxBuild.Identity identity = KernelStep.busyboxIdentity(project, plan);
        if (KernelStep.hasBusybox(project, identity) || !RUNNING.add(identity)) {
            return;
        }
        try {
            KernelStep.busybox(project, plan);
        } finally {
            RUNNING.remove(identity);
        }
    }
}
