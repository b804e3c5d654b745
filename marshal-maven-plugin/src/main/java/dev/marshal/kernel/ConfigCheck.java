// SPDX-License-Identifier: Apache-2.0
package dev.marshal.kernel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds what the fragments asked for and the kernel's configuration does not have. */
final class ConfigCheck {

    private ConfigCheck() {}

    /** One sentence for each symbol that did not take; where several fragments set it, only the last one's wish counts. */
    static List<String> warnings(List<Fragment> fragments, Path config) throws IOException {
        record Wish(String value, Fragment fragment) {}
        Map<String, Wish> wishes = new LinkedHashMap<>();
        for (Fragment fragment : fragments) {
            fragment.symbols().forEach((symbol, value) -> wishes.put(symbol, new Wish(value, fragment)));
        }
        Map<String, String> got = Fragment.symbols(config);
        List<String> warnings = new ArrayList<>();
        wishes.forEach((symbol, wish) -> {
            String value = got.getOrDefault(symbol, "n");
            if (!value.equals(wish.value())) {
                warnings.add(symbol + "=" + wish.value() + " did not take: the kernel has " + symbol + "=" + value + ". Asked for by " + wish.fragment().label()
                        + ". See what it depends on in the kernel's Kconfig files, or take it out");
            }
        });
        return warnings;
    }
}
