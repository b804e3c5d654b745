// SPDX-License-Identifier: Apache-2.0
package dev.marshal.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ScriptTest {

    @Test
    void wordsAreSeparatedByBlanks() {
        assertThat(Script.words("  a  b\tc\n")).containsExactly("a", "b", "c");
        assertThat(Script.words("")).isEmpty();
    }

    @Test
    void quotesAndBackslashesAreAsInAShell() {
        assertThat(Script.words("'a b' \"c d\" e\\ f")).containsExactly("a b", "c d", "e f");
        assertThat(Script.words("a'b'\"c\"d")).containsExactly("abcd");
        assertThat(Script.words("'' \"\"")).containsExactly("", "");
        assertThat(Script.words("'a\\b' \"a\\b\" \"a\\\"b\\\\\"")).containsExactly("a\\b", "a\\b", "a\"b\\");
        assertThat(Script.words("end\\")).containsExactly("end\\");
    }

    @Test
    void nothingIsExpanded() {
        assertThat(Script.words("$HOME * `id` ~ \"\\$x\"")).containsExactly("$HOME", "*", "`id`", "~", "$x");
    }

    @Test
    void anOpenQuoteIsTold() {
        assertThatThrownBy(() -> Script.words("a 'b")).isInstanceOf(IllegalArgumentException.class).hasMessage("the quote ' is not closed");
        assertThatThrownBy(() -> Script.words("a \"b'")).isInstanceOf(IllegalArgumentException.class).hasMessage("the quote \" is not closed");
    }
}
