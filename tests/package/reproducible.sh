#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# reproducible.sh FOLDER: builds the sources twice, in folders whose names differ in length, and compares what came out.
set -eu
folder=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
rm -rf "$folder"
mkdir -p "$folder/a" "$folder/another-place/b"
folder=$(cd "$folder" && pwd)
products='liboptcert.so liboptcert.a optcert optcert-runner liboptcert-builds.so liboptcert-defects.so'
for place in a another-place/b; do
    "$root/tests/package/sources.sh" "$folder/$place"
    make -s -C "$folder/$place" BUILD=build lib program
    # shellcheck disable=SC2086
    (cd "$folder/$place/build" && sha256sum $products) >"$folder/$(basename $place).sha256"
done
if ! cmp "$folder/a.sha256" "$folder/b.sha256"; then
    diff "$folder/a.sha256" "$folder/b.sha256" >&2 || true
    exit 1
fi
echo "reproducible: $(wc -l <"$folder/a.sha256") files have the same digests in two folders"
