// SPDX-License-Identifier: Apache-2.0
package dev.marshal.source;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Tar archives compressed with Zstandard (RFC 8878), whose bytes follow from names, contents and modes alone. */
public final class TarZst {

    private static final int LEVEL = 3;

    private TarZst() {}

    /**
     * @param root    folder that names are relative to
     * @param files   files and symbolic links below it, in the order in which they are written; all belong to root
     * @param time    the time that all entries bear
     * @param archive file to write
     */
    public static void write(Path root, List<Path> files, Instant time, Path archive) throws IOException {
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new ZstdOutputStream(new BufferedOutputStream(Files.newOutputStream(archive)), LEVEL).setChecksum(true),
                StandardCharsets.UTF_8.name())) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            tar.setAddPaxHeadersForNonAsciiNames(true);
            for (Path file : files) {
                tar.putArchiveEntry(entry(root, file, time));
                if (!Files.isSymbolicLink(file)) {
                    Files.copy(file, tar);
                }
                tar.closeArchiveEntry();
            }
        }
    }

    private static TarArchiveEntry entry(Path root, Path file, Instant time) throws IOException {
        String name = root.relativize(file).toString();
        TarArchiveEntry entry;
        if (Files.isSymbolicLink(file)) {
            entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
            entry.setLinkName(Files.readSymbolicLink(file).toString());
        } else {
            entry = new TarArchiveEntry(name);
            entry.setMode(Files.isExecutable(file) ? 0100755 : 0100644);
            entry.setSize(Files.size(file));
        }
        entry.setModTime(FileTime.from(time));
        return entry;
    }

    /** Undoes the compression alone. @param compressed any file in Zstandard's format @param file file to write */
    static void decompress(Path compressed, Path file) throws IOException {
        try (InputStream from = new ZstdInputStream(Files.newInputStream(compressed))) {
            Files.copy(from, file);
        }
    }
}
