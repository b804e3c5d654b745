// SPDX-License-Identifier: Apache-2.0
package dev.marshal.workload;

import dev.marshal.workload.LocatedNode.Fields;
import dev.marshal.workload.LocatedNode.Scalar;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Texts by name. Empty: {@code null}, which removes what a base says under that name. */
final class MapType implements OptionType<Map<String, Optional<String>>> {

    @Override
    public String expected() {
        return "a map of names and texts";
    }

    @Override
    public Map<String, Optional<String>> read(LocatedNode node) throws BadValue {
        if (!(node instanceof Fields fields)) {
            throw new BadValue(node.kind() + " stands where " + expected() + " is expected", node.location());
        }
        Map<String, Optional<String>> map = new LinkedHashMap<>();
        OptionTypes.each(fields.fields().entrySet(), entry -> {
            LocatedNode value = entry.getValue().value();
            boolean removed = value instanceof Scalar scalar && scalar.isNull();
            return map.put(entry.getKey(), removed ? Optional.empty() : Optional.of(OptionTypes.scalar(value, "a text").text()));
        });
        return Collections.unmodifiableMap(map);
    }

    @Override
    public Map<String, Object> schema() {
        return JsonSchema.of("type", "object", "additionalProperties", JsonSchema.textOrNull());
    }

    @Override
    public Object write(Map<String, Optional<String>> value, PathMapper paths) {
        Map<String, String> written = new LinkedHashMap<>();
        value.forEach((name, text) -> written.put(name, text.orElse(null)));
        return written;
    }
}
