// SPDX-License-Identifier: Apache-2.0
package dev.marshal.workload;

import dev.marshal.workload.LocatedNode.Field;
import dev.marshal.workload.LocatedNode.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A distribution's name and its options, which only the distribution itself can read. */
final class DistroType implements OptionType<Distro> {

    @Override
    public String expected() {
        return "the name of a distribution, or a map with 'name' and 'opts'";
    }

    @Override
    public Distro read(LocatedNode node) throws BadValue {
        if (!(node instanceof Fields fields)) {
            return new Distro(OptionTypes.scalar(node, expected()).text(), Fields.empty(node.location()));
        }
        List<BadValue.Fault> faults = new ArrayList<>();
        fields.fields().forEach((key, field) -> {
            if (!key.equals("name") && !key.equals("opts")) {
                faults.add(new BadValue.Fault("'" + key + "' is unknown here; a distribution has 'name' and 'opts'", field.key()));
            }
        });
        if (!faults.isEmpty()) {
            throw new BadValue(faults);
        }
        Field name = fields.fields().get("name");
        if (name == null) {
            throw new BadValue("the distribution has no name", node.location());
        }
        Field options = fields.fields().get("opts");
        if (options != null && !(options.value() instanceof Fields)) {
            throw new BadValue(options.value().kind() + " stands where a map of options is expected", options.value().location());
        }
        return new Distro(OptionTypes.scalar(name.value(), "the name of a distribution").text(), options == null ? Fields.empty(node.location()) : (Fields) options.value());
    }

    /** Any distribution's; a schema for editors knows which there are, and their options. */
    @Override
    public Map<String, Object> schema() {
        Map<String, Object> fields = JsonSchema.fields(JsonSchema.of("name", JsonSchema.text(), "opts", JsonSchema.of("type", "object")));
        fields.put("required", List.of("name"));
        return JsonSchema.anyOf(JsonSchema.text(), fields);
    }

    @Override
    public Object write(Distro value, PathMapper paths) {
        Map<String, Object> written = new LinkedHashMap<>();
        written.put("name", value.name());
        written.put("opts", value.plain());
        return written;
    }
}
