// SPDX-License-Identifier: Apache-2.0
package dev.marshal.source;

import java.nio.file.Path;

/** Gets files from Maven repositories; implemented where Maven is known. */
@FunctionalInterface
public interface ArtifactFetcher {

    /**
     * @param coordinates {@code groupId:artifactId[:type[:classifier]]:version}
     * @return the file in the local repository
     * @throws dev.marshal.problem.ProblemException if there is no such artifact
     */
    Path fetch(String coordinates);
}
