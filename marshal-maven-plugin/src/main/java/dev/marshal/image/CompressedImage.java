// SPDX-License-Identifier: Apache-2.0
package dev.marshal.image;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import dev.marshal.tool.Toolbox;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.function.IntPredicate;

/** Images and symbols as they are published: Zstandard (RFC 8878), which packs the empty parts of an image to nearly nothing and unpacks faster than disks write. */
public final class CompressedImage {

    private static final int LEVEL = 3;
    private static final int BLOCK = 1 << 16;
    /** What a frame of zeros stands for: few bytes of the artifact for each, and little to look through for data. */
    static final int PART = 1 << 20;
    /** Bytes of the file that are looked at through one mapping: a multiple of a part. */
    private static final long WINDOW = 256L << 20;

    private CompressedImage() {}

    /**
     * Writes a row of frames, which every program for Zstandard unpacks as one file. A part that is all zeros, as most of an image is, becomes a copy of a
     * frame that is made once.
     *
     * @param file       what to compress; must not be cut short meanwhile
     * @param compressed file to write
     * @param tools      the host's programs, which may tell where the file has holes
     */
    public static void compress(Path file, Path compressed, Toolbox tools) throws IOException {
        Optional<BitSet> data = DataParts.of(file, PART, tools);
        compress(file, compressed, number -> data.isEmpty() || data.get().get(number));
    }

    /** @param mayHoldData tells by its number of every part that is not surely a hole */
    static void compress(Path file, Path compressed, IntPredicate mayHoldData) throws IOException {
        byte[] frameOfZeros = Zstd.compress(new byte[PART], LEVEL);
        ByteBuffer zeros = ByteBuffer.allocateDirect(PART);
        byte[] buffer = new byte[PART];
        try (FileChannel from = FileChannel.open(file);
                OutputStream to = new BufferedOutputStream(Files.newOutputStream(compressed));
                ZstdOutputStream frames = new ZstdOutputStream(to, LEVEL).setChecksum(true).setCloseFrameOnFlush(true)) {
            boolean begun = false;
            long size = from.size();
            int number = 0;
            for (long window = 0; window < size; window += WINDOW) {
                // holes are read in half the time that it takes to copy their zeros
                ByteBuffer mapped = from.map(FileChannel.MapMode.READ_ONLY, window, Math.min(WINDOW, size - window));
                while (mapped.hasRemaining()) {
                    ByteBuffer part = mapped.slice(mapped.position(), Math.min(PART, mapped.remaining()));
                    mapped.position(mapped.position() + part.remaining());
                    boolean hole = !mayHoldData.test(number++) && part.remaining() == PART;
                    if (hole || part.equals(zeros)) {
                        if (begun) {
                            frames.flush();
                        }
                        begun = false;
                        to.write(frameOfZeros);
                    } else {
                        int count = part.remaining();
                        part.get(buffer, 0, count);
                        frames.write(buffer, 0, count);
                        begun = true;
                    }
                }
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
