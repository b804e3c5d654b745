// SPDX-License-Identifier: Apache-2.0
package dev.marshal.workload;

import dev.marshal.problem.Location;
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
     * @param warnings told of older spellings
     * @throws BadValue if the node is not such a value
     * @throws dev.marshal.problem.ProblemException with all that is wrong inside
     */
    default T read(LocatedNode node, Consumer<String> warnings) throws BadValue {
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

    /** A value that cannot be one of this type. */
    final class BadValue extends Exception {

        private final transient Location location;

        /** @param message what is wrong, without a full stop */
        BadValue(String message, Location location) {
            super(message);
            this.location = location;
        }

        Location location() {
            return location;
        }
    }
}
