#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# tidy.sh BUILD: clang-tidy (.clang-tidy) over the library, the references and the harness; any finding fails.
set -u
build=$1
include="-Iimpl/include -Iimpl -Ireference -Itests/engine -Itests/suite -Itests/build -Itests/build/runner -Itests/defects -Itests/certificate -Itests/experiment -Itests/optcert -I$build/gen"
bad=0
for file in impl/*.c reference/*.c tests/suite/*.c tests/build/*.c tests/build/runner/*.c tests/certificate/*.c tests/engine/*.c \
    tests/experiment/*.c tests/optcert/*.c; do
    precision=''
    ! grep -q '^#include "real.h"' "$file" || precision=-DOC_PRECISION=64
    ! grep -q '^#include "layers.h"' "$file" || precision=-DOPTCERT_NET_PRECISION=64
    # shellcheck disable=SC2086
    clang-tidy --quiet "$file" -- -std=c17 -D_GNU_SOURCE $include $precision >"$build/tidy.out" 2>/dev/null || true
    if grep -qE '(warning|error): ' "$build/tidy.out"; then
        grep -E '(warning|error): ' "$build/tidy.out" | sed "s|$(pwd)/||"
        bad=1
    fi
done
[ $bad -eq 0 ] && echo 'tidy: nothing found'
exit $bad
