// SPDX-License-Identifier: Apache-2.0
package dev.marshal.rootfs;

import java.io.InputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The content of a file in an image; holes read as zeros. Nothing is buffered: read it in large pieces. */
final class Ext4FileStream extends InputStream {

    private final Ext4Device device;
    private final List<BlockMap.Run> runs;
    private final long size;
    private long position;
    private int next;

    Ext4FileStream(Ext4Device device, List<BlockMap.Run> runs, long size) {
        this.device = device;
        this.runs = runs;
        this.size = size;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        if (position >= size) {
            return -1;
        }
        int blockSize = device.blockSize();
        while (next < runs.size() && (runs.get(next).logical() + runs.get(next).count()) * blockSize <= position) {
            next++;
        }
        long start = next < runs.size() ? runs.get(next).logical() * blockSize : size;
        int count;
        if (position < start) {
            count = (int) Math.min(length, Math.min(start, size) - position);
            Arrays.fill(bytes, offset, offset + count, (byte) 0);
        } else {
            BlockMap.Run run = runs.get(next);
            long end = Math.min(size, (run.logical() + run.count()) * blockSize);
            count = (int) Math.min(length, end - position);
            device.fill(run.physical() * blockSize + position - start, ByteBuffer.wrap(bytes, offset, count));
        }
        position += count;
        return count;
    }
}
