#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# One fact a line, the same on every release of Debian.
greeting
echo "package: $(dpkg-query -W -f '${Status}' greeting)"
echo "overlay: $(cat /etc/of-overlay), $(stat -c '%U:%G' /etc/of-overlay)"
echo "network while the image was built: $(cat /root/network)"
echo "failed units: $(systemctl --failed --plain --no-legend | wc -l)"
echo "half-installed packages: $(dpkg --audit | wc -l)"
echo "su: $(stat -c '%U:%G %a' /usr/bin/su)"
echo "shadow: $(stat -c '%U:%G %a' /etc/shadow)"
echo "password of root: '$(sed -n 's/^root:\([^:]*\):.*/\1/p' /etc/shadow)'"
echo "arguments: $# $1"
echo "modules: $(lsmod | sed -n 's/^\(ice[a-z]*\) .*/\1/p' | sort | xargs)"
echo "who: $(id -un) in $(pwd)"
echo "to stderr" >&2
systemctl poweroff
echo "last line"
