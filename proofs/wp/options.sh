# SPDX-License-Identifier: GPL-3.0-or-later
# How Frama-C/WP is called, for every unit, negative proof and mutant. Sourced, from the repository's root.

# The project's include folders, proofs/wp/include first: it stands in front of Frama-C's <math.h>.
# -cpp-extra-args would come after Frama-C's libc, hence -cpp-command.
wp_include="-Iproofs/wp/include -Iimpl/include -Iimpl -Ispec"

# wp_define PRECISION: 32, 64, or any for a unit that is compiled once.
wp_define() {
    if [ "$1" != any ]; then printf -- '-DOC_PRECISION=%s' "$1"; fi
}

# wp_run PRECISION [OPTION...] FILE
wp_run() {
    wp_precision=$1
    shift
    WHY3CONFIG="${WP_CONF:?}/why3.conf" frama-c -machdep gcc_x86_64 -cpp-frama-c-compliant \
        -cpp-command="gcc -E -C $wp_include $(wp_define "$wp_precision")" \
        -wp -wp-rte -wp-model Typed+Float -warn-special-float none -wp-timeout "${WP_TIMEOUT:-10}" -wp-par 1 "$@"
}

# The provers of the first pass and of the second, which sees what the first left.
wp_first=cvc5uf
wp_second=cvc5uf,cvc4uf,z3nra,gappafl

wp_versions() {
    printf 'frama-c %s\n' "$(frama-c -version)"
    printf 'why3 %s\n' "$(why3 --version | sed 's/.* version //')"
    awk -F'"' '/^name/ {name = $2} /^version/ {print name, $2}' "${WP_CONF:?}/why3.conf"
}
