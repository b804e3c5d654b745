// SPDX-License-Identifier: Apache-2.0
package dev.marshal.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a kernel configuration.
 *
 * @param label what the user calls it, such as {@code kernel.config of org.example:hello:1.0}
 * @param file  the file
 */
public record Fragment(String label, Path file) {

    private static final Pattern SET = Pattern.compile("(CONFIG_\\w+)=(.*)");
    private static final Pattern UNSET = Pattern.compile("# (CONFIG_\\w+) is not set");

    /** What it asks for. A symbol that is to be off has the value {@code n}, as Kconfig has it. */
    public Map<String, String> symbols() throws IOException {
        return symbols(file);
    }

    /** The symbols of any configuration file. */
    static Map<String, String> symbols(Path file) throws IOException {
        Map<String, String> symbols = new LinkedHashMap<>();
        // other people's comments may be in any encoding
        for (String line : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList()) {
            Matcher set = SET.matcher(line.strip());
            Matcher unset = UNSET.matcher(line.strip());
            if (set.matches()) {
                symbols.put(set.group(1), set.group(2));
            } else if (unset.matches()) {
                symbols.put(unset.group(1), "n");
            }
        }
        return symbols;
    }
}
