// SPDX-License-Identifier: Apache-2.0
package dev.marshal.initramfs;

import dev.marshal.rootfs.Ext4Inode;
import dev.marshal.rootfs.Ext4Reader;
import dev.marshal.rootfs.FileKind;
import dev.marshal.rootfs.ImageEntry;
import dev.marshal.rootfs.ImagePath;
import dev.marshal.uptodate.WholeOutput;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The initramfs of a diskless workload: its whole root filesystem, read from the image as it is written, with the modules and the script that loads
 * them and starts the root filesystem's init. What the script needs is in {@code /.marshal}; a {@code /init} of the image is replaced.
 *
 * @param busybox a statically linked BusyBox for RISC-V
 * @param drivers folder with {@code lib/modules/RELEASE/…} in it, as depmod leaves it; may be missing
 * @param modules names of the modules to load, in their order
 * @param time    time of the files that do not come from the image
 */
public record NodiskInitramfs(Path busybox, Path drivers, List<String> modules, Instant time) {

    private static final int BUFFER = 1 << 16;
    private static final ImagePath LOST_AND_FOUND = ImagePath.of("/lost+found");

    /** All are needed. */
    public NodiskInitramfs {
        Objects.requireNonNull(busybox, "busybox");
        Objects.requireNonNull(drivers, "drivers");
        Objects.requireNonNull(time, "time");
        modules = List.copyOf(modules);
    }

    /**
     * Writes it.
     *
     * @param image   ext4 image of the root filesystem
     * @param archive cpio archive to write; appears whole or not at all
     */
    public void write(Path image, Path archive) throws IOException {
        try (Ext4Reader reader = Ext4Reader.open(image)) {
            InitramfsFiles files = ours(reader);
            WholeOutput.file(archive, temporary -> {
                try (CpioWriter cpio = new CpioWriter(new BufferedOutputStream(Files.newOutputStream(temporary), BUFFER))) {
                    reader.walk(ImagePath.ROOT, entry -> add(reader, entry, files, cpio));
                    files.write(cpio);
                }
            });
        }
    }

    private InitramfsFiles ours(Ext4Reader reader) throws IOException {
        InitramfsFiles files = new InitramfsFiles(time)
                .folder("/dev", 0755).folder("/.marshal", 0755).file("/.marshal/busybox", 0755, busybox)
                .moduleList("/.marshal/modules", modules)
                .file("/init", 0755, InitScripts.nodisk());
        // the kernel opens the console before anything else runs
        if (reader.find(ImagePath.of("/dev/console"), false).isEmpty()) {
            files.device("/dev/console", 5, 1, 0600);
        }
        if (reader.find(ImagePath.of("/dev/null"), false).isEmpty()) {
            files.device("/dev/null", 1, 3, 0666);
        }
        if (Files.isDirectory(drivers.resolve("lib/modules"))) {
            ImagePath lib = folder(reader, ImagePath.of("/lib"));
            files.folder(lib, 0755).modules(drivers, folder(reader, lib.resolve("modules")));
        }
        return files;
    }

    /** Where a folder really is: {@code /lib} is a link to {@code usr/lib} in many distributions, which the archive cannot follow. */
    private static ImagePath folder(Ext4Reader reader, ImagePath path) throws IOException {
        Optional<ImageEntry> found = reader.find(path, true);
        return found.isPresent() && found.get().kind() == FileKind.FOLDER ? found.get().path() : path;
    }

    private static void add(Ext4Reader reader, ImageEntry entry, InitramfsFiles files, CpioWriter cpio) throws IOException {
        Ext4Inode inode = entry.inode();
        if (entry.path().equals(LOST_AND_FOUND)) {
            return;
        }
        if (files.has(entry.path())) {
            if (!files.hasFolder(entry.path()) || entry.kind() != FileKind.FOLDER) {
                return;
            }
            files.drop(entry.path());
        }
        boolean device = entry.kind() == FileKind.CHARACTER_DEVICE || entry.kind() == FileKind.BLOCK_DEVICE;
        CpioEntry header = new CpioEntry(entry.path(), inode.mode(), inode.uid(), inode.gid(), inode.modified(), device ? inode.major() : 0, device ? inode.minor() : 0);
        switch (entry.kind()) {
            case FILE -> {
                if (inode.links() > 1) {
                    cpio.add(header, inode.size(), inode.number(), inode.links(), () -> reader.content(inode));
                } else {
                    try (InputStream content = reader.content(inode)) {
                        cpio.add(header, inode.size(), content);
                    }
                }
            }
            case LINK -> cpio.add(header, reader.linkTarget(inode));
            case UNKNOWN -> throw new IOException(entry.path() + " in " + reader.image() + " is of no type that Linux knows");
            default -> cpio.add(header);
        }
    }
}
