#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# replay.sh BUILD NAME...: runs each fuzz target over its corpus.
set -eu
build=$1
shift
here=$(dirname "$0")
for name in "$@"; do
    folder=$build/replay/corpus/$name
    rm -rf "$folder"
    mkdir -p "$folder"
    tar -xf "$here/corpus/$name.tar" -C "$folder"
    find "$folder" -type f -print0 | sort -z | xargs -0 "$build/replay/$name" 2>"$folder.log" ||
        { tail -n 5 "$folder.log" >&2; echo "fuzz-replay: $name fails on its corpus" >&2; exit 1; }
    printf '%-12s %s\n' "$name" "$(tail -n 1 "$folder.log")"
done
