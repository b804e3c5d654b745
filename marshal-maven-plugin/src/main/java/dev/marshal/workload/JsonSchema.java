// SPDX-License-Identifier: Apache-2.0
package dev.marshal.workload;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Pieces of a JSON Schema, draft 7: the newest that editors support in full. Plain maps and lists, in the order in which they are written.
 *
 * <p>They say what readers take, and no less: a text may be written without quotes, so numbers, true and false are texts too.
 */
public final class JsonSchema {

    /** What the schema of a job is called. */
    public static final String JOB = "job";

    private static final List<String> SCALARS = List.of("string", "number", "boolean");

    private JsonSchema() {}

    /** A map. @param keysAndValues one after the other */
    public static Map<String, Object> of(Object... keysAndValues) {
        Map<String, Object> schema = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            schema.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return schema;
    }

    /** One of two forms. */
    public static Map<String, Object> anyOf(Map<String, Object> one, Map<String, Object> other) {
        return of("anyOf", List.of(one, other));
    }

    /** A text, with or without quotes. */
    public static Map<String, Object> text() {
        return of("type", SCALARS);
    }

    /** A text of a form. @param pattern regular expression that the whole text matches */
    static Map<String, Object> text(String pattern) {
        return of("type", SCALARS, "pattern", "^(?:" + pattern + ")$");
    }

    /** A text, or {@code null}. */
    static Map<String, Object> textOrNull() {
        return of("type", List.of("string", "number", "boolean", "null"));
    }

    /** A list. @param item schema of each item */
    static Map<String, Object> list(Map<String, Object> item) {
        return of("type", "array", "items", item);
    }

    /** A map whose names are the user's. @param names regular expression that each name matches @param value schema of each value */
    static Map<String, Object> map(String names, Map<String, Object> value) {
        return of("type", "object", "propertyNames", of("pattern", "^(?:" + names + ")$"), "additionalProperties", value);
    }

    /** A map whose names are known. @param properties schema by name */
    public static Map<String, Object> fields(Map<String, Object> properties) {
        return of("type", "object", "properties", properties, "additionalProperties", false);
    }

    /** What is defined once. @param definition its name */
    public static Map<String, Object> reference(String definition) {
        return of("$ref", "#/definitions/" + definition);
    }
}
