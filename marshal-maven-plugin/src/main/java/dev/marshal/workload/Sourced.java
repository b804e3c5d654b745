// SPDX-License-Identifier: Apache-2.0
package dev.marshal.workload;

import dev.marshal.problem.Location;

/**
 * A value and who says it.
 *
 * @param option the option
 * @param value the value
 * @param layer the workload or board that says it
 * @param where where it stands
 * @param <T>   the option's type
 */
public record Sourced<T>(Option<T> option, T value, Layer layer, Location where) {}
