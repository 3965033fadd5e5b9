#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# scaling_quick.sh OPTCERT DEFECT FOLDER: the scaling and SVAG suites pass the library's Adam and fail a build that the
# other suites pass; the sampled comparison tells a mistake from the rule.
set -eu
optcert=$1
defect=$2
mkdir -p "$3"
expect() {
    want=$1
    shift
    got=0
    "$optcert" "$@" --quiet >"$folder/last.txt" 2>&1 </dev/null || got=$?
    [ "$got" = "$want" ] || { cat "$folder/last.txt"; echo "scaling-quick: optcert $*: exit $got, wanted $want" >&2; exit 1; }
    echo "ok     optcert $* (exit $got)"
}
folder=$3
expect 0 certify builtin:adam-f32 --suite scaling,svag --out "$folder/adam.json"
for name in short-grid cached-plan coarse-rate; do
    expect 0 certify "$defect#$name" --suite conformance,robustness --out "$folder/conformance.json"
done
expect 1 certify "$defect#short-grid" --suite svag --out "$folder/svag.json"
expect 1 certify "$defect#cached-plan" --suite scaling --out "$folder/scaling.json"
# only at what order a build comes near its SDE tells this one, and only the full level has the paths to
expect 0 certify "$defect#coarse-rate" --suite scaling --out "$folder/scaling.json"
expect 1 certify "$defect#coarse-rate" --suite svag --level full --out "$folder/svag.json"
expect 0 converge scaling --engine monte-carlo --optimizer rmsprop --problem stackloss --kappa 4
expect 1 converge scaling --engine monte-carlo --optimizer rmsprop --kappa 8 --control kept-eps --paths 16384
