// SPDX-License-Identifier: Apache-2.0
package dev.marshal.firesim;

import dev.marshal.image.BaseImages;
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
import java.util.List;
import java.util.Optional;

/** Where a workload for FireSim comes from: a project that was built, or an artifact. */
public final class FireSimSource {

    private FireSimSource() {}

    /**
     * What a build has left in its folder.
     *
     * @param project  the workload
     * @param diskless whether the diskless binary is installed
     * @throws ProblemException if it was not built
     */
    public static FireSimWorkload built(WorkloadProject project, boolean diskless) {
        Chain chain = project.chain();
        Path binary = diskless ? project.layout().nodiskBinary() : project.layout().bootBinary();
        if (!Files.isRegularFile(binary)) {
            throw new ProblemException("there is no " + binary, chain.own().specification().where(),
                    diskless ? "Set 'nodisk: true' and run 'mvn package' first" : "Run 'mvn package' first, or both at once: 'mvn package marshal:install-firesim'");
        }
        Optional<Path> image = Optional.of(project.layout().image()).filter(file -> !diskless && Files.isRegularFile(file));
        return FireSimWorkload.of(chain, List.of(Node.of(chain, chain.name(), binary, image)), false);
    }

    /**
     * What was published; nothing is built.
     *
     * @param workload the artifact
     * @param diskless whether the diskless binary is installed
     * @throws ProblemException if it was published without what is wanted
     */
    public static FireSimWorkload published(BaseWorkload workload, boolean diskless, Cache cache, Toolbox tools, Log log) throws IOException {
        Chain chain = new Chain(workload.layers());
        Path binary = workload.artifact(diskless ? "nodisk.elf" : "bin.elf");
        Optional<Path> image = diskless || workload.rootfs().isEmpty() ? Optional.empty() : Optional.of(BaseImages.of(cache, tools, log, workload));
        return FireSimWorkload.of(chain, List.of(Node.of(chain, chain.name(), binary, image)), false);
    }
}
