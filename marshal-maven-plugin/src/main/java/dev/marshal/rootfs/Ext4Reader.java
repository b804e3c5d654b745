// SPDX-License-Identifier: Apache-2.0
package dev.marshal.rootfs;

import dev.marshal.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;

/**
 * Reads an ext4 image (also ext2 and ext3) without mounting it and without starting a program. Whoever wrote the image is not trusted: a damaged
 * or malicious one ends in a {@link ProblemException}. Thread-safe as long as nobody writes to the image.
 */
public final class Ext4Reader implements Closeable {

    static final int ROOT_INODE = 2;
    /** How many links Linux follows in one path. */
    private static final int MAX_LINKS = 40;
    /** Longest target of a symbolic link: PATH_MAX. */
    private static final int MAX_TARGET = 4096;

    private final Ext4Device device;
    /** First block of each group's inodes. */
    private final Map<Long, Long> inodeTables = new ConcurrentHashMap<>();

    /** The block of inodes that was read last. */
    private volatile Described lastInodes;

    private Ext4Reader(Ext4Device device) {
        this.device = device;
    }

    /**
     * Opens an image.
     *
     * @throws ProblemException if it holds no ext4 file system, or one whose journal was not replayed ({@link Ext4Image#repair} does that, on a copy)
     */
    public static Ext4Reader open(Path image) throws IOException {
        Ext4Device device = new Ext4Device(image);
        if (device.superblock().needsRecovery()) {
            device.close();
            throw new ProblemException("its file system was in use when its machine stopped: changes still wait in its journal", image,
                    "Let the guest power off in the ordinary way, or run 'e2fsck -fy' on the image");
        }
        return new Ext4Reader(device);
    }

    /** What the file system says of itself. */
    public Ext4Superblock superblock() {
        return device.superblock();
    }

    /** The image's file. */
    public Path image() {
        return device.image();
    }

    /** Gets every file, folder, link and device at and below a path, folders before what is in them, names in the order of their bytes. */
    @FunctionalInterface
    public interface Visitor {
        /** Called for each. */
        void visit(ImageEntry entry) throws IOException;
    }

    /** Visits what is at a path, if anything is, and all below it. Links are visited, not followed. */
    public void walk(ImagePath from, Visitor visitor) throws IOException {
        Optional<ImageEntry> start = find(from, false);
        if (start.isEmpty()) {
            return;
        }
        Set<Integer> folders = new HashSet<>();
        Deque<ImageEntry> pending = new ArrayDeque<>();
        pending.push(start.get());
        while (!pending.isEmpty()) {
            ImageEntry entry = pending.pop();
            visitor.visit(entry);
            if (entry.kind() == FileKind.FOLDER) {
                if (!folders.add(entry.inode().number())) {
                    throw device.damaged("the folder " + entry.path() + " has more than one place");
                }
                List<Ext4Folder.Entry> names = list(entry.inode());
                for (int i = names.size() - 1; i >= 0; i--) {
                    pending.push(new ImageEntry(entry.path().child(names.get(i).name()), inode(names.get(i).inode())));
                }
            }
        }
    }

    /**
     * What is at a path.
     *
     * @param follow whether a symbolic link at its end is followed; those before the end are, as the guest would: never out of the image
     * @return empty if nothing is there, or a link leads nowhere; the path of the entry is the real one, without links
     */
    public Optional<ImageEntry> find(ImagePath path, boolean follow) throws IOException {
        Deque<ImageEntry> here = new ArrayDeque<>();
        ImageEntry root = new ImageEntry(ImagePath.ROOT, inode(ROOT_INODE));
        here.push(root);
        Deque<String> rest = new ArrayDeque<>(path.rawNames());
        int links = 0;
        while (!rest.isEmpty()) {
            String name = rest.pop();
            ImageEntry folder = here.peek();
            if (folder.kind() != FileKind.FOLDER) {
                return Optional.empty();
            }
            if (name.equals("..")) {
                if (here.size() > 1) {
                    here.pop();
                }
                continue;
            }
            Optional<Ext4Folder.Entry> found = list(folder.inode()).stream().filter(entry -> entry.name().equals(name)).findFirst();
            if (found.isEmpty()) {
                return Optional.empty();
            }
            ImageEntry next = new ImageEntry(folder.path().child(name), inode(found.get().inode()));
            if (next.kind() == FileKind.LINK && (follow || !rest.isEmpty())) {
                if (++links > MAX_LINKS) {
                    return Optional.empty();
                }
                String target = RawNames.raw(linkTarget(next.inode()));
                if (target.startsWith("/")) {
                    here.clear();
                    here.push(root);
                }
                pushAll(rest, target);
            } else {
                here.push(next);
            }
        }
        return Optional.of(here.peek());
    }

    /** Puts the names of a link's target in front of what is still to be looked up. */
    static void pushAll(Deque<String> rest, String target) {
        String[] names = target.split("/");
        for (int i = names.length - 1; i >= 0; i--) {
            if (!names[i].isEmpty() && !names[i].equals(".")) {
                rest.push(names[i]);
            }
        }
    }

    /** The content of a file; holes read as zeros. Not buffered. */
    public InputStream content(Ext4Inode file) throws IOException {
        if (file.has(Ext4Inode.ENCRYPTED) && file.kind() != FileKind.LINK) {
            throw new ProblemException("inode " + file.number() + " is encrypted", image(), "Make the image without encryption");
        }
        if (file.has(Ext4Inode.INLINE_DATA)) {
            return new ByteArrayInputStream(inline(file));
        }
        return new Ext4FileStream(device, BlockMap.of(device, file), checkedSize(file));
    }

    /** All of a small file's content. @throws ProblemException if nothing is there, or no regular file, or one larger than the limit */
    public byte[] bytes(ImagePath path, int limit) throws IOException {
        ImageEntry entry = find(path, true).orElseThrow(() -> new ProblemException("there is no " + path, image(), "Check the path"));
        if (entry.kind() != FileKind.FILE || entry.inode().size() > limit) {
            throw new ProblemException(path + " is a " + entry.kind() + " of " + entry.inode().size() + " bytes; a file of at most " + limit + " bytes is expected", image(), "Check the path");
        }
        try (InputStream in = content(entry.inode())) {
            return in.readAllBytes();
        }
    }

    /**
     * Writes the content of a file to another one, holes as holes.
     *
     * @param to an empty file
     * @return how many bytes of data were copied, holes not counted
     */
    public long copy(Ext4Inode file, FileChannel to) throws IOException {
        long size = checkedSize(file);
        if (file.has(Ext4Inode.INLINE_DATA) || file.has(Ext4Inode.ENCRYPTED)) {
            byte[] bytes;
            try (InputStream in = content(file)) {
                bytes = in.readAllBytes();
            }
            writeFully(to, ByteBuffer.wrap(bytes), 0);
            return bytes.length;
        }
        long copied = 0;
        long end = 0;
        int blockSize = device.blockSize();
        for (BlockMap.Run run : BlockMap.of(device, file)) {
            long start = run.logical() * blockSize;
            long length = Math.min(run.count() * blockSize, size - start);
            if (length > 0) {
                device.transfer(run.physical() * blockSize, length, to, start);
                copied += length;
                end = start + length;
            }
        }
        if (end < size) {
            writeFully(to, ByteBuffer.wrap(new byte[1]), size - 1);
        }
        return copied;
    }

    /** Where a symbolic link leads, as bytes. */
    public byte[] linkTarget(Ext4Inode link) throws IOException {
        if (link.kind() != FileKind.LINK || link.size() > MAX_TARGET || link.size() < 0) {
            throw device.damaged("inode " + link.number() + " is no symbolic link that can be read");
        }
        // a target of up to 59 bytes is kept in place of the block list
        if (link.size() < 60 && !link.has(Ext4Inode.EXTENTS) && !link.has(Ext4Inode.INLINE_DATA)) {
            byte[] target = new byte[(int) link.size()];
            link.map().get(0, target);
            return target;
        }
        try (InputStream in = content(link)) {
            return in.readAllBytes();
        }
    }

    ProblemException damaged(String how) {
        return device.damaged(how);
    }

    List<Ext4Folder.Entry> list(Ext4Inode folder) throws IOException {
        return Ext4Folder.read(device, folder);
    }

    /** The blocks of a folder, in their order. */
    List<Long> blocks(Ext4Inode folder) throws IOException {
        return BlockMap.of(device, folder).stream().flatMap(run -> LongStream.range(run.physical(), run.physical() + run.count()).boxed()).toList();
    }

    /** A block's content. */
    ByteBuffer block(long number) throws IOException {
        return device.block(number);
    }

    Ext4Inode inode(int number) throws IOException {
        return new Ext4Inode(number, described(place(number)));
    }

    /** Where an inode is in the image, in bytes. */
    long place(int number) throws IOException {
        Ext4Superblock superblock = device.superblock();
        if (number <= 0 || number > superblock.inodes()) {
            throw device.damaged("it refers to inode " + number + " of " + superblock.inodes());
        }
        long group = (number - 1) / superblock.inodesPerGroup();
        if (group >= superblock.groups()) {
            throw device.damaged("it refers to group " + group + " of " + superblock.groups());
        }
        Long table = inodeTables.get(group);
        if (table == null) {
            table = inodeTable(group);
            inodeTables.put(group, table);
        }
        return table * superblock.blockSize() + (number - 1) % superblock.inodesPerGroup() * superblock.inodeSize();
    }

    /** Neighbours are asked for one after the other: inodes are read by the block. */
    private ByteBuffer described(long offset) throws IOException {
        Ext4Superblock superblock = device.superblock();
        long block = offset / superblock.blockSize();
        Described latest = lastInodes;
        if (latest == null || latest.block != block) {
            latest = new Described(block, device.block(block));
            lastInodes = latest;
        }
        int at = (int) (offset % superblock.blockSize());
        if (at + superblock.inodeSize() > superblock.blockSize()) {
            throw device.damaged("inodes of " + superblock.inodeSize() + " bytes do not fit into its blocks");
        }
        return latest.inodes.slice(at, superblock.inodeSize());
    }

    private record Described(long block, ByteBuffer inodes) {}

    private long inodeTable(long group) throws IOException {
        int size = device.superblock().descriptorSize();
        ByteBuffer descriptor = device.read(device.superblock().descriptorOffset(group), size);
        long high = size >= 64 ? descriptor.getInt(40) & 0xffffffffL : 0;
        return device.checked(descriptor.getInt(8) & 0xffffffffL | high << 32, 1);
    }

    @Override
    public void close() throws IOException {
        device.close();
    }

    private byte[] inline(Ext4Inode file) {
        ByteBuffer head = file.map();
        ByteBuffer rest = file.inlineRest();
        if (file.size() < 0 || file.size() > head.remaining() + rest.remaining()) {
            throw device.damaged("inode " + file.number() + " is larger than what is kept inside it");
        }
        byte[] bytes = new byte[(int) file.size()];
        int first = Math.min(bytes.length, head.remaining());
        head.get(bytes, 0, first);
        rest.get(bytes, first, bytes.length - first);
        return bytes;
    }

    private long checkedSize(Ext4Inode file) {
        if (file.size() < 0) {
            throw device.damaged("inode " + file.number() + " has a size that cannot be");
        }
        return file.size();
    }

    private static void writeFully(FileChannel to, ByteBuffer bytes, long at) throws IOException {
        long position = at;
        while (bytes.hasRemaining()) {
            position += to.write(bytes, position);
        }
    }
}
