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
    WHY3CONFIG="${WP_CONF:?}/why3.conf" frama-c -machdep gcc_x86_64 -cpp-frama-c-compliant \
        -cpp-command="gcc -E -C $wp_include $(wp_define "$wp_precision")" "$@"
}
# wp_run PRECISION [OPTION...] FILE
wp_run() {
    wp_precision=$1
    shift
    wp_frama_c "$wp_precision" -wp -wp-rte -wp-model Typed+Float -warn-special-float none \
        -wp-timeout "${WP_TIMEOUT:-10}" -wp-par 1 "$@"
}

# The provers of the first pass and of the second, which sees what the first left.
wp_first=cvc5uf
wp_second=cvc5uf,cvc4uf,cvc5rec,z3nra,gappafl

wp_versions() {
    printf 'frama-c %s\n' "$(frama-c -version)"
    printf 'why3 %s\n' "$(why3 --version | sed 's/.* version //')"
    awk -F'"' '/^name/ {name = $2} /^version/ {print name, $2}' "${WP_CONF:?}/why3.conf"
}
