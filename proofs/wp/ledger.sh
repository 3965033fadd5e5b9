#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# ledger.sh COMMAND UNIT [DIR]: the ledger proofs/wp/UNIT.json, one line a fact so that it diffs and sed reads it.
#   check UNIT          every input that the proof depends on is the one that was proved, every goal is proved;
#                       needs a C preprocessor and sha256sum, no prover
#   current UNIT DIR    the same, and the installed tools are the ledger's: proving again would say the same again
#   compare UNIT DIR    the runs in DIR/UNIT.PRECISION prove exactly the goals of the ledger, by the same toolchain
#   record UNIT DIR     writes the ledger and the record of prover answers; a goal that is still proved keeps its
#                       line, so that a run that proves nothing new changes nothing
# The digest is sha256 over the lines "tool NAME VERSION" and "SHA256  PATH" in the order of the ledger.
set -eu
LC_ALL=C
export LC_ALL
command=$1 unit=$2 dir=${3:-}
here=proofs/wp
. $here/options.sh
ledger=$here/$unit.json

fail() {
    echo "ledger: $unit: $*" >&2
    exit 1
}
precisions=$(wp_precisions "$unit")
# Everything the proof depends on, apart from the tools: the unit with all it includes, the drivers, the options.
inputs() {
    {
        for p in $precisions; do
            # shellcheck disable=SC2046,SC2086
            gcc -MM -D__FRAMAC__ $(wp_working_format "$p") $wp_include $(wp_define "$p") "$(wp_source "$unit")" | sed 's/^[^:]*://; s/\\$//' | tr ' ' '\n'
        done
        ls $here/prover/* $here/options.sh $here/goals.awk $here/dead-code $here/prove-unit.sh
    } | sed '/^$/d; s|[^/]*/\.\./||g' | sort -u | xargs sha256sum
}
digest() { # of the tool lines and input lines on stdin
    sha256sum | cut -d ' ' -f 1
}
recorded_tools() { sed -n 's/^ *{"tool": "\([^"]*\)", "version": "\([^"]*\)"}.*/tool \1 \2/p' "$ledger"; }
recorded_inputs() { sed -n 's/^ *{"path": "\([^"]*\)", "sha256": "\([^"]*\)"}.*/\2  \1/p' "$ledger"; }
recorded_goals() { sed -n '/^ *{"goal": /{s/^ *//; s/,$//; p;}' "$ledger"; }
goal_key() { sed 's/, "prover": .*//'; }

# The runs' goals as ledger lines. The function is the longest defined name that the goal's name holds.
goal_lines() {
    own=$(wp_versions | sed -n 's/^frama-c \([^ ]*\).*/\1/p')
    for p in $precisions; do
        run=$dir/$unit.$p
        awk -F '\t' -v precision="$p" -v own="$own" '
            listing { known[$1] = 1; next }
            $1 == "goal" {
                name = $2
                sub(/^typed_/, "", name)
                function_name = ""
                for (f in known)
                    if (index(name, f "_") && length(f) > length(function_name)) function_name = f
                property = substr(name, function_name ? index(name, function_name) + length(function_name) + 1 : 1)
                gsub(/_/, " ", property)
                printf "{\"goal\": \"%s\", \"precision\": \"%s\", \"function\": \"%s\", \"property\": \"%s\", " \
                    "\"status\": \"%s\", \"prover\": \"%s\", \"version\": \"%s\", \"ms\": %d}\n",
                    $2, precision, function_name, property, $3, $4, $5 == "" ? own : $5, $6 + 0.5
            }' listing=1 "$run/functions" listing=0 "$run/goals.tsv" | sort
    done
}
# Every goal of the new run, by its old line where the old ledger has one by the same tools.
keep_old_lines() {
    if [ -f "$ledger" ] && same_tools "$dir" 2> /dev/null > /dev/null; then recorded_goals; fi | awk '
        function key(line) { sub(/, "prover": .*/, "", line); return line }
        recorded { old[key($0)] = $0; next }
        { k = key($0); print (k in old) ? old[k] : $0 }' recorded=1 - recorded=0 "$1"
}
commas() { sed 's/^/    /; $!s/$/,/'; }
count() { cat $(for p in $precisions; do echo "$dir/$unit.$p/$1"; done) | grep -c "$2" || true; }

write() {
    tools=$(wp_versions | sed 's/^/tool /')
    listed=$(inputs)
    goal_lines > "$dir/$unit.goals"
    keep_old_lines "$dir/$unit.goals" > "$dir/$unit.kept"
    {
        printf '{\n  "unit": "%s",\n  "digest": "%s",\n' "$unit" "$(printf '%s\n%s\n' "$tools" "$listed" | digest)"
        printf '  "functions": %d,\n  "total": %d,\n  "proved": %d,\n  "smoke_passed": %d,\n' \
            "$(count functions .)" "$(wc -l < "$dir/$unit.goals")" "$(grep -c '"proved"' "$dir/$unit.goals")" \
            "$(count goals.tsv '	passed	')"
        printf '  "toolchain": [\n'
        echo "$tools" | sed 's/^tool \([^ ]*\) \(.*\)/{"tool": "\1", "version": "\2"}/' | commas
        printf '  ],\n  "trusted_contracts": [\n'
        for p in $precisions; do cat "$dir/$unit.$p/trusted"; done | sort -u | sed 's/.*/{"function": "&"}/' | commas
        printf '  ],\n  "inputs": [\n'
        echo "$listed" | sed 's/^\([^ ]*\)  \(.*\)/{"path": "\2", "sha256": "\1"}/' | commas
        printf '  ],\n  "goals": [\n'
        commas < "$dir/$unit.kept"
        printf '  ]\n}\n'
    } > "$1"
}
pack() { # the proofs of all passes, one line each; WP asks again after any other answer
    wp_record_head
    for entry in $(grep -l '"valid"' "$1"/session*/cache/*.json); do
        printf '%s ' "$(basename "$entry" .json)"
        tr -d '\n' < "$entry"
        echo
    done | sort -u
}
same_tools() {
    recorded_tools > "$1/$unit.ledger_tools"
    wp_versions | sed 's/^/tool /' | diff "$1/$unit.ledger_tools" - >&2
}
recorded_sum() { sed -n "s/^  \"$1\": \([0-9]*\),/\1/p" "$ledger"; }

case $command in
check)
    [ -f "$ledger" ] || fail "no entry: run make prove-record UNIT=$unit"
    recorded_inputs | sha256sum --quiet -c - >&2 || fail "stale: run make prove-record UNIT=$unit"
    [ "$(inputs)" = "$(recorded_inputs)" ] || fail "stale: the list of inputs changed"
    [ "$({ recorded_tools; recorded_inputs; } | digest)" = "$(sed -n 's/^  "digest": "\(.*\)",/\1/p' "$ledger")" ] ||
        fail "the digest does not belong to the inputs"
    [ "$(recorded_goals | wc -l)" -gt 0 ] || fail "no goals"
    if recorded_goals | grep -v '"status": "proved"' >&2; then fail "unproved goals"; fi
    ;;
current)
    "$0" check "$unit" 2> /dev/null || exit 1
    same_tools "$dir" 2> /dev/null || exit 1
    echo "WP $unit: $(recorded_sum proved) goals, $(recorded_sum smoke_passed) smoke tests: as recorded for these sources and tools"
    ;;
compare)
    "$0" check "$unit"
    recorded_goals | goal_key > "$dir/$unit.recorded"
    goal_lines | goal_key | diff "$dir/$unit.recorded" - >&2 || fail "other goals than the ledger's"
    same_tools "$dir" || fail "another toolchain than the ledger's"
    ;;
record)
    write "$dir/$unit.json"
    cp "$dir/$unit.json" "$ledger"
    mkdir -p $here/cache
    for p in $precisions; do
        pack "$dir/$unit.$p" > "$here/cache/$unit.$p"
    done
    ;;
*)
    echo "ledger.sh: check, current, compare or record" >&2
    exit 2
    ;;
esac
