// SPDX-License-Identifier: Apache-2.0
package dev.marshal.archive;

import dev.marshal.archive.WorkloadDescription.EffectiveOption;
import dev.marshal.distro.EffectiveSpecification;
import dev.marshal.workload.Chain;
import dev.marshal.workload.EffectivePart;
import dev.marshal.workload.Inheritance;
import dev.marshal.workload.Option;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The effective specification of a chain, as it is written down. */
final class EffectiveOptions {

    private EffectiveOptions() {}

    /** By option, in the order of the documentation: lists that are put together item by item, maps entry by entry, with the origin of each. */
    static Map<String, EffectiveOption> of(Chain chain) throws IOException {
        Map<String, EffectiveOption> effective = new LinkedHashMap<>();
        EffectiveSpecification.of(chain).forEach((option, parts) -> effective.put(option.name(), new EffectiveOption(value(option, parts), parts.stream().map(part -> part.layer().label()).toList())));
        return effective;
    }

    private static Object value(Option<?> option, List<EffectivePart> parts) {
        if (option.inheritance() == Inheritance.APPENDED) {
            return parts.stream().map(EffectivePart::value).toList();
        }
        if (option.inheritance() == Inheritance.MERGED) {
            Map<String, Object> map = new LinkedHashMap<>();
            parts.forEach(part -> map.put(part.key(), part.value()));
            return map;
        }
        return parts.get(0).value();
    }
}
