#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# C initializers {"unit", "precision", goals, "digest"}, one for each ledger entry that holds for this tree.
set -eu
for ledger in proofs/wp/*.json; do
    [ -f "$ledger" ] || continue
    unit=$(basename "$ledger" .json)
    sh proofs/wp/ledger.sh check "$unit" 2> /dev/null || continue
    digest=$(sed -n 's/^  "digest": "\(.*\)",/\1/p' "$ledger")
    for precision in $(sed -n 's/.*"goal": .*"precision": "\([^"]*\)".*/\1/p' "$ledger" | sort -u); do
        goals=$(grep -c "\"goal\": .*\"precision\": \"$precision\"" "$ledger")
        printf '{"%s", "%s", %s, "%s"},\n' "$unit" "$precision" "$goals" "$digest"
    done
done
