// SPDX-License-Identifier: Apache-2.0
package dev.marshal.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/** Archives for tests, with entries that no honest program writes. */
final class Archives {

    static final Instant TIME = Instant.parse("2021-03-04T05:06:07Z");

    private Archives() {}

    /** Writes entries of a tar archive. */
    static final class Tar {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final TarArchiveOutputStream out = new TarArchiveOutputStream(bytes);

        Tar folder(String name) throws IOException {
            return put(new TarArchiveEntry(name + "/", true), 0755, null);
        }

        Tar file(String name, int mode, String content) throws IOException {
            return put(new TarArchiveEntry(name, true), mode, content);
        }

        Tar link(String name, String target) throws IOException {
            TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
            entry.setLinkName(target);
            return put(entry, 0777, null);
        }

        Tar hardLink(String name, String target) throws IOException {
            TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_LINK);
            entry.setLinkName(target);
            return put(entry, 0644, null);
        }

        private Tar put(TarArchiveEntry entry, int mode, String content) throws IOException {
            byte[] data = content == null ? new byte[0] : content.getBytes(StandardCharsets.UTF_8);
            entry.setMode(mode);
            entry.setSize(data.length);
            entry.setModTime(FileTime.from(TIME));
            out.putArchiveEntry(entry);
            out.write(data);
            out.closeArchiveEntry();
            return this;
        }

        byte[] bytes() throws IOException {
            out.close();
            return bytes.toByteArray();
        }

        byte[] gzipped() throws IOException {
            ByteArrayOutputStream compressed = new ByteArrayOutputStream();
            try (GzipCompressorOutputStream gzip = new GzipCompressorOutputStream(compressed)) {
                gzip.write(bytes());
            }
            return compressed.toByteArray();
        }
    }

    /** Writes entries of a zip archive. */
    static final class Zip {

        private final SeekableInMemoryByteChannel channel = new SeekableInMemoryByteChannel();
        private final ZipArchiveOutputStream out;

        Zip() throws IOException {
            out = new ZipArchiveOutputStream(channel);
        }

        Zip file(String name, int mode, String content) throws IOException {
            return put(name, UnixStat.FILE_FLAG | mode, content);
        }

        Zip folder(String name) throws IOException {
            return put(name + "/", UnixStat.DIR_FLAG | 0755, "");
        }

        Zip link(String name, String target) throws IOException {
            return put(name, UnixStat.LINK_FLAG | 0777, target);
        }

        private Zip put(String name, int mode, String content) throws IOException {
            ZipArchiveEntry entry = new ZipArchiveEntry(name);
            entry.setUnixMode(mode);
            entry.setLastModifiedTime(FileTime.from(TIME));
            out.putArchiveEntry(entry);
            out.write(content.getBytes(StandardCharsets.UTF_8));
            out.closeArchiveEntry();
            return this;
        }

        byte[] bytes() throws IOException {
            out.close();
            return java.util.Arrays.copyOf(channel.array(), (int) channel.size());
        }
    }
}
