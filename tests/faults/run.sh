#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# run.sh BUILD [quick|full [COMMAND [KIND]]]: faults (faults.c; with a name only that), then the ways to lose a
# checkpoint or a file: death at every step, a full disk, a folder that cannot be written, two runs on one database.
set -u
build=$(cd "$1" && pwd)
how=${2:-quick}
command=${3:-}
ROOT=$(cd "$(dirname "$0")/../.." && pwd)
export ROOT
work=$build/faults/work${command:+.$(echo "$command" | tr -c 'a-z\n' -)}
rm -rf "$work"
mkdir -p "$work"
bad=0
wrong() { echo "faults: $*" >&2; bad=1; }

command -v strace >/dev/null 2>&1 || { echo 'faults: strace is missing: apt-get install strace' >&2; exit 2; }
if [ -n "$command" ]; then
    exec "$build/faults/faults" "$build" "$work" "$how" "$command" ${4:+"$4"}
fi
"$build/faults/faults" "$build" "$work" "$how" >"$build/faults/report.txt" || bad=1
if [ "$how" = full ] || [ "$bad" -ne 0 ]; then cat "$build/faults/report.txt"; else tail -n 1 "$build/faults/report.txt"; fi
cd "$work" || exit 4
optcert=$build/optcert
export GOMP_SPINCOUNT=1000 OMP_NUM_THREADS=1

# Two kinds of checkpoint. begin and again run what keeps one; judge N-th FAULT looks at what they said.
kind=runs
begin() {
    rm -f db db-journal
    if [ $kind = runs ]; then "$@" "$build/faults/checkpoint" db >said 2>error; else "$@" "$optcert" $sampled >said 2>error; fi
}
sampled='converge limit --engine monte-carlo --optimizer sgd --problem linear --noise rademacher --paths 4096
         --steps 4,8 --phi theta --jobs 1 --quiet --resume db'
kept_whole() { # WHAT HAPPENED
    if [ $kind = runs ]; then
        "$build/faults/checkpoint" db >after 2>error || wrong "checkpoint: $1: $(cat error)"
        for run in $(sed -n 's/^kept //p' said); do
            grep -q "^found $run$" after || wrong "checkpoint: $1: run $run is lost"
        done
    else
        # shellcheck disable=SC2086
        "$optcert" $sampled >after 2>error || wrong "converge --resume: $1: exit $?: $(cat error)"
        cmp -s after resumed || wrong "converge --resume: $1: other sums than of a run in one piece"
    fi
}

# The next n: of the slower kind "quick" takes the powers of 8 only.
after() {
    if [ $kind = sums ] && [ "$how" = quick ]; then echo $(($1 * 8)); else echo $(($1 + 1)); fi
}

# Killed at the n-th call of each kind that touches the file: what was said to be kept is found by the next run.
kills=0
for kind in runs sums; do
    for call in openat pwrite64 write fdatasync fsync unlink ftruncate fcntl close; do
        n=1
        while :; do
            begin strace -o trace -e trace=$call -e inject=$call:signal=KILL:when=$n
            grep -q 'killed by SIGKILL' trace || break
            kept_whole "killed at $call $n"
            kills=$((kills + 1))
            n=$(after "$n")
        done
    done
done
echo "faults: $kills deaths of a checkpoint, nothing lost"
[ "$kills" -gt 50 ] || wrong 'checkpoint: it was hardly ever killed'

# The n-th write, sync or unlink of the database fails: an error, or success; what was kept stays.
refusals=0
for kind in runs sums; do
    for fault in pwrite64:error=ENOSPC fdatasync:error=EIO fsync:error=EIO unlink:error=EIO ftruncate:error=EIO openat:error=EMFILE; do
        n=1
        while :; do
            begin strace -o trace -e trace=${fault%%:*} -e inject=$fault:when=$n
            code=$?
            grep -q INJECTED trace || break
            [ "$code" -eq 0 ] || { { [ "$code" -eq 2 ] || [ "$code" -eq 4 ]; } && grep -q '^optcert: ' error; } || [ "$code" -eq 127 ] ||
                wrong "checkpoint: $fault $n: exit $code: $(cat error)"
            kept_whole "after $fault $n"
            refusals=$((refusals + 1))
            n=$(after "$n")
        done
    done
done
echo "faults: $refusals refusals of the disk, nothing lost"

# Two runs on one database.
rm -f db db-journal
"$build/faults/checkpoint" db >one 2>error.one & first=$!
"$build/faults/checkpoint" db >two 2>error.two & second=$!
wait $first || wrong "two runs: $(cat error.one)"
wait $second || wrong "two runs: $(cat error.two)"
"$build/faults/checkpoint" db | grep -c found >count
[ "$(cat count)" = 8 ] || wrong 'two runs: the database does not hold all runs'
rm -f db db-journal
# shellcheck disable=SC2086
"$optcert" $sampled >one 2>error.one & first=$!
# shellcheck disable=SC2086
"$optcert" $sampled >two 2>error.two & second=$!
wait $first || wrong "two runs of converge: $(cat error.one)"
wait $second || wrong "two runs of converge: $(cat error.two)"
cmp -s one resumed && cmp -s two resumed || wrong 'two runs of converge on one database: other sums'

# A full disk, and places that cannot be written: exit 2 or 4, one line, and no file.
refused() { # DESCRIPTION COMMAND...
    what=$1
    shift
    "$@" >/dev/null 2>error
    code=$?
    { [ $code -eq 2 ] || [ $code -eq 4 ]; } && grep -q '^optcert: ' error || wrong "$what: exit $code: $(cat error)"
}
for line in 'scale adam --batch 256 --to 1024 --lr 1e-3' 'list' 'list --json' 'verify given.json' \
    'converge limit --optimizer sgd --problem linear --steps 4,8 --phi theta'; do
    # shellcheck disable=SC2086
    "$optcert" $line >/dev/full 2>error
    code=$?
    { [ $code -eq 4 ] && grep -q '^optcert: ' error; } || wrong "$line > /dev/full: exit $code: $(cat error)"
done
for place in /dev/full /proc/optcert.json /nowhere/optcert.json; do
    refused "certify --out $place" "$optcert" certify builtin:sgd-f32 --quiet --out $place
    refused "sign --out $place" "$optcert" sign given.json --key key.key --out $place
    for report in junit html sarif test-result; do
        refused "certify --$report $place" "$optcert" certify builtin:sgd-f32 --quiet --out x.json --$report=$place
    done
    refused "keygen in $(dirname $place)" "$optcert" keygen "$(dirname $place)/full/key"
done
if [ "$(id -u)" -eq 0 ] && mkdir -p small && mount -t tmpfs -o size=64k none small 2>/dev/null; then
    head -c 60k /dev/zero >small/filler 2>/dev/null
    refused 'certify on a full disk' "$optcert" certify builtin:sgd-f32 --quiet --out small/c.json
    [ ! -e small/c.json ] || wrong 'certify on a full disk: a broken file is left'
    "$build/faults/checkpoint" small/db >/dev/null 2>error
    [ $? -eq 2 ] || wrong 'checkpoint on a full disk: not refused'
    rm small/filler
    "$build/faults/checkpoint" small/db >/dev/null 2>error || wrong "checkpoint when there is room again: $(cat error)"
    # Read-only: nothing can be written, and nothing that is there goes.
    echo old >small/c.json
    mount -o remount,ro small
    refused 'certify to a read-only disk' "$optcert" certify builtin:sgd-f32 --quiet --out small/c.json
    refused 'keygen on a read-only disk' "$optcert" keygen small/key
    refused 'converge --plot on a read-only disk' "$optcert" converge limit --optimizer sgd --problem linear --steps 4,8 --phi theta \
        --quiet --plot small/plot
    # shellcheck disable=SC2086
    refused 'converge --resume on a read-only disk' "$optcert" ${sampled%db}small/db.new
    [ "$(cat small/c.json)" = old ] || wrong 'a read-only disk: the old file is gone'
    umount small
fi
[ $bad -eq 0 ] && echo 'faults: disks, folders and two runs at once: nothing lost, every refusal said'
exit $bad
