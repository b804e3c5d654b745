// SPDX-License-Identifier: Apache-2.0
package dev.marshal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.marshal.tool.Command;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A program that runs on the bare machine: prints a text on the 16550 UART at 0x10000000, some times, and then ends in one of several ways. */
final class BareGuest {

    /** The test device of QEMU's virt: 0x5555 powers off, 0x3333 fails with the status above it, 0x7777 resets. */
    private static final String TEST_DEVICE = "li t0, 0x100000; li t1, %s; sw t1, (t0)\n";

    static final String POWER_OFF = String.format(TEST_DEVICE, "0x5555");
    static final String RESET = String.format(TEST_DEVICE, "0x7777");
    static final String HANG = "";
    /** Writes what is typed back, a Ctrl-C as C, until a q powers the machine off. */
    static final String ECHO = """
            typed:  lbu t0, 5(a1)
                    andi t0, t0, 1
                    beqz t0, typed
                    lbu t0, (a1)
                    li t1, 'q'
                    beq t0, t1, quit
                    li t1, 3
                    bne t0, t1, write
                    li t0, 'C'
            write:  sb t0, (a1)
                    j typed
            quit:
            """ + POWER_OFF;
    /** Spike's way to end. */
    static final String HTIF_EXIT = "la t0, tohost; li t1, 1; sd t1, (t0)\n";

    private BareGuest() {}

    static String fail(int status) {
        return String.format(TEST_DEVICE, status << 16 | 0x3333);
    }

    static Path build(Path folder, String text, String end) throws IOException {
        return build(folder, text, 1, end);
    }

    static Path build(Path folder, String text, int times, String end) throws IOException {
        Files.createDirectories(folder);
        Files.write(folder.resolve("text"), text.getBytes(StandardCharsets.UTF_8));
        Path source = Files.writeString(folder.resolve("guest.S"), """
                        .globl _start
                        .section .text.start, "ax"
                _start: csrr t0, mhartid
                        bnez t0, rest
                        li s0, %d
                        li a1, 0x10000000
                again:  la a0, text
                        la a2, end
                next:   beq a0, a2, done
                full:   lbu t0, 5(a1)
                        andi t0, t0, 0x20
                        beqz t0, full
                        lbu t0, (a0)
                        sb t0, (a1)
                        addi a0, a0, 1
                        j next
                done:   addi s0, s0, -1
                        bnez s0, again
                        %s
                rest:   wfi
                        j rest
                text:   .incbin "text"
                end:
                        .section .tohost, "aw"
                        .align 6
                        .globl tohost
                tohost: .dword 0
                        .align 6
                        .globl fromhost
                fromhost: .dword 0
                """.formatted(times, end));
        return compile(folder, source);
    }

    static Path compile(Path folder, Path source) throws IOException {
        Path program = folder.resolve("guest.elf");
        Path layout = Files.writeString(folder.resolve("layout.ld"), """
                ENTRY(_start)
                SECTIONS { . = 0x80000000; .text : { *(.text.start) *(.text*) *(.rodata*) } .data : { *(.data*) *(.sdata*) *(.tohost) } .bss : { *(.bss*) *(.sbss*) } }
                """);
        new Command("compile a bare guest", Programs.TOOLBOX.crossPrefix(null) + "gcc")
                .args("-march=rv64imac_zicsr", "-msmall-data-limit=0", "-mabi=lp64", "-mcmodel=medany", "-O1", "-ffreestanding", "-nostdlib", "-static",
                        "-fno-pie", "-no-pie", "-Wl,--build-id=none", "-T", layout, "-o", program, source)
                .in(folder).check();
        assertThat(program).exists();
        return program;
    }
}
