#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# run.sh BUILD [full]: faults (faults.c), then the ways to lose a checkpoint or a file: death at every step, a full disk, a
# folder that cannot be written, two runs on one database.
set -u
build=$(cd "$1" && pwd)
full=${2:-quick}
work=$build/faults/work
rm -rf "$work"
mkdir -p "$work"
bad=0
wrong() { echo "faults: $*" >&2; bad=1; }

command -v strace >/dev/null 2>&1 || { echo 'faults: strace is missing: apt-get install strace' >&2; exit 2; }
"$build/faults/faults" "$build" "$work" "$full" >"$build/faults/report.txt" || bad=1
if [ "$full" = full ] || [ "$bad" -ne 0 ]; then cat "$build/faults/report.txt"; else tail -n 1 "$build/faults/report.txt"; fi
cd "$work" || exit 4

# Killed at the n-th call of each kind that touches the file: what was said to be kept is found by the next run.
kills=0
for call in openat pwrite64 write fdatasync fsync unlink ftruncate fcntl close; do
    n=1
    while :; do
        rm -f db db-journal
        strace -o trace -e inject=$call:signal=KILL:when=$n "$build/faults/checkpoint" db >said 2>error
        grep -q 'killed by SIGKILL' trace || break
        "$build/faults/checkpoint" db >after 2>error || wrong "checkpoint: killed at $call $n: $(cat error)"
        for run in $(sed -n 's/^kept //p' said); do
            grep -q "^found $run$" after || wrong "checkpoint: killed at $call $n: run $run is lost"
        done
        kills=$((kills + 1))
        n=$((n + 1))
    done
done
echo "faults: $kills deaths of a checkpoint, nothing lost"
[ "$kills" -gt 50 ] || wrong 'checkpoint: it was hardly ever killed'

# The n-th write, sync or unlink of the database fails: an error, or success; what was kept stays.
refusals=0
for fault in pwrite64:error=ENOSPC fdatasync:error=EIO fsync:error=EIO unlink:error=EIO ftruncate:error=EIO openat:error=EMFILE; do
    n=1
    while :; do
        rm -f db db-journal
        strace -o trace -e inject=$fault:when=$n "$build/faults/checkpoint" db >said 2>error
        code=$?
        grep -q INJECTED trace || break
        [ "$code" -eq 0 ] || { [ "$code" -eq 2 ] && grep -q '^optcert: ' error; } || [ "$code" -eq 127 ] ||
            wrong "checkpoint: $fault $n: exit $code: $(cat error)"
        "$build/faults/checkpoint" db >after 2>error || wrong "checkpoint: after $fault $n: $(cat error)"
        for run in $(sed -n 's/^kept //p' said); do
            grep -q "^found $run$" after || wrong "checkpoint: $fault $n: run $run is lost"
        done
        refusals=$((refusals + 1))
        n=$((n + 1))
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

# A full disk, and places that cannot be written: exit 2 or 4, one line, and no file.
refused() { # DESCRIPTION COMMAND...
    what=$1
    shift
    "$@" >/dev/null 2>error
    code=$?
    { [ $code -eq 2 ] || [ $code -eq 4 ]; } && grep -q '^optcert: ' error || wrong "$what: exit $code: $(cat error)"
}
optcert=$build/optcert
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
    umount small
fi
[ $bad -eq 0 ] && echo 'faults: disks, folders and two runs at once: nothing lost, every refusal said'
exit $bad
