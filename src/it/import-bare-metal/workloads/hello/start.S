# SPDX-License-Identifier: Apache-2.0
# Runs main on the first hart; then ends the simulator, by QEMU's test device, or by HTIF where there is no such device.
	.section .text.start, "ax"
	.globl _start
_start:
	csrr t0, mhartid
	bnez t0, rest
	.option push
	.option norelax
	la gp, stack
	.option pop
	la sp, stack
	la t0, htif
	csrw mtvec, t0
	call main
	li t0, 0x100000
	li t1, 0x5555
	sw t1, (t0)
	.align 2
htif:
	la t0, tohost
	li t1, 1
	sd t1, (t0)
rest:
	wfi
	j rest

	.section .tohost, "aw"
	.align 6
	.globl tohost
tohost:
	.dword 0
	.align 6
	.globl fromhost
fromhost:
	.dword 0
