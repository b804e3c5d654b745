// SPDX-License-Identifier: Apache-2.0
package dev.marshal.rootfs;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A test whose image has to be sound in the end, where the plugin itself has written to it, and not a program of e2fsprogs. */
abstract class SoundImage {

    @TempDir
    Path temp;
    Ext4Image image;

    /** e2fsck reads every folder, inode and extent, their checksums, counts of links, and all that is free. */
    @AfterEach
    void imageIsSound() throws Exception {
        if (image != null) {
            image.check();
        }
    }
}
