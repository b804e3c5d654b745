// SPDX-License-Identifier: Apache-2.0
package dev.marshal.firmware;

import dev.marshal.problem.ProblemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What a kernel says of itself, in the header of {@code Image} (Linux, Documentation/riscv/boot-image-header.rst).
 *
 * @param file       the image
 * @param memorySize how much memory it takes from its first byte on, in bytes: more than the file has, since it ends in memory that starts as zeros
 */
record KernelImage(Path file, long memorySize) {

    /** Linux maps itself with one table of 2 MiB pages before it has memory for more (alloc_pmd_early in arch/riscv/mm/init.c), and hangs without a word if it is larger. */
    private static final long LARGEST = 1 << 30;
    private static final int HEADER = 64;
    private static final int IMAGE_SIZE = 16;
    private static final int MAGIC2 = 56;
    /** "RSC\x05" */
    private static final int MAGIC2_VALUE = 0x05435352;

    /** @throws ProblemException if it is no kernel for RISC-V, or one that cannot start */
    static KernelImage read(Path file) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (header.hasRemaining()) {
                if (channel.read(header) < 0) {
                    throw notLinux(file, "it is shorter than the header");
                }
            }
        }
        if (header.getInt(MAGIC2) != MAGIC2_VALUE) {
            throw notLinux(file, "its header lacks the magic number");
        }
        long memorySize = header.getLong(IMAGE_SIZE);
        if (Long.compareUnsigned(memorySize, LARGEST) > 0) {
            throw new ProblemException("Linux takes " + (memorySize >>> 20) + " MiB of memory with its initramfs, as compressed as its configuration asks for; on RISC-V it starts with at most "
                    + (LARGEST >> 20) + " MiB", file, "Bring less into the root filesystem, have CONFIG_INITRAMFS_COMPRESSION_ZSTD or _XZ in 'linux.config', or do without 'nodisk'");
        }
        return new KernelImage(file, memorySize);
    }

    private static ProblemException notLinux(Path file, String why) {
        return new ProblemException("this is no Linux image for RISC-V: " + why, file, "Check 'linux.source' and the kernel's log");
    }

    /** Writes it with the zeros that it ends in in memory, as a hole. Firmware that puts something behind it then leaves them alone. */
    void copyPadded(Path target) throws IOException {
        try (FileChannel from = FileChannel.open(file, StandardOpenOption.READ);
                FileChannel to = FileChannel.open(target, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            long size = from.size();
            for (long position = 0; position < size;) {
                position += from.transferTo(position, size - position, to);
            }
            if (memorySize > size) {
                to.write(ByteBuffer.allocate(1), memorySize - 1);
            }
        }
    }
}
