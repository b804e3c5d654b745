// SPDX-License-Identifier: Apache-2.0
package dev.marshal.distro.prebuilt;

import com.github.luben.zstd.ZstdInputStream;
import dev.marshal.distro.prebuilt.PartitionTable.Partition;
import dev.marshal.problem.ProblemException;
import dev.marshal.project.WorkloadProject;
import dev.marshal.rootfs.Ext4Superblock;
import dev.marshal.tool.Command;
import dev.marshal.tool.HostTools;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** An image that somebody else published, in whatever form: told by its first bytes, not by its name. */
final class DiskImage {

    private static final Duration LIMIT = Duration.ofMinutes(30);
    private static final int CHUNK = 1 << 20;
    private static final byte[] XZ = {(byte) 0xfd, '7', 'z', 'X', 'Z', 0};
    private static final byte[] GZIP = {0x1f, (byte) 0x8b};
    private static final byte[] ZSTD = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};
    private static final byte[] QCOW = {'Q', 'F', 'I', (byte) 0xfb};

    private final WorkloadProject project;
    private final Path folder;

    /** @param folder for what is unpacked; whoever calls deletes it */
    DiskImage(WorkloadProject project, Path folder) {
        this.project = project;
        this.folder = folder;
    }

    /** The image as a disk or file system, byte for byte; the file itself if it is that already. */
    Path raw(Path file) throws IOException {
        Path unpacked = unpacked(file);
        if (!starts(unpacked, QCOW)) {
            return unpacked;
        }
        // an image of a foreign origin could name any file of the host as the one below it
        if (readLong(unpacked, 8) != 0) {
            throw new ProblemException("the qcow2 image is a layer over another image, which is not taken", file, "Make one image of both: qemu-img convert -O qcow2 IMAGE WHOLE");
        }
        Path raw = folder.resolve("disk.raw");
        new Command("read the qcow2 image", project.tools().require(HostTools.QEMU_IMG).path().toString()).args("convert", "-q", "-f", "qcow2", "-O", "raw", "-S", "4k", unpacked, raw).limit(LIMIT).check();
        return raw;
    }

    private Path unpacked(Path file) throws IOException {
        Path unpacked = folder.resolve("unpacked");
        try {
            if (starts(file, XZ)) {
                try (OutputStream out = new SparseOutput(unpacked)) {
                    new Command("unpack the image", project.tools().require(HostTools.XZ).path().toString()).args("--decompress", "--stdout", "--quiet", "--", file).copyTo(out).limit(LIMIT).check();
                }
                return unpacked;
            }
            if (starts(file, GZIP)) {
                try (InputStream in = new GZIPInputStream(new BufferedInputStream(Files.newInputStream(file)), CHUNK); OutputStream out = new SparseOutput(unpacked)) {
                    in.transferTo(out);
                }
                return unpacked;
            }
            if (starts(file, ZSTD)) {
                try (InputStream in = new ZstdInputStream(new BufferedInputStream(Files.newInputStream(file))); OutputStream out = new SparseOutput(unpacked)) {
                    in.transferTo(out);
                }
                return unpacked;
            }
        } catch (java.util.zip.ZipException | java.io.EOFException | com.github.luben.zstd.ZstdIOException e) {
            throw new ProblemException("the image cannot be unpacked: " + e.getMessage(), file, "It is damaged: fetch or make it again", e);
        }
        return file;
    }

    /**
     * The root file system in a disk image.
     *
     * @param wanted number or label of the partition; empty for the only one that can be it
     * @return nothing if the whole image is one file system
     * @throws ProblemException if there is none, or more than one
     */
    static Optional<Partition> root(Path raw, Path file, Optional<String> wanted) throws IOException {
        List<Partition> partitions = PartitionTable.of(raw).partitions();
        if (partitions.isEmpty()) {
            if (wanted.isPresent()) {
                throw new ProblemException("the image has no partitions, so none that is '" + wanted.get() + "'", file, "Remove 'distro.opts.partition': the whole image is the file system");
            }
            return Optional.empty();
        }
        String all = partitions.stream().map(each -> each.number() + (each.label().isEmpty() ? "" : " '" + each.label() + "'") + " (" + (each.length() >> 20) + " MiB" + (each.linux() ? ", Linux" : "") + ")").collect(Collectors.joining(", "));
        if (wanted.isPresent()) {
            return Optional.of(partitions.stream().filter(each -> wanted.get().equals(Integer.toString(each.number())) || wanted.get().equals(each.label()) || wanted.get().equals(label(raw, each))).findFirst()
                    .orElseThrow(() -> new ProblemException("the disk image has no partition '" + wanted.get() + "'; it has " + all, file, "Set 'distro.opts.partition' to a number or label of these")));
        }
        List<Partition> linux = partitions.stream().filter(Partition::linux).toList();
        List<Partition> candidates = linux.size() > 1 ? linux.stream().filter(each -> label(raw, each) != null).toList() : linux;
        if (candidates.isEmpty()) {
            throw new ProblemException("the disk image has no Linux partition; it has " + all, file, "Take another image; or set 'distro.opts.partition' to the number or label of the one that holds the root file system");
        }
        if (candidates.size() > 1) {
            throw new ProblemException("the disk image has " + candidates.size() + " Linux partitions; it has " + all, file, "Set 'distro.opts.partition' to the number or label of the one that holds the root file system");
        }
        return Optional.of(candidates.get(0));
    }

    /** Copies a part of an image, holes and zeros as holes. */
    static void extract(Path raw, long start, long length, Path target) throws IOException {
        try (FileChannel in = FileChannel.open(raw, StandardOpenOption.READ); SparseOutput out = new SparseOutput(target)) {
            ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
            for (long at = 0; at < length;) {
                buffer.clear().limit((int) Math.min(CHUNK, length - at));
                int count = in.read(buffer, start + at);
                if (count < 0) {
                    break;
                }
                out.write(buffer.array(), 0, count);
                at += count;
            }
        }
    }

    /** The label of the ext4 file system in a partition; null if there is no such file system. */
    private static String label(Path raw, Partition partition) {
        Path head = null;
        try {
            head = Files.createTempFile("marshal-superblock", null);
            extract(raw, partition.start(), 4096, head);
            return Ext4Superblock.of(head).label();
        } catch (IOException | ProblemException e) {
            return null;
        } finally {
            if (head != null) {
                head.toFile().delete();
            }
        }
    }

    private static boolean starts(Path file, byte[] magic) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(magic.length), magic);
        }
    }

    private static long readLong(Path file, long position) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(8);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.read(buffer, position);
        }
        return buffer.flip().remaining() < 8 ? 0 : buffer.getLong();
    }
}
