// SPDX-License-Identifier: Apache-2.0
package dev.marshal.uptodate;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files and folders that appear whole or not at all: written beside their place, flushed, renamed. What stood there before stays until then, and
 * stays for good if the writing fails.
 */
public final class WholeOutput {

    private static final String MARK = ".new-";
    private static final Pattern TEMPORARY = Pattern.compile("\\..*" + Pattern.quote(MARK) + "(\\d{1,18})-\\d+.*", Pattern.DOTALL);
    private static final AtomicLong COUNTER = new AtomicLong();

    private WholeOutput() {}

    /** Writes to a path that is not yet the final one. */
    @FunctionalInterface
    public interface Writer {
        /** @param temporary does not exist when a file is to be written; an empty folder when a folder is */
        void write(Path temporary) throws IOException;
    }

    /** Makes or replaces a file. */
    public static void file(Path target, Writer writer) throws IOException {
        Path temporary = beside(target);
        try {
            writer.write(temporary);
            flush(temporary);
            move(temporary, target);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Makes or replaces a folder. */
    public static void folder(Path target, Writer writer) throws IOException {
        Path temporary = beside(target);
        Path old = beside(target);
        try {
            Files.createDirectory(temporary);
            writer.write(temporary);
            if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
            }
            try {
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                if (Files.exists(old, LinkOption.NOFOLLOW_LINKS)) {
                    Files.move(old, target, StandardCopyOption.ATOMIC_MOVE);
                }
                throw e;
            }
        } finally {
            delete(temporary);
            delete(old);
        }
    }

    /**
     * Renames a file or folder so that nobody finds it any more; whoever comes by deletes it if the caller does not come to it.
     *
     * @param folder where it goes to, on the same file system
     * @return its new place
     */
    static Path moveAside(Path path, Path folder) throws IOException {
        return Files.move(path, beside(folder.resolve(path.getFileName())), StandardCopyOption.ATOMIC_MOVE);
    }

    /** The process that has written, or writes, to this path what is to appear elsewhere; empty for every other path. */
    public static Optional<Long> writer(Path path) {
        Matcher matcher = TEMPORARY.matcher(path.getFileName().toString());
        return matcher.matches() ? Optional.of(Long.parseLong(matcher.group(1))) : Optional.empty();
    }

    /** Deletes a file or folder with all that is in it, following no link. Nothing happens if there is none. */
    public static void delete(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static Path beside(Path target) throws IOException {
        Path absolute = target.toAbsolutePath();
        Files.createDirectories(absolute.getParent());
        String prefix = "." + absolute.getFileName() + MARK;
        deleteLeftovers(absolute.getParent(), prefix);
        return absolute.resolveSibling(prefix + ProcessHandle.current().pid() + "-" + COUNTER.incrementAndGet());
    }

    /** What a build that was killed had begun to write, and nobody will finish. */
    private static void deleteLeftovers(Path folder, String prefix) throws IOException {
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(folder, path -> path.getFileName().toString().startsWith(prefix))) {
            for (Path leftover : leftovers) {
                String pid = leftover.getFileName().toString().substring(prefix.length()).split("-")[0];
                if (pid.matches("\\d{1,18}") && ProcessHandle.of(Long.parseLong(pid)).isEmpty()) {
                    deleteIfStill(leftover);
                }
            }
        }
    }

    private static void deleteIfStill(Path leftover) throws IOException {
        try {
            delete(leftover);
        } catch (NoSuchFileException | DirectoryNotEmptyException e) {
            // another build that saw it too deletes it, or a program of the killed one still writes: whoever comes next deletes it
        }
    }

    private static void flush(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("the file system of " + to + " cannot rename files; put the build's folders on one that can", e);
        }
    }
}
