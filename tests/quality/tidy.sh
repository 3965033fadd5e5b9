#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# tidy.sh BUILD: clang-tidy (.clang-tidy) over every C source; any finding fails. A file is read again only when it, a header
# or .clang-tidy is newer than what was said of it, so that a run goes on where the last one stopped.
set -u
build=$1
said=$build/tidy
mkdir -p "$said"
newest=$(find impl reference tests .clang-tidy -name '*.h' -newer "$said/.stamp" 2>/dev/null | head -n 1)
[ -e "$said/.stamp" ] && [ -z "$newest" ] && [ "$said/.stamp" -nt .clang-tidy ] || { rm -f "$said"/*.txt; touch "$said/.stamp"; }
# Left out: sources of other machines' or packages' worlds, which are compiled by targets of their own.
find impl reference tests -name '*.c' ! -path 'tests/ranks/*' | LC_ALL=C sort |
    xargs -P "${JOBS:-2}" -n 1 sh -c '
        build=$1 said=$2 file=$3
        out=$said/$(echo "$file" | tr / -).txt
        [ "$out" -nt "$file" ] && exit 0
        include="-Iimpl/include -Iimpl -Ispec -Ireference -Itests/unit -I$build/gen"
        for folder in engine suite build build/runner build/builtin defects identify certificate experiment optcert bench paths fuzz portability; do
            include="$include -Itests/$folder"
        done
        precision=""
        ! grep -q "^#include \"real.h\"" "$file" || precision=-DOC_PRECISION=64
        case $file in tests/build/builtin/adaptor.c|tests/defects/*) precision=-DOC_PRECISION=64 ;; esac
        ! grep -q "^#include \"layers.h\"" "$file" || precision=-DOPTCERT_NET_PRECISION=64
        ! grep -q "^#include \".*lanes.h\"" "$file" || precision=-DOPTCERT_SET=baseline
        # shellcheck disable=SC2086
        clang-tidy --quiet "$file" -- -std=c17 -D_GNU_SOURCE $include $precision >"$out.new" 2>/dev/null || true
        mv "$out.new" "$out"' sh "$build" "$said"
if grep -hE '(warning|error): ' "$said"/*.txt >"$said/found"; then
    sed "s|$(pwd)/||" "$said/found" | sort -u
    exit 1
fi
echo "tidy: $(find "$said" -name '*.txt' | wc -l) files, nothing found"
