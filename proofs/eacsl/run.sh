#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# run.sh DIR: runs the library once with E-ACSL's run-time checks of its preconditions and of every memory access, in both
# formats; and once where they are broken, which has to be stopped.
set -eu
dir=$1
share=$(frama-c -print-share-path)
runtime="-std=c99 -m64 -O1 -fno-builtin -fno-merge-constants -w -DE_ACSL_SEGMENT_MMODEL -D_GNU_SOURCE -I$share/e-acsl"

for file in impl/*.c impl/*.h impl/fast/*.h impl/include/optcert/*.h spec/*.acsl proofs/wp/include/*.h; do
    mkdir -p "$dir/$(dirname "$file")"
    awk -f proofs/eacsl/strip.awk "$file" > "$dir/$file"
done
cp proofs/eacsl/main.c "$dir/impl/main.c"
cd "$dir"
sources=$(ls impl/*.c | grep -v '^impl/fast') # whose copies of the kernels are not made here
# shellcheck disable=SC2086
for precision in 32 64; do
    for excess in 0 1; do
        name=check.$precision.$excess
        frama-c -machdep gcc_x86_64 -cpp-frama-c-compliant -cpp-command="gcc -E -C -Iproofs/wp/include -Iimpl/include -Iimpl \
            -Ispec -I$share/e-acsl -DOC_PRECISION=$precision -DEXCESS=$excess" \
            -remove-unused-specified-functions $sources -rte -rte-no-trivial-annotations -then -e-acsl -then-last -print -ocode "$name.c" > "$name.log" 2>&1 || {
            tail -n 20 "$name.log" >&2
            exit 1
        }
        # shellcheck disable=SC2086
        gcc $runtime -o "$name" "$name.c" "$share/e-acsl/e_acsl_rtl.c" /usr/lib/frama-c/e-acsl/libeacsl-dlmalloc.a \
            -lgmp -lm -lpthread
        checks=$(grep -c '__e_acsl_assert(' "$name.c")
        if ./"$name" > "$name.out" 2>&1; then answer=0; else answer=1; fi
        if [ "$answer" -ne "$excess" ]; then
            cat "$name.out" >&2
            echo "eacsl: binary$precision, $excess elements too many: exit $answer" >&2
            exit 1
        fi
        echo "eacsl: binary$precision, $excess elements too many: $checks checks," \
            "$(if [ "$answer" = 0 ]; then echo passed; else grep -m 1 -i 'precondition\|assertion' "$name.out"; fi)"
    done
done
