// SPDX-License-Identifier: Apache-2.0
package dev.marshal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsoleTextTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            plain | plain
            E[1;31mredE[0m | red
            a E[6nE[?25lb | a b
            E]0;root@host: ~Gprompt# | prompt#
            E]8;;http://example.orgE\\link | link
            E(BE7textE8E=E> | text
            EPq#0E\\x | x
            oneR | one
            aRb | ab
            E[ | E[
            E]0;never ended | E]0;never ended
            """)
    void plainTextHasNoControlSequences(String line, String plain) {
        assertThat(ConsoleText.plain(encoded(line))).isEqualTo(encoded(plain));
    }

    @Test
    void shownTextCannotControlATerminal() {
        assertThat(ConsoleText.shown("\ta\u001b[2J\u0007\u009bé")).isEqualTo("\ta\\x1b[2J\\x07\\x9bé");
        assertThat(ConsoleText.shown("as it is")).isEqualTo("as it is");
    }

    private static String encoded(String text) {
        return text.replace('E', '\u001b').replace('G', '\u0007').replace('R', '\r');
    }
}
