// SPDX-License-Identifier: Apache-2.0
package dev.marshal.distro;

import dev.marshal.workload.Chain;
import dev.marshal.workload.EffectivePart;
import dev.marshal.workload.Inheritance;
import dev.marshal.workload.Option;
import dev.marshal.workload.Options;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What counts for a workload: every option that its chain sets, those of its distribution too, with their origins. */
public final class EffectiveSpecification {

    private static final String ORIGIN = "%-28s %s  [%s, %s]";

    private EffectiveSpecification() {}

    /** By option, in the order of the documentation; without jobs, which are workloads of their own. */
    public static Map<Option<?>, List<EffectivePart>> of(Chain chain) throws IOException {
        Map<Option<?>, List<EffectivePart>> effective = new LinkedHashMap<>();
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

    /** One line for each part: option, value, which workload it comes from, and where it stands. */
    public static List<String> lines(Chain chain) throws IOException {
        List<String> lines = new ArrayList<>();
        of(chain).forEach((option, parts) -> parts.forEach(part -> lines.add(line(option, part))));
        return lines;
    }

    /** The same for a job: only what differs from its workload. */
    public static List<String> lines(Chain job, Chain workload) throws IOException {
        List<String> lines = new ArrayList<>();
        Map<Option<?>, List<EffectivePart>> known = of(workload);
        Map<Option<?>, List<EffectivePart>> own = of(job);
        own.forEach((option, parts) -> parts.stream().filter(part -> known.getOrDefault(option, List.of()).stream().noneMatch(part::sameAs)).forEach(part -> lines.add(line(option, part))));
        known.forEach((option, parts) -> {
            if (option.inheritance() == Inheritance.MERGED) {
                List<String> left = own.getOrDefault(option, List.of()).stream().map(EffectivePart::key).toList();
                parts.stream().filter(part -> !left.contains(part.key())).forEach(part -> lines.add(String.format("%-28s %s: not in this job", option, part.key())));
            }
        });
        return lines;
    }

    private static String line(Option<?> option, EffectivePart part) {
        return String.format(ORIGIN, option, part.text(), part.layer().label(), part.where());
    }

    private static void add(Chain chain, Option<?> option, Map<Option<?>, List<EffectivePart>> effective) throws IOException {
        List<EffectivePart> parts = EffectivePart.of(chain, option);
        if (!parts.isEmpty()) {
            effective.put(option, parts);
        }
    }
}
