// SPDX-License-Identifier: Apache-2.0
package dev.marshal.initramfs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The programs that Linux starts first. */
public final class InitScripts {

    private InitScripts() {}

    /** {@code /init} of a workload with a disk: loads the modules, mounts the disk and goes on there. */
    public static String disk() throws IOException {
        return read("disk-init");
    }

    /** {@code /init} of a diskless workload: loads the modules and starts the init of the root filesystem. */
    public static String nodisk() throws IOException {
        return read("nodisk-init");
    }

    private static String read(String name) throws IOException {
        try (InputStream in = InitScripts.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
