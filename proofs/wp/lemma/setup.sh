#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# setup.sh PROVERS DIR: writes into DIR the configuration in PROVERS (../prover/setup.sh) with one more prover, z3nra: Z3's
# decision of nonlinear real arithmetic, through nra.py. Its tasks have the definitions inlined.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
rm -rf "$2"
cp -r "$1" "$2"
out=$(cd "$2" && pwd)
sed 's/^transformation "eliminate_builtin"$/&\ntransformation "inline_all"/' "$out/cvc4_nofloat.gen" > "$out/inlined.gen"
grep -qx 'transformation "inline_all"' "$out/inlined.gen"
sed 's/"cvc4_nofloat.gen"/"inlined.gen"/' "$out/cvc5uf.drv" > "$out/z3nra.drv"
sed -i "s|\"$(cd "$1" && pwd)/|\"$out/|" "$out/why3.conf"
printf '\n[prover]\nname = "z3nra"\nversion = "%s"\ncommand = "/usr/bin/python3 %s/nra.py %%f"\ndriver = "%s/z3nra.drv"\n' \
    "$(z3 --version | sed -n 's/Z3 version \([^ ]*\).*/\1/p')" "$here" "$out" >> "$out/why3.conf"
printf 'in_place = false\ninteractive = false\n' >> "$out/why3.conf"
