#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# dieharder.sh BITS: the whole of dieharder on each kind of number; fails where it says FAILED. A test that is WEAK is
# run again by dieharder itself, with more samples, until it decides (-Y 1); a p-value of 1e-6 decides.
wrong=0
for what in uniform normal two-point; do
    "$1" "$what" | dieharder -g 200 -a -Y 1 -k 2 >"$1-$what.txt"
    grep -cE 'PASSED|WEAK|FAILED' "$1-$what.txt" | sed "s/^/$what: tests /"
    if grep FAILED "$1-$what.txt"; then
        wrong=1
    fi
done
exit $wrong
