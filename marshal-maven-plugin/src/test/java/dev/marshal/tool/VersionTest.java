// SPDX-License-Identifier: Apache-2.0
package dev.marshal.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "GNU Make 4.3 | 4.3",
        "mke2fs 1.47.0 (5-Feb-2023) | 1.47.0",
        "kmod version 30 | 30",
        "xz (XZ Utils) 5.4.1 | 5.4.1",
        "bison (GNU Bison) 3.8.2 | 3.8.2",
        "git version 2.39.5 | 2.39.5",
        "QEMU emulator version 7.2.9 (Debian 1:7.2+dfsg-7+deb12u7) | 7.2.9",
        "riscv64-linux-gnu-gcc (Debian 12.2.0-13) 12.2.0 | 12.2.0",
        "riscv64-linux-gnu-gcc (Ubuntu 11.4.0-1ubuntu1~22.04) 11.4.0 | 11.4.0",
        "riscv64-unknown-linux-gnu-gcc (g2ee5e430018) 12.2.0 | 12.2.0",
        "riscv64-unknown-linux-gnu-gcc (crosstool-NG 1.25.0) 12.1.0 | 12.1.0",
        "riscv64-buildroot-linux-gnu-gcc.br_real (Buildroot 2022.02.9) 11.3.0 | 11.3.0",
        "Spike RISC-V ISA Simulator 1.1.1-dev | 1.1.1",
        "tool v2.5 | 2.5",
        "program (version 3.1) | 3.1"})
    void isFoundInWhatProgramsPrint(String line, String version) {
        assertThat(Version.find(line)).hasToString("Optional[" + version + "]");
    }

    @Test
    void isNotFoundWhereThereIsNone() {
        assertThat(Version.find("")).isEmpty();
        assertThat(Version.find("usage: tool2x [options]")).isEmpty();
        assertThatThrownBy(() -> Version.of("none")).isInstanceOf(IllegalArgumentException.class).hasMessage("no version in 'none'");
    }

    @Test
    void comparesNumbersAndNotDigits() {
        assertThat(Version.of("4.10")).isGreaterThan(Version.of("4.9"));
        assertThat(Version.of("4.9.1")).isGreaterThan(Version.of("4.9"));
        assertThat(Version.of("4.9.0")).isEqualByComparingTo(Version.of("4.9"));
        assertThat(Version.of("3.82")).isLessThan(Version.of("4.3"));
        assertThat(Version.of("20240101123456.1")).isGreaterThan(Version.of("7.1"));
    }
}
