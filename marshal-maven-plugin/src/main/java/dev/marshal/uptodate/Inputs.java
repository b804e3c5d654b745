// SPDX-License-Identifier: Apache-2.0
package dev.marshal.uptodate;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** All that a step's outputs depend on, each under the name that a reason will call it by. */
public final class Inputs {

    static final String CONTENT = "sha256:";
    private static final int PERMISSIONS = 07777;
    private static final int OWNER_RUNS = 0100;
    private static final String ABSENT = "absent";
    /** What Java puts in place of bytes that are no text. */
    private static final char UNKNOWN = '\ufffd';

    private final FileDigests digests;
    private final SortedMap<String, String> entries = new TreeMap<>();
    private final Map<String, Path> roots = new HashMap<>();

    /** @param digests what is known of files */
    public Inputs(FileDigests digests) {
        this.digests = digests;
    }

    /** An option, a tool's version, a number. Null counts as a value of its own. */
    public Inputs value(String name, Object value) {
        put(name, Objects.toString(value, ABSENT));
        return this;
    }

    /** Something known by its digest. */
    public Inputs digest(String name, String sha256) {
        put(name, CONTENT + sha256);
        return this;
    }

    /** A file's content and whether it is executable; its absence is a state like any other. */
    public Inputs file(String name, Path file) throws IOException {
        roots.put(name, file);
        if (!Files.isRegularFile(file)) {
            put(name, ABSENT);
        } else {
            put(name, CONTENT + digests.of(file) + (executable(file) ? " executable" : " not executable"));
        }
        return this;
    }

    /** A large file that a step before has written: what the file system says of it stands for its content. */
    public Inputs stamp(String name, Path file) throws IOException {
        roots.put(name, file);
        return Files.exists(file) ? digest(name, Sha256.of(FileStamp.of(file).toString())) : value(name, null);
    }

    /** All files, links (hard ones too) and folders below a folder, each with mode and content; or the file, if it is one. */
    public Inputs tree(String name, Path root) throws IOException {
        return tree(name, root, true);
    }

    /** Sources to be compiled: as {@link #tree}, but of permissions it only counts whether its owner may run a file, whatever the umask was when it was checked out. */
    public Inputs sources(String name, Path root) throws IOException {
        return tree(name, root, false);
    }

    private Inputs tree(String name, Path root, boolean modes) throws IOException {
        if (!Files.isDirectory(root)) {
            return file(name, root);
        }
        roots.put(name, root);
        // a link to a folder is walked as the folder
        Path top = root.toRealPath();
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(top, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                put(entry(folder) + "/", modes ? "folder " + mode(folder) : "folder");
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isSymbolicLink()) {
                    put(entry(file), "link to " + Files.readSymbolicLink(file));
                } else if (attributes.isRegularFile()) {
                    files.add(file);
                } else {
                    put(entry(file), "special file");
                }
                return FileVisitResult.CONTINUE;
            }

            private String entry(Path path) {
                return path.equals(top) ? name : name + "/" + shown(top, path);
            }
        });
        Map<String, SortedSet<String>> names = new HashMap<>();
        List<FileDigests.Known> known = digests.of(files);
        for (int i = 0; i < files.size(); i++) {
            String entry = name + "/" + shown(top, files.get(i));
            FileDigests.Known file = known.get(i);
            put(entry, CONTENT + file.digest() + " " + (modes ? Integer.toOctalString(file.mode() & PERMISSIONS) : (file.mode() & OWNER_RUNS) != 0 ? "executable" : "not executable"));
            if (modes && file.links() > 1) {
                names.computeIfAbsent(file.identity(), key -> new TreeSet<>()).add(entry);
            }
        }
        // names of one file stay names of one file
        names.values().stream().filter(same -> same.size() > 1).forEach(same -> same.forEach(each -> entries.merge(each, " one file with " + String.join(" ", same), String::concat)));
        return this;
    }

    /** Notes that an input was read out of a file, which a step before may make anew. @param name of the input */
    public Inputs readFrom(String name, Path file) {
        roots.put(name, file);
        return this;
    }

    /** Every input by name, sorted. */
    public SortedMap<String, String> entries() {
        return Collections.unmodifiableSortedMap(entries);
    }

    /** Whether an input is one of these files, or in one of these folders. @param name of the input */
    boolean isIn(String name, Collection<Path> outputs) {
        return roots.entrySet().stream().anyMatch(root -> (name.equals(root.getKey()) || name.startsWith(root.getKey() + "/")) && outputs.stream().anyMatch(root.getValue()::startsWith));
    }

    /** Those of some files and folders that inputs are in. */
    List<Path> readOf(Collection<Path> outputs) {
        return outputs.stream().filter(output -> roots.values().stream().anyMatch(root -> root.startsWith(output))).toList();
    }

    /** One digest over all of them: equal if and only if all inputs are equal. */
    public String fingerprint() {
        StringBuilder text = new StringBuilder();
        entries.forEach((name, value) -> text.append(Fields.escape(name)).append('\t').append(Fields.escape(value)).append('\n'));
        return Sha256.of(text.toString());
    }

    private void put(String name, String value) {
        if (entries.put(name, value) != null) {
            throw new IllegalArgumentException("two inputs are called '" + name + "'");
        }
    }

    /** A name as text; where the locale's character set cannot tell it, as it stands in a URI, which keeps every byte. */
    private static String shown(Path top, Path path) {
        String text = top.relativize(path).toString();
        return text.indexOf(UNKNOWN) < 0 ? text : path.toUri().getRawPath().substring(top.toUri().getRawPath().length());
    }

    private static boolean executable(Path file) throws IOException {
        // Java's own question is answered for whoever asks
        return ((Integer) Files.getAttribute(file, "unix:mode") & OWNER_RUNS) != 0;
    }

    private static String mode(Path path) throws IOException {
        return Integer.toOctalString((Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & PERMISSIONS);
    }
}
