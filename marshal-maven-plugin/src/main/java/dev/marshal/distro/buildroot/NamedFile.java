// SPDX-License-Identifier: Apache-2.0
package dev.marshal.distro.buildroot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file or folder that a configuration fragment names through a variable of the distribution's environment, such as
 * {@code BR2_ROOTFS_OVERLAY="$(HELLO_PATH)/overlay"}.
 *
 * @param text  as it is written
 * @param path  where it is
 * @param where fragment and line
 */
record NamedFile(String text, Path path, String where) {

    private static final Pattern NAME = Pattern.compile("\\$(?:\\((\\w+)\\)|\\{(\\w+)\\})([^\\s\"']*)");

    /** @param fragments of the configuration @param variables and their values; those of Buildroot's own are passed over */
    static List<NamedFile> of(List<Path> fragments, Map<String, String> variables) throws IOException {
        List<NamedFile> found = new ArrayList<>();
        for (Path fragment : fragments) {
            int number = 0;
            for (String line : Files.readAllLines(fragment)) {
                number++;
                Matcher matcher = NAME.matcher(line.strip().startsWith("#") ? "" : line);
                while (matcher.find()) {
                    String value = variables.get(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
                    if (value != null && value.startsWith("/")) {
                        found.add(new NamedFile(matcher.group(), Path.of(value + matcher.group(3)).normalize(), fragment + ":" + number));
                    }
                }
            }
        }
        return found;
    }
}
