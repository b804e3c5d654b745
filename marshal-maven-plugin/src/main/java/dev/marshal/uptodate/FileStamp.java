// SPDX-License-Identifier: Apache-2.0
package dev.marshal.uptodate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * What the host's file system says of a file. Two equal stamps mean the same content, since the change time cannot be set back; unless the file
 * was written again within the clock's grain, hence {@link #settled}.
 *
 * @param inode    number of the file
 * @param size     in bytes
 * @param modified modification time, in nanoseconds since 1970
 * @param changed  change time, in nanoseconds since 1970
 */
record FileStamp(long inode, long size, long modified, long changed) {

    /** What a stamp is made of, as {@link Files#readAttributes(Path, String, LinkOption...)} wants it; more may follow. */
    static final String ATTRIBUTES = "unix:ino,size,lastModifiedTime,ctime";
    /** Coarsest grain of time stamps of the file systems in use (FAT's 2 s). */
    private static final long GRAIN = TimeUnit.SECONDS.toNanos(2);

    /** Of the file or link itself. */
    static FileStamp of(Path file) throws IOException {
        return of(Files.readAttributes(file, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS));
    }

    /** Of what a link leads to in the end, and of all else itself. */
    static FileStamp ofTarget(Path file) throws IOException {
        return of(Files.readAttributes(file, ATTRIBUTES));
    }

    /** Of a file whose {@link #ATTRIBUTES} were read. */
    static FileStamp of(Map<String, Object> attributes) {
        return new FileStamp(((Number) attributes.get("ino")).longValue(), ((Number) attributes.get("size")).longValue(),
                nanos((FileTime) attributes.get("lastModifiedTime")), nanos((FileTime) attributes.get("ctime")));
    }

    static FileStamp parse(String text) {
        String[] parts = text.split(",");
        return new FileStamp(Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]), Long.parseLong(parts[3]));
    }

    /** Whether the file was last changed so long ago that a further change would show. */
    boolean settled() {
        return System.currentTimeMillis() * 1_000_000 - changed > GRAIN;
    }

    // as the compiler would write it into a class: what it leaves to be linked at run time costs a build that has nothing to do some hundredths of a second
    @Override
    public boolean equals(Object other) {
        return other instanceof FileStamp stamp && inode == stamp.inode && size == stamp.size && modified == stamp.modified && changed == stamp.changed;
    }

    @Override
    public int hashCode() {
        return Objects.hash(inode, size, modified, changed);
    }

    @Override
    public String toString() {
        return inode + "," + size + "," + modified + "," + changed;
    }

    private static long nanos(FileTime time) {
        return time.to(TimeUnit.NANOSECONDS);
    }
}
