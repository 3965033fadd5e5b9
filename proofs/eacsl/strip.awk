# SPDX-License-Identifier: GPL-3.0-or-later
# Leaves of every contract what E-ACSL can execute: the requires clauses before the first behavior. Loop annotations and logic
# go; the number of lines stays, so that a failure names the right line.
{
    line = $0 "\n"
    sub(/\/\/@.*\n/, "\n", line)
    while (line != "") {
        if (!inside) {
            start = index(line, "/*@")
            if (start == 0) { printf "%s", line; break }
            printf "%s", substr(line, 1, start - 1)
            line = substr(line, start + 3)
            inside = 1
            block = ""
        }
        end = index(line, "*/")
        if (end == 0) { block = block line; break }
        block = block substr(line, 1, end - 1)
        line = substr(line, end + 2)
        inside = 0
        contract(block)
    }
}
function contract(block,    n, i, clause, kept, lines) {
    lines = gsub(/\n/, " ", block)
    sub(/behavior .*/, "", block)
    n = split(block, clause, ";")
    for (i = 1; i <= n; i++)
        if (clause[i] ~ /^ *requires /) kept = kept clause[i] ";"
    if (kept != "") printf "/*@%s */", kept
    for (i = 0; i < lines; i++) printf "\n"
}
