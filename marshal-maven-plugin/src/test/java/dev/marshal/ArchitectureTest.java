// SPDX-License-Identifier: Apache-2.0
package dev.marshal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rules that hold for the sources as a whole. */
class ArchitectureTest {

    private static final Path SOURCES = Path.of("src/main/java/dev/marshal");
    private static final Pattern OWN_NAME = Pattern.compile("\\bdev\\.marshal\\.([a-z]+)\\.");
    private static final Pattern COMMENT_OR_TEXT = Pattern.compile("/\\*.*?\\*/|//[^\\n]*|\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\\\n])'", Pattern.DOTALL);

    /** The code of every file, without comments and texts, by path below the sources. */
    private static final SortedMap<String, String> CODE = new TreeMap<>();

    @BeforeAll
    static void read() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                CODE.put(SOURCES.relativize(file).toString(), COMMENT_OR_TEXT.matcher(Files.readString(file)).replaceAll(" "));
            }
        }
        assertThat(CODE).hasSizeGreaterThan(100);
    }

    private static String packageOf(String file) {
        return file.contains("/") ? file.substring(0, file.indexOf('/')) : "";
    }

    private static List<String> filesThatName(String text, String... allowedPackages) {
        return CODE.entrySet().stream().filter(file -> !List.of(allowedPackages).contains(packageOf(file.getKey())) && file.getValue().contains(text)).map(Map.Entry::getKey).toList();
    }

    private static SortedMap<String, SortedSet<String>> dependencies() {
        SortedMap<String, SortedSet<String>> dependencies = new TreeMap<>();
        CODE.forEach((file, code) -> {
            Set<String> used = dependencies.computeIfAbsent(packageOf(file), name -> new TreeSet<>());
            Matcher matcher = OWN_NAME.matcher(code);
            while (matcher.find()) {
                if (!matcher.group(1).equals(packageOf(file))) {
                    used.add(matcher.group(1));
                }
            }
        });
        return dependencies;
    }

    @Test
    void mavenIsKnownToTheOuterPackagesOnly() {
        assertThat(filesThatName("org.apache.maven.", "goal", "packaging", "repository")).isEmpty();
        assertThat(filesThatName("org.eclipse.aether.", "goal", "packaging", "repository")).isEmpty();
        assertThat(filesThatName("javax.inject.", "goal", "packaging")).isEmpty();
    }

    @Test
    void noPackagesDependOnEachOther() {
        SortedMap<String, SortedSet<String>> left = dependencies();
        assertThat(left.values()).anyMatch(used -> !used.isEmpty());
        boolean shrinks = true;
        while (shrinks) {
            List<String> free = new ArrayList<>();
            left.forEach((name, used) -> {
                if (used.stream().noneMatch(left::containsKey)) {
                    free.add(name);
                }
            });
            shrinks = !free.isEmpty();
            free.forEach(left::remove);
        }
        assertThat(left).as("packages in or above a cycle, with what they use").isEmpty();
    }

    @Test
    void theInnermostPackagesStayInnermost() {
        SortedMap<String, SortedSet<String>> dependencies = dependencies();
        assertThat(dependencies.get("problem")).isEmpty();
        assertThat(dependencies.get("uptodate")).isSubsetOf("problem");
        assertThat(dependencies.get("tool")).isSubsetOf("problem");
        assertThat(dependencies.get("source")).isSubsetOf("problem", "tool", "uptodate");
        assertThat(dependencies.get("workload")).isSubsetOf("problem", "tool", "uptodate", "source");
        assertThat(dependencies.values()).noneMatch(used -> used.contains("goal") || used.contains("packaging"));
    }

    @Test
    void everyGoalCanRunInParallelBuilds() {
        Pattern annotation = Pattern.compile("@Mojo\\(([^)]*)\\)");
        List<String> goals = new ArrayList<>();
        CODE.forEach((file, code) -> {
            Matcher mojo = annotation.matcher(code);
            while (mojo.find()) {
                goals.add(file);
                assertThat(mojo.group(1)).as(file).contains("threadSafe = true");
            }
        });
        assertThat(goals).hasSizeGreaterThanOrEqualTo(15).allMatch(file -> file.startsWith("goal/") && file.endsWith("Mojo.java"));
        assertThat(CODE.keySet().stream().filter(file -> file.endsWith("Mojo.java") && !Set.of("goal/MarshalMojo.java", "goal/WorkloadMojo.java", "goal/BuildMojo.java", "goal/PublishingMojo.java").contains(file))).containsExactlyElementsOf(goals);
    }

    @Test
    void onlyOnePlaceStartsPrograms() {
        assertThat(filesThatName("new ProcessBuilder").stream().filter(file -> !file.startsWith("machine/"))).containsExactly("tool/Command.java");
        assertThat(filesThatName("Runtime.getRuntime().exec")).isEmpty();
    }

    @Test
    void everyFileIsShortAndBearsItsLicence() throws IOException {
        for (String file : CODE.keySet()) {
            List<String> lines = Files.readAllLines(SOURCES.resolve(file));
            assertThat(lines.get(0)).as(file).isEqualTo("// SPDX-License-Identifier: Apache-2.0");
            assertThat(lines.size()).as(file).isLessThan(400);
        }
    }
}
