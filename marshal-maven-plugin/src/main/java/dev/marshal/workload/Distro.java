// SPDX-License-Identifier: Apache-2.0
package dev.marshal.workload;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The distribution at the root of a chain.
 *
 * @param name    such as {@code busybox}
 * @param options the distribution's own options: texts, numbers, booleans, lists and maps
 */
public record Distro(String name, Map<String, Object> options) {

    /** Keeps a copy, in the same order: it is written down. */
    public Distro {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }
}
