#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
cat input.txt > overlay/etc/generated
