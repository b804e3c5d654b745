// SPDX-License-Identifier: Apache-2.0
package dev.marshal.kernel;

import dev.marshal.problem.ProblemException;
import dev.marshal.project.WorkloadProject;
import dev.marshal.source.SourceTree;
import dev.marshal.uptodate.CacheLock;
import dev.marshal.uptodate.WholeOutput;
import dev.marshal.workload.KernelBuild;
import dev.marshal.workload.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The kernel trees that bases published: taken where this machine has none that is as near to what is wanted. */
final class PublishedTrees {

    private final WorkloadProject project;
    private final SourceTree source;
    private final PublishedArtifacts artifacts;

    PublishedTrees(WorkloadProject project, SourceTree source) {
        this.project = project;
        this.source = source;
        this.artifacts = new PublishedArtifacts(project, "the kernel", "the kernel tree");
    }

    /**
     * Fetches and unpacks the tree of a base, beside the trees that were compiled here, if it is nearer than these.
     *
     * @param held   build folder that the caller holds
     * @param wanted configuration
     * @param local  how far the nearest tree of this machine is; the largest number if there is none
     * @return a complete tree; empty if none is nearer, or none is of use here
     * @throws ProblemException if a release's artifact is not what was published
     */
    Optional<Path> unpackNearer(Path held, Map<String, String> wanted, int local) throws IOException {
        if (!source.shared()) {
            return Optional.empty();
        }
        for (Layer layer : artifacts.newestFirst()) {
            if (layer.kernelBuild() == null || !fits(layer, local == Integer.MAX_VALUE)) {
                continue;
            }
            if (local < Integer.MAX_VALUE && !nearer(layer, wanted, local)) {
                return Optional.empty();
            }
            Optional<Path> tree = unpack(layer, held);
            if (tree.isPresent()) {
                return tree;
            }
        }
        return Optional.empty();
    }

    /** Gets the newest tree that is of use here onto this machine, for a later build; whether that will take it depends on its configuration. */
    void fetch() throws IOException {
        if (!source.shared()) {
            return;
        }
        for (Layer layer : artifacts.newestFirst()) {
            if (layer.kernelBuild() != null && fits(layer, false) && artifacts.fetch(layer, KernelBuild.ARTIFACT, layer.kernelBuild().sha256()).isPresent()) {
                artifacts.fetch(layer, KernelBuild.CONFIGURATION, layer.kernelBuild().configuration());
                return;
            }
        }
    }

    private boolean fits(Layer layer, boolean tell) {
        KernelBuild published = layer.kernelBuild();
        String reason = null;
        if (!published.source().equals(source.identity())) {
            reason = "it is of the source " + published.source() + ", this kernel of " + source.identity();
        } else if (!published.compiler().equals(project.crossCompiler().version())) {
            reason = "it was compiled by '" + published.compiler() + "', this host has '" + project.crossCompiler().version() + "'";
        } else if (!published.machine().equals(KernelBuild.thisMachine())) {
            reason = "it was compiled on " + published.machine() + ", this host is " + KernelBuild.thisMachine();
        }
        if (reason != null && tell) {
            project.log().info("the kernel tree of " + layer.coordinates() + " is of no use here: " + reason);
        }
        return reason == null;
    }

    private boolean nearer(Layer layer, Map<String, String> wanted, int local) throws IOException {
        Optional<Path> config = artifacts.fetch(layer, KernelBuild.CONFIGURATION, layer.kernelBuild().configuration());
        return config.isPresent() && KernelTrees.distance(wanted, config.get()) < local;
    }

    private Optional<Path> unpack(Layer layer, Path held) throws IOException {
        Path tree = KernelTrees.of(project, source, layer.kernelBuild().configuration());
        if (tree.equals(held)) {
            return unpackTo(tree, layer);
        }
        try (CacheLock lock = KernelTrees.lock(project, tree)) {
            return KernelTrees.isComplete(project, tree) ? Optional.of(tree) : unpackTo(tree, layer);
        }
    }

    private Optional<Path> unpackTo(Path tree, Layer layer) throws IOException {
        Optional<Path> archive = artifacts.fetch(layer, KernelBuild.ARTIFACT, layer.kernelBuild().sha256());
        if (archive.isPresent()) {
            project.log().info("unpacking the kernel tree of " + layer.coordinates());
            WholeOutput.folder(tree, temporary -> {
                TreeArchive.unpack(archive.get(), temporary);
                KernelTrees.complete(project, temporary);
            });
        }
        return archive.map(file -> tree);
    }
}
