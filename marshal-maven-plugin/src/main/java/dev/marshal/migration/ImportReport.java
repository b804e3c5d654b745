// SPDX-License-Identifier: Apache-2.0
package dev.marshal.migration;

import dev.marshal.problem.Problem;
import java.util.List;

/**
 * What an import did.
 *
 * @param modules  the workloads that were made, each after what it stands on
 * @param notes    what was done otherwise than word by word
 * @param unmapped what could not be mapped: what, where in the original, and what to do
 */
public record ImportReport(List<String> modules, List<String> notes, List<Problem> unmapped) {}
