// SPDX-License-Identifier: Apache-2.0
package dev.marshal.migration;

import java.nio.file.Path;
import java.util.List;

/**
 * A Maven project that is made of a workload.
 *
 * @param workload   the original
 * @param artifactId its name in Maven
 * @param folder     the project's folder
 * @param bases      what it and its jobs stand on, its own base first
 * @param placement  where its files go
 */
record Module(SourceWorkload workload, String artifactId, Path folder, List<Dependency> bases, Placement placement) {

    /** The name of a specification's file. */
    static final String SPECIFICATION = "workload.yaml";

    /** Where a project keeps its specification. */
    static Path specificationFolder(Path project) {
        return project.resolve("src/main/workload");
    }

    /**
     * A workload that another one stands on.
     *
     * @param groupId    its group
     * @param artifactId its name
     * @param version    its version; null if it is built together with its child
     */
    record Dependency(String groupId, String artifactId, String version) {

        static Dependency on(Coordinates coordinates) {
            return new Dependency(coordinates.groupId(), coordinates.artifactId(), coordinates.version());
        }

        /** What a specification calls it. @param all the dependencies of the project */
        String name(List<Dependency> all) {
            return all.stream().filter(other -> other.artifactId().equals(artifactId)).count() > 1 ? groupId + ":" + artifactId : artifactId;
        }
    }
}
