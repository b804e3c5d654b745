// SPDX-License-Identifier: Apache-2.0
package dev.marshal.workload;

import dev.marshal.problem.Location;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What counts of an option, with its origin: the value of an option that is replaced, an item of one that is appended, an entry of one that is merged.
 *
 * @param key   the entry's name; null if the option is not merged
 * @param value plain maps, lists, texts and numbers
 * @param layer the workload or board that says it
 * @param where where it stands
 */
public record EffectivePart(String key, Object value, Layer layer, Location where) {

    /** All that counts of an option, oldest first; nothing if nobody sets it. */
    public static <T> List<EffectivePart> of(Chain chain, Option<T> option) throws IOException {
        List<EffectivePart> parts = new ArrayList<>();
        Map<String, EffectivePart> entries = new LinkedHashMap<>();
        for (Sourced<T> sourced : chain.all(option)) {
            Object value = option.type().write(sourced.value(), path -> path);
            if (option.inheritance() == Inheritance.APPENDED && value instanceof List<?> items) {
                items.forEach(item -> parts.add(part(null, item, sourced)));
            } else if (option.inheritance() == Inheritance.MERGED && value instanceof Map<?, ?> map) {
                map.forEach((key, entry) -> {
                    if (entry == null) {
                        entries.remove((String) key);
                    } else {
                        entries.put((String) key, part((String) key, entry, sourced));
                    }
                });
            } else {
                parts.clear();
                parts.add(new EffectivePart(null, value, sourced.layer(), sourced.where()));
            }
        }
        parts.addAll(entries.values());
        return parts;
    }

    private static EffectivePart part(String key, Object value, Sourced<?> sourced) {
        Location where = sourced.layer().specification().get(sourced.option()).map(setting -> setting.where(String.valueOf(value))).orElse(sourced.where());
        return new EffectivePart(key, value, sourced.layer(), where);
    }

    /** {@code key: value}, or the value alone. */
    public String text() {
        return key == null ? String.valueOf(value) : key + ": " + value;
    }

    /** Whether another workload has the same from the same origin. */
    public boolean sameAs(EffectivePart other) {
        return text().equals(other.text()) && where.equals(other.where) && layer.label().equals(other.layer.label());
    }
}
