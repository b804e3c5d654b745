// SPDX-License-Identifier: Apache-2.0
package dev.marshal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KernelMessagesTest {

    private final KernelMessages messages = new KernelMessages();

    @Test
    void aLineIsWholeAfterTheMessagesThatCutIt() {
        assertThat(read("one", "[    1.000000] a", "tw[   12.345678][    T1] b", "[   12.345679] c", "o", "[not a message] d"))
                .containsExactly("one", "<[    1.000000] a", "<[   12.345678][    T1] b", "<[   12.345679] c", "two", "[not a message] d");
        assertThat(messages.rest()).isEmpty();
    }

    @Test
    void aLineWhoseEndNeverComesIsKept() {
        assertThat(read("mars[    1.000000] a")).containsExactly("<[    1.000000] a");
        assertThat(messages.rest()).hasValue("mars");
    }

    @Test
    void aGuestThatCutsLinesForEverFillsNoMemory() {
        String half = "x".repeat(40_000) + "[    1.000000] a";
        assertThat(read(half, half, half)).hasSize(4).contains("x".repeat(80_000));
    }

    private List<String> read(String... lines) {
        List<String> parts = new ArrayList<>();
        for (String line : lines) {
            KernelMessages.Part part = messages.next(line);
            part.message().ifPresent(message -> parts.add("<" + message));
            part.printed().ifPresent(parts::add);
        }
        return parts;
    }
}
