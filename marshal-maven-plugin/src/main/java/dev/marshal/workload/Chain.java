// SPDX-License-Identifier: Apache-2.0
package dev.marshal.workload;

import dev.marshal.problem.Location;
import dev.marshal.problem.ProblemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A workload with all it inherits from: the effective specification. */
public final class Chain {

    private final List<Layer> layers;

    /** @param layers oldest first: the board if there is one, the distribution's base, …, the workload itself */
    public Chain(List<Layer> layers) {
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("a chain has at least the workload itself");
        }
        this.layers = List.copyOf(layers);
    }

    /** Oldest first. */
    public List<Layer> layers() {
        return layers;
    }

    /** The workload itself. */
    public Layer own() {
        return layers.get(layers.size() - 1);
    }

    /** The name of the workload and of its outputs. */
    public String name() {
        return own().name();
    }

    /** The effective value of an option; empty if nobody sets it. */
    public <T> Optional<Sourced<T>> get(Option<T> option) {
        List<Sourced<T>> all = all(option);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /** The effective value alone. */
    public <T> Optional<T> value(Option<T> option) {
        return get(option).map(Sourced::value);
    }

    /**
     * The effective value of an option that the build cannot do without.
     *
     * @throws ProblemException if nobody sets it
     */
    public <T> Sourced<T> require(Option<T> option, String purpose) {
        return get(option).orElseThrow(() -> new ProblemException("'" + option + "' is not set by the workload or what it inherits from; it is needed to " + purpose,
                own().specification().where(), "Set it, or inherit from a base that does"));
    }

    /** All values that count, oldest first: one per workload that sets the option, only the workload's own if it is not inherited. */
    public <T> List<Sourced<T>> all(Option<T> option) {
        List<Sourced<T>> values = new ArrayList<>();
        for (Layer layer : layers) {
            if (layer == own() || option.inheritance() != Inheritance.NONE) {
                layer.specification().get(option).ifPresent(setting -> values.add(new Sourced<>(option, setting.value(), layer, setting.where())));
            }
        }
        return values;
    }

    /** The kernel modules of the chain, by name in the order of their first mention: each the folder of the newest workload that names it. */
    public Map<String, ModuleSource> modules() {
        Map<String, ModuleSource> modules = new LinkedHashMap<>();
        for (Sourced<Map<String, Optional<String>>> entries : all(Options.LINUX_MODULES)) {
            entries.value().forEach((name, path) -> {
                if (path.isPresent()) {
                    modules.put(name, new ModuleSource(entries.layer().resolve(path.get()), entries.where()));
                } else {
                    modules.remove(name);
                }
            });
        }
        return modules;
    }

    /** A kernel module. @param folder its source @param where the option that names it */
    public record ModuleSource(Path folder, Location where) {}

    /** The arguments of all workloads of the chain, oldest first. */
    public List<String> appended(Option<List<String>> option) {
        return all(option).stream().flatMap(sourced -> sourced.value().stream()).toList();
    }
}
