#!/bin/sh
echo first > /etc/made-in-the-guest
