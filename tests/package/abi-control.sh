#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# abi-control.sh BUILD: abi.sh must refuse a record of which the library breaks one fact, of each kind, and a library that
# exports a name that is not ours.
set -eu
build=$1
here=$(dirname "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
planted=0
breaks() { # WHAT, HOW TO CHANGE THE RECORD (sed)
    sed "$2" "$here/abi.txt" | LC_ALL=C sort >"$work/record.txt"
    ! cmp -s "$work/record.txt" "$here/abi.txt" || { echo "abi: the planted break changes nothing: $1" >&2; exit 1; }
    if "$here/abi.sh" "$build" check "$work/record.txt" >"$work/said.txt" 2>&1; then
        echo "abi: not noticed: $1" >&2
        exit 1
    fi
    grep -q 'gone or changed' "$work/said.txt" || { cat "$work/said.txt" >&2; exit 1; }
    planted=$((planted + 1))
}
breaks 'a member moved' 's/^\(member oc_hyper.beta1: offset\) [0-9]*/\1 16/'
breaks 'a struct grew' 's/^\(struct oc_hyper: size\) [0-9]*/\1 8/'
breaks 'an enumerator has another value' 's/^\(value OC_ERR_LR:\) [0-9]*/\1 99/'
breaks 'a function takes something else' 's/^function oc_status oc_scale_sgd(.*/function oc_status oc_scale_sgd(void);/'
breaks 'a symbol is gone' 's/^symbol oc_scale_sgd\(@*.*\)$/symbol oc_scale_sgd_of_old\1/'
breaks 'another soname' 's/^soname .*/soname liboptcert.so.9/'
mkdir "$work/build"
echo 'int stranger(void); int stranger(void) { return 0; }' >"$work/stranger.c"
"${CC:-gcc}" -shared -fPIC -o "$work/build/liboptcert.so" "$work/stranger.c"
if "$here/abi.sh" "$work/build" check >"$work/said.txt" 2>&1 || ! grep -q 'outside of oc_: stranger' "$work/said.txt"; then
    echo 'abi: a symbol outside of oc_ is not noticed' >&2
    exit 1
fi
echo "abi: $((planted + 1)) planted breaks noticed"
