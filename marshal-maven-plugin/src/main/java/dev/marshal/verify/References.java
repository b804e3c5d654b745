// SPDX-License-Identifier: Apache-2.0
package dev.marshal.verify;

import dev.marshal.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reference outputs: a folder whose every file and folder must be found in the outputs of a run. Files are equal byte for byte; one called
 * {@code uartlog} need only be found as a run of lines in the console's, both without carriage returns and terminal control sequences, and whatever else
 * the kernel says in between. Links of the user's among the references are followed, links among the outputs, which a guest made, are not.
 */
public final class References {

    /** The file that holds a console. */
    public static final String CONSOLE = "uartlog";

    private static final int MOST_DIFF_LINES = 200;
    private static final long LARGEST_TEXT = 16L << 20;

    private final Path folder;

    /** @param folder the references */
    public References(Path folder) {
        this.folder = folder.toAbsolutePath();
    }

    /**
     * Checks, before anything is run, that there is something to compare.
     *
     * @param where where the folder was named, for the message
     * @throws ProblemException if the folder does not exist or has no file
     */
    public void check(Object where) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new ProblemException("the folder of references " + folder + " does not exist", where, "Create it with a file to compare, or correct 'testing.refDir'");
        }
        try (Stream<Path> all = Files.walk(folder)) {
            if (all.noneMatch(Files::isRegularFile)) {
                throw new ProblemException("the folder of references " + folder + " has no file, so nothing would be compared", where,
                        "Put the expected output there, such as WORKLOAD/" + CONSOLE + ", or remove 'testing.refDir'");
            }
        }
    }

    /**
     * Compares.
     *
     * @param outputs    the run's outputs, with a folder a workload or job
     * @param scriptOnly whether a console is searched only in what the run script printed ({@code testing.strip})
     */
    public Comparison compare(Path outputs, boolean scriptOnly) throws IOException {
        Walk walk = new Walk(outputs.toAbsolutePath(), scriptOnly);
        walk.folder("", folder, walk.outputs);
        return new Comparison(folder, walk.outputs, walk.files, walk.differences);
    }

    private static final class Walk {

        private final Path outputs;
        private final boolean scriptOnly;
        private final List<String> files = new ArrayList<>();
        private final List<Difference> differences = new ArrayList<>();

        Walk(Path outputs, boolean scriptOnly) {
            this.outputs = outputs;
            this.scriptOnly = scriptOnly;
        }

        void folder(String prefix, Path reference, Path output) throws IOException {
            List<String> names;
            try (Stream<Path> children = Files.list(reference)) {
                names = children.map(child -> child.getFileName().toString()).sorted().toList();
            }
            for (String name : names) {
                entry(prefix + name, reference.resolve(name), output.resolve(name));
            }
        }

        private void entry(String file, Path reference, Path output) throws IOException {
            if (Files.isDirectory(reference)) {
                if (Files.isDirectory(output, LinkOption.NOFOLLOW_LINKS)) {
                    folder(file + "/", reference, output);
                } else {
                    files.add(file);
                    differ(file, reference, output, Files.exists(output, LinkOption.NOFOLLOW_LINKS) ? "the output is not a folder" : "the output has no such folder", List.of());
                }
                return;
            }
            files.add(file);
            if (Files.isSymbolicLink(output)) {
                if (!Files.isSymbolicLink(reference) || !Files.readSymbolicLink(reference).equals(Files.readSymbolicLink(output))) {
                    differ(file, reference, output, "the output is a symbolic link to " + Files.readSymbolicLink(output), List.of());
                }
            } else if (!Files.exists(output)) {
                differ(file, reference, output, "the output has no such file", List.of());
            } else if (!Files.isRegularFile(output)) {
                differ(file, reference, output, "the output is not a regular file", List.of());
            } else if (reference.getFileName().toString().equals(CONSOLE)) {
                console(file, reference, output);
            } else {
                regular(file, reference, output);
            }
        }

        private void console(String file, Path reference, Path output) throws IOException {
            List<String> wanted = new ArrayList<>();
            ConsoleLines.read(reference, (line, number, ofScript) -> wanted.add(line));
            ConsoleSearch search = new ConsoleSearch(wanted, output, scriptOnly);
            if (search.found()) {
                return;
            }
            String where = scriptOnly ? "what the run script printed" : "the console";
            if (scriptOnly && !search.scriptBegan()) {
                differ(file, reference, output, "the run script did not begin, so it printed nothing", List.of());
                return;
            }
            ConsoleSearch.Place place = search.nearest();
            if (place.lines().isEmpty()) {
                differ(file, reference, output, where + " is empty", List.of());
                return;
            }
            differ(file, reference, output, "not found in " + where + "; the nearest place:",
                    named(reference, output, ConsoleDiff.of(wanted, place, MOST_DIFF_LINES)));
        }

        private void regular(String file, Path reference, Path output) throws IOException {
            long at = Files.mismatch(reference, output);
            if (at < 0) {
                return;
            }
            if (Files.size(reference) <= LARGEST_TEXT && Files.size(output) <= LARGEST_TEXT) {
                byte[] wanted = Files.readAllBytes(reference);
                byte[] written = Files.readAllBytes(output);
                if (isText(wanted) && isText(written)) {
                    List<String> diff = LineDiff.unified(LineDiff.edits(lines(wanted), lines(written)), 1, 1, MOST_DIFF_LINES);
                    if (!diff.isEmpty()) {
                        differ(file, reference, output, "differs:", named(reference, output, diff));
                        return;
                    }
                }
            }
            differ(file, reference, output, "differs from byte " + at + " (counted from 0); the reference has " + Files.size(reference) + " bytes, the output "
                    + Files.size(output), List.of());
        }

        private void differ(String file, Path reference, Path output, String what, List<String> diff) {
            differences.add(new Difference(ConsoleLines.text(new String(file.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)), reference, output, what, diff));
        }

        private static List<String> named(Path reference, Path output, List<String> diff) {
            List<String> named = new ArrayList<>(List.of("--- " + reference, "+++ " + output));
            named.addAll(diff);
            return named;
        }

        private static boolean isText(byte[] bytes) {
            for (byte value : bytes) {
                if (value == 0) {
                    return false;
                }
            }
            return true;
        }

        /** The lines in a form that can be shown, the last one marked as diff does if it was not ended. */
        private static List<String> lines(byte[] bytes) {
            List<String> lines = new ArrayList<>();
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            int from = 0;
            for (int to; (to = text.indexOf('\n', from)) >= 0; from = to + 1) {
                lines.add(ConsoleLines.text(text.substring(from, to)));
            }
            if (from < text.length()) {
                lines.add(ConsoleLines.text(text.substring(from)) + " (no line feed at the end)");
            }
            return lines;
        }
    }
}
