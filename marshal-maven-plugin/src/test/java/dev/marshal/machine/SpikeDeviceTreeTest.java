// SPDX-License-Identifier: Apache-2.0
package dev.marshal.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.marshal.problem.ProblemException;
import org.junit.jupiter.api.Test;

class SpikeDeviceTreeTest {

    private static final String SPIKES = """
            / {
            \tcpus { cpu@0 { mmu-type = "riscv,sv57"; }; cpu@1 { mmu-type = "riscv,sv57"; }; };
            \tsoc {
            \t\tplic@c000000 {
            \t\t\tinterrupts-extended = <0x01 0x0b>;
            \t\t\tphandle = <0x1f>;
            \t\t};
            \t\tns16550@10000000 {
            \t\t};
            \t};
            };
            """;

    @Test
    void bblGetsSv48() {
        SpikeDeviceTree tree = new SpikeDeviceTree(SPIKES);
        assertThat(tree.changed()).isFalse();
        assertThat(tree.withoutSv57().changed()).isTrue();
        assertThat(tree.source()).isEqualTo(SPIKES.replace("sv57", "sv48"));
    }

    @Test
    void theDiskIsPutBesideTheConsole() {
        SpikeDeviceTree tree = new SpikeDeviceTree(SPIKES).withBlockDevice();
        assertThat(tree.source()).containsSubsequence("plic@", "blkdev@10015000", "\"ucb-bar,blkdev\"", "interrupt-parent = <0x1f>", "ns16550@");
        assertThat(new SpikeDeviceTree(tree.source()).withBlockDevice().changed()).as("a Spike that describes it").isFalse();
    }

    @Test
    void anotherTreeIsRefused() {
        assertThatThrownBy(() -> new SpikeDeviceTree("/ { };").withBlockDevice()).isInstanceOf(ProblemException.class)
                .hasMessage("option 'spike-args': the device tree of this Spike has no interrupt controller or no UART beside which the disk could be put. "
                        + "Give Spike a device tree with the disk ('--dtb=FILE')");
    }
}
