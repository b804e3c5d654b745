// SPDX-License-Identifier: Apache-2.0
package dev.marshal.workload;

import dev.marshal.problem.Location;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What one document says: options and their values, each with its place. Nothing is inherited here; that is {@link Chain}'s. */
public final class Specification {

    private final Location where;
    private final Map<Option<?>, Setting<?>> settings;

    Specification(Location where, Map<Option<?>, Setting<?>> settings) {
        this.where = where;
        this.settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /** The document. */
    public Location where() {
        return where;
    }

    /** What is said of an option; empty if nothing. */
    @SuppressWarnings("unchecked") // the reader puts only values of the option's own type in
    public <T> Optional<Setting<T>> get(Option<T> option) {
        return Optional.ofNullable((Setting<T>) settings.get(option));
    }

    /** The value of an option; empty if nothing is said. */
    public <T> Optional<T> value(Option<T> option) {
        return get(option).map(Setting::value);
    }

    /** The options that are set, in the document's order. */
    public Set<Option<?>> options() {
        return settings.keySet();
    }
}
