#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# runs.sh BUILD: runs the command lines of runs.txt in BUILD/runs and holds each to its exit code. Experiments need their data
# (make data) in the folder beside BUILD.
set -u
lines=$(cd "$(dirname "$0")" && pwd)/runs.txt
mkdir -p "$1/runs"
cd "$1/runs" || exit 4
bad=0
rm -f own.key own.pub ./*.db record.json n.json
ln -sfn ../data ../data
grep -v '^#' "$lines" >lines
while read -r wanted arguments; do
    case $arguments in *../data*|*gradients/*) [ -e ../data/digits.csv.gz ] || { echo "not run, no data: optcert $arguments"; continue; } ;; esac
    # shellcheck disable=SC2086
    ../optcert $arguments >said 2>&1 </dev/null
    code=$?
    [ "$code" -eq "$wanted" ] || { echo "runs: optcert $arguments: exit $code, not $wanted: $(tail -n 1 said)" >&2; bad=1; }
done <lines
exit $bad
