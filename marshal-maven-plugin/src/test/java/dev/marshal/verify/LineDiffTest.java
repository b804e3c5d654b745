// SPDX-License-Identifier: Apache-2.0
package dev.marshal.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.marshal.verify.LineDiff.Edit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineDiffTest {

    @Test
    void equalListsHaveNoDifference() {
        assertThat(unified(List.of("a", "b"), List.of("a", "b"))).isEmpty();
        assertThat(unified(List.of(), List.of())).isEmpty();
    }

    @Test
    void changesStandInTheirContext() {
        assertThat(unified(List.of("1", "2", "3", "4", "five", "6", "7", "8", "9"), List.of("1", "2", "3", "4", "5", "6", "7", "8", "9")))
                .containsExactly("@@ -2,7 +2,7 @@", " 2", " 3", " 4", "-five", "+5", " 6", " 7", " 8");
    }

    @Test
    void emptySidesAreCountedAsDiffDoes() {
        assertThat(unified(List.of(), List.of("a"))).containsExactly("@@ -0,0 +1 @@", "+a");
        assertThat(unified(List.of("a", "b"), List.of())).containsExactly("@@ -1,2 +0,0 @@", "-a", "-b");
    }

    @Test
    void whatIsTooLongIsCounted() {
        assertThat(LineDiff.unified(LineDiff.edits(List.of(), numbers(100)), 1, 1, 3)).containsExactly("@@ -0,0 +1,100 @@", "+0", "+1", "… and 98 more lines of difference");
    }

    @Test
    void theScriptIsAlwaysRightAndNeverLongerThanNeeded() {
        Random random = new Random(42);
        for (int round = 0; round < 3000; round++) {
            List<String> first = words(random, random.nextInt(12));
            List<String> second = words(random, random.nextInt(12));
            List<Edit> edits = LineDiff.edits(first, second);
            assertThat(edits.stream().filter(edit -> edit.kind() != '+').map(Edit::line)).isEqualTo(first);
            assertThat(edits.stream().filter(edit -> edit.kind() != '-').map(Edit::line)).isEqualTo(second);
            assertThat(edits.stream().filter(edit -> edit.kind() == ' ')).hasSize(longestCommon(first, second));
        }
    }

    @Test
    void patchUnderstandsIt(@TempDir Path folder) throws Exception {
        Random random = new Random(7);
        for (int round = 0; round < 15; round++) {
            List<String> first = words(random, 60);
            List<String> second = new ArrayList<>(first);
            IntStream.range(0, 5).forEach(i -> second.set(random.nextInt(second.size()), "new " + i));
            Path file = Files.write(folder.resolve("file"), first);
            List<String> diff = new ArrayList<>(List.of("--- a", "+++ b"));
            diff.addAll(unified(first, second));
            Files.write(folder.resolve("diff"), diff);
            Process patch = new ProcessBuilder("patch", "-s", "-F0", "file", "diff").directory(folder.toFile()).inheritIO().start();
            assertThat(patch.waitFor()).isZero();
            assertThat(Files.readAllLines(file)).isEqualTo(second);
        }
    }

    @Test
    void quiteDifferentListsTakeBoundedTime() {
        List<String> first = numbers(200_000);
        List<String> second = first.stream().map(line -> "x" + line).toList();
        List<Edit> edits = LineDiff.edits(first, second);
        assertThat(edits).hasSize(400_000);
        assertThat(edits.get(0).kind()).isEqualTo('-');
    }

    @Test
    void longListsWithFewDifferencesAreCompared() {
        List<String> second = new ArrayList<>(numbers(200_000));
        second.set(10, "changed");
        second.remove(190_000);
        assertThat(unified(numbers(200_000), second)).contains("-10", "+changed", "-190000").hasSize(9 + 8);
    }

    private static List<String> unified(List<String> first, List<String> second) {
        return LineDiff.unified(LineDiff.edits(first, second), 1, 1, 1000);
    }

    private static List<String> numbers(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }

    private static List<String> words(Random random, int count) {
        return IntStream.range(0, count).mapToObj(i -> String.valueOf((char) ('a' + random.nextInt(4)))).toList();
    }

    private static int longestCommon(List<String> first, List<String> second) {
        int[][] length = new int[first.size() + 1][second.size() + 1];
        for (int i = first.size() - 1; i >= 0; i--) {
            for (int j = second.size() - 1; j >= 0; j--) {
                length[i][j] = first.get(i).equals(second.get(j)) ? length[i + 1][j + 1] + 1 : Math.max(length[i + 1][j], length[i][j + 1]);
            }
        }
        return length[0][0];
    }
}
