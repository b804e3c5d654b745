// SPDX-License-Identifier: Apache-2.0
package dev.marshal.workload;

import dev.marshal.problem.Location;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value of a YAML or JSON document that knows where it stands. */
public sealed interface LocatedNode {

    /** Where the value begins. */
    Location location();

    /** What it is, for messages. */
    String kind();

    /** @param text the value as written; null for {@code null} @param type what the document says it is */
    record Scalar(Location location, String text, Type type) implements LocatedNode {

        /** Types of scalars. */
        enum Type { TEXT, NUMBER, BOOLEAN, NULL }

        @Override
        public String kind() {
            return switch (type) {
                case TEXT -> "the text '" + text + "'";
                case NUMBER -> "the number " + text;
                case BOOLEAN -> text;
                case NULL -> "null";
            };
        }

        /** Whether the document says {@code null}. */
        public boolean isNull() {
            return type == Type.NULL;
        }
    }

    /** @param items in order */
    record Items(Location location, List<LocatedNode> items) implements LocatedNode {
        @Override
        public String kind() {
            return "a list";
        }
    }

    /** @param fields in order */
    record Fields(Location location, Map<String, Field> fields) implements LocatedNode {

        /** A map with nothing in it, to be filled. */
        static Fields empty(Location location) {
            return new Fields(location, new LinkedHashMap<>());
        }

        @Override
        public String kind() {
            return "a map";
        }
    }

    /** @param key where the field's name stands @param value its value */
    record Field(Location key, LocatedNode value) {}
}
