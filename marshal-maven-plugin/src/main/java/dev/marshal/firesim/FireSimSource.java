// SPDX-License-Identifier: Apache-2.0
package dev.marshal.firesim;

import dev.marshal.image.BaseImages;
import dev.marshal.image.BuiltFiles;
import dev.marshal.image.ImagePlan;
import dev.marshal.kernel.KernelPlan;
import dev.marshal.problem.ProblemException;
import dev.marshal.project.Cache;
import dev.marshal.project.WorkloadProject;
import dev.marshal.tool.Log;
import dev.marshal.tool.Toolbox;
import dev.marshal.workload.BaseWorkload;
import dev.marshal.workload.Chain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where a workload for FireSim comes from: a project that was built, or an artifact. */
public final class FireSimSource {

    private FireSimSource() {}

    /**
     * What a build has left in its folder.
     *
     * @param project  the workload; with jobs, these are installed, each for one machine
     * @param diskless whether diskless binaries are installed
     * @throws ProblemException if it was not built
     */
    public static FireSimWorkload built(WorkloadProject project, boolean diskless) throws IOException {
        List<Node> nodes = new ArrayList<>();
        for (WorkloadProject each : project.jobs().isEmpty() ? List.of(project) : project.jobs()) {
            Path binary = diskless ? each.layout().nodiskBinary() : new KernelPlan(each).bootBinary();
            if (!Files.isRegularFile(binary)) {
                throw new ProblemException("there is no " + binary, each.chain().own().specification().where(),
                        diskless ? "Set 'nodisk: true' and run 'mvn package' first" : "Run 'mvn package' first, or both at once: 'mvn package marshal:install-firesim'");
            }
            ImagePlan plan = new ImagePlan(each);
            boolean disk = !diskless && (plan.given() || plan.exists());
            if (disk && !Files.isRegularFile(each.layout().image())) {
                throw new ProblemException("there is no " + each.layout().image(), each.chain().own().specification().where(), "Run 'mvn package' first");
            }
            nodes.add(Node.of(each.chain(), each.name(), binary, disk ? Optional.of(each.layout().image()) : Optional.empty()));
        }
        return FireSimWorkload.of(project.chain(), nodes, !project.jobs().isEmpty());
    }

    /**
     * What was published; nothing is built.
     *
     * @param workload the artifact; with jobs, these are installed, each for one machine
     * @param diskless whether diskless binaries are installed
     * @param cache    where images are kept
     * @param tools    the host's programs
     * @param log      the user
     * @throws ProblemException if it was published without what is wanted
     */
    public static FireSimWorkload published(BaseWorkload workload, boolean diskless, Cache cache, Toolbox tools, Log log) throws IOException {
        String artifact = diskless ? "nodisk.elf" : BuiltFiles.BINARY;
        List<Node> nodes = new ArrayList<>();
        for (BaseWorkload each : workload.jobs().isEmpty() ? List.of(workload) : workload.jobs()) {
            Chain chain = new Chain(each.layers());
            // a job with the kernel of its workload was published without a boot binary of its own
            Path binary = !diskless && !each.has(artifact) ? workload.artifact(artifact) : each.artifact(artifact);
            Optional<Path> image = diskless || each.rootfs().isEmpty() ? Optional.empty() : Optional.of(BaseImages.of(cache, tools, log, each));
            nodes.add(Node.of(chain, chain.name(), binary, image));
        }
        return FireSimWorkload.of(new Chain(workload.layers()), nodes, !workload.jobs().isEmpty());
    }
}
