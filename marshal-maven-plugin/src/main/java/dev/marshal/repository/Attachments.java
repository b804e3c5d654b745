// SPDX-License-Identifier: Apache-2.0
package dev.marshal.repository;

import java.nio.file.Path;
import java.util.Map;
import org.apache.maven.project.MavenProject;
import org.apache.maven.project.MavenProjectHelper;

/** Hands what was built over to Maven, to be installed and deployed. */
public final class Attachments {

    private Attachments() {}

    /**
     * @param main  the main artifact
     * @param files the others, by {@code classifier.type}
     */
    public static void attach(MavenProject project, MavenProjectHelper helper, Path main, Map<String, Path> files) {
        project.getArtifact().setFile(main.toFile());
        files.forEach((name, file) -> {
            int dot = name.indexOf('.');
            helper.attachArtifact(project, name.substring(dot + 1), name.substring(0, dot), file.toFile());
        });
    }
}
