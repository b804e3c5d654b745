// SPDX-License-Identifier: Apache-2.0
package dev.marshal.kernel;

import dev.marshal.project.Layout;
import dev.marshal.project.WorkloadProject;
import dev.marshal.uptodate.Inputs;
import dev.marshal.uptodate.Step;
import dev.marshal.uptodate.WholeOutput;
import dev.marshal.workload.BaseWorkload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes the boot binary of the base, for a workload whose kernel would be made of the same. */
public final class BaseBinaryStep implements Step {

    private final WorkloadProject project;

    /** @param project a workload for which {@link KernelPlan#fromBase} holds */
    public BaseBinaryStep(WorkloadProject project) {
        this.project = project;
    }

    @Override
    public String name() {
        return "boot-binary";
    }

    @Override
    public Inputs inputs() {
        Inputs inputs = project.inputs().value("base", base().coordinates());
        taken().keySet().forEach(artifact -> inputs.digest(artifact + " of " + base().coordinates(), base().digests().get(artifact)));
        return inputs;
    }

    @Override
    public List<Path> outputs() {
        return List.copyOf(taken().values());
    }

    @Override
    public void build() throws IOException {
        for (Map.Entry<String, Path> entry : taken().entrySet()) {
            Path artifact = base().artifact(entry.getKey());
            WholeOutput.file(entry.getValue(), temporary -> Files.copy(artifact, temporary));
            project.digests().note(entry.getValue(), base().digests().get(entry.getKey()));
        }
    }

    /** Gets the artifacts onto this machine. */
    void fetch() {
        taken().keySet().forEach(base()::artifact);
    }

    private BaseWorkload base() {
        return project.base().orElseThrow();
    }

    private Map<String, Path> taken() {
        Layout layout = project.layout();
        Map<String, Path> taken = new LinkedHashMap<>();
        taken.put("bin.elf", layout.bootBinary());
        taken.put("linux.config", layout.linuxConfig());
        taken.put("vmlinux.elf.zst", layout.compressedVmlinux());
        taken.keySet().removeIf(artifact -> !base().has(artifact));
        return taken;
    }
}
