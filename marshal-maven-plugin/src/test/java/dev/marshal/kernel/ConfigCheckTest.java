// SPDX-License-Identifier: Apache-2.0
package dev.marshal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCheckTest {

    @TempDir
    Path folder;

    private Fragment fragment(String label, String text) throws IOException {
        return new Fragment(label, Files.writeString(folder.resolve(label), text));
    }

    private List<String> warnings(String config, Fragment... fragments) throws IOException {
        return ConfigCheck.warnings(List.of(fragments), Files.writeString(folder.resolve(".config"), config));
    }

    @Test
    void aFragmentSaysWhatIsOnAndOff() throws IOException {
        assertThat(fragment("f", """
                # a comment
                CONFIG_A=y
                  CONFIG_B=m
                # CONFIG_C is not set
                CONFIG_D="a = b"
                CONFIG_E=0x10
                CONFIG_A=n
                #CONFIG_F=y
                nonsense
                """).symbols()).containsExactly(entry("CONFIG_A", "n"), entry("CONFIG_B", "m"), entry("CONFIG_C", "n"), entry("CONFIG_D", "\"a = b\""), entry("CONFIG_E", "0x10"));
    }

    @Test
    void aFragmentMayBeInAnyEncodingAndHaveAnyLineEnds() throws IOException {
        Path file = Files.write(folder.resolve("latin"), "# caf\u00e9\r\nCONFIG_A=y\r\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(new Fragment("latin", file).symbols()).containsExactly(entry("CONFIG_A", "y"));
        assertThat(fragment("utf", "CONFIG_LOCALVERSION=\"-\u00e9\"\n").symbols()).containsEntry("CONFIG_LOCALVERSION", "\"-\u00e9\"");
    }

    @Test
    void whatTookIsNotMentioned() throws IOException {
        assertThat(warnings("CONFIG_A=y\n# CONFIG_B is not set\nCONFIG_D=\"x\"\nCONFIG_X=y\n", fragment("f", "CONFIG_A=y\n# CONFIG_B is not set\n# CONFIG_C is not set\nCONFIG_D=\"x\"\n"))).isEmpty();
    }

    @Test
    void whatDidNotTakeNamesTheFragment() throws IOException {
        assertThat(warnings("CONFIG_A=m\nCONFIG_B=y\n", fragment("base.config of firechip", "CONFIG_A=y\n# CONFIG_B is not set\n"), fragment("own.config of org.example:own:1", "CONFIG_NONE=y\n"))).containsExactly(
                "CONFIG_A=y did not take: the kernel has CONFIG_A=m. Asked for by base.config of firechip. See what it depends on in the kernel's Kconfig files, or take it out",
                "CONFIG_B=n did not take: the kernel has CONFIG_B=y. Asked for by base.config of firechip. See what it depends on in the kernel's Kconfig files, or take it out",
                "CONFIG_NONE=y did not take: the kernel has CONFIG_NONE=n. Asked for by own.config of org.example:own:1. See what it depends on in the kernel's Kconfig files, or take it out");
    }

    @Test
    void onlyTheLastWishCounts() throws IOException {
        assertThat(warnings("CONFIG_A=n\n", fragment("one", "CONFIG_A=y\n"), fragment("two", "# CONFIG_A is not set\n"))).isEmpty();
        assertThat(warnings("# CONFIG_A is not set\n", fragment("one", "# CONFIG_A is not set\n"), fragment("two", "CONFIG_A=y\n"))).hasSize(1).first().asString().contains("Asked for by two.");
    }
}
