// SPDX-License-Identifier: Apache-2.0
package dev.marshal.image;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** Images and symbols as they are published: Zstandard (RFC 8878), which packs the empty parts of an image to nearly nothing and unpacks faster than disks write. */
public final class CompressedImage {

    private static final int LEVEL = 3;
    private static final int BLOCK = 1 << 16;

    private CompressedImage() {}

    /** @param file what to compress @param compressed file to write */
    public static void compress(Path file, Path compressed) throws IOException {
        try (InputStream from = Files.newInputStream(file);
                OutputStream to = new ZstdOutputStream(Files.newOutputStream(compressed), LEVEL).setChecksum(true)) {
            byte[] buffer = new byte[1 << 20];
            for (int count; (count = from.read(buffer)) >= 0;) {
                to.write(buffer, 0, count);
            }
        }
    }

    /** Writes a file with holes where there are only zeros. @param compressed what to unpack @param file file to write; must not exist */
    public static void unpack(Path compressed, Path file) throws IOException {
        byte[] zeros = new byte[BLOCK];
        byte[] buffer = new byte[BLOCK];
        try (InputStream from = new ZstdInputStream(Files.newInputStream(compressed));
                FileChannel to = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            long position = 0;
            for (int count; (count = from.readNBytes(buffer, 0, BLOCK)) > 0; position += count) {
                if (!Arrays.equals(buffer, 0, count, zeros, 0, count)) {
                    to.write(ByteBuffer.wrap(buffer, 0, count), position);
                }
            }
            if (position > to.size()) {
                to.write(ByteBuffer.allocate(1), position - 1);
            }
        }
    }
}
