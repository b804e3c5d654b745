// SPDX-License-Identifier: Apache-2.0
package dev.marshal.uptodate;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.function.Consumer;

/**
 * What {@linkplain Step#reusable() reusable} steps made before, by the inputs that it was made of: an edit that is taken back, a second workload with
 * the same kernel and a build after {@code clean} copy it instead of making it again. Outputs are known by their place in {@link Step#outputs()}: their
 * names may contain that of the project.
 */
public final class BuiltOutputs {

    private static final String FOLDER = "built";

    private final Path cache;
    private final Consumer<Step> taken;

    /**
     * @param cache folder of what builds share
     * @param taken told of a step whose outputs are copies
     */
    public BuiltOutputs(Path cache, Consumer<Step> taken) {
        this.cache = cache;
        this.taken = taken;
    }

    /** Copies the outputs of a step to their places, if they were made before of these inputs. @return whether they are there now */
    boolean take(Step step, Inputs inputs) throws IOException {
        Path entry = entry(step, inputs);
        if (!LastUse.claim(cache, entry)) {
            return false;
        }
        try (CacheLock lock = lock(entry)) {
            List<Path> outputs = step.outputs();
            for (int i = 0; i < outputs.size(); i++) {
                copy(entry.resolve(Integer.toString(i)), outputs.get(i));
            }
        } catch (NoSuchFileException e) {
            return false; // somebody deleted it a moment ago, or a part of it
        }
        taken.accept(step);
        return true;
    }

    /** Keeps copies of what a step has made. */
    void keep(Step step, Inputs inputs) throws IOException {
        Path entry = entry(step, inputs);
        try (CacheLock lock = lock(entry)) {
            WholeOutput.folder(entry, temporary -> {
                List<Path> outputs = step.outputs();
                for (int i = 0; i < outputs.size(); i++) {
                    copy(outputs.get(i), temporary.resolve(Integer.toString(i)));
                }
            });
        }
    }

    private Path entry(Step step, Inputs inputs) {
        return cache.resolve(FOLDER).resolve(step.name() + "-" + inputs.fingerprint().substring(0, 32));
    }

    private CacheLock lock(Path entry) throws IOException {
        return CacheLock.hold(cache.resolve("locks").resolve(FOLDER + "-" + entry.getFileName()), () -> {});
    }

    private static void copy(Path from, Path to) throws IOException {
        if (Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS)) {
            WholeOutput.folder(to, temporary -> copyTree(from, temporary));
        } else {
            WholeOutput.file(to, temporary -> Files.copy(from, temporary, StandardCopyOption.COPY_ATTRIBUTES));
        }
    }

    private static void copyTree(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (!folder.equals(from)) {
                    Files.copy(folder, to.resolve(from.relativize(folder)), StandardCopyOption.COPY_ATTRIBUTES);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
