// SPDX-License-Identifier: Apache-2.0
package dev.marshal.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.marshal.tool.HostTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real runs of Spike, where there is one. */
@Tag("spike")
class SpikeRunTest {

    @TempDir
    Path folder;

    private final CollectingLog log = new CollectingLog();

    @BeforeEach
    void spikeIsThere() {
        boolean there = Programs.TOOLBOX.find(HostTools.SPIKE).isPresent();
        if (!there) {
            System.out.println("SpikeRunTest: not run, since 'spike' was not found on the PATH");
        }
        Assumptions.assumeTrue(there, "'spike' was not found on the PATH");
    }

    @Test
    void aProgramRunsAndEnds() throws IOException {
        MachineResult result = run("marshal: run begins\nhello\nmarshal: run ended, exit status 0\n", BareGuest.HTIF_EXIT, false, Duration.ofSeconds(30));

        assertThat(result.succeeded()).as(result.toString()).isTrue();
        assertThat(folder.resolve("uartlog")).hasContent("marshal: run begins\nhello\nmarshal: run ended, exit status 0\n");
    }

    @Test
    void aPanicAndATimeLimitEndIt() throws IOException {
        assertThat(run("Kernel panic - not syncing: a test\n", BareGuest.HANG, false, Duration.ofSeconds(30)).ending()).isEqualTo(Ending.PANIC);
        MachineResult hanging = run("", BareGuest.HANG, false, Duration.ofMillis(700));
        assertThatThrownBy(hanging::check).hasMessageStartingWith("'hello' on Spike did not power off within its time limit of 0.7 s");
    }

    @Test
    void bblGetsADeviceTreeThatItKnows() throws IOException {
        MachineResult result = run("marshal: run begins\n", BareGuest.HTIF_EXIT, true, Duration.ofSeconds(30));

        assertThat(result.succeeded()).as(result.toString()).isTrue();
        assertThat(Files.readString(folder.resolve("work/spike.dts"))).contains("riscv,sv48").doesNotContain("riscv,sv57");
        assertThat(folder.resolve("work/spike.dtb")).isNotEmptyFile();
    }

    private MachineResult run(String text, String end, boolean bbl, Duration limit) throws IOException {
        Path program = BareGuest.build(folder.resolve("guest"), text, end);
        return new Spike(Programs.TOOLBOX, null, log).run(new MachineRequest("hello", GuestScript.RUN, program, null, 1, 64 * MachineRequest.MIB, List.of(), bbl, List.of(),
                folder.resolve("uartlog"), folder.resolve("work"), limit));
    }
}
