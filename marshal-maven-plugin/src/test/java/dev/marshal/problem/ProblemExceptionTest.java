// SPDX-License-Identifier: Apache-2.0
package dev.marshal.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemExceptionTest {

    @Test
    void locationsReadAsEditorsWriteThem() {
        assertThat(Location.of("a.yaml")).hasToString("a.yaml");
        assertThat(new Location("a.yaml", 3, 0)).hasToString("a.yaml:3");
        assertThat(new Location("a.yaml", 3, 7)).hasToString("a.yaml:3:7");
    }

    @Test
    void aProblemSaysWhereWhatAndWhatToDo() {
        assertThat(new Problem("it broke", "a.yaml:3", "Mend it")).hasToString("a.yaml:3: it broke. Mend it");
        assertThat(new Problem("it broke", null, "Mend it")).hasToString("it broke. Mend it");
    }

    @Test
    void everyProblemHasARemedy() {
        assertThatThrownBy(() -> new Problem("it broke", null, null)).isInstanceOf(NullPointerException.class).hasMessage("remedy");
        assertThatThrownBy(() -> new Problem(null, null, "Mend it")).isInstanceOf(NullPointerException.class).hasMessage("what");
    }

    @Test
    void severalProblemsTakeALineEach() {
        ProblemException exception = new ProblemException(List.of(new Problem("one", "a:1", "Do this"), new Problem("two", "b:2", "Do that")));
        assertThat(exception.getMessage().lines()).containsExactly("a:1: one. Do this", "b:2: two. Do that");
        assertThat(exception.problems()).hasSize(2);
    }

    @Test
    void theCauseIsKept() {
        IOException cause = new IOException("deep");
        assertThat(new ProblemException("it broke", Location.of("a"), "Mend it", cause)).hasCause(cause).hasMessage("a: it broke. Mend it");
    }
}
