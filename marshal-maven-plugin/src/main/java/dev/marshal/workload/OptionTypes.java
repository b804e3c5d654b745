// SPDX-License-Identifier: Apache-2.0
package dev.marshal.workload;

import dev.marshal.source.SourceNotation;
import dev.marshal.source.SourceSpec;
import dev.marshal.workload.LocatedNode.Fields;
import dev.marshal.workload.LocatedNode.Items;
import dev.marshal.workload.LocatedNode.Scalar;
import dev.marshal.workload.OptionType.BadValue;
import dev.marshal.workload.OptionType.NamedPath;
import dev.marshal.workload.OptionType.PathMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The types that options have: those of a specification, and those that a distribution declares. */
public final class OptionTypes {

    private static final String FILE_NAME = "[A-Za-z0-9_][A-Za-z0-9._-]*";
    private static final String MODULE_NAME = "[A-Za-z0-9_-]+";
    private static final Map<String, Object> SIZE_SCHEMA = JsonSchema.of("type", List.of("string", "number"), "minimum", 0, "pattern", Sizes.FORM);

    /** A text, on one line or more. */
    public static final OptionType<String> TEXT = new Simple<>("a text", JsonSchema.text(), Function.identity());
    /** Part of the names of files. */
    public static final OptionType<String> NAME = new Simple<>("a name of letters, digits, '.', '_' and '-'", JsonSchema.text(FILE_NAME), text -> {
        if (!text.matches(FILE_NAME)) {
            throw new IllegalArgumentException("'" + text + "' cannot be a name: it becomes part of the names of files");
        }
        return text;
    });
    /** true or false. */
    public static final OptionType<Boolean> BOOLEAN = new Simple<>("true or false", JsonSchema.anyOf(JsonSchema.of("type", "boolean"), JsonSchema.of("type", "string", "pattern", "^(true|false)$")), text -> switch (text) {
        case "true" -> true;
        case "false" -> false;
        default -> throw new IllegalArgumentException("'" + text + "' is neither true nor false");
    });
    /** A whole number, 1 or more. */
    public static final OptionType<Integer> COUNT = new Simple<>("a number, 1 or more", JsonSchema.of("type", List.of("integer", "string"), "minimum", 1, "maximum", Integer.MAX_VALUE, "pattern", "^\\+?0*[1-9][0-9]*$"), text -> {
        int number = Integer.parseInt(text);
        if (number < 1) {
            throw new IllegalArgumentException("it must be 1 or more");
        }
        return number;
    });
    /** A size in bytes: {@code 4GiB}, {@code 512M}, {@code 2GB}, or a plain number. */
    public static final OptionType<Long> SIZE = new Simple<>("a size such as 4GiB or 512M", SIZE_SCHEMA, Sizes::parse);
    /** Memory, which older specifications give as a number of MiB. */
    public static final OptionType<Long> MEMORY = new Simple<>("a size such as 4GiB, or a number of MiB", SIZE_SCHEMA,
            text -> text.matches("\\d{1,9}") ? Long.parseLong(text) << 20 : Sizes.parse(text), bytes -> bytes + "B");
    /** The path of a file, relative to the workdir. */
    public static final OptionType<String> FILE = new PathType("the path of a file", NamedPath.Shape.FILE);
    /** The path of a folder, relative to the workdir. */
    public static final OptionType<String> FOLDER = new PathType("the path of a folder", NamedPath.Shape.FOLDER);
    /** A list of texts; one text is split into words as a shell does. */
    public static final OptionType<List<String>> TEXTS = new ListType("a list of texts", null);
    /** Arguments of a program, as a list, or a text that is split as a shell does. */
    public static final OptionType<List<String>> ARGUMENTS = new ListType("a text of arguments, or a list of them", null);
    /** Paths of files, relative to the workdir; one text is one path. */
    public static final OptionType<List<String>> FILES = new ListType("the path of a file, or a list of paths", NamedPath.Shape.FILE);
    /** A script and its arguments. */
    public static final OptionType<Script> SCRIPT = new ScriptType();
    /** Where a source comes from, in the notation of {@link SourceNotation}. */
    public static final OptionType<SourceSpec> SOURCE = new SourceType();
    /** The path of a simulator; empty: the workload cannot run on it. */
    public static final OptionType<Optional<String>> SIMULATOR = new SimulatorType();
    /** Kernel modules: name and folder; empty: removed. */
    public static final OptionType<Map<String, Optional<String>>> MODULES = new ModulesType();
    /** Pairs of what is copied and where to. */
    public static final OptionType<List<CopiedFile>> COPIED_FILES = new CopiedFilesType();
    /** Texts by name, such as the variables of an environment; empty: {@code null}, which removes what the base sets. */
    public static final OptionType<Map<String, Optional<String>>> MAP = new MapType();
    static final OptionType<Distro> DISTRO = new DistroType();
    static final OptionType<List<Specification>> JOBS = new JobsType();

    private OptionTypes() {}

    static Scalar scalar(LocatedNode node, String expected) throws BadValue {
        if (node instanceof Scalar scalar && !scalar.isNull()) {
            return scalar;
        }
        throw new BadValue(node.kind() + " stands where " + expected + " is expected", node.location());
    }

    /** Reads every item, and tells of all that are wrong. */
    static <E, T> List<T> each(Collection<E> items, ItemReader<E, T> reader) throws BadValue {
        List<T> values = new ArrayList<>();
        List<BadValue.Fault> faults = new ArrayList<>();
        for (E item : items) {
            try {
                values.add(reader.read(item));
            } catch (BadValue e) {
                faults.addAll(e.faults());
            }
        }
        if (!faults.isEmpty()) {
            throw new BadValue(faults);
        }
        return Collections.unmodifiableList(values);
    }

    /** Reads one of several items. */
    @FunctionalInterface
    interface ItemReader<E, T> {
        T read(E item) throws BadValue;
    }

    /** @param format gives what {@code parse} reads as the same value */
    private record Simple<T>(String expected, Map<String, Object> schema, Function<String, T> parse, Function<T, Object> format) implements OptionType<T> {

        Simple(String expected, Map<String, Object> schema, Function<String, T> parse) {
            this(expected, schema, parse, value -> value);
        }

        @Override
        public T read(LocatedNode node) throws BadValue {
            Scalar scalar = scalar(node, expected);
            try {
                return parse.apply(scalar.text());
            } catch (NumberFormatException e) {
                throw new BadValue(node.kind() + " stands where " + expected + " is expected", node.location());
            } catch (IllegalArgumentException e) {
                throw new BadValue(e.getMessage(), node.location());
            }
        }

        @Override
        public Object write(T value, PathMapper paths) {
            return format.apply(value);
        }
    }

    private record PathType(String expected, NamedPath.Shape shape) implements OptionType<String> {
        @Override
        public String read(LocatedNode node) throws BadValue {
            return scalar(node, expected).text();
        }

        @Override
        public Map<String, Object> schema() {
            return JsonSchema.text();
        }

        @Override
        public Object write(String value, PathMapper paths) throws IOException {
            return paths.map(value);
        }

        @Override
        public List<NamedPath> paths(String value) {
            return List.of(new NamedPath(value, shape));
        }
    }

    /** @param shape what each entry leads to; null if entries are no paths */
    private record ListType(String expected, NamedPath.Shape shape) implements OptionType<List<String>> {
        @Override
        public List<String> read(LocatedNode node) throws BadValue {
            if (!(node instanceof Items items)) {
                String text = scalar(node, expected).text();
                return shape == null ? words(text, node) : List.of(text);
            }
            return each(items.items(), item -> scalar(item, "a text").text());
        }

        @Override
        public Map<String, Object> schema() {
            return JsonSchema.anyOf(JsonSchema.text(), JsonSchema.list(JsonSchema.text()));
        }

        @Override
        public Object write(List<String> value, PathMapper paths) throws IOException {
            if (shape == null) {
                return value;
            }
            List<String> mapped = new ArrayList<>();
            for (String path : value) {
                mapped.add(paths.map(path));
            }
            return mapped;
        }

        @Override
        public List<NamedPath> paths(List<String> value) {
            return shape == null ? List.of() : value.stream().map(path -> new NamedPath(path, shape)).toList();
        }
    }

    private static List<String> words(String text, LocatedNode node) throws BadValue {
        try {
            return Script.words(text);
        } catch (IllegalArgumentException e) {
            throw new BadValue(e.getMessage(), node.location());
        }
    }

    private static final class ScriptType implements OptionType<Script> {
        @Override
        public String expected() {
            return "a script and its arguments, as a text or a list";
        }

        @Override
        public Script read(LocatedNode node) throws BadValue {
            List<String> words = ARGUMENTS.read(node);
            if (words.isEmpty()) {
                throw new BadValue("no script is named", node.location());
            }
            return new Script(words.get(0), words.subList(1, words.size()));
        }

        @Override
        public Map<String, Object> schema() {
            return JsonSchema.anyOf(JsonSchema.text("[\\s\\S]*\\S[\\s\\S]*"), JsonSchema.of("type", "array", "items", JsonSchema.text(), "minItems", 1));
        }

        @Override
        public Object write(Script value, PathMapper paths) throws IOException {
            List<String> words = new ArrayList<>(List.of(paths.map(value.path())));
            words.addAll(value.arguments());
            return words;
        }

        @Override
        public List<NamedPath> paths(Script value) {
            return List.of(new NamedPath(value.path(), NamedPath.Shape.FILE));
        }
    }

    private static final class SourceType implements OptionType<SourceSpec> {
        @Override
        public String expected() {
            return SourceNotation.FORMS;
        }

        @Override
        public SourceSpec read(LocatedNode node) throws BadValue {
            try {
                return SourceNotation.parse(scalar(node, expected()).text());
            } catch (IllegalArgumentException e) {
                throw new BadValue(e.getMessage(), node.location());
            }
        }

        @Override
        public Map<String, Object> schema() {
            return JsonSchema.of("type", "string", "minLength", 1);
        }

        @Override
        public Object write(SourceSpec value, PathMapper paths) throws IOException {
            return value instanceof SourceSpec.Archive archive ? new SourceSpec.Archive(paths.map(archive.path()), archive.sha256()).toString() : value.toString();
        }

        @Override
        public List<NamedPath> paths(SourceSpec value) {
            if (value instanceof SourceSpec.Folder folder) {
                return List.of(new NamedPath(folder.path(), NamedPath.Shape.FOLDER));
            }
            return value instanceof SourceSpec.Archive archive ? List.of(new NamedPath(archive.path(), NamedPath.Shape.FILE)) : List.of();
        }
    }

    /** Empty: the workload cannot run on that simulator. */
    private static final class SimulatorType implements OptionType<Optional<String>> {
        @Override
        public String expected() {
            return "the path of a simulator, or null";
        }

        @Override
        public Optional<String> read(LocatedNode node) throws BadValue {
            return node instanceof Scalar scalar && scalar.isNull() ? Optional.empty() : Optional.of(scalar(node, expected()).text());
        }

        @Override
        public Map<String, Object> schema() {
            return JsonSchema.textOrNull();
        }

        @Override
        public Object write(Optional<String> value, PathMapper paths) throws IOException {
            return value.isPresent() && isOfWorkload(value.get()) ? paths.map(value.get()) : value.orElse(null);
        }

        @Override
        public List<NamedPath> paths(Optional<String> value) {
            return value.filter(SimulatorType::isOfWorkload).map(path -> new NamedPath(path, NamedPath.Shape.FILE)).stream().toList();
        }

        /** What is installed on the host, found by its name or an absolute path, does not travel with the workload. */
        private static boolean isOfWorkload(String program) {
            return program.contains("/") && !program.startsWith("/");
        }
    }

    private static final class ModulesType implements OptionType<Map<String, Optional<String>>> {
        @Override
        public String expected() {
            return "a map of modules' names and paths";
        }

        @Override
        public Map<String, Optional<String>> read(LocatedNode node) throws BadValue {
            if (!(node instanceof Fields fields)) {
                throw new BadValue(node.kind() + " stands where " + expected() + " is expected", node.location());
            }
            Map<String, Optional<String>> modules = new LinkedHashMap<>();
            each(fields.fields().entrySet(), entry -> {
                if (!entry.getKey().matches(MODULE_NAME)) {
                    throw new BadValue("'" + entry.getKey() + "' cannot be the name of a kernel module", entry.getValue().key());
                }
                LocatedNode value = entry.getValue().value();
                boolean removed = value instanceof Scalar scalar && scalar.isNull();
                return modules.put(entry.getKey(), removed ? Optional.empty() : Optional.of(scalar(value, "the path of a module's folder").text()));
            });
            return modules;
        }

        @Override
        public Map<String, Object> schema() {
            return JsonSchema.map(MODULE_NAME, JsonSchema.textOrNull());
        }

        @Override
        public Object write(Map<String, Optional<String>> value, PathMapper paths) throws IOException {
            Map<String, String> written = new LinkedHashMap<>();
            for (Map.Entry<String, Optional<String>> entry : value.entrySet()) {
                written.put(entry.getKey(), entry.getValue().isPresent() ? paths.map(entry.getValue().get()) : null);
            }
            return written;
        }

        @Override
        public List<NamedPath> paths(Map<String, Optional<String>> value) {
            return value.values().stream().flatMap(Optional::stream).map(path -> new NamedPath(path, NamedPath.Shape.MODULE)).toList();
        }
    }

    private static final class CopiedFilesType implements OptionType<List<CopiedFile>> {
        @Override
        public String expected() {
            return "a list of pairs [source, destination]";
        }

        @Override
        public List<CopiedFile> read(LocatedNode node) throws BadValue {
            if (!(node instanceof Items items)) {
                throw new BadValue(node.kind() + " stands where " + expected() + " is expected", node.location());
            }
            return each(items.items(), item -> {
                if (!(item instanceof Items pair) || pair.items().size() != 2) {
                    throw new BadValue(item.kind() + " stands where a pair [source, destination] is expected", item.location());
                }
                String destination = scalar(pair.items().get(1), "a path in the root filesystem").text();
                if (!destination.startsWith("/")) {
                    throw new BadValue("the destination '" + destination + "' does not begin with '/'", pair.items().get(1).location());
                }
                return new CopiedFile(scalar(pair.items().get(0), "a path").text(), destination);
            });
        }

        @Override
        public Map<String, Object> schema() {
            return JsonSchema.list(JsonSchema.of("type", "array", "items", List.of(JsonSchema.text(), JsonSchema.of("type", "string", "pattern", "^/")), "minItems", 2, "maxItems", 2));
        }

        @Override
        public Object write(List<CopiedFile> value, PathMapper paths) throws IOException {
            List<List<String>> written = new ArrayList<>();
            for (CopiedFile file : value) {
                written.add(List.of(paths.map(file.source()), file.destination()));
            }
            return written;
        }

        @Override
        public List<NamedPath> paths(List<CopiedFile> value) {
            return value.stream().map(file -> new NamedPath(file.source(), NamedPath.Shape.ANY)).toList();
        }
    }
}
