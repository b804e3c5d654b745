// SPDX-License-Identifier: Apache-2.0
package dev.marshal.goal;

import dev.marshal.problem.ProblemException;
import dev.marshal.repository.ArtifactResolution;
import dev.marshal.source.SourceArchiveStep;
import dev.marshal.source.SourceNotation;
import dev.marshal.source.SourceSpec;
import dev.marshal.source.Sources;
import dev.marshal.tool.Toolbox;
import dev.marshal.uptodate.FileDigests;
import dev.marshal.uptodate.StepRunner;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.apache.maven.project.MavenProjectHelper;
import org.eclipse.aether.RepositorySystem;

/**
 * Packages a source tree as an artifact of type {@code tar.zst}, which specifications name as {@code artifact:GROUP:ARTIFACT:VERSION}: for sources that
 * others cannot reach, such as a folder.
 */
@Mojo(name = "source", defaultPhase = LifecyclePhase.PACKAGE, threadSafe = true)
public class SourceMojo extends MarshalMojo {

    /** The project. */
    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    private MavenProject project;

    /** The source, as a specification would name it; a path is relative to the project's folder. */
    @Parameter(property = "marshal.source", required = true)
    private String source;

    /** Where sources are kept that builds share. */
    @Parameter(property = "marshal.cache", defaultValue = "${user.home}/.cache/marshal")
    private File cache;

    /** The time that files in the archive bear, in ISO 8601 or seconds since 1970. */
    @Parameter(defaultValue = "${project.build.outputTimestamp}")
    private String outputTimestamp;

    @Inject
    private RepositorySystem repositories;

    @Inject
    private MavenProjectHelper helper;

    @Override
    void run() throws IOException {
        Path target = Path.of(project.getBuild().getDirectory());
        Path archive = target.resolve(project.getArtifactId() + "-" + project.getVersion() + ".tar.zst");
        FileDigests digests = new FileDigests(target.resolve("marshal/digests"));
        Toolbox tools = new Toolbox(System.getenv().getOrDefault("PATH", ""), (program, ask) -> ask.get());
        ArtifactResolution resolution = new ArtifactResolution(repositories, session().getRepositorySession(), project.getRemoteProjectRepositories());
        Sources sources = new Sources(cache.toPath(), tools, resolution::resolve, digests, session().isOffline(), log());
        SourceArchiveStep step = new SourceArchiveStep(sources, spec(), project.getBasedir().toPath(), OutputTimestamp.parse(outputTimestamp, project.getFile()), digests, archive);
        new StepRunner(target.resolve("marshal/records"), digests).run(step, verdict -> log().info("source: " + verdict.summary()));
        helper.attachArtifact(project, "tar.zst", archive.toFile());
    }

    private SourceSpec spec() {
        try {
            return SourceNotation.parse(source);
        } catch (IllegalArgumentException e) {
            throw new ProblemException("'" + source + "' is no source: " + e.getMessage(), "marshal.source", "Write one of " + SourceNotation.FORMS, e);
        }
    }
}
