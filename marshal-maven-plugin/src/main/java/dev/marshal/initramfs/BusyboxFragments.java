// SPDX-License-Identifier: Apache-2.0
package dev.marshal.initramfs;

import dev.marshal.uptodate.WholeOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Configurations of BusyBox as one: where two speak of the same option, the later wins. */
public final class BusyboxFragments {

    private static final Pattern SETTING = Pattern.compile("(?:# )?(CONFIG_\\w+)(?:=.*| is not set)");

    private BusyboxFragments() {}

    /**
     * @param configurations oldest first
     * @param target         file to write
     */
    public static void merge(List<Path> configurations, Path target) throws IOException {
        Map<String, String> lines = new LinkedHashMap<>();
        for (Path configuration : configurations) {
            for (String line : Files.readAllLines(configuration)) {
                Matcher matcher = SETTING.matcher(line.strip());
                if (matcher.matches()) {
                    lines.put(matcher.group(1), line.strip());
                }
            }
        }
        WholeOutput.file(target, temporary -> Files.write(temporary, lines.values()));
    }
}
