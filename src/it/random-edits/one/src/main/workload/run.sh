#!/bin/sh
echo run of one
