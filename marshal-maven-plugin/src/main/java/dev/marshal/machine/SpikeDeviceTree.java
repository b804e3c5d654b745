// SPDX-License-Identifier: Apache-2.0
package dev.marshal.machine;

import dev.marshal.problem.ProblemException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The device tree that Spike describes itself with, in source form, and what it lacks: current Spike leaves the devices of plug-ins out of it, so that
 * neither the guest nor the plug-in's own start finds them; and bbl does not know harts whose MMU is sv57.
 */
final class SpikeDeviceTree {

    private static final Pattern PLIC = Pattern.compile("plic@[^}]*?\\bphandle = <(0x[0-9a-f]+)>", Pattern.DOTALL);
    private static final Pattern UART = Pattern.compile("(?m)^[ \\t]*(?:\\w+: )?(?:ns16550|serial)@");

    private final String original;
    private String source;

    /** @param source what {@code spike --dump-dts} prints */
    SpikeDeviceTree(String source) {
        this.original = source;
        this.source = source;
    }

    /** Makes every MMU an sv48, of which sv57 is capable too. */
    SpikeDeviceTree withoutSv57() {
        source = source.replace("riscv,sv57", "riscv,sv48");
        return this;
    }

    /**
     * Adds the block device, at the address that FireSim's plug-in has, if it is not there.
     *
     * @throws ProblemException if the tree is of another form than Spike's
     */
    SpikeDeviceTree withBlockDevice() {
        if (source.contains(",blkdev\"")) {
            return this;
        }
        Matcher plic = PLIC.matcher(source);
        Matcher uart = UART.matcher(source);
        if (!plic.find() || !uart.find()) {
            throw new ProblemException("the device tree of this Spike has no interrupt controller or no UART beside which the disk could be put", "option 'spike-args'",
                    "Give Spike a device tree with the disk ('--dtb=FILE')");
        }
        String node = """
                        blkdev@10015000 {
                            compatible = "ucb-bar,blkdev";
                            interrupt-parent = <%s>;
                            interrupts = <2>;
                            reg = <0x0 0x10015000 0x0 0x1000>;
                        };
                """.formatted(plic.group(1));
        source = source.substring(0, uart.start()) + node + source.substring(uart.start());
        return this;
    }

    /** Whether it is another than Spike's own. */
    boolean changed() {
        return !source.equals(original);
    }

    /** In source form. */
    String source() {
        return source;
    }
}
