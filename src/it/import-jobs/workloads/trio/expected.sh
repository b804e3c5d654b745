#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# what existing workloads expect of their base
cat /root/built /etc/notes
[ -e /etc/shared ] || echo "nothing of the set"
gunzip -kc /proc/config.gz | grep '^CONFIG_IKCONFIG_PROC='
modinfo iceblk | grep -o '^filename: .*iceblk.ko' | grep -o 'iceblk.ko'
lsmod | grep -o 'icenet\|iceblk' | sort -u
poweroff
