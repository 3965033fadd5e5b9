#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# check.sh BUILD FOLDER: installs under FOLDER, uses what is there as a stranger would, and takes it away again. In between
# it damages what is installed in one way after another: each check must notice the damage that it is there for.
set -eu
build=$1
folder=$2
rm -rf "$folder"
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
root=$(cd "$(dirname "$0")/../.." && pwd)
prefix=$folder/usr
fail() { echo "install-check: $*" >&2; exit 1; }
make -s -C "$root" BUILD="$build" PREFIX="$prefix" install >"$folder/install.log" 2>&1 || { cat "$folder/install.log" >&2; fail 'make install failed'; }
program=$prefix/bin/optcert
mkdir "$folder/work"
cd "$folder/work"

commands=$("$program" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z][a-z-]*\).*/\1/p')

# Every command has a page, every public header too, and every page is well-formed.
check_pages() {
    for command in '' $commands; do
        page=$prefix/share/man/man1/optcert${command:+-$command}.1
        [ -s "$page" ] || fail "no manual page $page"
        for option in $("$program" $command --help | sed -n 's/^.*[ ,]\(--[a-z0-9-]*\).*/\1/p'); do
            grep -q -- "$(echo "$option" | sed 's/-/\\\\-/g')" "$page" || fail "$page does not name $option"
        done
    done
    for header in "$prefix"/include/optcert/*.h; do
        name=$(basename "$header" .h)
        case $name in both_reals|real_*|*_kernels) continue ;; esac
        [ -s "$prefix/share/man/man3/optcert_$name.3" ] || fail "no manual page of $name.h"
    done
    for symbol in $(nm -D --defined-only "$prefix/lib/liboptcert.so" | awk '$2 == "T" { print $3 }' | sed 's/@.*//'); do
        [ -s "$prefix/share/man/man3/$symbol.3" ] || fail "no manual page of $symbol"
    done
    if command -v mandoc >/dev/null 2>&1; then
        bad=$(find "$prefix/share/man" -name '*.[13]' -exec mandoc -T lint -W warning {} + || true)
        [ -z "$bad" ] || fail "manual pages: $(echo "$bad" | head -n 3)"
    fi
}

# The program finds its companions, policies and keys; its certificate verifies.
check_program() {
    [ "$("$program" --version)" = "optcert $(sed -n 's/^Version: //p' "$prefix/lib/pkgconfig/optcert.pc")" ] || fail 'version'
    "$program" scale adam --batch 256 --to 1024 --lr 1e-3 >/dev/null || fail 'optcert scale'
    "$program" certify builtin:sgd-f32 --out c.json --quiet >/dev/null || fail 'optcert certify builtin:'
    "$program" verify c.json builtin:sgd-f32 --policy conformance >/dev/null || fail 'optcert verify'
    if "$program" certify defect:scalars --out d.json --quiet >/dev/null 2>&1; then fail 'a build that does not exist was certified'; fi
}

# A C program against the headers, by pkg-config and by CMake, shared and static.
check_library() {
    cat >use.c <<'END'
#include <optcert/adam.h>
#include <stdio.h>
int main(void)
{
    const oc_hyper hyper = {.lr = 1e-3, .beta1 = 0.9, .beta2 = 0.999, .eps = 1e-8};
    oc_adam_plan_f64 plan;
    oc_adam_coef_f64 coef;
    double theta[1] = {1}, m[1] = {0}, v[1] = {0}, grad[1] = {2};
    if (oc_adam_plan_init_f64(&plan, &hyper) != OC_OK || oc_adam_coef_at_f64(&plan, 0, &coef) != OC_OK) {
        return 1;
    }
    oc_adam_step_f64(&coef, 1, theta, m, v, grad);
    printf("%.6f\n", theta[0]);
    return 0;
}
END
    export PKG_CONFIG_PATH="$prefix/lib/pkgconfig"
    # shellcheck disable=SC2046
    ${CC:-gcc} -std=c17 use.c -o use $(pkg-config --cflags --libs optcert) || fail 'a program linked through pkg-config'
    # shellcheck disable=SC2046
    ${CC:-gcc} -std=c17 use.c -o use-static $(pkg-config --cflags optcert) "$prefix/lib/liboptcert.a" -lm || fail 'a program linked statically'
    [ "$(LD_LIBRARY_PATH=$prefix/lib ./use)" = 0.999000 ] || fail 'a program linked through pkg-config'
    [ "$(./use-static)" = 0.999000 ] || fail 'a program linked statically'
    if command -v cmake >/dev/null 2>&1; then
        cat >CMakeLists.txt <<'END'
cmake_minimum_required(VERSION 3.13)
project(use C)
find_package(optcert 0.1 REQUIRED)
add_executable(use use.c)
target_link_libraries(use optcert::optcert)
add_executable(use-static use.c)
target_link_libraries(use-static optcert::static)
END
        rm -rf cmake
        cmake -S . -B cmake -DCMAKE_PREFIX_PATH="$prefix" >cmake.log 2>&1 && cmake --build cmake >>cmake.log 2>&1 || { cat cmake.log >&2; fail 'CMake'; }
        [ "$(cmake/use)" = 0.999000 ] && [ "$(cmake/use-static)" = 0.999000 ] || fail 'a program built by CMake'
    fi
}

# Completion offers every command, and every option of every command.
complete() { # WORDS...; the last one is completed
    PATH="$prefix/bin:$PATH" bash -c '. "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _optcert 2>/dev/null; printf "%s\n" "${COMPREPLY[@]}"' \
        bash "$prefix/share/bash-completion/completions/optcert" "$@"
}
check_completion() {
    [ "$(complete optcert '' | sort)" = "$(echo "$commands" | sort)" ] || fail "completion of commands: $(complete optcert '' | tr '\n' ' ')"
    for command in $commands; do
        for option in $("$program" "$command" --help | sed -n 's/^.*[ ,]\(--[a-z0-9-]*\).*/\1/p'); do
            complete optcert "$command" -- | grep -q -e "^$option=\{0,1\}$" || fail "completion of optcert $command lacks $option"
        done
    done
    if command -v zsh >/dev/null 2>&1; then
        zsh -n "$prefix/share/zsh/site-functions/_optcert" || fail 'zsh completion'
    fi
}

check_gone() {
    make -s -C "$root" BUILD="$build" PREFIX="$prefix" uninstall >/dev/null
    left=$(find "$prefix" ! -type d)
    [ -z "$left" ] || fail "uninstall leaves $left"
}

# A damage that its check must notice: the file is kept and put back.
damages=0
notices() { # CHECK WHAT IT MUST SAY, FILE, HOW TO DAMAGE IT (a shell line; $file is the file)
    file=$prefix/$3
    [ -e "$file" ] || fail "damage to $3: there is no such file"
    cp -p "$file" "$folder/kept"
    (eval "$4")
    if ("$1") >"$folder/damaged.log" 2>&1; then fail "$1 does not notice damage to $3"; fi
    grep -q "$2" "$folder/damaged.log" || fail "$1 stops at damage to $3 for another reason: $(tail -n 3 "$folder/damaged.log")"
    cp -p "$folder/kept" "$file"
    damages=$((damages + 1))
}

check_pages
notices check_pages 'no manual page .*sign' share/man/man1/optcert-sign.1 'rm "$file"'
notices check_pages 'does not name --resume' share/man/man1/optcert-converge.1 'sed -i s/resume/resumption/g "$file"'
notices check_pages 'no manual page of adam.h' share/man/man3/optcert_adam.3 ': >"$file"'
check_program
notices check_program version lib/pkgconfig/optcert.pc 'sed -i "s/^Version: .*/Version: 9.9/" "$file"'
notices check_program 'certify builtin:' lib/optcert/liboptcert-builds.so ': >"$file"'
check_library
notices check_library 'through pkg-config' include/optcert/adam.h 'echo "#error damaged" >>"$file"'
notices check_library 'through pkg-config' lib/pkgconfig/optcert.pc 'sed -i s/-loptcert/-lnothing/ "$file"'
notices check_library statically lib/liboptcert.a ': >"$file"'
! command -v cmake >/dev/null 2>&1 || notices check_library CMake lib/cmake/optcert/optcertConfig.cmake 'echo "message(FATAL_ERROR damaged)" >>"$file"'
check_completion
notices check_completion 'completion of' share/bash-completion/completions/optcert 'sed -i s/--help/--halp/g "$file"'
touch "$prefix/lib/stray"
if (check_gone) 2>/dev/null; then fail 'uninstall leaves a file, and check_gone does not notice'; fi
rm "$prefix/lib/stray"
make -s -C "$root" BUILD="$build" PREFIX="$prefix" install >"$folder/install.log" 2>&1
cd "$folder"
check_gone
echo "install-check: the program and its $(echo "$commands" | wc -l) commands: installed, used, removed; $((damages + 1)) damages noticed"
