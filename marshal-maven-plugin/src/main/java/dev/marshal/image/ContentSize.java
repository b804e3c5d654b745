// SPDX-License-Identifier: Apache-2.0
package dev.marshal.image;

import dev.marshal.problem.Problem;
import dev.marshal.problem.ProblemException;
import dev.marshal.workload.Chain;
import dev.marshal.workload.CopiedFile;
import dev.marshal.workload.Options;
import dev.marshal.workload.Sizes;
import dev.marshal.workload.Sourced;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How much a workload brings into its root filesystem, at least: what is more than the whole image cannot fit, whatever else is in it. */
final class ContentSize {

    private static final int BLOCK = 4096;

    private final List<Path> sources = new ArrayList<>();
    private final List<Object> places = new ArrayList<>();

    /** @param chain of the workload */
    ContentSize(Chain chain) {
        chain.get(Options.OVERLAY).ifPresent(overlay -> {
            sources.add(chain.own().resolve(overlay.value()));
            places.add(overlay.where());
        });
        chain.get(Options.FILES).ifPresent(files -> {
            for (CopiedFile file : files.value()) {
                sources.add(chain.own().resolve(file.source()));
            }
            places.add(files.where());
        });
    }

    /**
     * @param image bytes of the image
     * @param size  where that is asked for; empty if it is the base's
     * @throws ProblemException if it cannot fit
     */
    void check(long image, Optional<Sourced<Long>> size) throws IOException {
        long bytes = 0;
        for (Path source : sources) {
            bytes += Files.exists(source) ? bytes(source, false, Long.MAX_VALUE) : 0;
        }
        if (bytes <= image) {
            return;
        }
        // rarely: what is left of them without the zeros, which take no place
        long real = 0;
        for (Path source : sources) {
            real += Files.exists(source) ? bytes(source, true, image - real) : 0;
        }
        if (real > image) {
            Object where = size.isPresent() ? size.get().where() : places.get(0);
            throw new ProblemException(List.of(new Problem("overlay and files hold up to " + Sizes.format(bytes) + ", which cannot fit into a root filesystem of " + Sizes.format(image),
                    where.toString(), "Set rootfs-size to more than what is added and what the base has, or bring less")));
        }
    }

    /** @param contents whether blocks of zeros are left out @param enough where counting may end */
    private static long bytes(Path source, boolean contents, long enough) throws IOException {
        long[] sum = new long[1];
        Set<Object> seen = new HashSet<>();
        Files.walkFileTree(source, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                // a file of several names counts once
                if (attributes.isRegularFile() && (attributes.fileKey() == null || seen.add(attributes.fileKey()))) {
                    sum[0] += contents ? data(file, enough - sum[0]) : attributes.size();
                }
                return sum[0] > enough ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
            }
        });
        return sum[0];
    }

    private static long data(Path file, long enough) throws IOException {
        byte[] zeros = new byte[BLOCK];
        byte[] buffer = new byte[BLOCK];
        long bytes = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (int count; bytes <= enough && (count = in.readNBytes(buffer, 0, BLOCK)) > 0;) {
                bytes += Arrays.equals(buffer, 0, count, zeros, 0, count) ? 0 : count;
            }
        }
        return bytes;
    }
}
