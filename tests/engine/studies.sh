#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# studies.sh OPTCERT LEVELS: runs the studies of these levels ("quick" or "quick full"); fails when an exit code differs.
optcert=$1
levels=$2
dir=$(dirname "$0")
wrong=0
while read -r level want arguments; do
    case " $levels " in
    *" $level "*) ;;
    *) continue ;;
    esac
    # shellcheck disable=SC2086
    "$optcert" converge $arguments --quiet >/dev/null </dev/null
    got=$?
    if [ "$got" = "$want" ]; then
        echo "ok     converge $arguments (exit $got)"
    else
        echo "WRONG  converge $arguments: exit $got, wanted $want"
        wrong=1
    fi
done <"$dir/studies.txt"
exit $wrong
