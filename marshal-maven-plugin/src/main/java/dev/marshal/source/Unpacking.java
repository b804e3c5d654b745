// SPDX-License-Identifier: Apache-2.0
package dev.marshal.source;

import dev.marshal.problem.ProblemException;
import dev.marshal.tool.Command;
import dev.marshal.tool.HostTools;
import dev.marshal.tool.Toolbox;
import dev.marshal.uptodate.WholeOutput;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** Unpacks archives of sources. Nothing gets out of the folder, whatever an archive says; times of files are those of the archive. */
final class Unpacking {

    private static final Duration LIMIT = Duration.ofMinutes(30);

    private static final String DISK_FULL = "No space left on device";

    private final Toolbox tools;

    Unpacking(Toolbox tools) {
        this.tools = tools;
    }

    /**
     * @param archive tar, compressed or not, or zip
     * @param folder  empty; if all of the archive is in one top folder, that folder's content comes here
     * @throws ProblemException if the archive is damaged, or an entry would leave the folder
     */
    void unpack(Path archive, Path folder) throws IOException {
        Path target = folder.toAbsolutePath().normalize();
        if (archive.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".zip")) {
            try {
                unzip(archive, target);
            } catch (ZipException | EOFException e) {
                throw damaged(archive, e.getMessage());
            }
        } else if (archive.toString().endsWith(".zst")) {
            Path tar = target.resolveSibling(target.getFileName() + ".tar");
            try {
                decompress(archive, tar);
                untar(archive, tar, target);
            } finally {
                Files.deleteIfExists(tar);
            }
        } else {
            untar(archive, archive, target);
        }
        strip(target);
        checkLinks(archive, target);
    }

    /** The host's tar may lack the program for it. */
    private static void decompress(Path archive, Path tar) throws IOException {
        try {
            TarZst.decompress(archive, tar);
        } catch (IOException e) {
            if (e.getMessage() != null && e.getMessage().contains(DISK_FULL)) {
                throw e;
            }
            throw damaged(archive, e.getMessage());
        }
    }

    private void untar(Path archive, Path tar, Path folder) throws IOException {
        if (archive.toString().endsWith("xz")) {
            tools.require(HostTools.XZ);
        } else if (archive.toString().endsWith("bz2")) {
            tools.require(HostTools.BZIP2);
        }
        // tar itself takes a leading '/' off, refuses '..' and never writes through a link that it has just made
        Command.Outcome outcome = new Command("unpack " + archive, tools.require(HostTools.TAR).path().toString())
                .args("--extract", "--file", tar, "--directory", folder, "--no-same-owner", "--no-same-permissions", "--delay-directory-restore").env("LC_ALL", "C").limit(LIMIT).run();
        if (outcome.exit() != 0) {
            List<String> leaving = outcome.tail().stream().filter(line -> line.contains("contains '..'")).toList();
            if (!leaving.isEmpty()) {
                throw new ProblemException("an entry of the archive would leave the folder that it is unpacked to: " + leaving.get(0), archive, "Do not use this archive");
            }
            if (outcome.tail().stream().anyMatch(line -> line.contains(DISK_FULL))) {
                throw new IOException(DISK_FULL);
            }
            throw damaged(archive, String.join("; ", outcome.tail()));
        }
    }

    private static ProblemException damaged(Path archive, String why) {
        return new ProblemException("the archive cannot be unpacked: " + why, archive, "It is damaged or no archive: delete it so that it is fetched again, or name another source");
    }

    private static void unzip(Path archive, Path folder) throws IOException {
        try (ZipFile zip = ZipFile.builder().setPath(archive).get()) {
            for (ZipArchiveEntry entry : Collections.list(zip.getEntriesInPhysicalOrder())) {
                Path target = folder.resolve(entry.getName()).normalize();
                if (!target.startsWith(folder) || entry.getName().startsWith("/")) {
                    throw new ProblemException("an entry of the archive would leave the folder that it is unpacked to: " + entry.getName(), archive, "Do not use this archive");
                }
                if (entry.isUnixSymlink()) {
                    throw new ProblemException("the zip archive holds the link " + entry.getName() + "; links are taken from tar archives only", archive, "Pack the source as tar");
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                    continue;
                }
                Files.createDirectories(target.getParent());
                try (InputStream in = zip.getInputStream(entry)) {
                    Files.copy(in, target);
                }
                Files.setLastModifiedTime(target, entry.getLastModifiedTime());
                if ((entry.getUnixMode() & 0100) != 0 && !target.toFile().setExecutable(true, false)) {
                    throw new IOException("could not make " + target + " executable");
                }
            }
        }
    }

    /** A link that leads out could be written through later, by whatever builds here. */
    private static void checkLinks(Path archive, Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isSymbolicLink()) {
                    Path target = Files.readSymbolicLink(file);
                    if (target.isAbsolute() || !file.resolveSibling(target).normalize().startsWith(folder)) {
                        throw new ProblemException("the link " + folder.relativize(file) + " of the archive leads out of it, to " + target, archive, "Do not use this archive");
                    }
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void strip(Path folder) throws IOException {
        List<Path> top;
        try (Stream<Path> entries = Files.list(folder)) {
            top = entries.toList();
        }
        if (top.size() != 1 || !Files.isDirectory(top.get(0), LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Path only = folder.resolve(".marshal-top");
        Files.move(top.get(0), only);
        try (Stream<Path> entries = Files.list(only)) {
            for (Path entry : entries.toList()) {
                Files.move(entry, folder.resolve(entry.getFileName()), StandardCopyOption.ATOMIC_MOVE);
            }
        }
        WholeOutput.delete(only);
    }
}
