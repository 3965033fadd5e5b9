#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# data.sh FOLDER: puts the experiments' real data into FOLDER, from Debian packages that are unpacked, not
# installed: the UCI handwritten digits (python3-sklearn, CC BY 4.0) and English text (fortunes, BSD).
# FOLDER/SOURCES records licence, package and version of each file, FOLDER/SHA256SUMS its digest.
set -eu
folder=$1
[ -f "$folder/SOURCES" ] && (cd "$folder" && sha256sum --quiet --check SHA256SUMS) && exit 0

if ! command -v apt-get >/dev/null 2>&1; then
    echo "optcert: data: apt-get is needed to fetch python3-sklearn and fortunes" >&2
    exit 2
fi
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
if ! apt-get download -qq python3-sklearn fortunes >/dev/null 2>&1; then
    apt-get update -qq || true
    apt-get download -qq python3-sklearn fortunes
fi
for package in ./*.deb; do
    dpkg-deb -x "$package" tree
done
cp tree/usr/lib/python3/dist-packages/sklearn/datasets/data/digits.csv.gz "$folder/"
(cd tree/usr/share/games/fortunes && cat wisdom people work education science law) >"$folder/english.txt"
{
    echo "digits.csv.gz: UCI Optical Recognition of Handwritten Digits, test set (E. Alpaydin, C. Kaynak), CC BY 4.0,"
    echo "  from $(ls python3-sklearn*.deb)"
    echo "english.txt: quotations of the BSD fortune database (the files wisdom people work education science law), BSD licence,"
    echo "  from $(ls fortunes*.deb)"
} >"$folder/SOURCES"
cd "$folder"
sha256sum digits.csv.gz english.txt >SHA256SUMS
