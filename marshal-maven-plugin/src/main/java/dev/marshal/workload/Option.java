// SPDX-License-Identifier: Apache-2.0
package dev.marshal.workload;

/**
 * An option of a workload specification.
 *
 * @param name        its name, a dot between a group and a member ({@code linux.config})
 * @param type        how its value is read and written
 * @param inheritance what children take from it
 * @param description what it means, its unit and its default: for messages and documentation
 * @param <T>         type of its values
 */
public record Option<T>(String name, OptionType<T> type, Inheritance inheritance, String description) {

    /** Two options are the same if they have the same name. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Option<?> option && option.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
