// SPDX-License-Identifier: Apache-2.0
package dev.marshal.firmware;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files with the header of a Linux image for RISC-V. */
final class Images {

    private Images() {}

    /** @param fileSize in bytes @param memorySize in bytes */
    static Path write(Path file, int fileSize, long memorySize, String mark) throws IOException {
        ByteBuffer image = ByteBuffer.allocate(fileSize).order(ByteOrder.LITTLE_ENDIAN);
        image.putLong(8, 0x200000).putLong(16, memorySize).putInt(32, 2);
        image.put(48, "RISCV\0\0\0".getBytes(StandardCharsets.US_ASCII)).put(56, "RSC\u0005".getBytes(StandardCharsets.US_ASCII));
        image.put(64, mark.getBytes(StandardCharsets.US_ASCII));
        return Files.write(file, image.array());
    }
}
