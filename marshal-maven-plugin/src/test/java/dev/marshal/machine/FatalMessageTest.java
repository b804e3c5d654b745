// SPDX-License-Identifier: Apache-2.0
package dev.marshal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FatalMessageTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [    0.512345] Kernel panic - not syncing: No working init found. | Kernel panic - not syncing: No working init found.
            [    0.512345][    T1] Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000100 | Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000100
            [  112.5123456] Kernel panic - not syncing |
            Kernel panic - not syncing: Oops - BUG | Kernel panic - not syncing: Oops - BUG
            half a line[    3.000001] Kernel panic - not syncing: sysrq triggered crash | Kernel panic - not syncing: sysrq triggered crash
            sbi_trap_error: hart0: trap0: illegal instruction handler failed (error -2) | sbi_trap_error: hart0: trap0: illegal instruction handler failed (error -2)
            sbi_trap_error: hart2: illegal instruction handler failed (error -2) | sbi_trap_error: hart2: illegal instruction handler failed (error -2)
            init_coldboot: platform early init failed (error -3) | init_coldboot: platform early init failed (error -3)
            ../machine/mtrap.c:22: machine mode: unhandlable trap 2 @ 0x0000000080001234 | machine mode: unhandlable trap 2 @ 0x0000000080001234
            marshal: boot failed: there is no disk | marshal: boot failed: there is no disk
            """)
    void messagesAfterWhichNothingFollows(String line, String told) {
        if (told == null) {
            assertThat(FatalMessage.in(line)).isEmpty();
        } else {
            assertThat(FatalMessage.in(line)).hasValue(told);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "grep found: Kernel panic - not syncing",
        "[    1.000000] Kernel command line: panic=1",
        "panic",
        "the log said [ 1.0] Kernel panic - not syncing",
        "my sbi_trap_error: hart0: trap0: quoted",
        "echo marshal: boot failed: quoted"})
    void quotationsAreNotFatal(String line) {
        assertThat(FatalMessage.in(line)).isEmpty();
    }
}
