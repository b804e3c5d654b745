// SPDX-License-Identifier: Apache-2.0
package dev.marshal.rootfs;

import dev.marshal.problem.ProblemException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** An image as blocks. Whoever wrote it is not trusted: nothing outside the file system is ever read. Thread-safe. */
final class Ext4Device implements Closeable {

    private final Path image;
    private final FileChannel channel;
    private final Ext4Superblock superblock;

    Ext4Device(Path image) throws IOException {
        this.image = image;
        this.channel = FileChannel.open(image, StandardOpenOption.READ);
        try {
            this.superblock = Ext4Superblock.read(channel, image);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    Path image() {
        return image;
    }

    Ext4Superblock superblock() {
        return superblock;
    }

    int blockSize() {
        return superblock.blockSize();
    }

    /** A block's content. */
    ByteBuffer block(long number) throws IOException {
        return read(checked(number, 1) * blockSize(), blockSize());
    }

    /** Bytes from anywhere. */
    ByteBuffer read(long offset, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        fill(offset, bytes);
        return bytes.flip();
    }

    /** Fills the buffer from an offset in bytes. */
    void fill(long offset, ByteBuffer bytes) throws IOException {
        long at = offset;
        while (bytes.hasRemaining()) {
            int count = channel.read(bytes, at);
            if (count < 0) {
                throw damaged("it ends at byte " + channel.size() + ", before byte " + at + " that it refers to");
            }
            at += count;
        }
    }

    /** Copies content to another file without taking it through memory. */
    void transfer(long offset, long length, FileChannel to, long at) throws IOException {
        to.position(at);
        for (long done = 0; done < length;) {
            long count = channel.transferTo(offset + done, length - done, to);
            if (count <= 0) {
                throw damaged("it ends before byte " + (offset + length) + " that it refers to");
            }
            done += count;
        }
    }

    /** The block's number, if all the blocks exist. */
    long checked(long number, long count) {
        if (number <= 0 || number + count > superblock.blocks()) {
            throw damaged("it refers to block " + number + " of " + superblock.blocks());
        }
        return number;
    }

    ProblemException damaged(String how) {
        return new ProblemException("the ext4 file system in it is damaged: " + how, image, "Repair a copy with 'e2fsck -fy', or make the image anew");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
