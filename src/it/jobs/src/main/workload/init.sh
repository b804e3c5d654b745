#!/bin/sh
echo "made by guest-init $*" > /etc/made
