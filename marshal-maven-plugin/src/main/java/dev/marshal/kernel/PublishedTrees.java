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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The kernel trees that bases published: taken where this machine has none that is as near to what is wanted. */
final class PublishedTrees {

    private final WorkloadProject project;
    private final SourceTree source;

    PublishedTrees(WorkloadProject project, SourceTree source) {
        this.project = project;
        this.source = source;
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
        for (Layer layer : newestFirst()) {
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
        for (Layer layer : newestFirst()) {
            if (layer.kernelBuild() != null && fits(layer, false) && fetch(layer, KernelBuild.ARTIFACT, layer.kernelBuild().sha256()).isPresent()) {
                fetch(layer, KernelBuild.CONFIGURATION, layer.kernelBuild().configuration());
                return;
            }
        }
    }

    private List<Layer> newestFirst() {
        List<Layer> newestFirst = new ArrayList<>(project.chain().layers());
        Collections.reverse(newestFirst);
        return newestFirst;
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
        Optional<Path> config = fetch(layer, KernelBuild.CONFIGURATION, layer.kernelBuild().configuration());
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
        Optional<Path> archive = fetch(layer, KernelBuild.ARTIFACT, layer.kernelBuild().sha256());
        if (archive.isPresent()) {
            project.log().info("unpacking the kernel tree of " + layer.coordinates());
            WholeOutput.folder(tree, temporary -> {
                TreeArchive.unpack(archive.get(), temporary);
                KernelTrees.complete(project, temporary);
            });
        }
        return archive.map(file -> tree);
    }

    /** The artifact, if it can be had: one can do without it. */
    private Optional<Path> fetch(Layer layer, String artifact, String sha256) throws IOException {
        String[] coordinates = layer.coordinates().split(":");
        int dot = artifact.indexOf('.');
        Path file;
        try {
            file = project.sources().artifact(coordinates[0] + ":" + coordinates[1] + ":" + artifact.substring(dot + 1) + ":" + artifact.substring(0, dot) + ":" + coordinates[2]);
        } catch (ProblemException e) {
            project.log().warn("the kernel is compiled without the help of " + layer.coordinates() + ": " + e.problems().get(0).what());
            return Optional.empty();
        }
        String found = project.digests().of(file);
        if (found.equals(sha256)) {
            return Optional.of(file);
        }
        if (coordinates[2].endsWith("-SNAPSHOT") && !isBase(layer)) {
            project.log().info("the kernel tree of " + layer.coordinates() + " is of another snapshot than the one that the base was built on");
            return Optional.empty();
        }
        throw new ProblemException("'" + artifact + "' of " + layer.coordinates() + " is not what was published: its sha256 is " + found + ", workload.json says " + sha256, file,
                "Delete the file so that it is fetched again; if it stays so, ask whoever published it");
    }

    private boolean isBase(Layer layer) {
        return project.base().map(base -> base.coordinates().equals(layer.coordinates())).orElse(false);
    }
}
