// SPDX-License-Identifier: Apache-2.0
package dev.marshal.workload;

import dev.marshal.problem.Location;

/**
 * What a specification says of an option.
 *
 * @param value the value
 * @param where where it stands
 * @param <T>   the option's type
 */
public record Setting<T>(T value, Location where) {}
