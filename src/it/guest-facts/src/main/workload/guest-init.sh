#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
echo "guest-init: $# arguments, last '$2', in $(pwd), as $(id -u)" >> /root/guest-init-ran
