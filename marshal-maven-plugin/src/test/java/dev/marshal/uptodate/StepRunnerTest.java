// SPDX-License-Identifier: Apache-2.0
package dev.marshal.uptodate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepRunnerTest {

    @TempDir
    Path folder;

    private final Map<String, Object> values = new LinkedHashMap<>(Map.of("option mem", "1 GiB"));
    private final Map<String, Path> files = new LinkedHashMap<>();
    private final List<String> builds = new ArrayList<>();
    private Path output;
    private Path tree;
    private boolean failing;

    @BeforeEach
    void make() throws IOException {
        output = folder.resolve("target/image.img");
        tree = folder.resolve("target/drivers");
        files.put("overlay/etc/motd", Files.writeString(folder.resolve("motd"), "hello"));
        run();
        builds.clear();
    }

    private final class ImageStep implements Step {
        @Override
        public String name() {
            return "image";
        }

        @Override
        public Inputs inputs() throws IOException {
            Inputs inputs = new Inputs(new FileDigests(folder.resolve("digests")));
            values.forEach(inputs::value);
            for (Map.Entry<String, Path> file : files.entrySet()) {
                inputs.file(file.getKey(), file.getValue());
            }
            return inputs;
        }

        @Override
        public List<Path> outputs() {
            return List.of(output, tree);
        }

        @Override
        public void build() throws IOException {
            builds.add("image");
            if (failing) {
                throw new IOException("broken");
            }
            WholeOutput.file(output, temporary -> Files.writeString(temporary, "image"));
            WholeOutput.folder(tree, temporary -> Files.writeString(temporary.resolve("a.ko"), "a"));
        }
    }

    private Verdict run() throws IOException {
        return runner().run(new ImageStep(), verdict -> {});
    }

    private StepRunner runner() {
        return new StepRunner(folder.resolve("records"), new FileDigests(folder.resolve("digests")));
    }

    private void assertRebuiltBecause(String reason) throws IOException {
        assertThat(runner().check(new ImageStep()).reasons()).containsExactly(reason);
        assertThat(builds).isEmpty();
        assertThat(run().summary()).isEqualTo(reason);
        assertThat(builds).hasSize(1);
        assertThat(run().upToDate()).isTrue();
        assertThat(builds).hasSize(1);
    }

    @Test
    void theFirstBuildSaysSo() throws IOException {
        Files.delete(folder.resolve("records/image"));
        assertRebuiltBecause("not built yet");
    }

    @Test
    void whatIsNotNeededAnyMoreGoes() throws IOException {
        runner().forget(new ImageStep());

        assertThat(output).doesNotExist();
        assertThat(tree).doesNotExist();
        assertRebuiltBecause("not built yet");
    }

    @Test
    void whatNobodyMadeIsLeftAlone() throws IOException {
        Files.delete(folder.resolve("records/image"));
        runner().forget(new ImageStep());

        assertThat(output).exists();
    }

    @Test
    void nothingChangedNothingDone() throws IOException {
        assertThat(run().summary()).isEqualTo("up to date");
        assertThat(builds).isEmpty();
    }

    @Test
    void theVerdictIsToldBeforeTheWork() throws IOException {
        values.put("option mem", "2 GiB");
        runner().run(new ImageStep(), verdict -> {
            assertThat(verdict.upToDate()).isFalse();
            assertThat(builds).isEmpty();
        });
        assertThat(builds).hasSize(1);
    }

    @Test
    void aChangedOptionShowsBothValues() throws IOException {
        values.put("option mem", "2 GiB");
        assertRebuiltBecause("option mem changed: '1 GiB' → '2 GiB'");
    }

    @Test
    void aLongValueIsCutAndOfOneLine() throws IOException {
        values.put("option mem", "x\n".repeat(60));
        assertRebuiltBecause("option mem changed: '1 GiB' → '" + "x ".repeat(60).substring(0, 77) + "…'");
    }

    @Test
    void ofLongValuesWhatDiffersIsShown() throws IOException {
        values.put("option mem", "a ".repeat(60) + "1 GiB");
        run();
        builds.clear();
        values.put("option mem", "a ".repeat(60) + "2 GiB");
        assertRebuiltBecause("option mem changed: '…" + "a ".repeat(10) + "1 GiB' → '…" + "a ".repeat(10) + "2 GiB'");
    }

    @Test
    void otherPermissionsOfAFileAreNamed() throws IOException {
        assertThat(files.get("overlay/etc/motd").toFile().setExecutable(true)).isTrue();
        assertRebuiltBecause("overlay/etc/motd changed: 'not executable' → 'executable'");
    }

    @Test
    void whatWasNeverBuiltNeedsNoInputsYet() throws IOException {
        Step step = new Step() {
            @Override
            public String name() {
                return "later";
            }

            @Override
            public Inputs inputs() throws IOException {
                throw new java.nio.file.NoSuchFileException("made by the step before");
            }

            @Override
            public List<Path> outputs() {
                return List.of();
            }

            @Override
            public void build() {}
        };
        assertThat(new StepRunner(folder.resolve("records"), new FileDigests(folder.resolve("digests"))).check(step).summary()).isEqualTo("not built yet");
    }

    @Test
    void aNewAndAGoneOption() throws IOException {
        values.put("option cpus", 4);
        assertRebuiltBecause("option cpus is new: '4'");
        builds.clear();
        values.remove("option cpus");
        assertRebuiltBecause("option cpus is gone");
    }

    @Test
    void aChangedFile() throws IOException {
        Files.writeString(files.get("overlay/etc/motd"), "other");
        assertRebuiltBecause("overlay/etc/motd changed");
    }

    @Test
    void whatChangedIsToldBeforeWhatIsNew() throws IOException {
        values.put("a", 1);
        values.put("option mem", "2 GiB");
        assertThat(runner().check(new ImageStep()).reasons()).containsExactly("option mem changed: '1 GiB' → '2 GiB'", "a is new: '1'");
    }

    @Test
    void aNewFileAndAGoneOne() throws IOException {
        files.put("overlay/etc/new", Files.writeString(folder.resolve("new"), "n"));
        assertRebuiltBecause("overlay/etc/new is new");
        builds.clear();
        files.remove("overlay/etc/new");
        assertRebuiltBecause("overlay/etc/new is gone");
    }

    @Test
    void whatAStepBeforeWillWriteAnewIsNoReason() throws IOException {
        Files.writeString(folder.resolve("motd"), "damaged");
        assertThat(runner().check(new ImageStep()).reasons()).containsExactly("overlay/etc/motd changed");
        assertThat(runner().check(new ImageStep(), List.of(folder.resolve("motd"))).reasons()).isEmpty();
        assertThat(runner().check(new ImageStep(), List.of(folder)).reasons()).isEmpty();
        values.put("option mem", "2 GiB");
        assertThat(runner().check(new ImageStep(), List.of(folder)).reasons()).containsExactly("option mem changed: '1 GiB' → '2 GiB'");
        Files.delete(output);
        assertThat(runner().check(new ImageStep(), List.of(folder)).reasons()).containsExactly("option mem changed: '1 GiB' → '2 GiB'", "image.img is missing");
    }

    @Test
    void whatAStepReadsOfThatWhichOthersWillMakeIsAwaited() throws IOException {
        Path motd = folder.resolve("motd");
        assertThat(runner().check(new ImageStep(), List.of(folder.resolve("else"), motd)).awaited()).containsExactly(motd);
        assertThat(runner().check(new ImageStep(), List.of(folder.resolve("else"))).awaited()).isEmpty();
        assertThat(runner().check(new ImageStep()).awaited()).isEmpty();
    }

    @Test
    void aDeletedFile() throws IOException {
        Files.delete(files.get("overlay/etc/motd"));
        assertRebuiltBecause("overlay/etc/motd changed: 'a file' → 'absent'");
    }

    @Test
    void aMissingOutput() throws IOException {
        Files.delete(output);
        assertRebuiltBecause("image.img is missing");
    }

    @Test
    void anOutputThatSomebodyElseChanged() throws IOException {
        Files.writeString(output, "IMAGE");
        assertRebuiltBecause("image.img was changed by somebody else");
    }

    @Test
    void aFileAddedToAnOutputFolder() throws IOException {
        Files.writeString(tree.resolve("b.ko"), "b");
        assertRebuiltBecause("drivers was changed by somebody else");
    }

    @Test
    void aDamagedRecord() throws IOException {
        Files.writeString(folder.resolve("records/image"), "in\tx\n");
        assertRebuiltBecause("the record of the last build is damaged");
        builds.clear();
        Files.write(folder.resolve("records/image"), "in\t\u00ff\u00fe\tx\n".getBytes(StandardCharsets.ISO_8859_1));
        assertRebuiltBecause("the record of the last build is damaged");
    }

    @Test
    void aFailedBuildIsTriedAgainAndRevertingTheChangeNeedsNone() throws IOException {
        values.put("option mem", "2 GiB");
        failing = true;
        assertThatThrownBy(this::run).hasMessage("broken");
        assertThatThrownBy(this::run).hasMessage("broken");
        assertThat(builds).hasSize(2);
        assertThat(output).hasContent("image");
        values.put("option mem", "1 GiB");
        assertThat(run().upToDate()).isTrue();
    }

    @Test
    void manyReasonsAreCounted() {
        assertThat(new Verdict(List.of("a", "b", "c")).summary()).isEqualTo("a; b; c");
        assertThat(new Verdict(List.of("a", "b", "c", "d", "e")).summary()).isEqualTo("a; b; c; and 2 more");
    }
}
