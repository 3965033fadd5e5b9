#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# reproducible.sh FOLDER: builds the sources twice, in folders whose names differ in length, and compares what came out. Then
# the library is built twice so that it knows where it was built: that must be noticed.
set -eu
folder=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
rm -rf "$folder"
mkdir -p "$folder/a" "$folder/another-place/b"
folder=$(cd "$folder" && pwd)
build_both() { # BUILD, PRODUCTS, MAKE'S ARGUMENTS...
    into=$1
    products=$2
    shift 2
    for place in a another-place/b; do
        make -s -C "$folder/$place" BUILD="$into" "$@"
        # shellcheck disable=SC2086
        (cd "$folder/$place/$into" && sha256sum $products) >"$folder/$(basename $place).sha256"
    done
}
for place in a another-place/b; do
    "$root/tests/package/sources.sh" "$folder/$place"
done
build_both build 'liboptcert.so liboptcert.a optcert optcert-runner liboptcert-builds.so liboptcert-defects.so' lib program
if ! cmp "$folder/a.sha256" "$folder/b.sha256"; then
    diff "$folder/a.sha256" "$folder/b.sha256" >&2 || true
    exit 1
fi
same=$(wc -l <"$folder/a.sha256")
build_both planted liboptcert.so PLACE= CFLAGS='-O0 -g' planted/liboptcert.so
if cmp -s "$folder/a.sha256" "$folder/b.sha256"; then
    echo 'reproducible: a library that holds the name of its folder is not told from another' >&2
    exit 1
fi
echo "reproducible: $same files have the same digests in two folders; a planted difference was noticed"
