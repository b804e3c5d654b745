// SPDX-License-Identifier: Apache-2.0
package dev.marshal.distro;

import dev.marshal.problem.Problem;
import dev.marshal.problem.ProblemException;
import dev.marshal.workload.Chain;
import dev.marshal.workload.Distro;
import dev.marshal.workload.Layer;
import dev.marshal.workload.Options;
import dev.marshal.workload.Setting;
import dev.marshal.workload.Sourced;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The distributions that a chain can stand on: those of this plugin, and those of jars that are dependencies of it. */
public final class Distributions {

    private static final String REMEDY = "Correct or remove the jar among the <dependencies> of marshal-maven-plugin in the POM";

    private Distributions() {}

    /**
     * All of them, by name.
     *
     * @throws ProblemException if one cannot be loaded, or two have the same name
     */
    public static List<Distribution> all() {
        List<Distribution> all = new ArrayList<>();
        try {
            ServiceLoader.load(Distribution.class, Distribution.class.getClassLoader()).forEach(all::add);
        } catch (ServiceConfigurationError e) {
            throw new ProblemException("a distribution cannot be loaded: " + e.getMessage(), null, REMEDY, e);
        }
        TreeMap<String, Distribution> names = new TreeMap<>();
        for (Distribution distribution : all) {
            for (String name : names(distribution)) {
                Distribution other = names.put(name, distribution);
                if (other != null) {
                    throw new ProblemException("two distributions are called '" + name + "': " + other.getClass().getName() + " and " + distribution.getClass().getName(), null, REMEDY);
                }
            }
        }
        all.sort(Comparator.comparing(Distribution::name));
        return all;
    }

    /** Whether a distribution is part of this plugin, and not of a jar beside it. */
    public static boolean builtIn(Distribution distribution) {
        return distribution.getClass().getProtectionDomain().getCodeSource() != null
                && distribution.getClass().getProtectionDomain().getCodeSource().getLocation().equals(Distribution.class.getProtectionDomain().getCodeSource().getLocation());
    }

    /**
     * The distribution of a chain.
     *
     * @throws ProblemException if nobody names one, or one that there is not, or a workload names another one than its base
     */
    public static Distribution of(Chain chain) {
        List<Sourced<Distro>> named = chain.all(Options.DISTRO);
        if (named.isEmpty()) {
            throw new ProblemException("the workload has neither a base nor a distribution", chain.own().specification().where(),
                    "Add a dependency of type 'workload' to the POM, such as dev.marshal.firechip:busybox-base, or set 'distro'");
        }
        Sourced<Distro> root = named.get(0);
        Distribution distribution = named(root.value(), root.where().toString());
        for (Sourced<Distro> other : named) {
            if (!names(distribution).contains(other.value().name())) {
                throw new ProblemException("the distribution is '" + other.value().name() + "', but " + root.layer().label() + ", which this workload stands on, is made of '" + distribution.name() + "'",
                        other.where(), "Choose another base, or write 'name: " + distribution.name() + "'");
            }
        }
        return distribution;
    }

    /** What the workloads of a chain say in {@code distro.opts}: a chain of specifications of the distribution's own options. @throws ProblemException with all that is wrong */
    public static Chain options(Chain chain) {
        Distribution distribution = of(chain);
        List<Problem> problems = new ArrayList<>();
        List<Layer> layers = new ArrayList<>();
        for (Layer layer : chain.layers()) {
            try {
                options(layer, distribution).ifPresent(layers::add);
            } catch (ProblemException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        return new Chain(layers);
    }

    /** What one workload says in {@code distro.opts}; empty if it says nothing of the distribution. @throws ProblemException with all that is wrong */
    public static Optional<Layer> options(Layer layer) {
        return layer.specification().get(Options.DISTRO).flatMap(distro -> options(layer, named(distro.value(), distro.where().toString())));
    }

    private static Optional<Layer> options(Layer layer, Distribution distribution) {
        Optional<Setting<Distro>> distro = layer.specification().get(Options.DISTRO);
        return distro.map(setting -> new Layer(layer.name(), layer.coordinates(), setting.value().read(distribution.name(), distribution.options()), layer.workdir(), layer.identities()));
    }

    private static Distribution named(Distro distro, String where) {
        List<Distribution> all = all();
        return all.stream().filter(distribution -> names(distribution).contains(distro.name())).findFirst()
                .orElseThrow(() -> new ProblemException("there is no distribution '" + distro.name() + "'", where,
                        "Use one of: " + all.stream().map(Distribution::name).collect(Collectors.joining(", ")) + "; or add the jar that brings it to the <dependencies> of marshal-maven-plugin"));
    }

    private static List<String> names(Distribution distribution) {
        List<String> names = new ArrayList<>(distribution.aliases());
        names.add(0, distribution.name());
        return names;
    }
}
