#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# studies.sh OPTCERT LEVELS [PATTERN]: runs the studies of these levels ("quick" or "quick full"), of those the ones whose
# line PATTERN matches; says how long each took, and fails when an exit code differs.
optcert=$1
levels=$2
pattern=${3:-.}
dir=$(dirname "$0")
wrong=0
# libgomp's threads wait for each other without sleeping; where others use the processors that costs more than the work
export GOMP_SPINCOUNT="${GOMP_SPINCOUNT:-1000}"
seconds() {
    date +%s.%N
}
run_all() {
    while read -r level want arguments; do
        case " $levels " in
        *" $level "*) ;;
        *) continue ;;
        esac
        start=$(seconds)
        # shellcheck disable=SC2086
        "$optcert" converge $arguments --quiet >/dev/null </dev/null
        got=$?
        taken=$(echo "$(seconds) $start" | awk '{ printf "%.1f s", $1 - $2 }')
        if [ "$got" = "$want" ]; then
            echo "ok     converge $arguments (exit $got, $taken)"
        else
            echo "WRONG  converge $arguments: exit $got, wanted $want ($taken)"
            wrong=1
        fi
    done
    return $wrong
}
grep -e "$pattern" "$dir/studies.txt" | run_all
