// SPDX-License-Identifier: Apache-2.0
package dev.marshal.uptodate;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Digests of files, remembered over builds, so that a file that nobody touched is not read again. Thread-safe.
 * A file that was changed within the last seconds is read anew in the next build: its time stamp cannot yet tell a further change.
 */
public final class FileDigests {

    /** Longest tick of the clock that Linux stamps files with: 10 ms, and one more for rounding. */
    private static final long TICK_MILLIS = 11;
    /** From so many files on, threads pay, also if the files are only looked at. */
    private static final int SIDE_BY_SIDE = 64;

    private final Path store;
    private final boolean savedAtOnce;
    private final Map<String, Kept> known = new ConcurrentHashMap<>();
    private volatile boolean changed;

    /** @param store file that the digests are kept in between builds; a missing or damaged one only costs time */
    public FileDigests(Path store) {
        this(store, false);
    }

    /**
     * Digests of files that many projects take as they are, such as those of a repository: read once on a machine, and not once a project. They are saved
     * as soon as one is known. Of two builds that save at once, the digests of one may be lost.
     *
     * @param store file that the builds share
     */
    public static FileDigests shared(Path store) {
        return new FileDigests(store, true);
    }

    private FileDigests(Path store, boolean savedAtOnce) {
        this.store = store;
        this.savedAtOnce = savedAtOnce;
        try {
            for (String line : Files.readAllLines(store)) {
                String[] fields = line.split("\t", 3);
                if (fields.length == 3) {
                    known.put(Fields.unescape(fields[2]), new Kept(FileStamp.parse(fields[0]), fields[1]));
                }
            }
        } catch (NoSuchFileException e) {
            known.clear();
        } catch (IOException | RuntimeException e) {
            known.clear();
        }
    }

    /** The SHA-256 digest of the file's content. */
    public String of(Path file) throws IOException {
        return of(file, () -> Sha256.of(file));
    }

    /**
     * What is to be known of many regular files, found out side by side.
     *
     * @param files absolute paths, without steps back and without links
     * @return what was found of each, in their order
     */
    List<Known> of(List<Path> files) throws IOException {
        try {
            return (files.size() < SIDE_BY_SIDE ? files.stream() : files.parallelStream()).map(file -> {
                try {
                    // all that is asked of one file in one question, since there may be a hundred thousand
                    Map<String, Object> facts = Files.readAttributes(file, FileStamp.ATTRIBUTES + ",dev,mode,nlink", LinkOption.NOFOLLOW_LINKS);
                    FileStamp stamp = FileStamp.of(facts);
                    return new Known(of(file, stamp, () -> Sha256.of(file, stamp.size())), (Integer) facts.get("mode"), (Integer) facts.get("nlink"), facts.get("dev") + ":" + stamp.inode());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * What was found out about the file's content before, or is found out now.
     *
     * @param file a regular file
     * @param find reads the file; called only if the file is not known, or was changed
     */
    public String of(Path file, Finding find) throws IOException {
        Path absolute = file.toAbsolutePath().normalize();
        return of(absolute, FileStamp.ofTarget(absolute), find);
    }

    private String of(Path absolute, FileStamp stamp, Finding find) throws IOException {
        Kept before = known.get(absolute.toString());
        if (before != null && before.stamp.equals(stamp)) {
            return before.finding;
        }
        awaitNextTick(stamp);
        String finding = find.find();
        record(absolute, stamp, finding);
        if (savedAtOnce && stamp.settled()) {
            save();
        }
        return finding;
    }

    /** Notes the digest of a file that the build has just written, and whose digest it knows from writing it. */
    public void note(Path file, String digest) throws IOException {
        Path absolute = file.toAbsolutePath().normalize();
        record(absolute, FileStamp.ofTarget(absolute), digest);
    }

    /** Keeps the digests for the next build, if there are new ones. */
    public synchronized void save() throws IOException {
        if (!changed) {
            return;
        }
        changed = false;
        List<String> lines = new ArrayList<>();
        known.forEach((file, entry) -> {
            if (entry.stamp.settled()) {
                lines.add(entry.stamp + "\t" + entry.finding + "\t" + Fields.escape(file));
            }
        });
        lines.sort(null);
        WholeOutput.file(store, temporary -> Files.write(temporary, lines));
    }

    private void record(Path file, FileStamp stamp, String finding) {
        known.put(file.toString(), new Kept(stamp, finding));
        changed = true;
    }

    /** A change within the tick of the file's own would leave its stamp as it is: so the file is read when that tick is over. */
    private static void awaitNextTick(FileStamp stamp) throws IOException {
        long age = System.currentTimeMillis() - TimeUnit.NANOSECONDS.toMillis(stamp.changed());
        if (age < 0 || age >= TICK_MILLIS) {
            return;
        }
        try {
            Thread.sleep(TICK_MILLIS - age);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        }
    }

    /**
     * A regular file.
     *
     * @param digest   SHA-256 of its content
     * @param mode     type and permissions, as {@code stat(2)} gives them
     * @param links    how many names it has
     * @param identity the same for every name of it
     */
    record Known(String digest, int mode, int links, String identity) {}

    private record Kept(FileStamp stamp, String finding) {}

    /** Reads a file. */
    @FunctionalInterface
    public interface Finding {
        /** One line of text without tabs. */
        String find() throws IOException;
    }
}
