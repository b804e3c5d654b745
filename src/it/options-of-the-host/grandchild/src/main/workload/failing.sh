#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
echo "the hook of the grandchild"
exit 3
