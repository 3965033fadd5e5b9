#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# memory.sh BUILD: the most memory that each long command takes, short and longer, against memory.txt. A command held to
# 1 MiB must be found over it.
set -u
build=$1
here=$(dirname "$0")
log=$build/memory.log
[ -x /usr/bin/time ] || { echo 'memory: time is missing: apt-get install time' >&2; exit 2; }
bad=0
peak() { # WORDS...: MiB, rounded up
    /usr/bin/time -f 'peak %M' -o "$log.time" "$build/optcert" "$@" >"$log" 2>&1
    code=$?
    [ $code -lt 2 ] || [ $code -eq 3 ] || { echo "memory: optcert $*: exit $code: $(tail -n 1 "$log")" >&2; return 1; }
    awk '/^peak/ { printf "%d\n", ($2 + 1023) / 1024 }' "$log.time"
}
hold() { # MOST COMMAND MORE
    # shellcheck disable=SC2086
    short=$(peak $2) && long=$(peak $2 $3) || return 1
    printf '%4d MiB, longer %4d, at most %4d  optcert %s (%s)\n' "$short" "$long" "$1" "$2" "$3"
    [ "$short" -le "$1" ] && [ "$long" -le "$1" ]
}
grep -v '^#' "$here/memory.txt" | sed 's/ *|| */|/g' >"$log.table"
while IFS='|' read -r most command more; do
    case $command in experiment*) [ -d "$build/data" ] || { echo "not run, no data (make data): optcert $command"; continue; } ;; esac
    hold "$most" "$command" "$more" </dev/null || { echo "memory: over $most MiB, or it failed: optcert $command" >&2; bad=1; }
done <"$log.table"
if hold 1 'list' '--json' >/dev/null; then
    echo 'memory: a program that takes more than 1 MiB is not found over it' >&2
    bad=1
fi
exit $bad
