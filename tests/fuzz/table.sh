#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# table.sh BUILD [NAME...]: executions so far, and the size of the corpus.
build=$1
shift
here=$(dirname "$0")
[ $# -gt 0 ] || set -- $(cd "$build/counts" 2>/dev/null && ls)
for name in "$@"; do
    printf '%-12s %12s executions, %5s inputs, %s findings\n' "$name" "$(awk '{ sum += $1 } END { printf "%d", sum }' "$build/counts/$name")" \
        "$(tar -tf "$here/corpus/$name.tar" | wc -l)" "$(find "$build/findings" -name "$name-*" | wc -l)"
done
