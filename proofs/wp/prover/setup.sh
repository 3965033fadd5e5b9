#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# setup.sh DIR: writes the project's own Why3 configuration and prover drivers into DIR, made from the drivers
# that are installed. Five provers, of which no one knows IEEE numbers natively (WP's axiom that converts
# binary32 through the reals contradicts IEEE at the zeros; a prover that knows floats could use that):
#   cvc5uf, cvc4uf   every rounded operation an uninterpreted function, all IEEE axioms dropped
#   cvc5rec          cvc5uf, with triggers on recursive definitions, through rec.py
#   z3nra            ground nonlinear reals by nlsat, through nra.py
#   gappafl          rounding bounds, through gappa_fl.sh
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=$1
mkdir -p "$out"
out=$(cd "$out" && pwd)
drivers=$(why3 --print-datadir)/drivers

# An installed driver whose import of native IEEE numbers is cut. The edit must happen: cmp fails when it did not.
without_floats() {
    sed '/^import "smt-libv2-floats.gen"$/d' "$drivers/$1" > "$out/$2"
    if cmp -s "$drivers/$1" "$out/$2"; then
        echo "setup.sh: $1 does not import smt-libv2-floats.gen" >&2
        exit 1
    fi
}
# One [prover] section: name, version, command line, driver. The command sets no time limit of its own: Why3 limits
# processor time, which does not depend on what else the machine does.
prover() {
    printf '\n[prover]\nname = "%s"\nversion = "%s"\ncommand = "%s"\ndriver = "%s"\nin_place = false\ninteractive = false\n' \
        "$1" "$2" "$3" "$4"
}

cp "$drivers"/*.gen "$here"/uf.gen "$out"
without_floats cvc4_16.gen cvc4_nofloat.gen
sed 's/"cvc4_16.gen"/"cvc4_nofloat.gen"/' "$drivers/cvc4_17.drv" > "$out/cvc4uf.drv"
printf '\nimport "uf.gen"\n' >> "$out/cvc4uf.drv"
sed 's/(set-logic ALL_SUPPORTED)/(set-logic ALL)/' "$out/cvc4uf.drv" > "$out/cvc5uf.drv"
without_floats z3_440.drv z3_nofloat.drv
sed 's/^transformation "eliminate_builtin"$/&\ntransformation "inline_all"/; $a import "uf.gen"' "$out/z3_nofloat.drv" > "$out/z3nra.drv"
grep -q inline_all "$out/z3nra.drv"
sed 's/^  meta "instantiate:auto" prop div_finite$/&\n  meta "instantiate:auto" prop sqrt_finite/' \
    "$drivers/gappa.drv" > "$out/gappafl.drv"
grep -q sqrt_finite "$out/gappafl.drv"

cvc4_version=$(cvc4 --version | sed -n 's/.*CVC4 version \([^ ]*\).*/\1/p')
cvc5_version=$(cvc5 --version | sed -n 's/.*cvc5 version \([^ ]*\).*/\1/p')
gappa_version=$(gappa --version 2>&1 | sed -n 's/Gappa \([^ ]*\).*/\1/p')
z3_version=$(z3 --version | sed -n 's/Z3 version \([^ ]*\).*/\1/p')
{
    printf '[main]\nmagic = 14\nmemlimit = 2000\nrunning_provers_max = 2\ntimelimit = 10\n'
    prover cvc5uf "$cvc5_version" "cvc5 --stats --lang=smt2 %f" "$out/cvc5uf.drv"
    prover cvc5rec "$cvc5_version" "/usr/bin/python3 $here/rec.py %f" "$out/cvc5uf.drv"
    prover cvc4uf "$cvc4_version" "cvc4 --stats --lang=smt2 %f" "$out/cvc4uf.drv"
    prover z3nra "$z3_version" "/usr/bin/python3 $here/nra.py %f" "$out/z3nra.drv"
    prover gappafl "$gappa_version" "$here/gappa_fl.sh -Eprecision=70" "$out/gappafl.drv"
} > "$out/why3.conf"
