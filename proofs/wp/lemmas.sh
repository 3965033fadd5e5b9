#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# lemmas.sh PROVERS DIR: every ACSL lemma of spec/ and impl/ is proved, and none of lemma/false.acsl. WP takes lemmas for
# granted in the functions' goals, and shows no goal for them where it is told to leave out a function, as prove-unit.sh does.
set -eu
LC_ALL=C
export LC_ALL
dir=$2
here=proofs/wp
. $here/options.sh
mkdir -p "$dir"
sh $here/lemma/setup.sh "$1" "$dir/provers"
WP_CONF=$dir/provers
export WP_CONF

# lemmas ENTRY PROPERTIES: what WP says of these lemmas that ENTRY sees.
lemmas() {
    wp_run any -wp-prop "$2" -wp-prover z3nra,cvc5uf,cvc4uf -wp-timeout 400 "$1" > "$1.log" 2>&1 || {
        cat "$1.log" >&2
        exit 1
    }
    awk -f $here/goals.awk "$1.log" > "$1.tsv"
}
names() { sed -nE 's/^[^a-zA-Z]*lemma +([A-Za-z_0-9]+).*/typed_lemma_\1/p' "$@" | sort; }
of_status() { awk -F '\t' -v status="$1" '$3 == status { print $2 }' "$2" | sort; }

files=$(grep -lE '^[^a-zA-Z]*lemma ' -r spec impl)
for file in $files; do # through the first source or header that includes it, which has what it speaks of
    grep -rl "^#include \"$(basename "$file")\"" impl | sort | sed -n 's|^impl/\(include/\)\{0,1\}\(.*\)|#include "\2"|p' | head -n 1
done > "$dir/true.c"
lemmas "$dir/true.c" @lemma
# shellcheck disable=SC2086
names $files > "$dir/stated"
of_status proved "$dir/true.c.tsv" | diff "$dir/stated" - >&2 || {
    echo "lemmas: < is not proved" >&2
    exit 1
}
echo "lemmas: $(wc -l < "$dir/stated") proved"

printf '#include "%s"\n' "$(pwd)/$here/lemma/false.acsl" > "$dir/false.c"
names $here/lemma/false.acsl > "$dir/untrue"
lemmas "$dir/false.c" "$(sed 's/^typed_lemma_//' "$dir/untrue" | paste -sd,)"
of_status unproved "$dir/false.c.tsv" | diff "$dir/untrue" - >&2 || {
    echo "lemmas: < is false and proved" >&2
    exit 1
}
echo "lemmas: $(wc -l < "$dir/untrue") false ones rightly not proved"
