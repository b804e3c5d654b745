// SPDX-License-Identifier: Apache-2.0
package dev.marshal.rootfs;

/**
 * A name in an image and what it stands for.
 *
 * @param path  where it is
 * @param inode what it is
 */
public record ImageEntry(ImagePath path, Ext4Inode inode) {

    /** What it is. */
    public FileKind kind() {
        return inode.kind();
    }
}
