// SPDX-License-Identifier: Apache-2.0
package dev.marshal.it;

import com.github.luben.zstd.ZstdInputStream;
import dev.marshal.rootfs.Ext4Reader;
import dev.marshal.rootfs.FileKind;
import dev.marshal.rootfs.ImagePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;

/** Whether two builds gave the same bytes; where they did not, the part that differs: a file, and in it the entry of an archive or the file of an image. */
public final class FirstDifference {

    /** Below it is what a system writes of its boot. */
    private static final String LOG = "/var/log/";
    private static final String SAME = "all parts are the same";

    private FirstDifference() {}

    /**
     * Compares the outputs of two builds of a project: all files right in {@code target}, and what steps hand to each other below it.
     *
     * @param one   the {@code target} of one build
     * @param other that of the other
     * @return where they differ first; empty if they are the same
     */
    public static Optional<String> ofOutputs(Path one, Path other) throws IOException {
        return ofOutputs(one, other, FirstDifference::ofFiles);
    }

    /**
     * Compares the outputs of two builds of a project whose root filesystem was booted while it was built: of it and its jobs' the files must be the same
     * (those of the log, which hold times, aside), but not times and places; what holds one of them, or its digest, is not compared; all other files must be the same.
     *
     * @param one   the {@code target} of one build
     * @param other that of the other
     * @return where they differ first; empty if they are the same
     */
    public static Optional<String> ofOutputsAfterBoot(Path one, Path other) throws IOException {
        return ofOutputs(one, other, (left, right) -> {
            String name = left.getFileName().toString();
            if (name.endsWith("-rootfs.img")) {
                String difference = firstOf(image(left, false), image(right, false));
                return difference.equals(SAME) ? Optional.empty() : Optional.of(difference + " of " + left + " and " + right);
            }
            boolean holds = name.contains("-rootfs.") || name.endsWith("-nodisk.elf") || name.endsWith(".workload") || name.endsWith("-cyclonedx.json");
            return holds ? Optional.empty() : ofFiles(left, right);
        });
    }

    private interface Comparison {
        Optional<String> of(Path one, Path other) throws IOException;
    }

    private static Optional<String> ofOutputs(Path one, Path other, Comparison comparison) throws IOException {
        SortedMap<String, Path> left = outputs(one);
        SortedMap<String, Path> right = outputs(other);
        for (String name : left.keySet()) {
            if (!right.containsKey(name)) {
                return Optional.of(name + " is in " + one + " only");
            }
        }
        for (Map.Entry<String, Path> file : right.entrySet()) {
            if (!left.containsKey(file.getKey())) {
                return Optional.of(file.getKey() + " is in " + other + " only");
            }
            Optional<String> difference = comparison.of(left.get(file.getKey()), file.getValue());
            if (difference.isPresent()) {
                return Optional.of(file.getKey() + ": " + difference.get());
            }
        }
        return Optional.empty();
    }

    /** The files that a build gives, by their names relative to {@code target}. */
    private static SortedMap<String, Path> outputs(Path target) throws IOException {
        SortedMap<String, Path> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(target)) {
            for (Path file : all.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)).toList()) {
                String name = target.relativize(file).toString();
                if (!name.contains("/") || name.startsWith("marshal/drivers/") || name.equals("marshal/initramfs.cpio") || name.equals("marshal/Image")) {
                    files.put(name, file);
                }
            }
        }
        return files;
    }

    /** Where two files differ first; empty if they are the same. */
    public static Optional<String> ofFiles(Path one, Path other) throws IOException {
        long position = Files.mismatch(one, other);
        if (position < 0) {
            return Optional.empty();
        }
        String name = one.getFileName().toString();
        String place = "byte " + position;
        if (name.endsWith(".zst")) {
            place = "unpacked, " + ofFiles(unpacked(one), unpacked(other)).orElse("they are the same") + "; " + place;
        } else if (name.endsWith(".img")) {
            place = firstOf(image(one, true), image(other, true)) + "; " + place;
        } else if (name.endsWith(".workload")) {
            place = firstOf(entries(new ZipArchiveInputStream(Files.newInputStream(one))), entries(new ZipArchiveInputStream(Files.newInputStream(other)))) + "; " + place;
        } else if (name.endsWith(".cpio")) {
            place = firstOf(entries(new CpioArchiveInputStream(Files.newInputStream(one))), entries(new CpioArchiveInputStream(Files.newInputStream(other)))) + "; " + place;
        } else if (name.endsWith(".tar")) {
            place = firstOf(entries(new TarArchiveInputStream(Files.newInputStream(one))), entries(new TarArchiveInputStream(Files.newInputStream(other)))) + "; " + place;
        } else if (name.endsWith(".json") || name.endsWith(".config")) {
            place = firstLine(one, other) + "; " + place;
        }
        return Optional.of(place + " of " + one + " (" + Files.size(one) + " bytes) and " + other + " (" + Files.size(other) + " bytes)");
    }

    private static String firstOf(Map<String, String> one, Map<String, String> other) {
        for (Map.Entry<String, String> entry : one.entrySet()) {
            String there = other.get(entry.getKey());
            if (!entry.getValue().equals(there)) {
                return "'" + entry.getKey() + "' is " + entry.getValue() + ", and " + (there == null ? "not there" : there);
            }
        }
        for (Map.Entry<String, String> entry : other.entrySet()) {
            if (!one.containsKey(entry.getKey())) {
                return "'" + entry.getKey() + "' is not there, and " + entry.getValue();
            }
        }
        return one.keySet().stream().toList().equals(other.keySet().stream().toList()) ? SAME : "the parts are in another order";
    }

    private static String firstLine(Path one, Path other) throws IOException {
        String[] left = Files.readString(one).split("\n", -1);
        String[] right = Files.readString(other).split("\n", -1);
        for (int i = 0; i < Math.min(left.length, right.length); i++) {
            if (!left[i].equals(right[i])) {
                return "line " + (i + 1) + " is '" + left[i] + "', and '" + right[i] + "'";
            }
        }
        return left.length + " lines, and " + right.length;
    }

    private static Map<String, String> image(Path file, boolean times) throws IOException {
        Map<String, String> entries = new LinkedHashMap<>();
        try (Ext4Reader reader = Ext4Reader.open(file)) {
            entries.put("superblock", reader.superblock().size() + " bytes");
            reader.walk(ImagePath.ROOT, entry -> {
                var inode = entry.inode();
                String content = inode.kind() == FileKind.FILE ? sha256(reader.content(inode)) : inode.kind() == FileKind.LINK ? new String(reader.linkTarget(inode), StandardCharsets.UTF_8) : "";
                String place = times ? "inode " + inode.number() + " " + inode.modified() + "/" + inode.changed() + "/" + inode.accessed() + "/" + inode.created() : "";
                if (times || !entry.path().toString().startsWith(LOG)) {
                    entries.put(entry.path().toString(), String.join(" ", place, inode.kind().toString(), Integer.toOctalString(inode.mode()), inode.uid() + ":" + inode.gid(),
                        inode.links() + " names", inode.size() + " bytes", content));
                }
            });
        }
        return entries;
    }

    private static Map<String, String> entries(ArchiveInputStream<?> archive) throws IOException {
        Map<String, String> entries = new LinkedHashMap<>();
        try (archive) {
            for (ArchiveEntry entry; (entry = archive.getNextEntry()) != null;) {
                String mode = "";
                if (entry instanceof CpioArchiveEntry cpio) {
                    mode = Long.toOctalString(cpio.getMode()) + " " + cpio.getUID() + ":" + cpio.getGID();
                } else if (entry instanceof TarArchiveEntry tar) {
                    mode = Integer.toOctalString(tar.getMode()) + " " + tar.getLongUserId() + ":" + tar.getLongGroupId() + " " + tar.getLinkName();
                } else if (entry instanceof ZipArchiveEntry zip) {
                    mode = Integer.toOctalString(zip.getUnixMode());
                }
                entries.put(entry.getName(), mode + " " + entry.getLastModifiedDate().toInstant() + " " + sha256(archive));
            }
        }
        return entries;
    }

    private static String sha256(InputStream in) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(in, digest).transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path unpacked(Path file) throws IOException {
        String name = file.getFileName().toString();
        Path unpacked = Files.createTempDirectory("marshal-difference").resolve(name.substring(0, name.length() - ".zst".length()));
        try (InputStream in = new ZstdInputStream(Files.newInputStream(file))) {
            Files.copy(in, unpacked);
        }
        return unpacked;
    }
}
