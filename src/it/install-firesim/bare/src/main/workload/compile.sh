#!/bin/sh
exec riscv64-linux-gnu-gcc -nostdlib -static -Wl,--build-id=none -o bare.elf start.S
