// SPDX-License-Identifier: Apache-2.0
package dev.marshal.workload;

import dev.marshal.problem.Location;
import dev.marshal.problem.Problem;
import dev.marshal.problem.ProblemException;
import dev.marshal.workload.LocatedNode.Field;
import dev.marshal.workload.LocatedNode.Fields;
import dev.marshal.workload.OptionType.BadValue;
import dev.marshal.workload.OptionType.Remarks;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reads a specification, and collects everything that is wrong with it before it complains. */
public final class SpecificationReader {

    /** How a JSON document tells editors its schema. */
    public static final String SCHEMA = "$schema";

    private final Remarks remarks;
    private final Map<Option<?>, Setting<?>> settings = new LinkedHashMap<>();
    private final Set<Option<?>> unreadable = new HashSet<>();

    private SpecificationReader(Remarks remarks) {
        this.remarks = remarks;
    }

    /**
     * @param file     name of the document, for messages; {@code .json} is read as JSON, anything else as YAML
     * @param text     the document
     * @param warnings told of older spellings
     * @throws ProblemException with all that is wrong, each with its place
     */
    public static Specification read(String file, String text, Consumer<String> warnings) {
        List<Problem> problems = new ArrayList<>();
        Specification specification = read(file, text, new Remarks(warnings, problems));
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        return specification;
    }

    /**
     * Reads what can be read, for more to be checked.
     *
     * @param remarks told of older spellings, and of all that is wrong, each with its place
     * @return what could be read: not to be built
     * @throws ProblemException if the document is not well-formed
     */
    public static Specification read(String file, String text, Remarks remarks) {
        LocatedNode document = DocumentReader.read(file, text, remarks.problems());
        if (!(document instanceof Fields top)) {
            throw new ProblemException(document.kind() + " stands where a specification is expected", document.location(), "Write options as 'name: value', one a line");
        }
        SpecificationReader reader = new SpecificationReader(remarks);
        top.fields().remove(SCHEMA);
        reader.group("", top);
        return reader.specification(Location.of(file));
    }

    /** Jobs, each a specification of its own. @param remarks told of all that is wrong with any of them */
    static List<Specification> jobs(LocatedNode.Items items, Remarks remarks) {
        List<Specification> jobs = new ArrayList<>();
        Map<String, Location> names = new LinkedHashMap<>();
        for (LocatedNode item : items.items()) {
            if (!(item instanceof Fields fields)) {
                remarks.problems().add(new Problem("jobs: " + item.kind() + " stands where a job is expected", item.location().toString(), "Write its options as a map, with its 'name'"));
                continue;
            }
            SpecificationReader reader = new SpecificationReader(remarks);
            reader.group("", fields);
            reader.checkJob(item.location(), names);
            jobs.add(reader.specification(item.location()));
        }
        return List.copyOf(jobs);
    }

    private Specification specification(Location where) {
        return new Specification(where, settings, unreadable);
    }

    private void checkJob(Location where, Map<String, Location> names) {
        for (Option<?> option : Options.NOT_IN_JOBS) {
            Setting<?> setting = settings.get(option);
            if (setting != null) {
                remarks.problems().add(new Problem("a job cannot have '" + option + "'", setting.where().toString(), "Set it for the workload as a whole"));
            }
        }
        Setting<?> name = settings.get(Options.NAME);
        if (name == null && unreadable.contains(Options.NAME)) {
            return;
        }
        if (name == null) {
            remarks.problems().add(new Problem("the job has no name", where.toString(), "Add 'name: …'; its outputs are called WORKLOAD-NAME"));
            return;
        }
        Location first = names.putIfAbsent((String) name.value(), name.where());
        if (first != null) {
            remarks.problems().add(new Problem("there are two jobs called '" + name.value() + "' (the other is at " + first + ")", name.where().toString(), "Give each job a name of its own"));
        }
    }

    private void group(String group, Fields fields) {
        fields.fields().forEach((key, field) -> {
            String name = group.isEmpty() ? key : group + "." + key;
            String current = Options.OLD_NAMES.getOrDefault(name, name);
            if (!current.equals(name)) {
                remarks.warnings().accept(field.key() + ": '" + name + "' is the older spelling of '" + current + "'");
            }
            Optional<Option<?>> option = Options.named(current);
            if (option.isPresent()) {
                read(option.get(), field);
            } else if (Options.isGroup(name)) {
                if (field.value() instanceof Fields members) {
                    group(name, members);
                } else {
                    remarks.problems().add(new Problem(field.value().kind() + " stands where the options of '" + name + "' are expected", field.value().location().toString(),
                            "Write one or more of: " + String.join(", ", Options.namesIn(name))));
                }
            } else {
                remarks.problems().add(unknown(group, key, field.key()));
            }
        });
    }

    private <T> void read(Option<T> option, Field field) {
        try {
            if (settings.put(option, new Setting<>(option.type().read(field.value(), remarks), field.value())) != null) {
                remarks.problems().add(new Problem("'" + option + "' is set twice, in its older spelling too", field.key().toString(), "Keep one of the two"));
            }
        } catch (BadValue e) {
            unreadable.add(option);
            remarks.problems().addAll(e.problems(option));
        }
    }

    private static Problem unknown(String group, String key, Location where) {
        String place = group.isEmpty() ? "" : " in '" + group + "'";
        List<String> known = Options.namesIn(group);
        String remedy = NearestName.among(known, key).map(name -> "Did you mean '" + name + "'?").orElse("Known options: " + String.join(", ", known));
        return new Problem("unknown option '" + key + "'" + place, where.toString(), remedy);
    }
}
