# SPDX-License-Identifier: Apache-2.0
# awk -f kernels.awk KERNELS.h UNIT.h...: the array kernels of the units' headers, contract and prototype, as fast.h (or
# fast_sde.h) and variants.h (variants_sde.h) read them: void OC_NAME(oc_X)(...) becomes void OC_KERNEL(X)(OC_ISA_FIRST ...).
# A kernel takes a size n and returns nothing. ACSL cannot say "the contract of that function": hence a copy, but by
# machine. The comment at the head of KERNELS.h is kept.

FNR == 1 { files++ }
files == 1 {
    if (!begun) { print }
    begun = begun || /\*\/ *$/
    next
}

# One prototype on lines of at most 118 characters, parameters below each other.
function print_prototype(text,    open, rest, line, margin, parameter, at) {
    open = index(text, ")(") + 1
    line = substr(text, 1, open)
    margin = sprintf("%" open "s", "")
    rest = substr(text, open + 1)
    while (rest != "") {
        at = index(rest, ", ")
        parameter = at ? substr(rest, 1, at) : rest
        rest = at ? substr(rest, at + 2) : ""
        if (length(line) + length(parameter) + 1 > 118) {
            print line
            line = margin parameter
        } else {
            line = line (line ~ /\($/ || line == margin ? "" : " ") parameter
        }
    }
    print line
}

FNR == 1 { contract = ""; inside = 0 }
/^\/\*@/ { contract = ""; inside = 1 }
inside { contract = contract $0 "\n" }
inside && /\*\/ *$/ { inside = 0; next }
inside { next }
/^[a-zA-Z]/ && prototype == "" { prototype = $0; if ($0 !~ /;/) next }
prototype != "" && prototype !~ /;/ { line = $0; sub(/^ +/, "", line); prototype = prototype " " line }
prototype ~ /;/ {
    if (prototype ~ /^void OC_NAME\(oc_[a-z0-9_]*\)\(/ && prototype ~ /size_t n[,)]/ && contract != "") {
        name = prototype
        sub(/^void OC_NAME\(oc_/, "", name)
        sub(/\).*/, "", name)
        file = FILENAME
        sub(/.*\//, "", file)
        sub(/^void OC_NAME\(oc_[a-z0-9_]*\)\(/, "void OC_KERNEL(" name ")(OC_ISA_FIRST ", prototype)
        printf "%s/* As oc_%s of optcert/%s. */\n%s", count++ ? "\n" : "", name, file, contract
        print_prototype(prototype)
    }
    prototype = ""
    contract = ""
}
