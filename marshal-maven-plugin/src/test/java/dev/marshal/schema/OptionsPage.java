// SPDX-License-Identifier: Apache-2.0
package dev.marshal.schema;

import dev.marshal.distro.Distribution;
import dev.marshal.workload.Distro;
import dev.marshal.workload.Option;
import dev.marshal.workload.Options;
import java.util.List;
import java.util.stream.Collectors;

/** {@code docs/options.md}: the options, from the classes that read them. */
final class OptionsPage {

    private static final String BEGINNING = """
            <!-- scripts/generate writes this page from the code -->
            # Options of a workload specification

            A specification is YAML, or JSON in `workload.json`. Paths are relative to the specification's folder, or to `workdir`.
            *Inherited*: `yes`: the newest workload of the chain that sets it decides; `appended`: all count, oldest first; `merged`: by key, the newest wins, `null` removes. Options that are not inherited show in children through the root filesystem, of which they get a copy.

            | option | inherited | value | meaning |
            | --- | --- | --- | --- |
            """;
    private static final String END = """

            Scripts with arguments are a text, split as a shell does without expanding anything, or a list. Sizes are `4GiB`, `512M` (powers of 1024), `2GB` (powers of 1000) or bytes; a plain number in `mem` counts MiB. How sources are written: [sources](sources.md).

            Editors complete and check specifications by a [JSON Schema](guide.md#editors) that follows from the same code.
            """;

    private OptionsPage() {}

    static String text(List<Distribution> distributions) {
        StringBuilder page = new StringBuilder(BEGINNING);
        Options.all().forEach(option -> page.append(row(option, option.name())));
        page.append('\n');
        Options.OLD_NAMES.forEach((old, name) -> page.append("`").append(old).append("` is the older spelling of `").append(name).append("`: accepted with a warning.\n"));
        page.append("These exclude each other: ").append(Options.EXCLUSIONS.stream().map(each -> "`" + each.one() + "` and `" + each.other() + "`").collect(Collectors.joining(", "))).append(".\n");
        for (Distribution distribution : distributions) {
            if (!distribution.options().isEmpty()) {
                page.append("\n## `distro.opts` of `").append(distribution.name()).append("`\n\n| option | inherited | value | meaning |\n| --- | --- | --- | --- |\n");
                distribution.options().forEach(option -> page.append(row(option, option.name().substring(Distro.OPTIONS.length()))));
            }
        }
        return page.append(END).toString();
    }

    private static String row(Option<?> option, String name) {
        String inherited = switch (option.inheritance()) {
            case NONE -> "no";
            case REPLACED -> "yes";
            case APPENDED -> "appended";
            case MERGED -> "merged";
        };
        return "| `" + name + "` | " + inherited + " | " + cell(option.type().expected()) + " | " + cell(option.description()) + " |\n";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
