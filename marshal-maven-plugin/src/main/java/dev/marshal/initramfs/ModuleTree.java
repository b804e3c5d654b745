// SPDX-License-Identifier: Apache-2.0
package dev.marshal.initramfs;

import dev.marshal.rootfs.ImagePath;
import dev.marshal.rootfs.RawNames;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Puts kernel modules into an initramfs, with all tables of depmod: BusyBox's modprobe reads the text forms, that of distributions the binary ones. */
final class ModuleTree {

    /** Links that {@code make modules_install} leaves, to folders of the host that the kernel was compiled in. */
    private static final Set<String> HOST_LINKS = Set.of("build", "source");

    private ModuleTree() {}

    /**
     * @param drivers     folder with {@code lib/modules/RELEASE} in it; one without any is empty
     * @param destination where the folders of releases go
     */
    static void add(Path drivers, ImagePath destination, InitramfsFiles files) throws IOException {
        Path modules = drivers.resolve("lib/modules");
        if (Files.isDirectory(modules)) {
            addFolder(modules, destination, files);
        }
    }

    /** The list of modules that are loaded, as init reads it. */
    static String list(List<String> modules) {
        return String.join("\n", modules) + "\n";
    }

    private static void addFolder(Path folder, ImagePath destination, InitramfsFiles files) throws IOException {
        files.folder(destination, 0755);
        Map<ImagePath, Path> sorted = new TreeMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                sorted.put(destination.resolve(RawNames.nameOf(entry)), entry);
            }
        }
        for (Map.Entry<ImagePath, Path> entry : sorted.entrySet()) {
            Path path = entry.getValue();
            if (Files.isSymbolicLink(path)) {
                if (!HOST_LINKS.contains(path.getFileName().toString())) {
                    files.link(entry.getKey(), RawNames.targetOf(path));
                }
            } else if (Files.isDirectory(path)) {
                addFolder(path, entry.getKey(), files);
            } else {
                files.file(entry.getKey(), 0644, path);
            }
        }
    }
}
