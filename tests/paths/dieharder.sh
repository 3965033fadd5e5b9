#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# dieharder.sh BITS [TEST...]: dieharder on each kind of number, all of its tests or those with these numbers; fails where
# it says FAILED, and where a linear congruential generator does not fail. A test that is WEAK is run again by dieharder
# itself, with more samples, until it decides (-Y 1); a p-value of 1e-6 decides.
bits=$1
shift
wrong=0
run() { # run KIND [TEST...]
    kind=$1
    shift
    [ $# -gt 0 ] || set -- -a
    : >"$bits-$kind.txt"
    for test; do
        case $test in
        -a) "$bits" "$kind" | dieharder -g 200 -a -Y 1 -k 2 ;;
        *) "$bits" "$kind" | dieharder -g 200 -d "$test" -Y 1 -k 2 ;;
        esac >>"$bits-$kind.txt"
    done
    echo "$kind: $(grep -cE 'PASSED|WEAK|FAILED' "$bits-$kind.txt") tests"
}
# Overlapping pairs of 10-bit letters show the short periods of its low bits.
run control 5
if ! grep -q FAILED "$bits-control.txt"; then
    echo "control: a linear congruential generator passes: nothing was tested"
    wrong=1
fi
for what in uniform normal two-point; do
    run $what "$@"
    if grep FAILED "$bits-$what.txt" || ! grep -q PASSED "$bits-$what.txt"; then
        echo "$what: wrong"
        wrong=1
    fi
done
exit $wrong
