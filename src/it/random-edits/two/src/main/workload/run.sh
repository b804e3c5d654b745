#!/bin/sh
echo run of two
