// SPDX-License-Identifier: Apache-2.0
package dev.marshal.archive;

import dev.marshal.archive.WorkloadDescription.EffectiveOption;
import dev.marshal.distro.Distributions;
import dev.marshal.workload.Chain;
import dev.marshal.workload.Inheritance;
import dev.marshal.workload.Option;
import dev.marshal.workload.Options;
import dev.marshal.workload.Sourced;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The effective specification of a chain, as it is written down. */
final class EffectiveOptions {

    private EffectiveOptions() {}

    /** By option, in the order of the documentation. */
    static Map<String, EffectiveOption> of(Chain chain) throws IOException {
        Map<String, EffectiveOption> effective = new LinkedHashMap<>();
        for (Option<?> option : Options.all()) {
            if (!option.equals(Options.JOBS)) {
                add(chain, option, effective);
            }
        }
        if (chain.get(Options.DISTRO).isPresent()) {
            Chain distribution = Distributions.options(chain);
            for (Option<?> option : Distributions.of(chain).options()) {
                add(distribution, option, effective);
            }
        }
        return effective;
    }

    private static <T> void add(Chain chain, Option<T> option, Map<String, EffectiveOption> effective) throws IOException {
        List<Sourced<T>> all = chain.all(option);
        if (all.isEmpty()) {
            return;
        }
        boolean one = option.inheritance() == Inheritance.NONE || option.inheritance() == Inheritance.REPLACED;
        List<Sourced<T>> counting = one ? all.subList(all.size() - 1, all.size()) : all;
        List<Object> values = new ArrayList<>();
        for (Sourced<T> sourced : counting) {
            values.add(option.type().write(sourced.value(), path -> path));
        }
        effective.put(option.name(), new EffectiveOption(one ? values.get(0) : values, counting.stream().map(sourced -> sourced.layer().label()).toList()));
    }
}
