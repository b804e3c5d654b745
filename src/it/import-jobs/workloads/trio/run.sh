#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
words=$1
[[ "$words" == two* ]] && echo "argument: ${words/two/2}"
cat /root/built /root/input | tee /root/result
poweroff
