#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# One fact a line.
echo "modules: $(lsmod | awk '/^ice/ { print $1 }' | xargs)"
echo "harts: $(nproc)"
echo "arguments: $#"
for argument; do
  echo "argument: $argument"
done
for file in /etc/passwd /etc/of-overlay /usr/local/bin/tool '/opt/a name with blanks.txt' /opt/quoted /opt/folder /opt/folder/inner.txt; do
  echo "owner: $(stat -c '%u:%g' "$file") $file"
done
echo "tool's mode: $(stat -c %a /usr/local/bin/tool)"
echo "blanks: $(cat '/opt/a name with blanks.txt')"
echo "quoted: $(cat /opt/quoted)"
echo "inner: $(cat /opt/folder/inner.txt)"
echo "guest-init ran: $(cat /root/guest-init-ran)"
echo "disk: $(cat /sys/class/block/vda/size)"
echo "root filesystem: $(df -m / | awk 'END { print $2 }')"
mkdir -p /root/results/deep
echo first > /root/results/first.txt
echo second > "/root/results/deep/second file"
echo single > /root/single
poweroff
