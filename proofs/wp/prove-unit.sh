#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# prove-unit.sh UNIT PRECISION DIR: runs WP over impl/UNIT.c or impl/UNIT.h in one precision (32, 64, any). DIR receives
#   goals.tsv      every goal and smoke test with its status (goals.awk)
#   functions      the functions that the unit defines, from Frama-C's syntax tree
#   trusted        the functions it calls by contract alone
#   log1, log2, …  what WP said in each pass; a later pass asks other provers about the functions in which goals are left
# Exit 0 only if everything is proved: all goals, no failed smoke test, no warning, every function with a
# contract and goals. Lemmas are lemmas.sh's: WP shows them only where no function is left out. The answers of earlier runs in proofs/wp/cache are used unless COLD is set.
set -eu
LC_ALL=C
export LC_ALL
unit=$1 precision=$2 dir=$3
here=proofs/wp
. $here/options.sh
source=$(wp_source "$unit")
record=$here/cache/$unit.$precision

fail() {
    echo "prove: $unit ($precision): $*" >&2
    exit 1
}
# The record holds answers of these provers under these limits only. Its lines: the name of a cache entry of WP, a space,
# the prover's answer. (Not `entry`: that is the source.)
unpack() {
    [ "$(head -n 1 "$1")" = "$(wp_record_head)" ] || return 0
    mkdir -p "$2/cache"
    sed 1d "$1" | while read -r key answer; do echo "$answer" > "$2/cache/$key.json"; done
}
# The functions of the syntax tree by the file that defines them; those of other units are proved there.
functions() {
    sed -n 's|^ *Stats for function <\(.*\)/\([^/]*\)>$|\1 \2|p' "$dir/metrics.txt" > "$dir/defined"
    awk -v file="$source" '$1 == file { print $2 }' "$dir/defined" | sort > "$dir/functions"
    awk -v file="$source" '$1 != file { print $2 }' "$dir/defined" | sort > "$dir/elsewhere"
    if grep -vE '^impl/[a-z_0-9]*\.[ch] ' "$dir/defined" >&2; then fail "functions that belong to no unit"; fi
    awk '/^  "/ { section = $1 }
        /^    \{ "/ && section ~ /^"specified/ && $5 + 0 > 0 { gsub(/[":]/, "", $2); print $2 }
        /^    \{ "/ && section ~ /^"undefined/ { print "no contract: " $2 > "/dev/stderr"; bad = 1 }
        END { exit bad }' "$dir/metrics.json" > "$dir/trusted" || fail "an undefined function without a contract"
}
pass() { # pass NUMBER PROVERS [OPTION...]
    log=$dir/log$1 session=$dir/session$1 provers=$2
    shift 2
    skip=$(paste -sd, "$dir/elsewhere")
    wp_run "$precision" ${skip:+-wp-skip-fct "$skip"} -wp-prop=-@lemma -wp-prover "$provers" -wp-session "$session" \
        -wp-cache cleanup "$@" "$entry" > "$log" 2>&1 || { cat "$log" >&2; fail "Frama-C failed"; }
    awk -f $here/goals.awk "$log" > "$log.tsv"
    total=$(sed -n 's/^\[wp\] Proved goals: *[0-9]* *\/ *\([0-9]*\).*/\1/p' "$log")
    [ "$(wc -l < "$log.tsv")" -eq "${total:-0}" ] || fail "WP counts ${total:-no} goals, the log shows others"
}
# The function of each unproved goal: a goal bears its function's name.
left() {
    awk -F '\t' 'NR == FNR { names[$1]; next }
        $3 == "unproved" {
            goal = $2; found = ""
            sub(/^typed_/, "", goal)
            for (f in names) if (index(goal, f "_") == 1 && length(f) > length(found)) found = f
            print found
        }' "$dir/functions" "$dir/goals.tsv" | sort -u
}
# A later pass sees those functions alone.
later_pass() { # later_pass NUMBER PROVERS [OPTION...]
    log=$dir/log$1
    left > "$dir/left"
    mkdir -p "$dir/session$1/cache"
    grep -l '"valid"' "$dir"/session*/cache/*.json | grep -v "/session$1/" | xargs -r cp -u -t "$dir/session$1/cache"
    pass "$@" -wp-fct "$(paste -sd, "$dir/left")"
    awk -F '\t' 'NR == FNR { again[$2] = $0; next }
        $2 in again { $0 = again[$2]; delete again[$2] }
        { print }
        END { for (goal in again) exit 1 }' "$log.tsv" "$dir/goals.tsv" > "$dir/goals.new" ||
        fail "the passes see different goals"
    mv "$dir/goals.new" "$dir/goals.tsv"
}

rm -rf "$dir/goals.tsv" "$dir/unproved" "$dir"/log[2-9]*
mkdir -p "$dir"
if [ -n "${COLD:-}" ]; then
    rm -rf "$dir"/session*
elif [ ! -d "$dir/session1" ] && [ -f "$record" ]; then
    unpack "$record" "$dir/session1"
fi
entry=$source
if [ "${source%.h}" != "$source" ]; then
    entry=$dir/entry.c
    {
        grep '^#include ".*\.acsl"' "$source" # a template of both formats: it has to be over before real.h picks one
        if [ "$precision" != any ]; then echo '#include "real.h"'; fi
        echo "#include \"$unit.h\""
    } > "$entry"
fi
wp_frama_c "$precision" -metrics -metrics-by-function -metrics-output "$dir/metrics.json" "$entry" \
    > "$dir/metrics.txt" 2>&1 || { cat "$dir/metrics.txt" >&2; fail "Frama-C failed"; }
functions
# shellcheck disable=SC2086
pass 1 $wp_first $wp_smoke
cp "$dir/log1.tsv" "$dir/goals.tsv"
# shellcheck disable=SC2086
if grep -q '	unproved	' "$dir/goals.tsv"; then later_pass 2 $wp_second; fi
# shellcheck disable=SC2086
if grep -q '	unproved	' "$dir/goals.tsv"; then later_pass 3 $wp_third; fi

# A branch that is dead in one format, and listed with its reason, is not a contradiction.
tolerate() {
    sed '/^#/d' $here/dead-code | while read -r function count _; do
        dead="typed_${function}_wp_smoke_dead_code_s[0-9]*	failed"
        [ "$(grep -c "	$dead" "$dir/goals.tsv")" -ne "$count" ] || sed -i "/	$dead/s/failed/passed/" "$dir/goals.tsv"
    done
}
tolerate
awk -F '\t' '$3 == "unproved" || $3 == "failed" { print $2 "\t" $3 }' "$dir/goals.tsv" > "$dir/unproved"

if [ -s "$dir/unproved" ]; then
    grep -rl '"timeout"' "$dir"/session* | xargs -r rm -f # a less loaded machine may have the time
    cat "$dir/unproved" >&2
    fail "not everything is proved"
fi
if grep -hE 'Warning|(User|Why3) Error' "$dir"/log[1-3] | grep -v 'Warning: Failed smoke-test$' >&2; then
    fail "a warning is an unproved assumption"
fi

while read -r function; do
    grep -qE "	(typed_)?(.*_)?${function}_(ensures|assigns|terminates|exits)" "$dir/goals.tsv" ||
        fail "function $function has no contract to prove"
done < "$dir/functions"
