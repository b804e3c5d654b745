// SPDX-License-Identifier: Apache-2.0
package dev.marshal.kernel;

import com.github.luben.zstd.ZstdInputStream;
import dev.marshal.problem.ProblemException;
import dev.marshal.source.TarZst;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * A kernel's build folder as one file: a tar archive, compressed with Zstandard. Owners, times and the order of entries are fixed; what is large and
 * quickly made again is left out.
 */
final class TreeArchive {

    private TreeArchive() {}

    /**
     * @param build   the folder
     * @param source  the source that it stands in: what names this path is left out, and made again elsewhere
     * @param time    the time that all entries bear
     * @param archive file to write
     */
    static void write(Path build, Path source, Instant time, Path archive) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(build)) {
            // links are made again by make; there is none but the one to the source
            all = walk.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && !leftOut(build.relativize(file).toString())).sorted().toList();
        }
        List<Path> files = new ArrayList<>();
        for (Path file : all) {
            if (!file.toString().endsWith(".cmd") || !Files.readString(file, StandardCharsets.ISO_8859_1).contains(source.toString())) {
                files.add(file);
            }
        }
        TarZst.write(build, files, time, archive);
    }

    private static boolean leftOut(String file) {
        return KernelTree.LINKED.contains(file) || file.startsWith(".tmp_") || file.startsWith(KernelTrees.OWN) || file.equals("System.map");
    }

    /**
     * All files get the same time, the present: none is newer than another, and all are newer than the source, so that make takes them as they are.
     *
     * @param archive what {@link #write} has written
     * @param build   empty folder
     * @throws ProblemException if it is damaged, or an entry would leave the folder
     */
    static void unpack(Path archive, Path build) throws IOException {
        Path folder = build.toAbsolutePath().normalize();
        FileTime now = FileTime.from(Instant.now());
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new ZstdInputStream(Files.newInputStream(archive)), StandardCharsets.UTF_8.name())) {
            for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null;) {
                Path target = folder.resolve(entry.getName()).normalize();
                if (!target.startsWith(folder) || target.equals(folder)) {
                    throw refused(archive, "the entry '" + entry.getName() + "' would leave the folder that the archive is unpacked to");
                }
                if (entry.getLinkFlag() != TarConstants.LF_NORMAL && entry.getLinkFlag() != TarConstants.LF_OLDNORM) {
                    throw refused(archive, "the entry '" + entry.getName() + "' is no file");
                }
                if (Files.exists(target)) {
                    throw refused(archive, "the entry '" + entry.getName() + "' stands twice");
                }
                write(tar, entry, target, now);
            }
        } catch (EOFException e) {
            throw damaged(archive, e);
        } catch (IOException e) {
            if (e.getClass() != IOException.class && !e.getClass().getName().startsWith("com.github.luben.zstd") || e.getMessage() != null && e.getMessage().contains("No space left")) {
                throw e;
            }
            throw damaged(archive, e);
        }
    }

    private static void write(InputStream tar, TarArchiveEntry entry, Path target, FileTime time) throws IOException {
        Files.createDirectories(target.getParent());
        Files.copy(tar, target);
        if ((entry.getMode() & 0100) != 0 && !target.toFile().setExecutable(true, false)) {
            throw new IOException("could not make " + target + " executable");
        }
        Files.setLastModifiedTime(target, time);
    }

    private static ProblemException damaged(Path archive, IOException cause) {
        return new ProblemException("the archive of a kernel's build folder cannot be unpacked: " + cause.getMessage(), archive, "It is damaged: delete it so that it is fetched again", cause);
    }

    private static ProblemException refused(Path archive, String what) {
        return new ProblemException(what, archive, "Do not use this artifact; ask whoever published it");
    }
}
