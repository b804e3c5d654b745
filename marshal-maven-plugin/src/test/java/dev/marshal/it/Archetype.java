// SPDX-License-Identifier: Apache-2.0
package dev.marshal.it;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The archetype, used as users do. */
public final class Archetype {

    private static final String GENERATE = "org.apache.maven.plugins:maven-archetype-plugin:3.4.1:generate";

    private Archetype() {}

    /**
     * Generates a workload.
     *
     * @param basedir    folder of the integration test
     * @param version    of the archetype
     * @param artifactId of the new workload
     */
    public static Build generate(File basedir, String version, String artifactId) throws IOException {
        return generate(null, basedir, version, artifactId);
    }

    /**
     * Generates a workload as somebody else, who builds it too.
     *
     * @param home       that person's home; null for one's own
     * @param basedir    folder of the integration test
     * @param version    of the archetype
     * @param artifactId of the new workload
     */
    public static Build generate(Path home, File basedir, String version, String artifactId) throws IOException {
        // a folder without a POM, which the archetype would make the new project's parent
        Path folder = Files.createDirectories(basedir.toPath().resolve("generated"));
        new Build(folder.toFile()).home(home).succeeds(GENERATE, "-DarchetypeGroupId=dev.marshal", "-DarchetypeArtifactId=marshal-archetype", "-DarchetypeVersion=" + version,
                "-DarchetypeCatalog=local", "-DgroupId=org.example", "-DartifactId=" + artifactId, "-Dversion=1.0-SNAPSHOT", "-DinteractiveMode=false");
        return new Build(folder.resolve(artifactId).toFile()).home(home);
    }
}
