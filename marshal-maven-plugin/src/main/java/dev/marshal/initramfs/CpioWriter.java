// SPDX-License-Identifier: Apache-2.0
package dev.marshal.initramfs;

import dev.marshal.problem.ProblemException;
import dev.marshal.rootfs.ImagePath;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveOutputStream;
import org.apache.commons.compress.archivers.cpio.CpioConstants;

/**
 * Writes a cpio archive in the one format that Linux unpacks as an initramfs ("newc"; {@code Documentation/driver-api/early-userspace/buffer-format.rst}).
 * The bytes follow from what is added alone: inodes are numbered in that order. Nothing is kept in memory but names.
 */
public final class CpioWriter implements Closeable {

    /** Archives end at a multiple of this, as those of GNU cpio do. */
    private static final int ALIGNMENT = 512;
    private static final long LARGEST = 0xffffffffL;
    private static final long LATEST = 0xffffffffL;

    private final CpioArchiveOutputStream out;
    private final byte[] buffer = new byte[1 << 20];
    private final Map<Object, Long> hardLinks = new HashMap<>();
    private long inodes;

    /** @param out where the archive goes; buffered by the caller; closed with the writer */
    public CpioWriter(OutputStream out) {
        // names are bytes: each is one character of this set
        this.out = new CpioArchiveOutputStream(out, CpioConstants.FORMAT_NEW, ALIGNMENT, StandardCharsets.ISO_8859_1.name());
    }

    /** Adds a folder, a device, a named pipe, or an empty file. */
    public void add(CpioEntry entry) throws IOException {
        out.putArchiveEntry(header(entry, 0, 1, ++inodes));
        out.closeArchiveEntry();
    }

    /** Adds a symbolic link. @param target where it leads, taken as it is */
    public void add(CpioEntry entry, byte[] target) throws IOException {
        out.putArchiveEntry(header(entry, target.length, 1, ++inodes));
        out.write(target, 0, target.length);
        out.closeArchiveEntry();
    }

    /**
     * Adds a file.
     *
     * @param size    bytes of its content, below 4 GiB
     * @param content read to the end, and not closed
     * @throws ProblemException if the file is larger than the format allows
     */
    public void add(CpioEntry entry, long size, InputStream content) throws IOException {
        write(entry, size, 1, ++inodes, content);
    }

    /** Opens a file's content. */
    @FunctionalInterface
    public interface Content {
        /** Called at most once. */
        InputStream open() throws IOException;
    }

    /**
     * Adds one of several names of a file. The content goes with the first.
     *
     * @param identity what the names have in common
     * @param names    how many names it has in all; those that are not added do no harm
     */
    public void add(CpioEntry entry, long size, Object identity, int names, Content content) throws IOException {
        Long inode = hardLinks.get(identity);
        if (inode != null) {
            out.putArchiveEntry(header(entry, 0, names, inode));
            out.closeArchiveEntry();
            return;
        }
        hardLinks.put(identity, ++inodes);
        try (InputStream in = content.open()) {
            write(entry, size, names, inodes, in);
        }
    }

    /** Ends the archive. */
    @Override
    public void close() throws IOException {
        out.close();
    }

    private void write(CpioEntry entry, long size, int names, long inode, InputStream content) throws IOException {
        if (size > LARGEST) {
            throw new ProblemException("the file " + entry.path() + " of " + size + " bytes is too large for an initramfs", null,
                    "Files in a diskless workload must be smaller than 4 GiB: remove it, or do without 'nodisk'");
        }
        out.putArchiveEntry(header(entry, size, names, inode));
        for (long left = size; left > 0;) {
            int count = content.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (count < 0) {
                throw new IOException(entry.path() + " ended " + left + " bytes before its size of " + size);
            }
            out.write(buffer, 0, count);
            left -= count;
        }
        out.closeArchiveEntry();
    }

    private static CpioArchiveEntry header(CpioEntry entry, long size, int names, long inode) {
        String name = entry.path().isRoot() ? "." : new String(entry.path().relativeTo(ImagePath.ROOT), StandardCharsets.ISO_8859_1);
        CpioArchiveEntry header = new CpioArchiveEntry(CpioConstants.FORMAT_NEW, name);
        header.setMode(entry.mode());
        header.setUID(Integer.toUnsignedLong(entry.uid()));
        header.setGID(Integer.toUnsignedLong(entry.gid()));
        header.setTime(Math.max(0, Math.min(LATEST, entry.time().getEpochSecond())));
        header.setSize(size);
        header.setInode(inode);
        header.setNumberOfLinks(names);
        header.setRemoteDeviceMaj(entry.major());
        header.setRemoteDeviceMin(entry.minor());
        return header;
    }
}
