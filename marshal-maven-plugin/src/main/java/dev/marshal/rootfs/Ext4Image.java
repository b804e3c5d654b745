// SPDX-License-Identifier: Apache-2.0
package dev.marshal.rootfs;

import dev.marshal.problem.ProblemException;
import dev.marshal.tool.Command;
import dev.marshal.tool.HostTools;
import dev.marshal.tool.Requirement;
import dev.marshal.tool.ToolFailure;
import dev.marshal.tool.Toolbox;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An ext4 file system in a file, made and changed by e2fsprogs: without root, without mounting. Changes are made in place: whoever calls works on
 * a copy and renames it in the end. The same identity and the same steps give the same bytes.
 */
public final class Ext4Image {

    /** Smaller ones have no room for a journal. */
    public static final long SMALLEST = 16 << 20;
    private static final long MEBI = 1 << 20;
    private static final int BLOCK = 4096;
    private static final int BYTES_PER_INODE = 16384;
    /** As many as a whole group has, even in a smaller image: each group that is added later has as many as the first. */
    private static final int INODES = 8192;
    private static final int MAX_LABEL = 16;
    /** From this size on the journal is larger. */
    private static final long LARGE = 512 * MEBI;
    private static final Duration LIMIT = Duration.ofMinutes(60);
    /**
     * All features by name, so that no file of the host's has a say: what every Linux since 4.x reads. Without {@code orphan_file} and
     * {@code metadata_csum_seed}, which need 6.x and 4.4 and newer e2fsprogs.
     */
    private static final String FEATURES = "none,has_journal,ext_attr,resize_inode,dir_index,filetype,extent,64bit,flex_bg,sparse_super,large_file,huge_file,dir_nlink,extra_isize,metadata_csum";
    private static final Pattern MINIMUM = Pattern.compile("minimum size of the filesystem: (\\d+)");
    private static final Map<String, Requirement> TOOLS = Map.of("mke2fs", HostTools.MKE2FS, "debugfs", HostTools.DEBUGFS, "resize2fs", HostTools.RESIZE2FS, "e2fsck", HostTools.E2FSCK);

    private final Path file;
    private final Toolbox tools;
    private final Ext4Identity identity;
    private boolean fresh;

    /**
     * @param file     the image; need not exist before {@link #create} or {@link #copyFrom}
     * @param tools    where e2fsprogs is
     * @param identity what makes it reproducible
     */
    public Ext4Image(Path file, Toolbox tools, Ext4Identity identity) {
        this.file = Objects.requireNonNull(file, "file").toAbsolutePath();
        this.tools = Objects.requireNonNull(tools, "tools");
        this.identity = Objects.requireNonNull(identity, "identity");
    }

    /** The image's file. */
    public Path file() {
        return file;
    }

    /**
     * Makes an empty file system that belongs to root; its file is sparse.
     *
     * @param size  bytes, at least {@link #SMALLEST}; rounded up to whole blocks of 4 KiB
     * @param label name of the file system, up to 16 bytes; empty for none
     */
    public void create(long size, String label) throws IOException {
        if (size < SMALLEST) {
            throw new ProblemException("a root file system of " + size + " bytes is too small", file, "Set rootfs-size to at least " + SMALLEST / MEBI + "MiB");
        }
        if (label.getBytes(StandardCharsets.UTF_8).length > MAX_LABEL) {
            throw new ProblemException("the label '" + label + "' is longer than " + MAX_LABEL + " bytes", file, "Choose a shorter one");
        }
        Files.deleteIfExists(file);
        setLength(roundUp(size, BLOCK));
        // the new file reads as zeros: neither journal nor inode tables need to be written, and the kernel finds both initialized
        command("make the root file system", "mke2fs").args("-q", "-F", "-O", FEATURES, "-b", BLOCK, "-I", 256, "-N", Math.max(INODES, size / BYTES_PER_INODE), "-m", 0,
                "-J", "size=" + (size < LARGE ? 4 : 16), "-U", identity.uuid(), "-L", label, "-e", "continue",
                "-E", "hash_seed=" + identity.hashSeed() + ",root_owner=0:0,lazy_itable_init=0,lazy_journal_init=1,discard", file)
                .limit(LIMIT).check();
        fresh = true;
    }

    /** Makes the image a copy of another one. Shares the blocks where the host's file system can, and copies only data otherwise: holes stay holes. */
    public void copyFrom(Path base) throws IOException {
        if (!Files.isRegularFile(base)) {
            throw new ProblemException("there is no image " + base, null, "Build or fetch it first, or correct its path");
        }
        Ext4Superblock.of(base);
        fresh = false;
        new Command("copy the root file system of the base", "cp").args("--reflink=auto", "--sparse=auto", "--no-preserve=all", "--", base.toAbsolutePath(), file).limit(LIMIT).check();
    }

    /** What the file system says of itself; no program is started. */
    public Ext4Superblock superblock() throws IOException {
        return Ext4Superblock.of(file);
    }

    /** Reads the image. @throws ProblemException if its journal has to be replayed first: {@link #repair} */
    public Ext4Reader read() throws IOException {
        return Ext4Reader.open(file);
    }

    /** Begins an edit. */
    public ImageEditor edit() throws IOException {
        requireClean();
        return new ImageEditor(this);
    }

    /**
     * Gives it another size, larger or smaller.
     *
     * @param size bytes; rounded up to whole blocks
     * @throws ProblemException if that is less than what is used; names the least size
     */
    public void resize(long size) throws IOException {
        requireClean();
        Ext4Superblock before = superblock();
        long wanted = roundUp(size, before.blockSize());
        if (wanted < before.size()) {
            long minimum = minimumSize();
            if (wanted < minimum) {
                throw new ProblemException("a size of " + size + " bytes (" + size / MEBI + " MiB) is too small for the root file system: it needs " + roundUp(minimum, MEBI) / MEBI + " MiB", file,
                        "Set rootfs-size to at least " + roundUp(minimum, MEBI) / MEBI + "MiB, or to 0 for as little as possible");
            }
        }
        if (wanted != before.size()) {
            if (wanted > Files.size(file)) {
                setLength(wanted);
            }
            command("change the size of the root file system", "resize2fs").args("-f", file, wanted / 1024 + "K").limit(LIMIT).check();
        }
        setLength(wanted);
    }

    /**
     * Makes it as small as it can be, and a little larger.
     *
     * @param margin bytes that stay free
     */
    public void shrink(long margin) throws IOException {
        resize(roundUp(minimumSize() + margin, MEBI));
    }

    /** The least size in bytes that {@link #resize} can give it. */
    public long minimumSize() throws IOException {
        requireClean();
        String output = command("find the least size of the root file system", "resize2fs").args("-f", "-P", file).limit(LIMIT).output();
        Matcher matcher = MINIMUM.matcher(output);
        if (!matcher.find()) {
            throw new ProblemException("resize2fs did not tell the least size; it printed: " + output.strip(), file, "Check that resize2fs works, and that e2fsprogs is 1.45 or newer");
        }
        return Long.parseLong(matcher.group(1)) * superblock().blockSize();
    }

    /** Checks the whole file system, changing nothing. @throws ToolFailure if something is wrong: says what */
    public void check() throws IOException {
        command("check the root file system", "e2fsck").args("-fn", file).limit(LIMIT).check();
    }

    /**
     * Replays the journal and mends whatever is wrong.
     *
     * @throws ToolFailure if something cannot be mended
     */
    public void repair() throws IOException {
        Command command = command("repair the root file system", "e2fsck").args("-fy", file).limit(LIMIT);
        Command.Outcome outcome = command.run();
        // bits 1 and 2 say that errors were found and mended
        if (outcome.exit() < 0 || (outcome.exit() & ~3) != 0) {
            throw new ToolFailure("repair the root file system", "e2fsck", outcome, LIMIT, null);
        }
    }

    /** Whether mke2fs has just made the file system, and nobody has changed it since: nothing in it can be damaged. */
    boolean fresh() {
        return fresh;
    }

    /** It holds something now: a guest may run on it. */
    void edited() {
        fresh = false;
    }

    /** A program of e2fsprogs, told what makes the image reproducible. */
    Command command(String what, String program) {
        return environment(new Command(what, tool(program)));
    }

    Command environment(Command command) {
        return command.env(identity.environment()).env("LC_ALL", "C").env("TZ", "UTC");
    }

    String tool(String program) {
        return tools.require(TOOLS.get(program)).path().toString();
    }

    private void requireClean() throws IOException {
        Ext4Superblock superblock = superblock();
        if (!superblock.clean()) {
            throw new ProblemException(superblock.needsRecovery() ? "its file system was in use when its machine stopped: changes still wait in its journal"
                    : "its file system is marked as having errors", file, "Let the guest power off in the ordinary way, or run 'e2fsck -fy' on the image");
        }
    }

    private void setLength(long length) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            if (access.length() != length) {
                access.setLength(length);
            }
        }
    }

    private static long roundUp(long number, long unit) {
        return (number + unit - 1) / unit * unit;
    }

    /** The programs that images need. */
    public static List<Requirement> requirements() {
        return List.of(HostTools.MKE2FS, HostTools.DEBUGFS, HostTools.RESIZE2FS, HostTools.E2FSCK);
    }
}
