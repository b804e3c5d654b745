// SPDX-License-Identifier: Apache-2.0
package dev.marshal.distro.prebuilt;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;

/** Writes a file whose blocks of zeros are holes. */
final class SparseOutput extends OutputStream {

    private static final int BLOCK = 1 << 16;
    private static final byte[] ZEROS = new byte[BLOCK];

    private final RandomAccessFile file;
    private final byte[] block = new byte[BLOCK];
    private int filled;
    private long position;

    SparseOutput(Path path) throws IOException {
        file = new RandomAccessFile(path.toFile(), "rw");
        file.setLength(0);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int done = 0; done < length;) {
            int count = Math.min(BLOCK - filled, length - done);
            System.arraycopy(bytes, offset + done, block, filled, count);
            filled += count;
            done += count;
            if (filled == BLOCK) {
                writeBlock();
            }
        }
    }

    private void writeBlock() throws IOException {
        if (!Arrays.equals(block, 0, filled, ZEROS, 0, filled)) {
            file.seek(position);
            file.write(block, 0, filled);
        }
        position += filled;
        filled = 0;
    }

    @Override
    public void close() throws IOException {
        try (file) {
            writeBlock();
            file.setLength(position);
        }
    }
}
