// SPDX-License-Identifier: Apache-2.0
package dev.marshal.distro.buildroot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Buildroot's configuration: what every root filesystem needs, then fragments, of which the later wins. */
final class BuildrootConfiguration {

    private static final Pattern SETTING = Pattern.compile("(?:# )?(BR2_\\w+)(?:=(.*)| is not set)");
    /** What makes it a root filesystem for the machines here, as a tar archive with its owners. */
    private static final List<String> ALWAYS = List.of("BR2_riscv=y", "BR2_RISCV_64=y", "BR2_REPRODUCIBLE=y", "BR2_TARGET_ROOTFS_TAR=y", "# BR2_TARGET_ROOTFS_EXT2 is not set",
            "BR2_TARGET_GENERIC_GETTY_PORT=\"console\"", "BR2_SYSTEM_DHCP=\"eth0\"");

    private BuildrootConfiguration() {}

    /** @param toolchain the settings that name the compiler @param fragments oldest first @param target file to write */
    static void write(List<String> toolchain, List<Path> fragments, Path target) throws IOException {
        List<String> lines = new ArrayList<>(ALWAYS);
        lines.addAll(toolchain);
        for (Path fragment : fragments) {
            lines.addAll(Files.readAllLines(fragment));
        }
        Map<String, String> settings = new LinkedHashMap<>();
        for (String line : lines) {
            Matcher matcher = SETTING.matcher(line.strip());
            if (matcher.matches()) {
                // the order of the last mention: of a choice, kconfig takes the last
                settings.remove(matcher.group(1));
                settings.put(matcher.group(1), line.strip());
            }
        }
        Files.write(target, settings.values());
    }

    /** The settings that were asked for, and that the made configuration does not have. */
    static List<String> notTaken(Path wanted, Path made) throws IOException {
        Map<String, String> taken = values(made);
        List<String> missing = new ArrayList<>();
        values(wanted).forEach((name, value) -> {
            if (!taken.getOrDefault(name, "n").equals(value)) {
                missing.add(name + "=" + value);
            }
        });
        return missing;
    }

    private static Map<String, String> values(Path file) throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file)) {
            Matcher matcher = SETTING.matcher(line.strip());
            if (matcher.matches()) {
                values.put(matcher.group(1), matcher.group(2) == null ? "n" : matcher.group(2));
            }
        }
        return values;
    }
}
