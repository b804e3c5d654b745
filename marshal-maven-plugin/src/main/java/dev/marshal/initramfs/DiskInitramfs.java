// SPDX-License-Identifier: Apache-2.0
package dev.marshal.initramfs;

import dev.marshal.rootfs.ImagePath;
import dev.marshal.uptodate.WholeOutput;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The initramfs of a workload with a disk: BusyBox, the modules, and the script that loads them, mounts the disk and goes on there.
 *
 * @param busybox a statically linked BusyBox for RISC-V
 * @param drivers folder with {@code lib/modules/RELEASE/…} in it, as depmod leaves it; may be missing
 * @param modules names of the modules to load, in their order
 * @param time    time of every file
 */
public record DiskInitramfs(Path busybox, Path drivers, List<String> modules, Instant time) {

    private static final int BUFFER = 1 << 16;

    /** All are needed. */
    public DiskInitramfs {
        Objects.requireNonNull(busybox, "busybox");
        Objects.requireNonNull(drivers, "drivers");
        Objects.requireNonNull(time, "time");
        modules = List.copyOf(modules);
    }

    /** @param archive cpio archive to write; appears whole or not at all */
    public void write(Path archive) throws IOException {
        InitramfsFiles files = new InitramfsFiles(time)
                .folder("/dev", 0755).device("/dev/console", 5, 1, 0600).device("/dev/null", 1, 3, 0666)
                .folder("/proc", 0755).folder("/sys", 0755).folder("/tmp", 01777).folder("/root", 0700).folder("/mnt", 0755).folder("/mnt/root", 0755)
                .folder("/bin", 0755).file("/bin/busybox", 0755, busybox).link(ImagePath.of("/bin/sh"), "busybox".getBytes(StandardCharsets.US_ASCII))
                .file("/init", 0755, InitScripts.disk())
                .folder("/etc", 0755).folder("/etc/marshal", 0755).moduleList("/etc/marshal/modules", modules)
                .folder("/lib", 0755).modules(drivers, ImagePath.of("/lib/modules"));
        WholeOutput.file(archive, temporary -> {
            try (CpioWriter cpio = new CpioWriter(new BufferedOutputStream(Files.newOutputStream(temporary), BUFFER))) {
                files.write(cpio);
            }
        });
    }
}
