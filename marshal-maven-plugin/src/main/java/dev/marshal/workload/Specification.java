// SPDX-License-Identifier: Apache-2.0
package dev.marshal.workload;

import dev.marshal.problem.Location;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What one document says: options and their values, each with its place. Nothing is inherited here; that is {@link Chain}'s. */
public final class Specification {

    private final Location where;
    private final Map<Option<?>, Setting<?>> settings;
    private final Set<Option<?>> unreadable;

    Specification(Location where, Map<Option<?>, Setting<?>> settings) {
        this(where, settings, Set.of());
    }

    Specification(Location where, Map<Option<?>, Setting<?>> settings, Set<Option<?>> unreadable) {
        this.where = where;
        this.unreadable = Set.copyOf(unreadable);
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

    /** Whether the option is set to what cannot be read, of which the reader has told. */
    public boolean unreadable(Option<?> option) {
        return unreadable.contains(option);
    }

    /** The options that are set, in the document's order. */
    public Set<Option<?>> options() {
        return settings.keySet();
    }

    /** The same with what another specification says of some options, where this one says nothing. */
    public Specification completedBy(Specification other, List<Option<?>> options) {
        Map<Option<?>, Setting<?>> completed = new LinkedHashMap<>(settings);
        for (Option<?> option : options) {
            other.get(option).ifPresent(setting -> completed.putIfAbsent(option, setting));
        }
        return new Specification(where, completed, unreadable);
    }

    /** Every option that is set as plain values, to be written as JSON. @param paths gives the paths to write */
    Map<String, Object> write(OptionType.PathMapper paths) throws IOException {
        Map<String, Object> written = new LinkedHashMap<>();
        for (Option<?> option : settings.keySet()) {
            written.put(option.name(), written(option, paths));
        }
        return written;
    }

    private <T> Object written(Option<T> option, OptionType.PathMapper paths) throws IOException {
        return option.type().write(get(option).orElseThrow().value(), paths);
    }
}
