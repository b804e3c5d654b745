#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
echo "notes made on the host" > notes
riscv64-unknown-linux-gnu-gcc -dumpmachine | grep -o linux >> notes
