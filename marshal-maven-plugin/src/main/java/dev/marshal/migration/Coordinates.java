// SPDX-License-Identifier: Apache-2.0
package dev.marshal.migration;

/**
 * A published workload.
 *
 * @param groupId    its group
 * @param artifactId its name in the group
 * @param version    its version
 */
public record Coordinates(String groupId, String artifactId, String version) {

    /** @param text {@code groupId:artifactId:version} @throws IllegalArgumentException if it is not of that form */
    static Coordinates parse(String text) {
        String[] parts = text.strip().split(":", -1);
        if (parts.length != 3 || !parts[0].matches("[A-Za-z0-9_.-]+") || !parts[1].matches("[A-Za-z0-9_.-]+") || !parts[2].matches("[A-Za-z0-9_.+-]+")) {
            throw new IllegalArgumentException("'" + text.strip() + "' is not groupId:artifactId:version");
        }
        return new Coordinates(parts[0], parts[1], parts[2]);
    }

    @Override
    public String toString() {
        return groupId + ":" + artifactId + ":" + version;
    }
}
