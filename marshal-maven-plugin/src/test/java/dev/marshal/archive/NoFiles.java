// SPDX-License-Identifier: Apache-2.0
package dev.marshal.archive;

import dev.marshal.workload.BaseWorkload;
import java.nio.file.Path;

/** Tells by a path which artifact was asked for, and what it must be; knows no other workload. */
final class NoFiles implements WorkloadReader.ArtifactsByDigest {

    @Override
    public Path fetch(String artifact, String sha256) {
        return Path.of("/" + artifact + "/" + sha256);
    }

    @Override
    public BaseWorkload workload(String coordinates) {
        throw new AssertionError(coordinates);
    }
}
