// SPDX-License-Identifier: Apache-2.0
package dev.marshal.workload;

import dev.marshal.problem.Location;
import dev.marshal.problem.Problem;
import dev.marshal.problem.ProblemException;
import dev.marshal.workload.LocatedNode.Field;
import dev.marshal.workload.LocatedNode.Fields;
import dev.marshal.workload.OptionType.BadValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads a specification, and collects everything that is wrong with it before it complains. */
public final class SpecificationReader {

    private final Consumer<String> warnings;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<Option<?>, Setting<?>> settings = new LinkedHashMap<>();

    private SpecificationReader(Consumer<String> warnings) {
        this.warnings = warnings;
    }

    /**
     * @param file     name of the document, for messages; {@code .json} is read as JSON, anything else as YAML
     * @param text     the document
     * @param warnings told of older spellings
     * @throws ProblemException with all that is wrong, each with its place
     */
    public static Specification read(String file, String text, Consumer<String> warnings) {
        LocatedNode document = DocumentReader.read(file, text);
        if (!(document instanceof Fields top)) {
            throw new ProblemException(document.kind() + " stands where a specification is expected", document.location(), "Write options as 'name: value', one a line");
        }
        SpecificationReader reader = new SpecificationReader(warnings);
        reader.group("", top);
        if (!reader.problems.isEmpty()) {
            throw new ProblemException(reader.problems);
        }
        return new Specification(Location.of(file), reader.settings);
    }

    private void group(String group, Fields fields) {
        fields.fields().forEach((key, field) -> {
            String name = group.isEmpty() ? key : group + "." + key;
            String current = Options.OLD_NAMES.getOrDefault(name, name);
            if (!current.equals(name)) {
                warnings.accept(field.key() + ": '" + name + "' is the older spelling of '" + current + "'");
            }
            Optional<Option<?>> option = Options.named(current);
            if (option.isPresent()) {
                read(option.get(), field);
            } else if (Options.isGroup(name)) {
                if (field.value() instanceof Fields members) {
                    group(name, members);
                } else {
                    problems.add(new Problem(field.value().kind() + " stands where the options of '" + name + "' are expected", field.value().location().toString(),
                            "Write one or more of: " + String.join(", ", Options.namesIn(name))));
                }
            } else {
                problems.add(unknown(group, key, field.key()));
            }
        });
    }

    private <T> void read(Option<T> option, Field field) {
        try {
            if (settings.put(option, new Setting<>(option.type().read(field.value()), field.value().location())) != null) {
                problems.add(new Problem("'" + option + "' is set twice, in its older spelling too", field.key().toString(), "Keep one of the two"));
            }
        } catch (BadValue e) {
            problems.add(new Problem(option + ": " + e.getMessage(), e.location().toString(), "Write " + option.type().expected()));
        }
    }

    private static Problem unknown(String group, String key, Location where) {
        String place = group.isEmpty() ? "" : " in '" + group + "'";
        if (group.isEmpty() && key.equals("jobs")) {
            return new Problem("'jobs' is not supported by this version", where.toString(), "Make a workload of each job; they can share a base and a reactor");
        }
        List<String> known = Options.namesIn(group);
        String remedy = NearestName.among(known, key).map(name -> "Did you mean '" + name + "'?").orElse("Known options: " + String.join(", ", known));
        return new Problem("unknown option '" + key + "'" + place, where.toString(), remedy);
    }
}
