// SPDX-License-Identifier: Apache-2.0
package dev.marshal.workload;

import dev.marshal.problem.Location;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a specification says of an option.
 *
 * @param value the value
 * @param where where it stands
 * @param node  as it was written; null if it was not
 * @param <T>   the option's type
 */
public record Setting<T>(T value, Location where, LocatedNode node) {

    /** A value that was not written. */
    public Setting(T value, Location where) {
        this(value, where, null);
    }

    Setting(T value, LocatedNode node) {
        this(value, node.location(), node);
    }

    /** Where a text stands that is a part of the value, such as an item of a list; where the value begins if it does not stand alone. */
    public Location where(String text) {
        return node == null ? where : find(node, text).orElse(where);
    }

    private static Optional<Location> find(LocatedNode node, String text) {
        Stream<LocatedNode> parts = Stream.of();
        if (node instanceof LocatedNode.Scalar scalar) {
            return text.equals(scalar.text()) ? Optional.of(scalar.location()) : Optional.empty();
        } else if (node instanceof LocatedNode.Items items) {
            parts = items.items().stream();
        } else if (node instanceof LocatedNode.Fields fields) {
            parts = fields.fields().values().stream().map(LocatedNode.Field::value);
        }
        return parts.flatMap(part -> find(part, text).stream()).findFirst();
    }
}
