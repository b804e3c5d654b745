#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
echo "run: $# arguments, '$1' '$2'"
echo "disk: $(cat /sys/class/block/vda/size)"
for file in /opt/renamed.txt /etc/two.txt /opt/folder/inner.txt /made/two.txt /opt/other/inner.txt; do
  echo "$(stat -c %u:%g "$file") $file: $(cat "$file")"
done
cat /etc/layer /etc/initialised
poweroff
