#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# assembly.sh BUILD: what the compiler made of the kernels (x86-64 only). In each copy of a kernel that has a square
# root or a division, it stands at the full width of its instruction set; no instruction fuses a product with a sum,
# approximates a reciprocal or bypasses the cache; no copy uses registers wider than its own.
set -eu
build=$1
case $(gcc -dumpmachine) in x86_64*) ;; *) echo "assembly: not x86-64: nothing to look at" && exit 0 ;; esac
bad=0
complain() {
    echo "assembly: $*" >&2
    bad=1
}
# look OBJECT WIDTH WIDER: WIDTH is the letter of the registers, WIDER what must not stand there.
look() {
    code=$(objdump -d --no-show-raw-insn "$1" | awk '/^[0-9a-f]+ <oc_fast_/ { on = 1 } /^[0-9a-f]+ <oc_[^f]/ { on = 0 } on')
    if echo "$code" | grep -qE 'v?f(n?m)(add|sub)[0-9]|rcp|rsqrt|movnt'; then complain "$1: fused, approximate or non-temporal"; fi
    if [ -n "$3" ] && echo "$code" | grep -qE "%[$3]mm"; then complain "$1: registers wider than its instruction set"; fi
    for operation in sqrt div; do
        if echo "$code" | grep -qE "[[:space:]]v?${operation}[sp][sd][[:space:]]"; then
            echo "$code" | grep -qE "[[:space:]]v?${operation}p[sd][[:space:]].*%${2}mm" ||
                complain "$1: no $operation over whole registers"
        fi
    done
    looked=$((looked + 1))
}
looked=0
for object in "$build"/impl/fast/base/*.o; do look "$object" x yz; done
for object in "$build"/impl/fast/avx2/*.o; do look "$object" y z; done
for object in "$build"/impl/fast/avx512/*.o; do look "$object" z ''; done
# The control: the compiler's own choice, which fuses. It must be complained of.
control=$build/impl/fast/contracted.o
gcc -std=c17 -O3 -mavx2 -mfma -DOC_PRECISION=64 -Iimpl/include -Iimpl -Doc_adam_step_f64=oc_fast_adam_step_f64 -c -o "$control" impl/adam.c
seen=$bad bad=0
look "$control" y z 2>/dev/null
if [ "$bad" -eq 0 ]; then complain "$control fuses, and was not complained of"; else bad=$seen; fi
looked=$((looked - 1))
[ "$bad" -ne 0 ] || echo "assembly: $looked objects: full width, nothing fused or approximated"
exit $bad
