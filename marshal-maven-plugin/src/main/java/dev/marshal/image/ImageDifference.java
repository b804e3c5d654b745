// SPDX-License-Identifier: Apache-2.0
package dev.marshal.image;

import dev.marshal.problem.ProblemException;
import dev.marshal.tool.Command;
import dev.marshal.tool.Tool;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * An image as its difference from another one: a qcow2 image that holds only the clusters of 64 KiB that differ, each compressed with Zstandard. Laid
 * over the other image it is the image. The file names no backing file: what it stands on is said elsewhere, and whoever reads it says where that is.
 */
final class ImageDifference {

    private static final Duration LIMIT = Duration.ofMinutes(60);
    /** The header of qcow2, up to and with the incompatible features: docs/interop/qcow2.txt of QEMU. */
    private static final int HEADER = 80;
    private static final int MAGIC = 0x514649fb;
    private static final int BACKING_OFFSET = 8;
    private static final int SIZE = 24;
    private static final int FEATURES = 72;
    /** The one incompatible feature that is ours: another compression than zlib. */
    private static final long COMPRESSION_TYPE = 1 << 3;

    private final Tool qemuImg;

    /** @param qemuImg the program that writes and reads qcow2 */
    ImageDifference(Tool qemuImg) {
        this.qemuImg = qemuImg;
    }

    /**
     * Writes what has to be known to make an image of another.
     *
     * @param base       what the difference stands on
     * @param image      what it gives
     * @param difference file to write
     */
    void write(Path base, Path image, Path difference) throws IOException {
        Path layer = beside(difference);
        try {
            // a rebase of an empty layer writes to it the clusters that the two images do not share
            run("compare the root file system with the base's", "create", "-q", "-f", "qcow2", "-F", "raw", "-b", image.toAbsolutePath(), layer);
            run("compare the root file system with the base's", "rebase", "-q", "-f", "qcow2", "-F", "raw", "-b", base.toAbsolutePath(), layer);
            run("compress the difference from the base's root file system", "convert", "-q", "-c", "-f", "qcow2", "-O", "qcow2", "-B", base.toAbsolutePath(), "-F", "raw", "-o", "compression_type=zstd", layer,
                    difference.toAbsolutePath());
            run("compress the difference from the base's root file system", "rebase", "-q", "-u", "-f", "qcow2", "-b", "", difference.toAbsolutePath());
        } finally {
            Files.deleteIfExists(layer);
        }
    }

    /**
     * Makes the image.
     *
     * @param base       what the difference stands on; only read
     * @param difference what {@link #write} wrote
     * @param image      file to write
     * @throws ProblemException if the difference is none, or names files of this machine
     */
    void apply(Path base, Path difference, Path image) throws IOException {
        long size = size(difference);
        Path layer = beside(image);
        try {
            // images in the cache have their holes already; to look for more would take three times as long
            new Command("copy the root file system of the base", "cp").args("--reflink=auto", "--sparse=auto", "--no-preserve=all", "--", base.toAbsolutePath(), image.toAbsolutePath()).limit(LIMIT).check();
            try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
                file.setLength(size);
            }
            Files.copy(difference, layer);
            run("lay the difference over the base's root file system", "rebase", "-q", "-u", "-f", "qcow2", "-F", "raw", "-b", image.toAbsolutePath(), layer);
            run("lay the difference over the base's root file system", "commit", "-q", "-d", "-f", "qcow2", layer);
        } finally {
            Files.deleteIfExists(layer);
        }
    }

    /** The size of the image that a difference gives. A qcow2 file of somebody else's could name any file of this machine, to be read as if it were the image. */
    private static long size(Path difference) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        try (FileChannel channel = FileChannel.open(difference)) {
            while (header.hasRemaining() && channel.read(header) >= 0) {
                continue;
            }
        }
        if (header.hasRemaining() || header.getInt(0) != MAGIC || header.getLong(BACKING_OFFSET) != 0 || (header.getLong(FEATURES) & ~COMPRESSION_TYPE) != 0) {
            throw new ProblemException("this is no difference between images, which is a qcow2 file that refers to no other file", difference, "Delete the file so that it is fetched again; if it stays so, ask whoever published it");
        }
        return header.getLong(SIZE);
    }

    private void run(String what, Object... arguments) throws IOException {
        new Command(what, qemuImg.path().toString()).args(arguments).limit(LIMIT).check();
    }

    /** A file for the time being; bears the name of the file that is written, so that it is cleared away with it. */
    private static Path beside(Path file) {
        Path absolute = file.toAbsolutePath();
        return absolute.resolveSibling(absolute.getFileName() + ".layer");
    }
}
