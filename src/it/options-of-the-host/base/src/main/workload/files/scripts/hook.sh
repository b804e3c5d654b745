#!/bin/sh -e
# SPDX-License-Identifier: Apache-2.0
echo "hook: $# arguments, '$1' '$2', in $(basename "$PWD"), over $(ls "$3")" > "$3/../hook.txt"
