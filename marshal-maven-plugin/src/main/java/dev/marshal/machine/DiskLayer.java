// SPDX-License-Identifier: Apache-2.0
package dev.marshal.machine;

import dev.marshal.tool.Command;
import dev.marshal.tool.Log;
import dev.marshal.tool.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A copy-on-write layer over a raw image that is never changed. A layer means something only together with the very image it was made over, so a
 * kept layer is given up, with a warning, once the image was built again.
 *
 * @param file    the layer, a qcow2 image
 * @param image   the raw image below it
 * @param kept    whether {@link #close} leaves it for the next run
 * @param qemuImg the program that reads it
 */
public record DiskLayer(Path file, Path image, boolean kept, Tool qemuImg) implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(30);

    /**
     * Makes a layer, or takes the one that was kept.
     *
     * @param disk    a disk that is not written directly
     * @param folder  where the layer is to be
     * @param qemuImg the program that makes it
     * @param log     is told of a kept layer that had to be given up
     */
    static DiskLayer open(Disk disk, Path folder, Tool qemuImg, Log log) throws IOException {
        boolean kept = disk.access() == Disk.Access.KEPT_LAYER;
        Path image = disk.image().toAbsolutePath();
        Path file = folder.resolve(kept ? "kept.qcow2" : "disk.qcow2");
        Path identity = folder.resolve("kept.image");
        DiskLayer layer = new DiskLayer(file, image, kept, qemuImg);
        Files.createDirectories(folder);
        if (kept && Files.exists(file)) {
            if (Files.exists(identity) && Files.readString(identity).equals(layer.identity())) {
                return layer;
            }
            log.warn(image + " was built again: what earlier launches wrote to the disk is given up (" + file + ")");
        }
        Files.deleteIfExists(identity);
        Files.deleteIfExists(file);
        new Command("lay a writable layer over " + image, qemuImg.path().toString())
                .args("create", "-q", "-f", "qcow2", "-F", "raw", "-b", image, file)
                .limit(LIMIT)
                .check();
        if (kept) {
            Files.writeString(identity, layer.identity());
        }
        return layer;
    }

    /**
     * Writes the disk as the guest left it to a raw image; what is zero stays a hole.
     *
     * @param target replaced
     * @return target
     */
    public Path rawImage(Path target) throws IOException {
        Files.createDirectories(target.toAbsolutePath().getParent());
        Files.deleteIfExists(target);
        new Command("read the disk after the run", qemuImg.path().toString())
                .args("convert", "-q", "-f", "qcow2", "-O", "raw", "-S", "4k", "-W", file, target.toAbsolutePath())
                .limit(LIMIT)
                .check();
        return target;
    }

    /** Deletes the layer unless it is kept. */
    @Override
    public void close() throws IOException {
        if (!kept) {
            Files.deleteIfExists(file);
        }
    }

    private String identity() throws IOException {
        var attributes = Files.readAttributes(image, "unix:ino,size,lastModifiedTime,ctime", LinkOption.NOFOLLOW_LINKS);
        return image + "\n" + attributes.get("ino") + "\n" + attributes.get("size") + "\n" + nanos(attributes.get("lastModifiedTime")) + "\n"
                + nanos(attributes.get("ctime")) + "\n";
    }

    private static long nanos(Object time) {
        return ((java.nio.file.attribute.FileTime) time).to(TimeUnit.NANOSECONDS);
    }
}
