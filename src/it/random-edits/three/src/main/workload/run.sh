#!/bin/sh
echo run of three
