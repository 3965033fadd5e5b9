# SPDX-License-Identifier: GPL-3.0-or-later
# How Frama-C/WP is called, for every unit, negative proof and mutant. Sourced, from the repository's root.

# The project's include folders, proofs/wp/include first: it stands in front of Frama-C's <math.h>.
# -cpp-extra-args would come after Frama-C's libc, hence -cpp-command.
wp_include="-Iproofs/wp/include -Iimpl/include -Iimpl -Ispec"

# wp_define PRECISION: 32, 64, or any for a unit that is compiled once.
wp_define() {
    if [ "$1" != any ]; then printf -- '-DOC_PRECISION=%s' "$1"; fi
}

# A header that is proved on its own comes after real.h.
wp_working_format() {
    if [ "$1" != any ]; then echo "-include real.h"; fi
}

# A unit is a source, or a header with functions in it, which are proved once and not in every source.
wp_source() {
    if [ -f "impl/$1.c" ]; then echo "impl/$1.c"; else echo "impl/$1.h"; fi
}
wp_precisions() {
    if grep -qE '^#include "real.h"|OC_NAME\(' "$(wp_source "$1")"; then echo "32 64"; else echo any; fi
}

# wp_frama_c PRECISION [OPTION...] FILE
wp_frama_c() {
    wp_precision=$1
    shift
    WHY3CONFIG="${WP_CONF:?}/why3.conf" WHY3LOADPATH="$WP_CONF/stdlib" frama-c -machdep gcc_x86_64 -cpp-frama-c-compliant \
        -cpp-command="gcc -E -C $wp_include $(wp_define "$wp_precision")" "$@"
}
# wp_run PRECISION [OPTION...] FILE
wp_run() {
    wp_precision=$1
    shift
    wp_frama_c "$wp_precision" -wp -wp-rte -wp-model Typed+Float -warn-special-float none \
        -wp-timeout "${WP_TIMEOUT:-100}" -wp-par 2 "$@"
}

# The provers of each pass; a later one sees the functions in which the earlier left something.
wp_first="cvc5uf -wp-timeout 50"
wp_second="cvc5uf,cvc4uf -wp-timeout 400"
wp_third="cvc5rec -wp-timeout 400"

# Steps of a prover are limited, through WP's seconds (prover/setup.sh): 50 000 for a goal in the first pass,
# 400 000 in the others, 40 000 for a smoke test, which is enough for the contradictions in negative/smoke.c.
wp_smoke="-wp-smoke-tests -wp-smoke-timeout 40"

# What answers: programs by version, and the drivers and theories that were installed with them by digest. (setup.sh)
wp_versions() { cat "${WP_CONF:?}/versions"; }

# The first line of a record of answers: whose, and under what limits.
wp_record_head() {
    { wp_versions; cat proofs/wp/prover/* proofs/wp/options.sh; } | sha256sum | sed 's/ .*//; s/^/answers of /'
}
