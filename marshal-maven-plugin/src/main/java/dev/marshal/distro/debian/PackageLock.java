// SPDX-License-Identifier: Apache-2.0
package dev.marshal.distro.debian;

import dev.marshal.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The packages that a root filesystem was made of.
 *
 * @param suite      the suite they came from
 * @param components parts of the archive
 * @param packages   the packages, in the order of their files' names
 */
record PackageLock(String suite, List<String> components, List<Entry> packages) {

    private static final String HEAD = """
            # The packages of a Debian root filesystem. Named in 'distro.opts.lock', this file gives the same packages again.
            # SHA-256, path in the archive, name of apt's for the file
            """;
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  ([A-Za-z0-9][^\\s:]*\\.deb)  ([a-z0-9][^\\s/]*\\.deb)");
    private static final Pattern SUITE = Pattern.compile("suite: (\\S+)((?: \\S+)*)");
    private static final Pattern URI = Pattern.compile("'([^']+)' (\\S+\\.deb) \\d+ SHA256:([0-9a-f]{64})\\s*");

    /** A package. @param sha256 digest of its file @param path below the mirror's address @param file what apt calls its file, which holds name, version and architecture */
    record Entry(String sha256, String path, String file) {}

    /** What {@code apt-get --print-uris} printed. @param mirror address that all begin with */
    static PackageLock ofUris(List<String> lines, String mirror, String suite, List<String> components) {
        List<Entry> entries = new ArrayList<>();
        for (String line : lines) {
            Matcher matcher = URI.matcher(line);
            if (matcher.matches()) {
                String uri = matcher.group(1).replace("%2b", "+").replace("%7e", "~");
                entries.add(new Entry(matcher.group(3), uri.startsWith(mirror) ? uri.substring(mirror.length()) : uri.replaceFirst(".*?/(?=pool/)", ""), matcher.group(2)));
            }
        }
        entries.sort(Comparator.comparing(Entry::file));
        return new PackageLock(suite, List.copyOf(components), List.copyOf(entries));
    }

    /** @throws ProblemException if it is no such file */
    static PackageLock read(Path file) throws IOException {
        List<Entry> entries = new ArrayList<>();
        PackageLock head = null;
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            Matcher suite = SUITE.matcher(line);
            Matcher entry = LINE.matcher(line);
            if (entry.matches() && !entry.group(2).contains("..")) {
                entries.add(new Entry(entry.group(1), entry.group(2), entry.group(3)));
            } else if (suite.matches()) {
                head = new PackageLock(suite.group(1), List.of(suite.group(2).strip().split(" ")), List.of());
            } else if (!line.startsWith("#") && !line.isBlank()) {
                throw new ProblemException("this line is none of a lock of packages: '" + line + "'", file + ":" + number, "Take the file NAME-packages.lock from the build folder of a base, as it is");
            }
        }
        if (head == null || entries.isEmpty()) {
            throw new ProblemException("this is no lock of packages: it names " + (head == null ? "no suite" : "no package"), file, "Take the file NAME-packages.lock from the build folder of a base, as it is");
        }
        return new PackageLock(head.suite, head.components, List.copyOf(entries));
    }

    /** The file's content. */
    String text() {
        StringBuilder text = new StringBuilder(HEAD).append("suite: ").append(suite);
        components.forEach(component -> text.append(' ').append(component));
        text.append('\n');
        packages.forEach(entry -> text.append(entry.sha256).append("  ").append(entry.path).append("  ").append(entry.file).append('\n'));
        return text.toString();
    }
}
