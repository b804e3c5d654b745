#!/bin/sh -e
# SPDX-License-Identifier: Apache-2.0
# What it is told of the kernel is used: a wrong path fails the build.
{
  echo "post-bin: $# arguments, '$1' '$2', in $(basename "$PWD")"
  echo "binary: $(head -c 4 "$FIREMARSHAL_LINUX_BIN" | tail -c 3) $(cmp "$FIREMARSHAL_LINUX_BIN" "$MARSHAL_LINUX_BIN" && echo the same)"
  echo "kernel: $(make -s -C "$FIREMARSHAL_LINUX_SRC" ARCH=riscv kernelrelease)"
  echo "configuration: $(grep -c '^CONFIG_RISCV=y' "$FIREMARSHAL_LINUX_SRC/.config" "$MARSHAL_LINUX_BUILD/.config" | cut -d : -f 2 | xargs)"
  echo "source: $(grep -c '^VERSION = ' "$MARSHAL_LINUX_SRC/Makefile")"
  echo "image: $(ls ../../../../target | grep -c -e '-rootfs.img$')"
} > overlay/etc/post-bin
