#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# abi.sh BUILD check|record [RECORD]: the binary interface of liboptcert on this machine: the symbols of the shared object, and
# from the public headers every prototype, every enumerator's value, and size and offset of every member of a struct.
# What is recorded in abi.txt (or RECORD) may not change or go without a new SOVERSION; what is new is only said.
set -eu
build=$1
here=$(dirname "$0")
root=$here/../..
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cc=${CC:-gcc}
record=${3:-$here/abi.txt}

for header in "$root"/impl/include/optcert/*.h; do
    name=$(basename "$header")
    case $name in real_*|both_reals.h|*_kernels.h) continue ;; esac
    echo "#include \"optcert/$name\""
done >"$work/all.h"
"$cc" -std=c17 -E -P -I"$root/impl/include" -x c "$work/all.h" |
    awk '/^(typedef struct|typedef enum|enum|const|void|double|float|__attribute__|oc_status|struct)/ { on = 1 } on' >"$work/all.i"

# The program that prints sizes, offsets and values.
awk -v RS=';' '
    function words(text) { gsub(/[ \n\t]+/, " ", text); sub(/^ /, "", text); sub(/ $/, "", text); return text }
    { text = words($0) }
    inside == "" && text ~ /^typedef struct [a-z_0-9]+ \{/ {
        split(text, part, " "); inside = part[3]; sub(/^[^{]*\{/, "", text)
        print "STRUCT(" inside ")"
    }
    inside == "" && text ~ /enum [a-z_0-9]*\ *\{/ {
        sub(/^[^{]*\{/, "", text); sub(/\}.*$/, "", text)
        n = split(text, part, ",")
        for (i = 1; i <= n; i++) { split(words(part[i]), name, " "); if (name[1] != "") print "VALUE(" name[1] ")" }
        next
    }
    inside != "" && text ~ /^\}/ { inside = ""; next }
    inside != "" && text != "" {
        if (match(text, /\(\*[a-z_]+\)/)) { print "MEMBER(" inside ", " substr(text, RSTART + 2, RLENGTH - 3) ")"; next }
        n = split(text, part, ",")
        for (i = 1; i <= n; i++) { m = split(words(part[i]), name, /[ *]+/); print "MEMBER(" inside ", " name[m] ")" }
    }' "$work/all.i" >"$work/facts"
{
    echo '#include <stddef.h>'
    echo '#include <stdio.h>'
    cat "$work/all.h"
    cat <<'END'
#define STRUCT(s) printf("struct %s: size %zu, align %zu\n", #s, sizeof(s), _Alignof(s));
#define MEMBER(s, m) printf("member %s.%s: offset %zu, size %zu\n", #s, #m, offsetof(s, m), sizeof(((s *)0)->m));
#define VALUE(v) printf("value %s: %lld\n", #v, (long long)(v));
int main(void)
{
END
    cat "$work/facts"
    echo 'return 0; }'
} >"$work/facts.c"
"$cc" -std=c17 -I"$root/impl/include" -o "$work/facts.run" "$work/facts.c"
{
    "$work/facts.run"
    # Prototypes, one a line.
    tr '\n' ' ' <"$work/all.i" | sed 's/__attribute__((warn_unused_result))//g; s/;/;\n/g' |
        sed -n 's/  */ /g; s/^ //; /^[a-z_].*oc_[a-z0-9_]*(.*);$/p' | grep -v '^typedef' | sed 's/^/function /'
    nm -D --defined-only "$build/liboptcert.so" | awk '$2 != "A" { print "symbol " $3 }'
    printf 'soname %s\n' "$(objdump -p "$build/liboptcert.so" | awk '/SONAME/ { print $2 }')"
} | LC_ALL=C sort -u >"$work/abi.txt"
foreign=$(sed -n 's/^symbol //p' "$work/abi.txt" | grep -v '^oc_' || true)
[ -z "$foreign" ] || { echo "abi: symbols outside of oc_: $foreign" >&2; exit 1; }

if [ "$2" = record ]; then
    cp "$work/abi.txt" "$record"
    exit 0
fi
gone=$(LC_ALL=C comm -23 "$record" "$work/abi.txt")
new=$(LC_ALL=C comm -13 "$record" "$work/abi.txt")
if [ -n "$gone" ]; then
    echo "abi: these are gone or changed; a program that uses them breaks (new SOVERSION, then make abi-record):" >&2
    echo "$gone" | sed 's/^/  /' >&2
    exit 1
fi
echo "abi: $(wc -l <"$record") recorded facts hold$([ -z "$new" ] || echo "; not recorded yet: $(echo "$new" | wc -l) (make abi-record)")"
