// SPDX-License-Identifier: Apache-2.0
package dev.marshal.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.marshal.distro.Distribution;
import dev.marshal.workload.Distro;
import dev.marshal.workload.JsonSchema;
import dev.marshal.workload.Option;
import dev.marshal.workload.Options;
import dev.marshal.workload.SpecificationReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The JSON Schema of a workload specification, by which editors complete and check it. It follows from what reads specifications: {@link Options} and the distributions. */
public final class SpecificationSchema {

    private static final String INTRODUCTION = "What a workload is made of: YAML in workload.yaml, or JSON in workload.json.";

    private final List<Distribution> distributions;

    /** @param distributions what {@code distro} may name */
    public SpecificationSchema(List<Distribution> distributions) {
        this.distributions = List.copyOf(distributions);
    }

    /** The schema as a JSON text that ends with a line end. */
    public String text() {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentObjectsWith(indenter);
        printer.indentArraysWith(indenter);
        try {
            return new ObjectMapper().writer(printer).writeValueAsString(schema()) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps and texts are JSON", e);
        }
    }

    private Map<String, Object> schema() {
        Map<String, Object> schema = JsonSchema.of("$schema", "http://json-schema.org/draft-07/schema#", "title", "Workload specification", "description", INTRODUCTION);
        schema.putAll(specification(Set.of()));
        properties(schema).put(SpecificationReader.SCHEMA, JsonSchema.of("type", "string", "description", "The schema of this file, for editors."));
        schema.put("definitions", definitions());
        return schema;
    }

    @SuppressWarnings("unchecked") // made by fields()
    private static Map<String, Object> properties(Map<String, Object> schema) {
        return (Map<String, Object>) schema.get("properties");
    }

    /** A specification or a job. @param without options that it cannot have */
    private static Map<String, Object> specification(Set<String> without) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (String name : names()) {
            if (!without.contains(name)) {
                properties.put(name, JsonSchema.reference(name));
            }
        }
        Map<String, Object> schema = JsonSchema.fields(properties);
        List<Map<String, Object>> exclusions = new ArrayList<>();
        for (Options.Exclusion exclusion : Options.EXCLUSIONS) {
            Map<String, Object> both = JsonSchema.of("allOf", List.of(sets(exclusion.one()), sets(exclusion.other())));
            exclusions.add(JsonSchema.of("not", both, "errorMessage", "'" + exclusion.other() + "' cannot be used together with '" + exclusion.one() + "'"));
        }
        schema.put("allOf", exclusions);
        return schema;
    }

    /** That a specification sets an option. */
    private static Map<String, Object> sets(Option<?> option) {
        int dot = option.name().indexOf('.');
        if (dot < 0) {
            return JsonSchema.of("required", List.of(option.name()));
        }
        String group = option.name().substring(0, dot);
        return JsonSchema.of("required", List.of(group), "properties", JsonSchema.of(group, JsonSchema.of("required", List.of(option.name().substring(dot + 1)))));
    }

    /** What may stand at the top of a specification: options, groups of options, older spellings. */
    private static Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        Options.all().forEach(option -> names.add(option.name().split("\\.")[0]));
        names.addAll(Options.OLD_NAMES.keySet());
        return names;
    }

    private Map<String, Object> definitions() {
        Map<String, Object> definitions = new LinkedHashMap<>();
        Map<String, Map<String, Object>> groups = new LinkedHashMap<>();
        for (Option<?> option : Options.all()) {
            int dot = option.name().indexOf('.');
            Map<String, Object> schema = described(option, option.equals(Options.DISTRO) ? distro() : option.type().schema());
            if (dot < 0) {
                definitions.put(option.name(), schema);
            } else {
                String group = option.name().substring(0, dot);
                Map<String, Object> members = groups.computeIfAbsent(group, name -> new LinkedHashMap<>());
                members.put(option.name().substring(dot + 1), schema);
                definitions.put(group, JsonSchema.of("description", "Options of the group '" + group + "': " + String.join(", ", members.keySet()) + "."));
            }
        }
        groups.forEach((group, members) -> properties(definitions, group).putAll(JsonSchema.fields(members)));
        Options.OLD_NAMES.forEach((old, name) -> {
            Option<?> option = Options.all().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
            Map<String, Object> schema = JsonSchema.of("deprecated", true, "deprecationMessage", "'" + old + "' is the older spelling of '" + name + "'");
            schema.putAll(described(option, option.type().schema()));
            definitions.put(old, schema);
        });
        Map<String, Object> job = JsonSchema.of("description", "A workload that runs together with others: a specification of its own.");
        job.putAll(specification(Set.copyOf(Options.NOT_IN_JOBS.stream().map(Option::name).toList())));
        job.put("required", List.of(Options.NAME.name()));
        definitions.put(JsonSchema.JOB, job);
        return definitions;
    }

    @SuppressWarnings("unchecked") // put there as such
    private static Map<String, Object> properties(Map<String, Object> definitions, String group) {
        return (Map<String, Object>) definitions.get(group);
    }

    private static Map<String, Object> described(Option<?> option, Map<String, Object> schema) {
        String inherited = switch (option.inheritance()) {
            case NONE -> "";
            case REPLACED -> " Children inherit it.";
            case APPENDED -> " Children add to it.";
            case MERGED -> " Children add to it, replace entries, and remove them with null.";
        };
        Map<String, Object> described = JsonSchema.of("description", option.description() + (option.description().endsWith(".") ? "" : ".") + inherited + " Write " + option.type().expected() + ".");
        described.putAll(schema);
        return described;
    }

    /** The name alone, or with the options that the distribution of that name declares. */
    private Map<String, Object> distro() {
        List<String> all = new ArrayList<>();
        List<Map<String, Object>> choices = new ArrayList<>();
        for (Distribution distribution : distributions) {
            List<String> names = new ArrayList<>(List.of(distribution.name()));
            names.addAll(distribution.aliases());
            all.addAll(names);
            Map<String, Object> options = new LinkedHashMap<>();
            distribution.options().forEach(option -> options.put(option.name().substring(Distro.OPTIONS.length()), described(option, option.type().schema())));
            choices.add(JsonSchema.of("if", JsonSchema.of("properties", JsonSchema.of("name", JsonSchema.of("enum", names)), "required", List.of("name")),
                    "then", JsonSchema.of("properties", JsonSchema.of("opts", JsonSchema.fields(options)))));
        }
        Map<String, Object> name = JsonSchema.of("description", "The distribution's name.", "enum", all);
        Map<String, Object> options = JsonSchema.of("description", "The distribution's own options.", "type", "object");
        Map<String, Object> map = JsonSchema.fields(JsonSchema.of("name", name, "opts", options));
        map.put("required", List.of("name"));
        map.put("allOf", choices);
        return JsonSchema.anyOf(JsonSchema.of("enum", all), map);
    }
}
