// SPDX-License-Identifier: Apache-2.0
package dev.marshal.machine;

import java.nio.file.Path;
import java.util.Objects;

/**
 * The disk of a machine.
 *
 * @param image  a raw image
 * @param access what the guest's writes do
 */
public record Disk(Path image, Access access) {

    /** What the guest's writes do to the image. */
    public enum Access {
        /** They go to a new layer over the image, which is as it was afterwards. */
        FRESH_LAYER,
        /** They go to a layer that is kept for the next run with this access, as long as the image stays the same. */
        KEPT_LAYER,
        /** They change the image itself. */
        DIRECT
    }

    /** Neither is null. */
    public Disk {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(access, "access");
    }
}
