#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# prove-unit.sh UNIT PRECISION DIR: runs WP over impl/UNIT.c in one precision (32, 64, any). DIR receives
#   goals.tsv      every goal and smoke test with its status (goals.awk)
#   functions      the functions that impl/UNIT.c defines, from Frama-C's syntax tree
#   trusted        the functions it calls by contract alone
#   log, log2      what WP said
# Exit 0 only if everything is proved: all goals, no failed smoke test, no warning, every function with a
# contract and goals. The record of earlier runs in proofs/wp/cache is used unless COLD is set.
set -eu
LC_ALL=C
export LC_ALL
unit=$1 precision=$2 dir=$3
here=proofs/wp
. $here/options.sh
source=impl/$unit.c
record=$here/cache/$unit.$precision

fail() {
    echo "prove: $unit ($precision): $*" >&2
    exit 1
}
# One line a record: the name of WP's cache entry, a space, the entry.
unpack() {
    mkdir -p "$2/cache"
    while read -r name entry; do echo "$entry" > "$2/cache/$name.json"; done < "$1"
}
pass() { # pass NUMBER PROVERS
    session=$dir/session$1
    if [ -z "${COLD:-}" ] && [ ! -d "$session" ] && [ -f "$record.$1" ]; then unpack "$record.$1" "$session"; fi
    wp_run "$precision" -wp-prover "$2" -wp-session "$session" -wp-cache cleanup \
        -wp-smoke-tests -wp-smoke-timeout 2 -metrics -metrics-output "$dir/metrics.json" "$source" \
        > "$dir/log$1" 2>&1 || { cat "$dir/log$1" >&2; fail "Frama-C failed"; }
    awk -f $here/goals.awk "$dir/log$1" > "$dir/goals.tsv"
    total=$(sed -n 's/^\[wp\] Proved goals: *[0-9]* *\/ *\([0-9]*\).*/\1/p' "$dir/log$1")
    [ "$(wc -l < "$dir/goals.tsv")" -eq "${total:-0}" ] || fail "WP counts ${total:-no} goals, the log shows others"
}

rm -f "$dir/goals.tsv" "$dir/functions" "$dir/trusted"
mkdir -p "$dir"
pass 1 $wp_first
if grep -q '	unproved	' "$dir/goals.tsv"; then pass 2 $wp_second; else rm -rf "$dir/session2" "$dir/log2"; fi
last=$(ls "$dir"/log[12] | tail -n 1)

# A time-out says nothing about the next, perhaps less loaded, run.
if grep -qE '	(unproved|failed)	' "$dir/goals.tsv"; then
    grep -rlE '"(timeout|stepout)"' "$dir"/session* | xargs -r rm -f
    awk -F '\t' '$3 == "unproved" || $3 == "failed" { print $3 ": " $2 }' "$dir/goals.tsv" >&2
    fail "not everything is proved"
fi
if grep -E 'Warning|User Error' "$last" >&2; then fail "a warning is an unproved assumption"; fi

awk -v list="$dir/functions" -v trusted="$dir/trusted" '
    /^  "/ { section = $1 }
    /^    \{ "/ { name = $2; gsub(/[":]/, "", name) }
    /^    \{ "/ && section ~ /^"defined/ { print name > list }
    /^    \{ "/ && section ~ /^"specified/ && $5 + 0 > 0 { print name > trusted }
    /^    \{ "/ && section ~ /^"undefined/ { print "prove: " name " has no contract" > "/dev/stderr"; bad = 1 }
    END { printf "" >> list; printf "" >> trusted; exit bad }' "$dir/metrics.json" || fail "an undefined function"
while read -r function; do
    grep -qE "	(typed_)?(.*_)?${function}_(ensures|assigns|terminates|exits)" "$dir/goals.tsv" ||
        fail "function $function has no contract to prove"
done < "$dir/functions"
