// SPDX-License-Identifier: Apache-2.0
package dev.marshal.kernel;

import dev.marshal.project.WorkloadProject;
import dev.marshal.source.SourceTree;
import dev.marshal.tool.Command;
import dev.marshal.uptodate.CacheLock;
import dev.marshal.uptodate.LastUse;
import dev.marshal.uptodate.Sha256;
import dev.marshal.uptodate.WholeOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The build folders of kernels: one a configuration, kept. A folder that is a direct child of the source tree refers to it as {@code ..} and can be
 * copied; a new configuration starts from a copy of the folder whose configuration differs least.
 */
final class KernelTrees {

    /** How the names of our own files in a build folder begin. */
    static final String OWN = ".marshal-";
    private static final String PREFIX = "marshal-build-";
    /** In a build folder: what it was compiled with. Written when the first compile is complete. */
    private static final String COMPILER = OWN + "compiler";

    private KernelTrees() {}

    /** Where the build folders of a source are. */
    static Path folder(WorkloadProject project, SourceTree source) {
        return source.shared() ? source.folder() : project.cache().kernels().resolve(Sha256.of(source.folder().toAbsolutePath().toString()).substring(0, 32));
    }

    /** Holds a build folder; the name of the lock is the same by whatever path the cache is reached. */
    static CacheLock lock(WorkloadProject project, Path build) throws IOException {
        return CacheLock.hold(project.cache().lock("kernel-" + Sha256.of(project.cache().folder().relativize(build).toString()).substring(0, 32)),
                () -> project.log().info("waiting for another build that uses " + build));
    }

    /** The build folder for a configuration, whether it exists or not. */
    static Path of(WorkloadProject project, SourceTree source, Path config) throws IOException {
        return of(project, source, project.digests().of(config));
    }

    /** The build folder for a configuration with this SHA-256, whether it exists or not. */
    static Path of(WorkloadProject project, SourceTree source, String config) {
        String key = Sha256.of(source.identity() + "\n" + project.crossCompiler().version() + "\n" + config);
        return folder(project, source).resolve(PREFIX + key.substring(0, 32));
    }

    /** Makes the build folder if there is none. To be called while it is held. */
    static void prepare(WorkloadProject project, SourceTree source, Path build, Path config) throws IOException {
        if (LastUse.claim(project.cache().folder(), build)) {
            return;
        }
        PublishedTrees published = new PublishedTrees(project, source);
        Optional<Candidate> local = nearest(project, build, config);
        Optional<Path> unpacked = published.unpackNearer(build, Fragment.symbols(config), local.map(Candidate::distance).orElse(Integer.MAX_VALUE));
        if (unpacked.isPresent() && unpacked.get().equals(build)) {
            return;
        }
        Optional<Path> candidate = unpacked.or(() -> local.map(Candidate::tree));
        Optional<Path> nearest = candidate.isPresent() && LastUse.claim(project.cache().folder(), candidate.get()) ? candidate : Optional.empty();
        nearest.ifPresent(tree -> project.log().info("starting from the kernel tree of the nearest configuration, " + tree.getFileName()));
        WholeOutput.folder(build, temporary -> {
            if (nearest.isPresent()) {
                try (CacheLock lock = lock(project, nearest.get())) {
                    new Command("copy the kernel tree " + nearest.get(), "cp").args("-a", "--reflink=auto", nearest.get() + "/.", temporary).limit(Duration.ofMinutes(30)).check();
                }
                Files.deleteIfExists(temporary.resolve(COMPILER));
            }
            Files.copy(config, temporary.resolve(".config"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        });
    }

    /** Notes that a build folder is complete, so that others may start from it. */
    static void complete(WorkloadProject project, Path build) throws IOException {
        Path mark = build.resolve(COMPILER);
        if (!Files.exists(mark)) {
            WholeOutput.file(mark, temporary -> Files.writeString(temporary, project.crossCompiler().version()));
        }
    }

    /** Whether others may start from a build folder. */
    static boolean isComplete(WorkloadProject project, Path build) {
        try {
            return Files.readString(build.resolve(COMPILER)).equals(project.crossCompiler().version());
        } catch (IOException e) {
            return false; // not there, or not complete
        }
    }

    private record Candidate(Path tree, int distance) {}

    private static Optional<Candidate> nearest(WorkloadProject project, Path build, Path config) throws IOException {
        if (!Files.isDirectory(build.getParent())) {
            return Optional.empty();
        }
        Map<String, String> wanted = Fragment.symbols(config);
        try (Stream<Path> siblings = Files.list(build.getParent())) {
            return siblings.filter(tree -> tree.getFileName().toString().startsWith(PREFIX) && isComplete(project, tree))
                    .map(tree -> new Candidate(tree, distance(wanted, tree.resolve(".config"))))
                    .min(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::tree));
        }
    }

    /** How many symbols a configuration sets otherwise than wanted; the largest number if it cannot be read. */
    static int distance(Map<String, String> wanted, Path config) {
        try {
            Map<String, String> has = Fragment.symbols(config);
            Set<String> symbols = new HashSet<>(wanted.keySet());
            symbols.addAll(has.keySet());
            return (int) symbols.stream().filter(symbol -> !wanted.getOrDefault(symbol, "n").equals(has.getOrDefault(symbol, "n"))).count();
        } catch (IOException e) {
            return Integer.MAX_VALUE;
        }
    }
}
