// SPDX-License-Identifier: Apache-2.0
package dev.marshal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GuestScriptTest {

    @Test
    void theLinesOfTheContractAreFoundAtTheEndOfALine() {
        assertThat(GuestScript.RUN.beginsAt("marshal: run begins")).isTrue();
        assertThat(GuestScript.RUN.beginsAt("half a linemarshal: run begins ")).isTrue();
        assertThat(GuestScript.RUN.beginsAt("marshal: run begins now")).isFalse();
        assertThat(GuestScript.RUN.beginsAt("marshal: guest-init begins")).isFalse();
        assertThat(GuestScript.RUN.endsAt("marshal: run ended, exit status 127")).hasValue(127);
        assertThat(GuestScript.RUN.endsAt("donemarshal: run ended, exit status 0")).hasValue(0);
        assertThat(GuestScript.RUN.endsAt("marshal: run ended, exit status x")).isEmpty();
        assertThat(GuestScript.RUN.endsAt("marshal: guest-init ended, exit status 0")).isEmpty();
        assertThat(GuestScript.GUEST_INIT.endsAt("marshal: guest-init ended, exit status 2")).hasValue(2);
        assertThat(GuestScript.NONE.beginsAt("marshal: run begins")).isFalse();
        assertThat(GuestScript.NONE.endsAt("marshal: run ended, exit status 1")).isEmpty();
        assertThat(GuestScript.RUN.before("donemarshal: run ended, exit status 0")).isEqualTo("done");
    }
}
