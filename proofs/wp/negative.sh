#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# negative.sh DIR [FILE...]: proofs/wp/negative/*.c hold goals that must not be proved. For every prover that a file
# names, exactly the goals of its lines "must fail:" stay unproved (or, as smoke tests, fail); all others, the
# controls, are proved.
set -eu
LC_ALL=C
export LC_ALL
dir=$1
shift
here=proofs/wp
. $here/options.sh
mkdir -p "$dir"
[ $# -gt 0 ] || set -- $here/negative/*.c
bad=0
for file; do
    sed -n 's/^ \* must fail: \([a-z_0-9]*\).*/\1/p' "$file" | sort > "$dir/expected"
    # shellcheck disable=SC2086
    for prover in $(sed -n 's/^ \* provers: //p' "$file"); do
        name=$(basename "$file" .c).$prover
        WP_TIMEOUT=200 wp_run any $wp_smoke -wp-prover "$prover" "$file" > "$dir/$name.log" 2>&1 || {
            cat "$dir/$name.log" >&2
            exit 1
        }
        awk -f $here/goals.awk "$dir/$name.log" > "$dir/$name.tsv"
        awk -F '\t' '$3 == "unproved" || $3 == "failed" { print $2 }' "$dir/$name.tsv" | sort > "$dir/$name.unproved"
        if diff "$dir/expected" "$dir/$name.unproved" > "$dir/$name.diff"; then
            echo "negative: $name: $(wc -l < "$dir/expected") rightly not proved, $(grep -cE 'proved|passed' "$dir/$name.tsv") goals"
        else
            echo "negative: $name: < must not be proved, > is not proved" >&2
            cat "$dir/$name.diff" >&2
            bad=1
        fi
    done
done
exit $bad
