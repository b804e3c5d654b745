#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
echo "guest-init: $# arguments, '$1', in $(pwd), by $(id -u), $(nproc) harts" >> /etc/initialised
poweroff
