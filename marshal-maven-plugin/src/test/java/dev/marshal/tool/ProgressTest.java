// SPDX-License-Identifier: Apache-2.0
package dev.marshal.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.marshal.fixture.RecordedLog;
import org.junit.jupiter.api.Test;

class ProgressTest {

    @Test
    void countsWhatMakeCompilesAndNothingElse() {
        RecordedLog log = new RecordedLog();
        Progress progress = new Progress(log, "compiling Linux");
        progress.makeLine("  CC      init/main.o");
        progress.makeLine("  LD [M]  drivers/x.ko");
        progress.makeLine("make[1]: Entering directory '/x'");
        progress.makeLine("  warning: something is odd");
        progress.makeLine("");
        progress.done();
        assertThat(log.infos()).hasSize(1);
        assertThat(log.infos().get(0)).matches("compiling Linux: done, 2 files, \\d+ s");
    }
}
