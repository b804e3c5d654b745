// SPDX-License-Identifier: Apache-2.0
package dev.marshal.workload;

import dev.marshal.problem.Problem;
import dev.marshal.problem.ProblemException;
import dev.marshal.workload.LocatedNode.Field;
import dev.marshal.workload.LocatedNode.Fields;
import dev.marshal.workload.LocatedNode.Items;
import dev.marshal.workload.LocatedNode.Scalar;
import dev.marshal.workload.OptionType.BadValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a specification says of the distribution at the root of its chain. Equal if it says the same, wherever it stands.
 *
 * @param name    such as {@code busybox}
 * @param options the distribution's own options as they were written
 */
public record Distro(String name, Fields options) {

    /** What the names of a distribution's options begin with: {@code distro.opts.configs}. */
    public static final String OPTIONS = "distro.opts.";

    /**
     * The options, read as the distribution declares them.
     *
     * @param distribution its name, for messages
     * @param known        the options that it has; their names begin with {@link #OPTIONS}
     * @throws ProblemException with all that is wrong, each with its place
     */
    public Specification read(String distribution, List<Option<?>> known) {
        Map<Option<?>, Setting<?>> settings = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        options.fields().forEach((key, field) -> {
            Optional<Option<?>> option = known.stream().filter(each -> each.name().equals(OPTIONS + key)).findFirst();
            if (option.isEmpty()) {
                problems.add(unknown(distribution, known, key, field));
                return;
            }
            try {
                settings.put(option.get(), new Setting<>(option.get().type().read(field.value()), field.value()));
            } catch (BadValue e) {
                problems.addAll(e.problems(option.get()));
            }
        });
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        return new Specification(options.location(), settings);
    }

    private static Problem unknown(String distribution, List<Option<?>> known, String key, Field field) {
        List<String> names = known.stream().map(option -> option.name().substring(OPTIONS.length())).toList();
        String remedy = names.isEmpty() ? "Remove it: that distribution has no options"
                : NearestName.among(names, key).map(name -> "Did you mean '" + name + "'?").orElse("Known options: " + String.join(", ", names));
        return new Problem("unknown option '" + key + "' of the distribution '" + distribution + "'", field.key().toString(), remedy);
    }

    /** The options as texts, lists and maps, to be written down. */
    public Map<String, Object> plain() {
        return plain(options);
    }

    private static Map<String, Object> plain(Fields fields) {
        Map<String, Object> map = new LinkedHashMap<>();
        fields.fields().forEach((key, field) -> map.put(key, plain(field.value())));
        return map;
    }

    private static Object plain(LocatedNode node) {
        if (node instanceof Fields fields) {
            return plain(fields);
        }
        if (node instanceof Items items) {
            List<Object> list = new ArrayList<>();
            items.items().forEach(item -> list.add(plain(item)));
            return list;
        }
        return ((Scalar) node).text();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Distro distro && distro.name.equals(name) && distro.plain().equals(plain());
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, plain());
    }

    /** Without places, which do not count. */
    @Override
    public String toString() {
        return name + " " + plain();
    }
}
