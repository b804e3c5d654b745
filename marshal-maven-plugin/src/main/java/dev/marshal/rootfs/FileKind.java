// SPDX-License-Identifier: Apache-2.0
package dev.marshal.rootfs;

/** What a name in a file system stands for. */
public enum FileKind {
    /** A regular file. */
    FILE(0100000, 1, "file"),
    /** A folder. */
    FOLDER(0040000, 2, "folder"),
    /** A character device. */
    CHARACTER_DEVICE(0020000, 3, "character device"),
    /** A block device. */
    BLOCK_DEVICE(0060000, 4, "block device"),
    /** A named pipe. */
    FIFO(0010000, 5, "named pipe"),
    /** A socket. */
    SOCKET(0140000, 6, "socket"),
    /** A symbolic link. */
    LINK(0120000, 7, "symbolic link"),
    /** None of these: the file system is damaged. */
    UNKNOWN(0, 0, "thing of unknown type");

    private final int modeBits;
    private final int entryType;
    private final String text;

    FileKind(int modeBits, int entryType, String text) {
        this.modeBits = modeBits;
        this.entryType = entryType;
        this.text = text;
    }

    /** The type's bits in the mode of {@code stat}. */
    public int modeBits() {
        return modeBits;
    }

    static FileKind ofMode(int mode) {
        for (FileKind kind : values()) {
            if (kind.modeBits == (mode & 0170000)) {
                return kind;
            }
        }
        return UNKNOWN;
    }

    /** How an entry of a folder says it. */
    int entryType() {
        return entryType;
    }

    static FileKind ofEntry(int type) {
        for (FileKind kind : values()) {
            if (kind.entryType == type) {
                return kind;
            }
        }
        return UNKNOWN;
    }

    /** For messages, in lower case. */
    @Override
    public String toString() {
        return text;
    }
}
