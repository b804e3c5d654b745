// SPDX-License-Identifier: Apache-2.0
package dev.marshal.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A program for the bare machine that prints the first byte of its virtio disk, writes the first sector, and powers off: a driver for the legacy
 * interface of virtio-mmio (virtio 1.1, §4.2.4 and §5.2), which QEMU's virt has unless told otherwise.
 */
final class DiskGuest {

    /** What the first sector is then. */
    static final byte[] WRITTEN = new byte[512];

    static {
        Arrays.fill(WRITTEN, (byte) 0xa5);
    }

    private static final String SOURCE = """
            typedef unsigned char u8; typedef unsigned short u16; typedef unsigned int u32; typedef unsigned long u64;
            asm(".section .text.start,\\"ax\\"; .globl _start; _start: csrr t0, mhartid; 1: bnez t0, 1b; la sp, stack + 8192; call go");
            u8 stack[8192] __attribute__((aligned(16)));
            struct descriptor { u64 address; u32 length; u16 flags, next; };
            #define SIZE 8
            struct { struct descriptor descriptors[SIZE]; u16 flags, index, ring[SIZE]; u8 gap[4096 - 16 * SIZE - 4 - 2 * SIZE];
                volatile u16 used_flags, used_index; u64 used[SIZE]; } queue __attribute__((aligned(4096)));
            struct { u32 type, reserved; u64 sector; } header;
            u8 data[512]; volatile u8 status;
            static void print(const char *text) { for (; *text; text++) *(volatile u8 *)0x10000000 = *text; }
            static void transfer(volatile u32 *device, u32 type) {
                header.type = type;
                queue.descriptors[0] = (struct descriptor){ (u64)&header, 16, 1, 1 };
                queue.descriptors[1] = (struct descriptor){ (u64)data, 512, type ? 1 : 3, 2 };
                queue.descriptors[2] = (struct descriptor){ (u64)&status, 1, 2, 0 };
                u16 before = queue.used_index;
                queue.ring[queue.index % SIZE] = 0;
                __sync_synchronize();
                queue.index++;
                __sync_synchronize();
                device[0x50 / 4] = 0;
                while (queue.used_index == before) { }
                if (status) print("disk error\\n");
            }
            void go(void) {
                for (u64 at = 0x10001000; at <= 0x10008000; at += 0x1000) {
                    volatile u32 *device = (volatile u32 *)at;
                    if (device[0] != 0x74726976 || device[1] != 1 || device[2] != 2) continue;
                    device[0x70 / 4] = 3;
                    device[0x20 / 4] = 0;
                    device[0x28 / 4] = 4096;
                    device[0x30 / 4] = 0;
                    device[0x38 / 4] = SIZE;
                    device[0x3c / 4] = 4096;
                    device[0x40 / 4] = (u64)&queue / 4096;
                    device[0x70 / 4] = 7;
                    transfer(device, 0);
                    print("marshal: run begins\\nread: ");
                    char byte[4] = { "0123456789abcdef"[data[0] >> 4], "0123456789abcdef"[data[0] & 15], '\\n', 0 };
                    print(byte);
                    for (int i = 0; i < 512; i++) data[i] = 0xa5;
                    transfer(device, 1);
                    print("marshal: run ended, exit status 0\\n");
                }
                *(volatile u32 *)0x100000 = 0x5555;
                for (;;) { }
            }
            """;

    private DiskGuest() {}

    static Path build(Path folder) throws IOException {
        Files.createDirectories(folder);
        return BareGuest.compile(folder, Files.writeString(folder.resolve("disk.c"), SOURCE));
    }
}
