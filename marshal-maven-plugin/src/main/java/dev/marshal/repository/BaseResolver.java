// SPDX-License-Identifier: Apache-2.0
package dev.marshal.repository;

import dev.marshal.archive.WorkloadReader;
import dev.marshal.problem.ProblemException;
import dev.marshal.uptodate.FileDigests;
import dev.marshal.workload.BaseWorkload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.model.Dependency;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.artifact.DefaultArtifact;

/** Reads the base of a workload from Maven's repositories. */
public final class BaseResolver {

    private final ArtifactResolution resolution;
    private final WorkloadReader reader;
    private final FileDigests digests;

    /** @param resolution gets artifacts @param reader reads main artifacts @param digests what is known of files */
    public BaseResolver(ArtifactResolution resolution, WorkloadReader reader, FileDigests digests) {
        this.resolution = resolution;
        this.reader = reader;
        this.digests = digests;
    }

    /**
     * @param project    whose dependencies Maven has resolved
     * @param dependency the base
     */
    public BaseWorkload resolve(MavenProject project, Dependency dependency) throws IOException {
        Artifact artifact = project.getArtifacts().stream()
                .filter(each -> each.getGroupId().equals(dependency.getGroupId()) && each.getArtifactId().equals(dependency.getArtifactId()) && BaseDependency.TYPE.equals(each.getType()))
                .findFirst()
                .orElseThrow(() -> new ProblemException("Maven did not resolve " + dependency.getGroupId() + ":" + dependency.getArtifactId(), project.getFile() + " <dependency>",
                        "Check that the dependency's scope is 'compile' (the default)"));
        String coordinates = artifact.getGroupId() + ":" + artifact.getArtifactId() + ":" + artifact.getBaseVersion();
        if (artifact.getFile() == null || !artifact.getFile().isFile()) {
            throw new ProblemException("the base " + coordinates + " is in this build, but not packaged yet", project.getFile() + " <dependency>", "Run 'mvn package' or a later phase");
        }
        return read(coordinates, artifact.getFile().toPath(), new DefaultArtifact(artifact.getGroupId(), artifact.getArtifactId(), BaseDependency.TYPE, artifact.getVersion()));
    }

    /**
     * A published workload that no dependency names.
     *
     * @param coordinates {@code groupId:artifactId:version}
     */
    public BaseWorkload resolve(String coordinates) {
        String[] words = coordinates.split(":");
        if (words.length != 3) {
            throw new ProblemException("'" + coordinates + "' names no workload", null, "Write groupId:artifactId:version");
        }
        DefaultArtifact artifact = new DefaultArtifact(words[0], words[1], BaseDependency.TYPE, words[2]);
        try {
            return read(coordinates, resolution.resolve(artifact), artifact);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private BaseWorkload read(String coordinates, Path archive, DefaultArtifact main) throws IOException {
        return reader.read(coordinates, archive, new WorkloadReader.ArtifactsByDigest() {
            @Override
            public Path fetch(String artifact, String sha256) {
                return BaseResolver.this.fetch(main, coordinates, artifact, sha256);
            }

            @Override
            public BaseWorkload workload(String other) {
                return resolve(other);
            }
        });
    }

    private Path fetch(DefaultArtifact base, String coordinates, String name, String sha256) {
        if (sha256 == null) {
            throw new ProblemException(coordinates + " was published without '" + name + "'", null, "Use a base that has it, or publish the base again");
        }
        int dot = name.indexOf('.');
        Path file = resolution.resolve(new DefaultArtifact(base.getGroupId(), base.getArtifactId(), name.substring(0, dot), name.substring(dot + 1), base.getVersion()));
        try {
            String found = digests.of(file);
            if (!found.equals(sha256)) {
                throw new ProblemException("'" + name + "' of " + coordinates + " is not what was published: its sha256 is " + found + ", workload.json says " + sha256, file,
                        "Delete the file so that it is fetched again; if it stays so, ask whoever published it");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }
}
