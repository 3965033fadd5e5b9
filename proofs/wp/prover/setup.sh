#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# setup.sh DIR: writes the project's own Why3 configuration, prover drivers and theories into DIR, made from those that are
# installed, and DIR/versions, what is installed. No prover knows IEEE numbers (WP's axiom that converts binary32 through the
# reals contradicts IEEE at the zeros; a prover that knows floats could use that): every rounded operation is a function of
# which nothing is known.
#   cvc5uf    instantiates few and large patterns (--trigger-sel=max): the fastest
#   cvc4uf    with its own choice of patterns
#   cvc5rec   with cvc5's own choice, and triggers on recursive definitions, through rec.py
# A prover stops after a number of its own steps, 1000 for each second of WP's limit (%t000), which it reaches in a
# hundredth of that time: the answer is the same on every machine, however loaded. The time itself is the backstop.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=$1
mkdir -p "$out"
out=$(cd "$out" && pwd)
drivers=$(why3 --print-datadir)/drivers

# Why3's theories, with ieee_float.mlw in the place of its own. (Why3 refuses a theory that two folders have.)
rm -rf "$out/stdlib"
cp -r "$(why3 --print-datadir)/stdlib" "$out/stdlib"
cp "$here/ieee_float.mlw" "$out/stdlib/"

# An installed driver without native IEEE numbers and bit-vectors, and without a transformation that finds nothing to do in
# WP's tasks. Each cut must happen.
without_floats() {
    cp "$drivers/$1" "$out/$2"
    for line in 'import "smt-libv2-floats.gen"' 'import "smt-libv2-bv.gen"' 'import "cvc4_bv.gen"' \
        'transformation "prepare_for_counterexmp"'; do
        grep -qxF "$line" "$out/$2" || {
            echo "setup.sh: $1 has no line $line" >&2
            exit 1
        }
        sed -i "/^$line$/d" "$out/$2"
    done
}
# One [prover] section: name, version, command line, driver.
prover() {
    printf '\n[prover]\nname = "%s"\nversion = "%s"\ncommand = "%s"\ndriver = "%s"\nin_place = false\ninteractive = false\n' \
        "$1" "$2" "$3" "$4"
}

cp "$drivers"/*.gen "$here/uf.gen" "$out/"
without_floats cvc4_16.gen cvc4_nofloat.gen
sed 's/"cvc4_16.gen"/"cvc4_nofloat.gen"/' "$drivers/cvc4_17.drv" > "$out/cvc4uf.drv"
printf '\nimport "uf.gen"\n' >> "$out/cvc4uf.drv"
sed 's/(set-logic ALL_SUPPORTED)/(set-logic ALL)/' "$out/cvc4uf.drv" > "$out/cvc5uf.drv"

cvc4_version=$(cvc4 --version | sed -n 's/.*CVC4 version \([^ ]*\).*/\1/p')
cvc5_version=$(cvc5 --version | sed -n 's/.*cvc5 version \([^ ]*\).*/\1/p')
{
    printf '[main]\nmagic = 14\nmemlimit = 2000\nrunning_provers_max = 2\ntimelimit = 10\n'
    prover cvc5uf "$cvc5_version" "cvc5 --lang=smt2 --trigger-sel=max --rlimit=%t000 %f" "$out/cvc5uf.drv"
    prover cvc5rec "$cvc5_version" "/usr/bin/python3 $here/rec.py %t000 %f" "$out/cvc5uf.drv"
    prover cvc4uf "$cvc4_version" "cvc4 --lang=smt2 --rlimit=%t000 %f" "$out/cvc4uf.drv"
} > "$out/why3.conf"
{
    printf 'frama-c %s\n' "$(frama-c -version)"
    printf 'why3 %s\n' "$(why3 --version | sed 's/.* version //')"
    awk -F'"' '/^name/ {name = $2} /^version/ {print name, $2}' "$out/why3.conf"
    (cd "$out" && cat ./*.drv cvc4_nofloat.gen smt-libv2.gen discrimination.gen uf.gen) | sha256sum | sed 's/ .*//; s/^/drivers /'
    find "$(frama-c -print-share-path)/wp" "$out/stdlib" -type f -print0 | LC_ALL=C sort -z |
        xargs -0 cat | sha256sum | sed 's/ .*//; s/^/theories /'
} > "$out/versions"
