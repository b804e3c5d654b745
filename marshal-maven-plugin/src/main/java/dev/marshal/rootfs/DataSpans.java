// SPDX-License-Identifier: Apache-2.0
package dev.marshal.rootfs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Which blocks of a file hold anything but zeros: those get a place in an image, the others become holes. What the file's own holes are has no say, since two
 * hosts may differ in it: the same content gives the same image.
 */
final class DataSpans {

    private static final int BUFFER = 1 << 18;

    /** Blocks that follow each other. @param first the first of them, counted from the start of the file @param count how many */
    record Span(long first, long count) {}

    private final int blockSize;
    private final ByteBuffer zeros;
    private final ByteBuffer bytes;

    /** For any number of files, one after the other: memory is taken once. @param blockSize of the image, bytes */
    DataSpans(int blockSize) {
        this.blockSize = blockSize;
        this.zeros = ByteBuffer.allocateDirect(blockSize);
        this.bytes = ByteBuffer.allocateDirect(Math.max(BUFFER, blockSize));
    }

    /** Reads all of a file, which may be a link to one. */
    List<Span> of(Path file) throws IOException {
        List<Span> spans = new ArrayList<>();
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            long begun = -1;
            long block = 0;
            while (fill(in)) {
                for (int at = 0; at < bytes.limit(); at += blockSize, block++) {
                    int length = Math.min(blockSize, bytes.limit() - at);
                    boolean data = bytes.slice(at, length).mismatch(zeros.slice(0, length)) >= 0;
                    if (data && begun < 0) {
                        begun = block;
                    } else if (!data && begun >= 0) {
                        spans.add(new Span(begun, block - begun));
                        begun = -1;
                    }
                }
            }
            if (begun >= 0) {
                spans.add(new Span(begun, block - begun));
            }
        }
        return spans;
    }

    /** Fills the buffer, which only the end of the file leaves short. @return whether there is anything in it */
    private boolean fill(FileChannel in) throws IOException {
        bytes.clear();
        while (bytes.hasRemaining() && in.read(bytes) >= 0) {
            // until it is full
        }
        return bytes.flip().hasRemaining();
    }
}
