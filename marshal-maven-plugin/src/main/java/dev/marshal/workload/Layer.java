// SPDX-License-Identifier: Apache-2.0
package dev.marshal.workload;

import java.nio.file.Path;
import java.util.Map;

/**
 * One workload of a chain, or the board that the chain starts from.
 *
 * @param name          its name
 * @param coordinates   {@code groupId:artifactId:version}; null for a board
 * @param specification what it says
 * @param workdir       folder that its paths are relative to
 * @param identities    what makes the sources that it names what they are, by option, as found out when it was published; empty if it is built here
 * @param kernelBuild   the kernel's build folder that it published; null if it did not, or is built here
 */
public record Layer(String name, String coordinates, Specification specification, Path workdir, Map<String, String> identities, KernelBuild kernelBuild) {

    /** A workload or board that is built here. */
    public Layer(String name, String coordinates, Specification specification, Path workdir) {
        this(name, coordinates, specification, workdir, Map.of());
    }

    /** A workload or board that was published without its kernel's build folder. */
    public Layer(String name, String coordinates, Specification specification, Path workdir, Map<String, String> identities) {
        this(name, coordinates, specification, workdir, identities, null);
    }

    /** A path of the specification on this machine. */
    public Path resolve(String path) {
        return workdir.resolve(path).normalize();
    }

    /** What the user calls it. */
    public String label() {
        return coordinates == null ? name : coordinates;
    }
}
