// SPDX-License-Identifier: Apache-2.0
package dev.marshal.repository;

import dev.marshal.problem.ProblemException;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;

/** Gets single artifacts the way Maven does: from the reactor, the local repository, the remote ones. */
public final class ArtifactResolution {

    private final RepositorySystem system;
    private final RepositorySystemSession session;
    private final List<RemoteRepository> repositories;

    /** @param system Maven's @param session Maven's @param repositories the project's */
    public ArtifactResolution(RepositorySystem system, RepositorySystemSession session, List<RemoteRepository> repositories) {
        this.system = system;
        this.session = session;
        this.repositories = repositories;
    }

    /**
     * @param coordinates {@code groupId:artifactId[:type[:classifier]]:version}
     * @throws ProblemException if it is nowhere
     */
    public Path resolve(String coordinates) {
        return resolve(new DefaultArtifact(coordinates));
    }

    /** @throws ProblemException if it is nowhere */
    public Path resolve(Artifact artifact) {
        try {
            return system.resolveArtifact(session, new ArtifactRequest(artifact, repositories, null)).getArtifact().getFile().toPath();
        } catch (ArtifactResolutionException e) {
            throw new ProblemException("the artifact " + artifact + " was not found: " + e.getMessage().lines().findFirst().orElse(""), null,
                    "Check its coordinates and the repositories of the POM and of settings.xml; 'mvn -U' asks again for what was missing before", e);
        }
    }
}
