#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# search.sh BUILD RUNS BATCH NAME...: runs each libFuzzer target RUNS times in all, counted over calls, in batches; then
# minimises its corpus into tests/fuzz/corpus/NAME.tar. Stops at the first finding, which is kept in BUILD/findings.
set -eu
build=$1
runs=$2
batch=$3
shift 3
here=$(dirname "$0")
mkdir -p "$build/findings" "$build/counts"
export ASAN_OPTIONS=detect_leaks=0:allocator_may_return_null=1
for name in "$@"; do
    folder=$build/corpus/$name
    mkdir -p "$folder"
    [ ! -f "$here/corpus/$name.tar" ] || tar -xf "$here/corpus/$name.tar" -C "$folder"
    words=''
    # Longer inputs are turned away unread by the target itself.
    case $name in text) most=200 ;; command) most=2000 ;; store) most=8192 ;; certificate) most=20000 ;; *) most=4096 ;; esac
    [ ! -f "$here/$name.dict" ] || words="-dict=$here/$name.dict"
    done_=$(awk '{ sum += $1 } END { printf "%d", sum }' "$build/counts/$name" 2>/dev/null || echo 0)
    while [ "$done_" -lt "$runs" ]; do
        left=$((runs - done_))
        # shellcheck disable=SC2086
        "$build/search/$name" $words -runs=$((left < batch ? left : batch)) -max_len=$most -rss_limit_mb=4096 -timeout=20 \
            -print_final_stats=1 -verbosity=0 -artifact_prefix="$build/findings/$name-" "$folder" >"$build/$name.log" 2>&1 ||
            { tail -n 30 "$build/$name.log" >&2; echo "fuzz: $name: the input is in $build/findings" >&2; exit 1; }
        executed=$(sed -n 's/^stat::number_of_executed_units: *//p' "$build/$name.log")
        echo "$executed" >>"$build/counts/$name"
        done_=$((done_ + executed))
    done
    rm -rf "$folder.min"
    mkdir "$folder.min"
    "$build/search/$name" -merge=1 -max_len=$most "$folder.min" "$folder" >"$build/$name.merge.log" 2>&1
    rm -rf "$folder"
    mv "$folder.min" "$folder"
    (cd "$folder" && tar --sort=name --owner=0 --group=0 --numeric-owner --mode=0644 --mtime=@0 -cf - ./*) >"$here/corpus/$name.tar"
    "$here/table.sh" "$build" "$name"
done
