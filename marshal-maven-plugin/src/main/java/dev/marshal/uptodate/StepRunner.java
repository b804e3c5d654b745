// SPDX-License-Identifier: Apache-2.0
package dev.marshal.uptodate;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Does steps whose inputs changed, leaves the others alone, and says which and why. One project, one thread. */
public final class StepRunner {

    private static final String FIRST = "not built yet";
    /** Longest text of a value in a reason, in characters. */
    private static final int SHOWN = 80;
    /** How much of what two long values have in common is shown before what differs. */
    private static final int COMMON = 20;
    private static final String DAMAGED = "the record of the last build is damaged";

    private final Path records;
    private final FileDigests digests;
    private final Optional<BuiltOutputs> built;

    /**
     * @param records folder of what each step was last built from
     * @param digests what is known of files
     */
    public StepRunner(Path records, FileDigests digests) {
        this(records, digests, Optional.empty());
    }

    /**
     * @param records folder of what each step was last built from
     * @param digests what is known of files
     * @param built   what other builds made, if it may be taken
     */
    public StepRunner(Path records, FileDigests digests, Optional<BuiltOutputs> built) {
        this.records = records;
        this.digests = digests;
        this.built = built;
    }

    /** Whether the step has to be done, without doing it. */
    public Verdict check(Step step) throws IOException {
        return check(step, List.of());
    }

    /**
     * Whether the step has to be done, whatever steps before it give.
     *
     * @param pending outputs that those may make anew: that they are others now is no reason
     * @return the verdict, with those of them that the step reads
     */
    public Verdict check(Step step, Collection<Path> pending) throws IOException {
        // before the first build, a step's inputs may not be there yet
        return Files.exists(recordOf(step)) ? check(step, step.inputs(), pending) : new Verdict(List.of(FIRST));
    }

    /**
     * Does the step if it has to be done.
     *
     * @param before told the verdict before anything is done
     * @return the verdict
     */
    public Verdict run(Step step, java.util.function.Consumer<Verdict> before) throws IOException {
        Inputs inputs = step.inputs();
        Verdict verdict = check(step, inputs, List.of());
        before.accept(verdict);
        if (!verdict.upToDate()) {
            make(step, inputs);
            record(step, inputs);
        }
        digests.save();
        return verdict;
    }

    /** Deletes what the step made when it was done last, if it ever was. */
    public void forget(Step step) throws IOException {
        if (Files.deleteIfExists(recordOf(step))) {
            for (Path output : step.outputs()) {
                WholeOutput.delete(output);
            }
        }
    }

    private void make(Step step, Inputs inputs) throws IOException {
        if (built.isEmpty() || !step.reusable()) {
            step.build();
        } else if (!built.get().take(step, inputs)) {
            step.build();
            built.get().keep(step, inputs);
        }
    }

    private Verdict check(Step step, Inputs inputs, Collection<Path> pending) throws IOException {
        Path file = recordOf(step);
        if (!Files.exists(file)) {
            return new Verdict(List.of(FIRST));
        }
        SortedMap<String, String> before = new TreeMap<>();
        SortedMap<String, String> made = new TreeMap<>();
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (CharacterCodingException e) {
            return new Verdict(List.of(DAMAGED));
        }
        for (String line : lines) {
            String[] fields = line.split("\t", 3);
            if (fields.length != 3) {
                return new Verdict(List.of(DAMAGED));
            }
            (fields[0].equals("in") ? before : made).put(Fields.unescape(fields[1]), Fields.unescape(fields[2]));
        }
        SortedMap<String, String> now = inputs.entries();
        if (!pending.isEmpty()) {
            now = new TreeMap<>(now);
            now.keySet().removeIf(name -> inputs.isIn(name, pending));
            before.keySet().removeIf(name -> inputs.isIn(name, pending));
        }
        List<String> reasons = new ArrayList<>(differences(before, now));
        for (Path output : step.outputs()) {
            String stamp = made.get(output.getFileName().toString());
            if (!Files.exists(output)) {
                reasons.add(output.getFileName() + " is missing");
            } else if (!stampOf(output).equals(stamp)) {
                reasons.add(output.getFileName() + " was changed by somebody else");
            }
        }
        return new Verdict(reasons, inputs.readOf(pending));
    }

    private static List<String> differences(SortedMap<String, String> before, SortedMap<String, String> now) {
        List<String> reasons = new ArrayList<>();
        List<String> added = new ArrayList<>();
        now.forEach((name, value) -> {
            String old = before.get(name);
            if (old == null) {
                added.add(name + " is new" + (value.startsWith(Inputs.CONTENT) ? "" : ": " + shown(value, 0)));
            } else if (!old.equals(value)) {
                reasons.add(name + " changed" + values(old, value));
            }
        });
        // what changed tells more than the files of a folder that came instead of others
        reasons.addAll(added);
        before.keySet().stream().filter(name -> !now.containsKey(name)).forEach(name -> reasons.add(name + " is gone"));
        return reasons;
    }

    /** What was, and what is: of a file that only its permissions are another. */
    private static String values(String old, String value) {
        if (!old.startsWith(Inputs.CONTENT) || !value.startsWith(Inputs.CONTENT)) {
            int common = 0;
            while (common < Math.min(old.length(), value.length()) && old.charAt(common) == value.charAt(common)) {
                common++;
            }
            int from = Math.max(old.length(), value.length()) <= SHOWN ? 0 : Math.max(0, common - COMMON);
            return ": " + shown(old, from) + " → " + shown(value, from);
        }
        int digest = Inputs.CONTENT.length() + Sha256.DIGITS;
        boolean content = !old.regionMatches(0, value, 0, digest);
        return content ? "" : ": '" + old.substring(digest).strip() + "' → '" + value.substring(digest).strip() + "'";
    }

    private static String shown(String value, int from) {
        String line = value.startsWith(Inputs.CONTENT) ? "a file" : value.replace('\n', ' ');
        String rest = from > 0 && from < line.length() ? "…" + line.substring(from) : line;
        return rest.length() > SHOWN ? "'" + rest.substring(0, SHOWN - 3) + "…'" : "'" + rest + "'";
    }

    private void record(Step step, Inputs inputs) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, String> input : inputs.entries().entrySet()) {
            lines.add("in\t" + Fields.escape(input.getKey()) + "\t" + Fields.escape(input.getValue()));
        }
        for (Path output : step.outputs()) {
            lines.add("out\t" + Fields.escape(output.getFileName().toString()) + "\t" + Fields.escape(stampOf(output)));
        }
        WholeOutput.file(recordOf(step), temporary -> Files.write(temporary, lines));
    }

    private static String stampOf(Path output) throws IOException {
        if (!Files.isDirectory(output)) {
            return FileStamp.of(output).toString();
        }
        List<Path> below;
        try (Stream<Path> walk = Files.walk(output)) {
            below = walk.filter(path -> !Files.isDirectory(path)).sorted().toList();
        }
        StringBuilder stamps = new StringBuilder();
        for (Path path : below) {
            stamps.append(output.relativize(path)).append(' ').append(FileStamp.of(path)).append('\n');
        }
        return Sha256.of(stamps.toString());
    }

    private Path recordOf(Step step) {
        return records.resolve(step.name());
    }
}
