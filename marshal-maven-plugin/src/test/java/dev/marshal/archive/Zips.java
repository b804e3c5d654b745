// SPDX-License-Identifier: Apache-2.0
package dev.marshal.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Zip archives with entries that no honest program writes. */
final class Zips {

    private Zips() {}

    /** @param mode type and permissions @param content of a link: where it leads */
    record Entry(String name, int mode, String content) {}

    static Entry file(String name, String content) {
        return new Entry(name, UnixStat.FILE_FLAG | 0644, content);
    }

    static Entry link(String name, String target) {
        return new Entry(name, UnixStat.LINK_FLAG | 0777, target);
    }

    static Path write(Path file, Entry... entries) throws IOException {
        try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(file)) {
            for (Entry each : entries) {
                ZipArchiveEntry entry = new ZipArchiveEntry(each.name());
                entry.setUnixMode(each.mode());
                out.putArchiveEntry(entry);
                out.write(each.content().getBytes(StandardCharsets.UTF_8));
                out.closeArchiveEntry();
            }
        }
        return file;
    }
}
