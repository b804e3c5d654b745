// SPDX-License-Identifier: Apache-2.0
package dev.marshal.image;

import dev.marshal.kernel.KernelPlan;
import dev.marshal.project.Layout;
import dev.marshal.project.WorkloadProject;
import dev.marshal.workload.Options;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the build of a workload or job gives beside the main artifact and the root filesystem, of which {@link ImagePublication} knows. */
public final class BuiltFiles {

    /** The boot binary. */
    public static final String BINARY = "bin.elf";

    private BuiltFiles() {}

    /** By {@code classifier.type}, given the plan of its kernel. A job with the kernel of its workload has no boot binary of its own. */
    public static Map<String, Path> of(WorkloadProject project, KernelPlan kernel) throws IOException {
        Layout layout = project.layout();
        Map<String, Path> files = new LinkedHashMap<>();
        boolean taken = kernel.fromBase();
        if (!(taken && project.base().orElseThrow().inBuild())) {
            if (kernel.exists() || taken || project.chain().value(Options.BIN).isPresent()) {
                files.put(BINARY, layout.bootBinary());
            }
            if (kernel.exists()) {
                files.put("linux.config", layout.linuxConfig());
                files.put("vmlinux.elf.zst", layout.compressedVmlinux());
            }
        }
        if (kernel.diskless()) {
            files.put("nodisk.elf", layout.nodiskBinary());
        }
        return files;
    }
}
