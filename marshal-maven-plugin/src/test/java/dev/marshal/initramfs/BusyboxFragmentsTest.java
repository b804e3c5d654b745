// SPDX-License-Identifier: Apache-2.0
package dev.marshal.initramfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BusyboxFragmentsTest {

    @TempDir
    Path folder;

    @Test
    void theLaterWins() throws IOException {
        Path one = Files.writeString(folder.resolve("one"), "# a comment\nCONFIG_A=y\n# CONFIG_B is not set\nCONFIG_C=\"x\"\n");
        Path two = Files.writeString(folder.resolve("two"), "CONFIG_B=y\n# CONFIG_A is not set\n  CONFIG_D=3  \n");
        BusyboxFragments.merge(List.of(one, two), folder.resolve("merged"));
        assertThat(Files.readAllLines(folder.resolve("merged"))).containsExactly("# CONFIG_A is not set", "CONFIG_B=y", "CONFIG_C=\"x\"", "CONFIG_D=3");
    }
}
