#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# same_bytes.sh OPTCERT: one sampled study on one thread and on more, on 1 to 4 ranks, and killed and resumed, must write
# the same bytes.
optcert=$1
dir=$(mktemp -d) || exit 4
trap 'rm -rf "$dir"' EXIT
wrong=0
study="converge limit --engine monte-carlo --optimizer rmsprop --problem double-well --set d=3,couple=0.3,rho=0.2
  --phi theta,u --steps 8,16,32 --paths 20000 --json --quiet"
same() {
    if cmp -s "$dir/one" "$dir/other"; then
        echo "ok     $1"
    else
        echo "WRONG  $1: other bytes"
        wrong=1
    fi
}
# shellcheck disable=SC2086
"$optcert" $study --jobs 1 >"$dir/one"
for jobs in 2 4; do
    # shellcheck disable=SC2086
    "$optcert" $study --jobs $jobs >"$dir/other"
    same "--jobs $jobs"
done
# Kills at several moments; what was done by then is on disk.
for seconds in 0.2 0.4 0.8; do
    # shellcheck disable=SC2086
    "$optcert" $study --jobs 1 --resume "$dir/sums" >/dev/null 2>&1 &
    child=$!
    sleep $seconds
    kill -9 $child 2>/dev/null
    wait $child 2>/dev/null
done
# shellcheck disable=SC2086
"$optcert" $study --jobs 2 --resume "$dir/sums" >"$dir/other"
same "killed three times, then --resume"
if command -v mpirun >/dev/null; then
    for ranks in 1 2 3 4; do
        # shellcheck disable=SC2086
        mpirun --allow-run-as-root --oversubscribe --mca mpi_yield_when_idle 1 -n $ranks \
            "$optcert" $study --jobs 1 >"$dir/other" 2>/dev/null
        same "mpirun -n $ranks"
    done
fi
exit $wrong
