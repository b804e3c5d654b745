// SPDX-License-Identifier: Apache-2.0
package dev.marshal.project;

import java.io.IOException;
import java.nio.file.Path;

/**
 * What all builds of a user share: sources, kernels, firmware, BusyBox, images of bases.
 *
 * @param folder {@code ~/.cache/marshal} unless the user chose another
 */
public record Cache(Path folder) {

    /** Follows links: locks are named after places, so a place must have one name, whatever way leads to it. */
    public Cache {
        folder = real(folder.toAbsolutePath().normalize());
    }

    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            // not there yet: what leads to it may be
            return folder.getParent() == null ? folder : real(folder.getParent()).resolve(folder.getFileName());
        }
    }

    /** Unpacked root filesystems of bases, by digest. */
    public Path images() {
        return folder.resolve("images");
    }

    /** Unpacked main artifacts of bases, by digest. */
    public Path workloads() {
        return folder.resolve("workloads");
    }

    /** Build folders of kernels whose source is a user's own folder. */
    public Path kernels() {
        return folder.resolve("kernels");
    }

    /** Folders with further names of cross compilers. */
    public Path compilers() {
        return folder.resolve("compilers");
    }

    /** A lock that guards what its name says. */
    public Path lock(String name) {
        return folder.resolve("locks").resolve(name);
    }
}
