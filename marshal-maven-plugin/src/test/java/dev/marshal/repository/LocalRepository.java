// SPDX-License-Identifier: Apache-2.0
package dev.marshal.repository;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.transfer.ArtifactNotFoundException;

/** A repository whose artifacts are the files of one folder, called {@code artifactId-version-classifier.extension}. */
final class LocalRepository {

    private final Path folder;

    LocalRepository(Path folder) {
        this.folder = folder;
    }

    Path file(Artifact artifact) {
        String classifier = artifact.getClassifier().isEmpty() ? "" : "-" + artifact.getClassifier();
        return folder.resolve(artifact.getArtifactId() + "-" + artifact.getVersion() + classifier + "." + artifact.getExtension());
    }

    ArtifactResolution resolution() {
        RepositorySystem system = (RepositorySystem) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {RepositorySystem.class}, (proxy, method, arguments) -> {
            if (!method.getName().equals("resolveArtifact")) {
                throw new AssertionError(method);
            }
            return resolve((ArtifactRequest) arguments[1]);
        });
        return new ArtifactResolution(system, null, List.of());
    }

    private ArtifactResult resolve(ArtifactRequest request) throws ArtifactResolutionException {
        ArtifactResult result = new ArtifactResult(request);
        Path file = file(request.getArtifact());
        if (!Files.exists(file)) {
            result.addException(new ArtifactNotFoundException(request.getArtifact(), null));
            throw new ArtifactResolutionException(List.of(result));
        }
        return result.setArtifact(request.getArtifact().setFile(file.toFile()));
    }
}
