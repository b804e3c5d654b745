#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Starts Maven as somebody else, whose umask, locale and time zone are others: USER_ID, if set, is that of the user
umask 077
export LC_ALL="$OTHER_LOCALE" LANG="$OTHER_LOCALE" TZ=Pacific/Chatham
if [ -n "$USER_ID" ]; then
  exec setpriv --reuid="$USER_ID" --regid="$USER_ID" --clear-groups "$REAL_MVN" "$@"
fi
exec "$REAL_MVN" "$@"
