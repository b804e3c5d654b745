#!/bin/sh
ls "$1" | sort > "$1/../hook.txt"
echo "called once" >> "$1/../hook.txt"
