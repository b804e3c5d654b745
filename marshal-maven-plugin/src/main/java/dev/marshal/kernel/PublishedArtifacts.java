// SPDX-License-Identifier: Apache-2.0
package dev.marshal.kernel;

import dev.marshal.problem.ProblemException;
import dev.marshal.project.WorkloadProject;
import dev.marshal.workload.Layer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** What the bases of a chain published to save compiling: one can do without it. */
final class PublishedArtifacts {

    private final WorkloadProject project;
    private final String compiled;
    private final String subject;

    /** @param project what is built @param compiled what is compiled where nothing of it can be had @param subject what the user calls what is published */
    PublishedArtifacts(WorkloadProject project, String compiled, String subject) {
        this.project = project;
        this.compiled = compiled;
        this.subject = subject;
    }

    /** The chain, the base first. */
    List<Layer> newestFirst() {
        List<Layer> newestFirst = new ArrayList<>(project.chain().layers());
        Collections.reverse(newestFirst);
        return newestFirst;
    }

    /**
     * An artifact, if it can be had.
     *
     * @param layer    who published it
     * @param artifact {@code classifier.type}
     * @param sha256   what it must be
     * @throws ProblemException if it is a release's, or the base's own, and is not what was published
     */
    Optional<Path> fetch(Layer layer, String artifact, String sha256) throws IOException {
        String[] coordinates = layer.coordinates().split(":");
        int dot = artifact.indexOf('.');
        Path file;
        try {
            file = project.sources().artifact(coordinates[0] + ":" + coordinates[1] + ":" + artifact.substring(dot + 1) + ":" + artifact.substring(0, dot) + ":" + coordinates[2]);
        } catch (ProblemException e) {
            project.log().warn(compiled + " is compiled without the help of " + layer.coordinates() + ": " + e.problems().get(0).what());
            return Optional.empty();
        }
        String found = project.digests().of(file);
        if (found.equals(sha256)) {
            return Optional.of(file);
        }
        if (coordinates[2].endsWith("-SNAPSHOT") && !isBase(layer)) {
            project.log().info(subject + " of " + layer.coordinates() + " is of another snapshot than the one that the base was built on");
            return Optional.empty();
        }
        throw new ProblemException("'" + artifact + "' of " + layer.coordinates() + " is not what was published: its sha256 is " + found + ", workload.json says " + sha256, file,
                "Delete the file so that it is fetched again; if it stays so, ask whoever published it");
    }

    private boolean isBase(Layer layer) {
        return project.base().map(base -> base.coordinates().equals(layer.coordinates())).orElse(false);
    }
}
