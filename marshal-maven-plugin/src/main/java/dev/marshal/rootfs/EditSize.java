// SPDX-License-Identifier: Apache-2.0
package dev.marshal.rootfs;

import dev.marshal.problem.ProblemException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * What an edit adds to an image, at most: holes of files count as data, what is removed does not count.
 *
 * @param superblock the file system before the edit
 * @param bytes      how many bytes more are in use
 * @param inodes     how many files, folders, links and devices are new
 */
record EditSize(Ext4Superblock superblock, long bytes, long inodes) {

    private static final long MEBI = 1 << 20;
    /** Longest name in an extent tree's node is one in 340; files of many pieces need one block for that many of them. */
    private static final long BLOCKS_PER_TREE_NODE = 340;

    static EditSize of(TreeNode root, Ext4Superblock superblock) {
        Counter counter = new Counter(superblock.blockSize());
        counter.folder(root);
        return new EditSize(superblock, counter.blocks * superblock.blockSize(), counter.inodes);
    }

    /** @throws ProblemException if there are more new files than the image can take */
    void checkInodes(Path image) {
        if (inodes > superblock.freeInodes()) {
            throw tooSmall(image, null);
        }
    }

    /** @param detail what the tool said; null if nothing */
    ProblemException tooSmall(Path image, String detail) {
        boolean files = inodes > superblock.freeInodes();
        String what = files
                ? "the root file system is too small: " + inodes + " files are added, and it can hold " + superblock.freeInodes() + " more"
                : "the root file system is too small: up to " + mebi(bytes) + " MiB are added, and " + superblock.free() / MEBI + " of its " + mebi(superblock.size()) + " MiB are free";
        return new ProblemException(what + (detail == null ? "" : " (" + detail + ")"), image, "Set rootfs-size to at least " + mebi(neededSize()) + "MiB");
    }

    /** A size of the image that is enough, in bytes. */
    long neededSize() {
        // each further MiB brings its own tables: 256 bytes of inodes in 16 KiB, and bitmaps
        long more = Math.max(0, bytes - superblock.free());
        long forBytes = more == 0 ? superblock.size() : superblock.size() + more + more / 32 + 2 * MEBI;
        long missing = Math.max(0, inodes - superblock.freeInodes());
        // inodes come with whole groups
        long groups = (missing + superblock.inodesPerGroup() - 1) / superblock.inodesPerGroup();
        long forInodes = groups == 0 ? 0 : (superblock.groups() + groups) * superblock.blocksPerGroup() * superblock.blockSize();
        return (Math.max(forInodes, forBytes) + MEBI - 1) / MEBI * MEBI;
    }

    private static long mebi(long bytes) {
        return (bytes + MEBI - 1) / MEBI;
    }

    private static final class Counter {

        private final int blockSize;
        private final Set<TreeNode.HardLinks> counted = Collections.newSetFromMap(new IdentityHashMap<>());
        private long blocks;
        private long inodes;

        Counter(int blockSize) {
            this.blockSize = blockSize;
        }

        void folder(TreeNode folder) {
            long names = 0;
            for (TreeNode child : folder.children == null ? Set.<TreeNode>of() : folder.children.values()) {
                if (child.isNew()) {
                    names += 8 + child.name.length() + 3 & ~3;
                    if (child.links == null || counted.add(child.links)) {
                        node(child);
                    }
                }
                if (child.kind == FileKind.FOLDER) {
                    folder(child);
                }
            }
            // blocks of a folder are rarely filled to the last byte; and the names of a large one are made in other folders first
            blocks += (folder.isNew() ? 1 : 0) + (names == 0 ? 0 : (large(folder) ? 5 * names / 2 : 5 * names / 4) / blockSize + (folder.isNew() ? 0 : 1));
        }

        private static boolean large(TreeNode folder) {
            return folder.children.size() >= LargeFolder.LEAST;
        }

        private void node(TreeNode node) {
            inodes++;
            if (node.kind == FileKind.FILE) {
                long data = (node.size + blockSize - 1) / blockSize;
                blocks += data + data / BLOCKS_PER_TREE_NODE;
            } else if (node.kind == FileKind.LINK && node.target.length() >= 60) {
                blocks++;
            }
        }
    }
}
