// SPDX-License-Identifier: Apache-2.0
package dev.marshal.workload;

import dev.marshal.problem.Location;
import dev.marshal.problem.Problem;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How values of an option are written in a specification.
 *
 * @param <T> what a value becomes
 */
public interface OptionType<T> {

    /** What a user has to write, for messages: "a number", "a path". */
    String expected();

    /**
     * @throws BadValue if the node is not such a value
     */
    T read(LocatedNode node) throws BadValue;

    /**
     * The same for a value that has options of its own.
     *
     * @param remarks told of older spellings, and of all that is wrong inside; the value is then what could be read
     * @throws BadValue if the node is not such a value
     */
    default T read(LocatedNode node, Remarks remarks) throws BadValue {
        return read(node);
    }

    /** What {@link #read} takes, as a JSON Schema of plain maps, lists, texts and numbers: for editors. @see JsonSchema */
    Map<String, Object> schema();

    /**
     * The value as plain maps, lists, texts and numbers, to be written as JSON.
     *
     * @param paths told of every path of a file that children need; gives the path to write in its place
     */
    Object write(T value, PathMapper paths) throws IOException;

    /** The files and folders that the value names, each with what it is called in messages. */
    default List<NamedPath> paths(T value) {
        return List.of();
    }

    /** Moves a file of a specification. */
    @FunctionalInterface
    interface PathMapper {
        /** @param path as written in the specification @return what to write instead */
        String map(String path) throws IOException;
    }

    /** @param path as written in the specification @param shape what must be there */
    record NamedPath(String path, Shape shape) {

        /** What a path has to lead to. */
        public enum Shape { FILE, FOLDER, MODULE, ANY }
    }

    /** What is remarked while a specification is read. @param warnings told of older spellings @param problems gets all that is wrong */
    record Remarks(Consumer<String> warnings, List<Problem> problems) {}

    /** A value that cannot be one of this type, for one reason or several. */
    final class BadValue extends Exception {

        private final transient List<Fault> faults;

        /** @param message what is wrong, without a full stop */
        BadValue(String message, Location location) {
            this(List.of(new Fault(message, location)));
        }

        /** @param faults at least one */
        BadValue(List<Fault> faults) {
            super(faults.get(0).message());
            this.faults = List.copyOf(faults);
        }

        /** All that is wrong. */
        List<Fault> faults() {
            return faults;
        }

        /** The same as problems of an option. */
        List<Problem> problems(Option<?> option) {
            return faults.stream().map(fault -> new Problem(option + ": " + fault.message(), fault.location().toString(), "Write " + option.type().expected())).toList();
        }

        /** @param message what is wrong, without a full stop */
        record Fault(String message, Location location) {}
    }
}
