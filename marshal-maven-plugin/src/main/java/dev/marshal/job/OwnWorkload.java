// SPDX-License-Identifier: Apache-2.0
package dev.marshal.job;

import dev.marshal.image.BuiltFiles;
import dev.marshal.image.ImagePlan;
import dev.marshal.kernel.KernelPlan;
import dev.marshal.project.WorkloadProject;
import dev.marshal.uptodate.Inputs;
import dev.marshal.workload.BaseWorkload;
import dev.marshal.workload.Layer;
import dev.marshal.workload.RootfsBase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A workload as the base of its own jobs: they are built right after it, on what it left in the build folder.
 *
 * @param workload the workload
 */
public record OwnWorkload(WorkloadProject workload) implements BaseWorkload {

    @Override
    public String coordinates() {
        return workload.chain().own().coordinates();
    }

    @Override
    public List<Layer> layers() {
        return workload.chain().layers();
    }

    @Override
    public Optional<String> kernelIdentity() {
        KernelPlan kernel = new KernelPlan(workload);
        try {
            return kernel.exists() ? Optional.of(kernel.identity()) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of what is built so far. */
    @Override
    public Map<String, String> digests() {
        Map<String, String> digests = new LinkedHashMap<>();
        files().forEach((artifact, file) -> {
            if (Files.isRegularFile(file)) {
                digests.put(artifact, digest(file));
            }
        });
        return digests;
    }

    /** Whether it will be built, if it is not yet. */
    @Override
    public boolean has(String artifact) {
        return files().containsKey(artifact);
    }

    @Override
    public Path artifact(String artifact) {
        return files().get(artifact);
    }

    @Override
    public Optional<String> rootfs() {
        ImagePlan image = new ImagePlan(workload);
        return image.given() || image.exists() ? Optional.of(ROOTFS) : Optional.empty();
    }

    @Override
    public Optional<RootfsBase> rootfsBase() {
        return Optional.empty();
    }

    /** As the specification says, or as the base has it: the image may be of an earlier build, or of none. */
    @Override
    public Optional<Long> rootfsSize() {
        return new ImagePlan(workload).expectedSize();
    }

    /** Of the image as it lies there: nobody else changes it. */
    @Override
    public String rootfsIdentity() {
        Path image = workload.layout().image();
        try {
            return rootfs().isPresent() && Files.exists(image) ? new Inputs(workload.digests()).stamp(ROOTFS, image).fingerprint() : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<Path> image() {
        return Optional.of(workload.layout().image());
    }

    @Override
    public boolean inBuild() {
        return true;
    }

    private Map<String, Path> files() {
        try {
            return BuiltFiles.of(workload, new KernelPlan(workload));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String digest(Path file) {
        try {
            return workload.digests().of(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
