// SPDX-License-Identifier: Apache-2.0
package dev.marshal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.marshal.workload.Inheritance;
import dev.marshal.workload.Option;
import dev.marshal.workload.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page of the tests names an integration test for every option, one over a chain for every option that is inherited, and none that is not there. */
class TestsPageTest {

    private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\| `([^`]+)` \\| (?:`([^`]+)` )?\\|");

    @Test
    void everyOptionHasAnIntegrationTestThatIsThere() throws IOException {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        for (String line : Files.readAllLines(Path.of("../docs/testing.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                List<String> folders = new ArrayList<>(List.of(row.group(2)));
                if (row.group(3) != null) {
                    folders.add(row.group(3));
                }
                assertThat(rows.put(row.group(1), folders)).as("second row of %s", row.group(1)).isNull();
            }
        }
        assertThat(rows.keySet()).containsExactlyElementsOf(Options.all().stream().map(Option::name).toList());
        assertThat(Options.all().stream().filter(option -> option.inheritance() != Inheritance.NONE)).allSatisfy(option -> assertThat(rows.get(option.name())).as(option.name()).hasSize(2));
        assertThat(rows.values().stream().flatMap(List::stream).distinct()).allSatisfy(folder -> assertThat(Path.of("../src/it", folder, "verify.groovy")).isRegularFile());
    }
}
