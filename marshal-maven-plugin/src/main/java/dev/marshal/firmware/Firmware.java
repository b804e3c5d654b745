// SPDX-License-Identifier: Apache-2.0
package dev.marshal.firmware;

import java.io.IOException;
import java.nio.file.Path;

/** What a machine runs before Linux. */
public interface Firmware {

    /**
     * Links a kernel into one ELF file that simulators start with.
     *
     * @param image {@code arch/riscv/boot/Image}
     * @param elf   file to write; appears whole
     * @param log   gets what the tools print
     * @throws dev.marshal.tool.ToolFailure if the firmware does not compile
     */
    void link(Path image, Path elf, Path log) throws IOException;
}
