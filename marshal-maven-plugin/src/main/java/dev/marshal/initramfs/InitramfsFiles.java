// SPDX-License-Identifier: Apache-2.0
package dev.marshal.initramfs;

import dev.marshal.problem.ProblemException;
import dev.marshal.rootfs.FileKind;
import dev.marshal.rootfs.ImagePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What marshal itself puts into an initramfs; all of it belongs to root and has one time. */
final class InitramfsFiles {

    private final Instant time;
    private final Map<ImagePath, Item> items = new LinkedHashMap<>();

    /** @param source file of the host; null if there is none @param bytes content, or target of a link; null if there is none */
    private record Item(CpioEntry entry, Path source, byte[] bytes) {}

    InitramfsFiles(Instant time) {
        this.time = time;
    }

    InitramfsFiles folder(String path, int mode) {
        return folder(ImagePath.of(path), mode);
    }

    InitramfsFiles folder(ImagePath path, int mode) {
        items.putIfAbsent(path, new Item(entry(path, FileKind.FOLDER, mode), null, null));
        return this;
    }

    InitramfsFiles device(String path, int major, int minor, int mode) {
        ImagePath at = ImagePath.of(path);
        items.put(at, new Item(new CpioEntry(at, FileKind.CHARACTER_DEVICE.modeBits() | mode, 0, 0, time, major, minor), null, null));
        return this;
    }

    InitramfsFiles file(String path, int mode, Path source) {
        return file(ImagePath.of(path), mode, source);
    }

    InitramfsFiles file(ImagePath path, int mode, Path source) {
        if (!Files.isRegularFile(source)) {
            throw new ProblemException("there is no file " + source + ", which the initramfs needs", null, "Build it first");
        }
        items.put(path, new Item(entry(path, FileKind.FILE, mode), source, null));
        return this;
    }

    InitramfsFiles file(String path, int mode, String text) {
        ImagePath at = ImagePath.of(path);
        items.put(at, new Item(entry(at, FileKind.FILE, mode), null, text.getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    InitramfsFiles link(ImagePath path, byte[] target) {
        items.put(path, new Item(entry(path, FileKind.LINK, 0777), null, target));
        return this;
    }

    /** The list of modules to load, in their order; no file if there are none. */
    InitramfsFiles moduleList(String path, List<String> modules) {
        return modules.isEmpty() ? this : file(path, 0644, ModuleTree.list(modules));
    }

    /** Modules with the tables of depmod. @param drivers folder with {@code lib/modules/RELEASE} in it @param destination where the folders of releases go */
    InitramfsFiles modules(Path drivers, ImagePath destination) throws IOException {
        ModuleTree.add(drivers, destination, this);
        return this;
    }

    boolean has(ImagePath path) {
        return items.containsKey(path);
    }

    boolean hasFolder(ImagePath path) {
        Item item = items.get(path);
        return item != null && FileKind.FOLDER.modeBits() == (item.entry.mode() & 0170000);
    }

    void drop(ImagePath path) {
        items.remove(path);
    }

    void write(CpioWriter cpio) throws IOException {
        for (Item item : items.values()) {
            if (item.source != null) {
                try (InputStream in = Files.newInputStream(item.source)) {
                    cpio.add(item.entry, Files.size(item.source), in);
                }
            } else if (item.bytes != null) {
                // the target of a link is stored as the content of a file is
                cpio.add(item.entry, item.bytes);
            } else {
                cpio.add(item.entry);
            }
        }
    }

    private CpioEntry entry(ImagePath path, FileKind kind, int mode) {
        return new CpioEntry(path, kind.modeBits() | mode, time);
    }
}
