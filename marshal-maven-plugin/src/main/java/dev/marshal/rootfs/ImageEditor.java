// SPDX-License-Identifier: Apache-2.0
package dev.marshal.rootfs;

import dev.marshal.problem.ProblemException;
import dev.marshal.uptodate.WholeOutput;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/**
 * Collects changes of an image and makes them all at once, at a cost that follows from the changes, not from the image. Every change sees those
 * before it. Paths inside the image follow its links as a program in the guest would, and never lead out of it. Nothing is written before
 * {@link #apply}; after a failed one the image is spoiled: edit a copy that can be thrown away.
 *
 * <p>Rules: all that is new belongs to root and has the time of the {@link Ext4Identity}. A folder is merged into one that is there, or that a link
 * leads to; it keeps its permissions. Anything else that is there is replaced, as a new file: other names of the old one keep the old content.
 * Only a folder that is not empty is never replaced.
 */
public final class ImageEditor implements Closeable {

    private final Ext4Image image;
    private Ext4Reader reader;
    private final ImageTree tree;
    private final Path staging;
    private int staged;

    ImageEditor(Ext4Image image) throws IOException {
        this.image = image;
        this.reader = Ext4Reader.open(image.file());
        this.tree = new ImageTree(reader);
        this.staging = Files.createTempDirectory(image.file().toAbsolutePath().getParent(), ".marshal-edit-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** As {@link #addTree(Path, ImagePath, int, int)}, all belonging to root. */
    public ImageEditor addTree(Path hostFolder, ImagePath destination) throws IOException {
        return addTree(hostFolder, destination, 0, 0);
    }

    /**
     * Lays a folder of the host over a folder of the image: permissions (setuid, setgid and sticky included), symbolic links, hard links within the
     * folder, holes and named pipes are kept; owners, times and extended attributes are not.
     *
     * @param hostFolder  its content is added, not itself; links in it are not followed
     * @param destination a folder; made if missing, with those above it
     * @param uid         owner of all that is new
     * @param gid         group of all that is new
     * @throws ProblemException if there is no such folder, something in it cannot be kept in an image, or something is in its way
     */
    public ImageEditor addTree(Path hostFolder, ImagePath destination, int uid, int gid) throws IOException {
        if (!Files.isDirectory(hostFolder)) {
            throw new ProblemException("there is no folder " + hostFolder, null, "Make the folder, or correct its path");
        }
        new HostTree(tree, uid, gid).add(hostFolder, tree.folder(destination));
        return this;
    }

    /**
     * Adds a file, or replaces it.
     *
     * @param hostFile    a regular file, or a link to one
     * @param destination its path in the image; folders above it are made if missing
     * @param mode        permissions; null for those of the host's file
     */
    public ImageEditor addFile(Path hostFile, ImagePath destination, Integer mode) throws IOException {
        if (!Files.isRegularFile(hostFile)) {
            throw new ProblemException("there is no file " + hostFile, null, "Make the file, or correct its path");
        }
        TreeNode node = fresh(destination, FileKind.FILE);
        HostTree.describe(node, hostFile);
        node.mode = mode;
        tree.put(node);
        return this;
    }

    /**
     * Adds a file or a folder of the host as {@code cp -a} would: a link stays a link, a folder goes with all that is in it.
     *
     * @param destination its path in the image; a folder is merged into one that is there
     */
    public ImageEditor add(Path host, ImagePath destination) throws IOException {
        if (!Files.exists(host, LinkOption.NOFOLLOW_LINKS)) {
            throw new ProblemException("there is no file or folder " + host, null, "Make it, or correct its path");
        }
        if (Files.isDirectory(host, LinkOption.NOFOLLOW_LINKS)) {
            return addTree(host, destination);
        }
        new HostTree(tree, 0, 0).addOne(host, tree.folder(destination.parent()), destination.rawName());
        return this;
    }

    /**
     * Lays what is in a tar archive over a folder of the image: permissions, owners, symbolic and hard links, devices, named pipes and file capabilities
     * are kept; times are not.
     *
     * @param tar         an archive without compression
     * @param destination a folder; made if missing, with those above it
     * @throws ProblemException if a name in it leads out of the folder, or something in it cannot be kept in an image
     */
    public ImageEditor addTar(Path tar, ImagePath destination) throws IOException {
        new TarTree(tree, this::stagingFile).add(tar, tree.folder(destination));
        return this;
    }

    /** Adds a file of these bytes, or replaces it. @param mode permissions, such as 0755 */
    public ImageEditor addBytes(byte[] bytes, ImagePath destination, int mode) throws IOException {
        Path file = stagingFile();
        Files.write(file, bytes);
        return addFile(file, destination, mode);
    }

    /** Makes a symbolic link. @param target where it leads, taken as it is */
    public ImageEditor symlink(ImagePath link, byte[] target) throws IOException {
        TreeNode node = fresh(link, FileKind.LINK);
        node.target = RawNames.raw(target);
        HostTree.checkTarget(node);
        tree.put(node);
        return this;
    }

    /** Makes a folder, with those above it, if it is not there. @param mode permissions of the folder, set also if it is there */
    public ImageEditor mkdir(ImagePath folder, int mode) throws IOException {
        tree.folder(folder).mode = mode;
        return this;
    }

    /** Makes a device, or replaces what is there. @param kind character or block device */
    public ImageEditor mknod(ImagePath path, FileKind kind, int major, int minor, int mode) throws IOException {
        if (kind != FileKind.CHARACTER_DEVICE && kind != FileKind.BLOCK_DEVICE) {
            throw new IllegalArgumentException("a " + kind + " has no device number");
        }
        TreeNode node = fresh(path, kind);
        node.major = major;
        node.minor = minor;
        node.mode = mode;
        tree.put(node);
        return this;
    }

    /** Removes what is at a path, a folder with all that is in it; a link itself. Nothing happens if there is nothing. */
    public ImageEditor remove(ImagePath path) throws IOException {
        tree.find(path, false).ifPresent(tree::remove);
        return this;
    }

    /** Removes all that is in a folder, links followed to it; the folder stays. Nothing happens if there is none. */
    public ImageEditor clear(ImagePath folder) throws IOException {
        Optional<TreeNode> found = tree.find(folder, true).filter(node -> node.kind == FileKind.FOLDER);
        if (found.isPresent()) {
            List.copyOf(tree.children(found.get()).values()).forEach(tree::remove);
        }
        return this;
    }

    /** Sets permissions; links are followed. @throws ProblemException if nothing is there */
    public ImageEditor chmod(ImagePath path, int mode) throws IOException {
        for (TreeNode node : names(required(path, true))) {
            node.mode = mode;
        }
        return this;
    }

    /** Sets owner and group, of a link itself. @throws ProblemException if nothing is there */
    public ImageEditor chown(ImagePath path, int uid, int gid) throws IOException {
        for (TreeNode node : names(required(path, false))) {
            node.uid = uid;
            node.gid = gid;
        }
        return this;
    }

    /** Whether something is at a path, with the changes so far; links are followed. */
    public boolean exists(ImagePath path) throws IOException {
        return tree.find(path, true).isPresent();
    }

    /** Whether a folder is at a path, with the changes so far; links are followed. */
    public boolean isFolder(ImagePath path) throws IOException {
        return tree.find(path, true).filter(node -> node.kind == FileKind.FOLDER).isPresent();
    }

    /** How many bytes the image's use can grow by, holes of files counted as data: what an image must have free to be safe from running full. */
    public long growth() {
        return EditSize.of(tree.root(), reader.superblock()).bytes();
    }

    /**
     * Makes the image large enough for the changes so far, if it is not: for an image that is to be as small as possible in the end.
     *
     * @return whether it had to grow
     */
    public boolean grow() throws IOException {
        EditSize size = EditSize.of(tree.root(), reader.superblock());
        if (size.bytes() <= reader.superblock().free() && size.inodes() <= reader.superblock().freeInodes()) {
            return false;
        }
        reader.close();
        image.resize(size.neededSize());
        reader = Ext4Reader.open(image.file());
        tree.readFrom(reader);
        return true;
    }

    /**
     * Makes the changes.
     *
     * @throws ProblemException if the image is too small (says how large it has to be), or a change cannot be made
     */
    public void apply() throws IOException {
        EditSize size = EditSize.of(tree.root(), reader.superblock());
        size.checkInodes(image.file());
        EditPlan plan = EditPlan.of(tree, reader, size, Files.createFile(staging.resolve("empty")));
        DebugfsSession session = new DebugfsSession(image, staging, size);
        session.run(plan.changes(), plan.content());
        LargeFile.copy(plan.files(), image.file());
        for (LargeFolder folder : plan.large()) {
            folder.move(image.file());
        }
        session.run(plan.leftovers(), List.of());
        session.rename(EditCheck.made(image.file(), plan.renamed()));
        if (plan.leavesAttributeBlocks()) {
            image.repair();
        }
        EditCheck.verify(image.file(), tree.root());
        image.edited();
    }

    /** Forgets the changes that were not applied, and deletes temporary files. */
    @Override
    public void close() throws IOException {
        try {
            reader.close();
        } finally {
            WholeOutput.delete(staging);
        }
    }

    private Path stagingFile() {
        return staging.resolve("bytes-" + staged++);
    }

    private TreeNode fresh(ImagePath path, FileKind kind) throws IOException {
        if (path.isRoot()) {
            throw new ProblemException("the root folder of the root file system cannot be replaced by a " + kind, null, "Give a path below it");
        }
        return TreeNode.fresh(tree.folder(path.parent()), path.rawName(), kind);
    }

    private static List<TreeNode> names(TreeNode node) {
        return node.links == null ? List.of(node) : node.links.names;
    }

    private TreeNode required(ImagePath path, boolean follow) throws IOException {
        return tree.find(path, follow).orElseThrow(() -> new ProblemException("there is no " + path + " in the root file system", image.file(), "Check the path"));
    }
}
