#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
echo "built for $1 on $(uname -m)" >> /root/built
poweroff
