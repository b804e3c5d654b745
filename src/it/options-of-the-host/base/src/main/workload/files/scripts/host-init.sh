#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
mkdir -p overlay/etc
echo "host-init: $# arguments, '$1' '$2', in $(basename "$PWD")" > overlay/etc/host-init
