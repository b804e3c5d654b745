// SPDX-License-Identifier: Apache-2.0
package dev.marshal.verify;

import dev.marshal.problem.Problem;
import dev.marshal.problem.ProblemException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What came of comparing outputs with references.
 *
 * @param references  the references' folder
 * @param outputs     the outputs' folder
 * @param files       paths of the references below their folder, with {@code /}, sorted
 * @param differences those that are not matched, in the same order
 */
public record Comparison(Path references, Path outputs, List<String> files, List<Difference> differences) {

    /** Differences whose diff the message shows; of others it gives the first line. */
    private static final int SHOWN = 5;

    /** Keeps copies. */
    public Comparison {
        files = List.copyOf(files);
        differences = List.copyOf(differences);
    }

    /** Whether every reference is matched. */
    public boolean matches() {
        return differences.isEmpty();
    }

    /** The part that concerns some folders, such as those of some jobs. @param folders first names of the references' paths */
    public Comparison under(List<String> folders) {
        return new Comparison(references, outputs, files.stream().filter(file -> folders.contains(folder(file))).toList(),
                differences.stream().filter(difference -> folders.contains(folder(difference.file()))).toList());
    }

    /** The first names of the references' paths: workloads and jobs. */
    public List<String> folders() {
        return files.stream().map(Comparison::folder).distinct().toList();
    }

    private static String folder(String file) {
        return file.contains("/") ? file.substring(0, file.indexOf('/')) : file;
    }

    /** All differences with their diffs. */
    public String text() {
        return differences.stream().map(Difference::text).collect(Collectors.joining(System.lineSeparator()));
    }

    /** Stops the build unless every reference is matched. @return this @throws ProblemException that shows the differences */
    public Comparison check() {
        if (!matches()) {
            throw new ProblemException(List.of(problem()));
        }
        return this;
    }

    /** What is wrong, with the differences, if not every reference is matched. */
    public Problem problem() {
        String what = differences.size() + " of " + files.size() + (files.size() == 1 ? " reference does" : " references do") + " not match the output";
        StringBuilder remedy = new StringBuilder("If the output in ").append(outputs).append(" is right, correct the references:");
        for (int i = 0; i < differences.size(); i++) {
            Difference difference = differences.get(i);
            remedy.append(System.lineSeparator()).append(i < SHOWN ? difference.text() : difference.file() + ": " + difference.what());
        }
        return new Problem(what, references.toString(), remedy.toString());
    }
}
