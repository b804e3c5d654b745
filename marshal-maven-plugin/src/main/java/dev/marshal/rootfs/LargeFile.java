// SPDX-License-Identifier: Apache-2.0
package dev.marshal.rootfs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * A new file whose content is large. debugfs writes content block by block, each in two calls of the system; so it only makes room for such a file, and the
 * content is copied by the kernel, in pieces as large as the room.
 *
 * @param node  the file
 * @param spans what of its content is not zeros
 */
record LargeFile(TreeNode node, List<DataSpans.Span> spans) {

    /** From so many bytes on it pays. */
    static final long LEAST = 256 << 10;
    /** With more pieces than this, asking for room takes as long as writing. */
    private static final int MOST_SPANS = 64;

    /** Whether this way is open: room can be made in advance only where extents say where content is, and is a block at a time only without clusters. */
    static boolean possible(TreeNode node, Ext4Superblock superblock) {
        return node.size >= LEAST && superblock.reservesRoom();
    }

    /** @param content finds its pieces @return the file; null if it lies about in too many of them */
    static LargeFile of(TreeNode node, DataSpans content) throws IOException {
        List<DataSpans.Span> spans = content.of(node.source);
        return spans.size() > MOST_SPANS ? null : new LargeFile(node, spans);
    }

    /** Copies the content of files for which debugfs has made room. To be called while nodes are where debugfs made them. */
    static void copy(List<LargeFile> files, Path image) throws IOException {
        if (files.isEmpty()) {
            return;
        }
        Map<TreeNode, Map<String, Integer>> folders = new IdentityHashMap<>();
        try (Ext4Reader reader = Ext4Reader.open(image); FileChannel out = FileChannel.open(image, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            EarlyFlush flush = new EarlyFlush(out);
            for (LargeFile file : files) {
                TreeNode folder = file.node.madeIn();
                Map<String, Integer> names = folders.get(folder);
                if (names == null) {
                    names = names(reader, folder);
                    folders.put(folder, names);
                }
                Integer inode = names.get(EditOperation.scriptName(file.node));
                if (inode == null) {
                    throw EditCheck.failed(image, file.node, "is missing");
                }
                file.copy(reader, inode, out);
                flush.written(file.node.size);
            }
            flush.await();
        }
    }

    private static Map<String, Integer> names(Ext4Reader reader, TreeNode folder) throws IOException {
        Map<String, Integer> names = new HashMap<>();
        reader.list(reader.inode(EditCheck.inode(reader, folder))).forEach(entry -> names.put(entry.name(), entry.inode()));
        return names;
    }

    private void copy(Ext4Reader reader, int inode, FileChannel image) throws IOException {
        int blockSize = reader.superblock().blockSize();
        List<BlockMap.Run> room = ReservedRoom.take(reader, inode, image);
        long blocks = room.stream().mapToLong(BlockMap.Run::count).sum();
        if (blocks != spans.stream().mapToLong(DataSpans.Span::count).sum()) {
            throw EditCheck.failed(reader.image(), node, "got room for " + blocks + " blocks");
        }
        try (FileChannel in = FileChannel.open(node.source, StandardOpenOption.READ)) {
            if (in.size() != node.size) {
                throw EditCheck.failed(reader.image(), node, "has " + node.size + " bytes and not " + in.size() + ", as " + node.source + " has");
            }
            for (BlockMap.Run run : room) {
                long start = run.logical() * blockSize;
                long end = Math.min(node.size, start + run.count() * blockSize);
                long to = run.physical() * blockSize;
                image.position(to);
                for (long at = start; at < end;) {
                    long count = in.transferTo(at, end - at, image);
                    if (count <= 0) {
                        throw EditCheck.failed(reader.image(), node, "became shorter while it was copied");
                    }
                    at += count;
                }
                // the rest of the last block is what was there before
                ByteBuffer rest = ByteBuffer.allocate((int) (start + run.count() * blockSize - end));
                for (long at = to + end - start; rest.hasRemaining();) {
                    at += image.write(rest, at);
                }
            }
        }
    }
}
