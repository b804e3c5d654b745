// SPDX-License-Identifier: Apache-2.0
package dev.marshal.distro;

import static dev.marshal.workload.Inheritance.MERGED;

import dev.marshal.uptodate.Inputs;
import dev.marshal.workload.Chain;
import dev.marshal.workload.Distro;
import dev.marshal.workload.Layer;
import dev.marshal.workload.Option;
import dev.marshal.workload.OptionTypes;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The environment that a distribution's programs get: {@code distro.opts.environment}, for every distribution that declares it. */
public final class DistroEnvironment {

    /** {@code distro.opts.environment} */
    public static final Option<Map<String, Optional<String>>> OPTION = new Option<>(Distro.OPTIONS + "environment", OptionTypes.MAP, MERGED,
            "Variables for the distribution's build. $NAME and ${NAME} in a value stand for a variable of the host, or for <WORKLOAD>_PATH, the workdir of the workload that sets it. Each workload that sets distro brings its <WORKLOAD>_PATH.");

    private static final Pattern VARIABLE = Pattern.compile("\\$(?:(\\w+)|\\{(\\w+)\\})");

    private final Chain options;
    private final Map<String, String> host;

    /** @param options of the distribution @param host the variables of the host */
    public DistroEnvironment(Chain options, Map<String, String> host) {
        this.options = options;
        this.host = Map.copyOf(host);
    }

    /** The variables and their values, oldest first; a child's value replaces its base's. A variable in a value that nobody sets stays as it is written. */
    public Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        for (Layer layer : options.layers()) {
            variables.put(pathOf(layer), layer.workdir().toString());
            layer.specification().value(OPTION).orElse(Map.of()).forEach((name, value) -> {
                if (value.isPresent()) {
                    variables.put(name, expand(value.get(), layer));
                } else {
                    variables.remove(name);
                }
            });
        }
        return variables;
    }

    private String expand(String text, Layer layer) {
        return VARIABLE.matcher(text).replaceAll(match -> {
            String name = name(match.group(1), match.group(2));
            String value = name.equals(pathOf(layer)) ? layer.workdir().toString() : host.get(name);
            return Matcher.quoteReplacement(value == null ? match.group() : value);
        });
    }

    /** Adds the variables of the host that count. The values themselves are among the inputs as an option; workdirs are places, and do not count. */
    public Inputs describe(Inputs inputs) {
        SortedMap<String, String> used = new TreeMap<>();
        for (Layer layer : options.layers()) {
            for (Optional<String> value : layer.specification().value(OPTION).orElse(Map.of()).values()) {
                VARIABLE.matcher(value.orElse("")).results().map(match -> name(match.group(1), match.group(2))).filter(name -> !name.equals(pathOf(layer)) && host.containsKey(name))
                        .forEach(name -> used.put(name, host.get(name)));
            }
        }
        used.forEach((name, value) -> inputs.value("variable " + name + " of the host", value));
        return inputs;
    }

    private static String name(String bare, String braced) {
        return bare == null ? braced : bare;
    }

    private static String pathOf(Layer layer) {
        return layer.name().toUpperCase(Locale.ROOT).replace('-', '_') + "_PATH";
    }
}
