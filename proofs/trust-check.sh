#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# trust-check.sh [ROOT]: everything that is assumed and not proved is listed in proofs/TRUST.md. Looks for axioms and admits in
# ACSL, for Admitted, Axiom, Parameter and their kin in Coq, for the axioms behind the headline theorems, for the provers'
# scripts, for functions used by contract alone, and for the negative proofs.
set -eu
cd "${1:-.}"
page=proofs/TRUST.md
bad=0

listed() { # listed WHAT NAME
    if ! grep -qF -- "$2" "$page"; then
        echo "trust-check: $1 $2 is not in $page" >&2
        bad=1
    fi
}
acsl=$(find spec impl proofs \( -name '*.acsl' -o -name '*.h' -o -name '*.c' \) ! -path 'proofs/wp/negative/*')
# shellcheck disable=SC2086
for name in $(sed -nE 's/^[^a-zA-Z]*(global )?(axiom|admit|admits|axiomatic) +([A-Za-z_0-9]+).*/\3/p' $acsl); do
    listed "the ACSL axiom" "$name"
done
# Inside of a section, Variable and Hypothesis are premises of its theorems; Print Assumptions tells of any other.
for file in $(find proofs/coq -name '*.v'); do
    sed 's/(\*.*\*)//' "$file" |
        grep -nE '\b(Admitted|admit|give_up)\b|^[[:space:]]*(Axiom|Axioms|Parameter|Parameters|Conjecture)\b|bypass_check' |
        while read -r line; do echo "$file:$line"; done
done > "${TMPDIR:-/tmp}/trust-check.$$"
while read -r place; do listed "the unproved" "$place"; done < "${TMPDIR:-/tmp}/trust-check.$$"
rm -f "${TMPDIR:-/tmp}/trust-check.$$"
for name in $(sed -nE 's/^([A-Z][A-Za-z_0-9]*(\.[A-Za-z_0-9]+)+)( :.*)?$/\1/p' proofs/coq/*/ASSUMPTIONS | sort -u); do
    listed "the Coq axiom" "$name"
done
for area in proofs/coq/*/; do
    if [ -f "$area/HEADLINES" ] && [ ! -f "$area/ASSUMPTIONS" ]; then
        echo "trust-check: $area has headline theorems and no ASSUMPTIONS (make coq-record)" >&2
        bad=1
    fi
done
for script in proofs/wp/prover/* proofs/wp/lemma/*; do listed "the script" "$(basename "$script")"; done
# A function that no unit of impl/ defines and that is used by contract. The copies of kernels are one family.
for name in $(sed -n 's/^ *{"function": "\([^"]*\)"}.*/\1/p' proofs/wp/*.json |
    sed -E 's/^oc_fast_.*_(base|avx2|avx512)_f(32|64)$/oc_fast_*_\1_*/' | sort -u); do
    grep -qF "\"function\": \"$name\", \"property\"" proofs/wp/*.json || listed "the contract of" "\`$name\`"
done
for file in proofs/wp/negative/*; do listed "the negative proof" "\`$(basename "$file")\`"; done
exit $bad
