// SPDX-License-Identifier: Apache-2.0
package dev.marshal.initramfs;

import dev.marshal.rootfs.ImagePath;
import java.time.Instant;

/**
 * A file, folder, link or device in an archive, without its content.
 *
 * @param path  where it is to be
 * @param mode  type and permissions, as in {@code stat}
 * @param uid   owner
 * @param gid   group
 * @param time  when it was changed last, in whole seconds; 1970 to 2106
 * @param major device number; 0 for all but devices
 * @param minor device number; 0 for all but devices
 */
public record CpioEntry(ImagePath path, int mode, int uid, int gid, Instant time, int major, int minor) {

    /** Something that belongs to root and is no device. @param mode type and permissions */
    public CpioEntry(ImagePath path, int mode, Instant time) {
        this(path, mode, 0, 0, time, 0, 0);
    }
}
