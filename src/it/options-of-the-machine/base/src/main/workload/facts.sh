#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The machine, as the guest sees it; that of guest-init is kept.
facts="harts $(nproc), MiB $(($(awk '/^MemTotal/ { print $2 }' /proc/meminfo) / 1024)), cards $(cat /sys/class/net/*/address | grep -c 52:54:00:00:00:0[23])"
if [ "$1" = guest-init ]; then
  echo "$facts" > /etc/machine-of-guest-init
else
  echo "guest-init: $(cat /etc/machine-of-guest-init)"
  echo "run: $facts"
fi
poweroff
