// SPDX-License-Identifier: Apache-2.0
package dev.marshal.workload;

import java.nio.file.Files;
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
 * @param imageInputs   SHA-256 of what it published of what its root filesystem is made of; null if it did not, or is built here
 */
public record Layer(String name, String coordinates, Specification specification, Path workdir, Map<String, String> identities, KernelBuild kernelBuild, String imageInputs) {

    /** The artifact that holds what a workload's root filesystem is made of beside its base's, as {@code classifier.type}. */
    public static final String IMAGE_INPUTS = "image-inputs.tar.zst";

    /** A workload or board that is built here. */
    public Layer(String name, String coordinates, Specification specification, Path workdir) {
        this(name, coordinates, specification, workdir, Map.of());
    }

    /** A workload or board that was published with its main artifact alone. */
    public Layer(String name, String coordinates, Specification specification, Path workdir, Map<String, String> identities) {
        this(name, coordinates, specification, workdir, identities, null, null);
    }

    /** A path of the specification on this machine. */
    public Path resolve(String path) {
        return workdir.resolve(path).normalize();
    }

    /** A program that the specification names: the name of one of the host's, to be looked up on its {@code PATH}, or else a path as {@link #resolve} takes it. */
    public String program(String name) {
        return name.contains("/") || Files.isRegularFile(resolve(name)) ? resolve(name).toString() : name;
    }

    /** What the user calls it. */
    public String label() {
        return coordinates == null ? name : coordinates;
    }
}
