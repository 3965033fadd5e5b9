# SPDX-License-Identifier: GPL-3.0-or-later
# A public header to a manual page. Variables: header, version, date, folder; a page for each function is written to folder.
# The top comment is the description. Declarations keep their text, each with the comment above it; OC_REAL and OC_NAME
# are written out for both formats. Of a contract its status codes are listed.

function roff(text)
{
    gsub(/\\/, "\\e", text)
    gsub(/-/, "\\-", text)
    if (text ~ /^[.']/)
        text = "\\&" text
    return text
}

function comment(text)
{
    sub(/^ *\/\*/, "", text)
    sub(/\*\/ *$/, "", text)
    gsub(/\n *\*/, "\n", text)
    gsub(/\n */, "\n", text)
    sub(/^[ \n]+/, "", text)
    return text
}

function in_format(text, bits)
{
    while (match(text, /OC_NAME\([a-z0-9_]+\)/))
        text = substr(text, 1, RSTART - 1) substr(text, RSTART + 8, RLENGTH - 9) "_f" bits substr(text, RSTART + RLENGTH)
    gsub(/OC_REAL/, bits == 32 ? "float" : "double", text)
    return text
}

function is_function(text)
{
    return text ~ /\) *;$/ && text !~ /^(typedef|enum|struct)/
}

function name_of(text)
{
    sub(/^OC_MUST_USE /, "", text)
    match(text, /(OC_NAME\()?[a-z][a-z0-9_]*\)?\(/)
    text = substr(text, RSTART, RLENGTH - 1)
    gsub(/OC_NAME\(|\)/, "", text)
    return text
}

function declaration(text, about, codes,   function_, generic)
{
    gsub(/__attribute__\(\([^)]*\)\) */, "", text)
    sub(/^OC_MUST_USE /, "", text)
    function_ = is_function(text)
    generic = text ~ /OC_NAME|OC_REAL/
    count++
    synopsis[count] = generic ? in_format(text, 32) (function_ ? "\n" : "\n\n") in_format(text, 64) : text
    if (function_) {
        base = name_of(text)
        functions[count] = generic ? base "_f32, " base "_f64" : base
        if (generic) {
            page(base "_f32")
            page(base "_f64")
        } else {
            page(base)
        }
    } else {
        functions[count] = ""
    }
    abouts[count] = about
    statuses[count] = codes
}

function page(name)
{
    system("ln -sf optcert_" header ".3 " folder "/" name ".3")
}

function flush_(text)
{
    sub(/^[ \n]+/, "", text)
    sub(/[ \n]+$/, "", text)
    if (text != "")
        declaration(text, about, codes)
    about = ""
    codes = ""
}

{ source = source $0 "\n" }

END {
    rest = source
    while (rest != "") {
        if (match(rest, /^[ \n]+/)) {
            rest = substr(rest, RLENGTH + 1)
        } else if (rest ~ /^\/\*/) {
            end = index(rest, "*/")
            text = substr(rest, 1, end + 1)
            rest = substr(rest, end + 2)
            if (text ~ /^\/\*@/) {
                while (match(text, /OC_(OK|ERR_[A-Z0-9_]+)/)) {
                    code = substr(text, RSTART, RLENGTH)
                    text = substr(text, RSTART + RLENGTH)
                    if (index(" " codes " ", " " code " ") == 0)
                        codes = codes " " code
                }
            } else if (top == "") {
                top = comment(text)
            } else {
                about = about comment(text) "\n"
            }
        } else if (rest ~ /^#/) {
            end = index(rest, "\n")
            line = substr(rest, 1, end - 1)
            rest = substr(rest, end + 1)
            if (line ~ /^#define OC(_|PTCERT_)[A-Z0-9_]+ +[^ ]/ && line !~ /OC_TEMPLATE|_H *$|OC_MUST_USE/)
                declaration(line, about, "")
            about = ""
        } else {
            # Up to the semicolon outside of braces.
            depth = 0
            for (i = 1; i <= length(rest); i++) {
                c = substr(rest, i, 1)
                depth += (c == "{") - (c == "}")
                if (c == ";" && depth == 0)
                    break
            }
            flush_(substr(rest, 1, i))
            rest = substr(rest, i + 1)
        }
    }
    lines = split(top, line_of, "\n")
    first = 1
    while (first <= lines && line_of[first] ~ /^SPDX/)
        first++
    summary = line_of[first]
    sub(/ *[.:;(].*$/, "", summary)
    printf ".TH OPTCERT_%s 3 \"%s\" \"optcert %s\" \"Library Functions\"\n.SH NAME\n", toupper(header), date, version
    printf "optcert_%s \\- %s\n", header, roff(tolower(substr(summary, 1, 1)) substr(summary, 2))
    printf ".SH SYNOPSIS\n.nf\n.B #include <optcert/%s.h>\n.PP\n", header
    for (i = 1; i <= count; i++) {
        n = split(synopsis[i], part, "\n")
        for (k = 1; k <= n; k++)
            print roff(part[k])
        print ""
    }
    print ".fi\n.PP\nLink with \\fI\\-loptcert\\fP.\n.SH DESCRIPTION"
    for (i = first; i <= lines; i++)
        print roff(line_of[i])
    for (i = 1; i <= count; i++) {
        if (functions[i] == "")
            continue
        printf ".SS %s\n", roff(functions[i])
        if (abouts[i] != "")
            printf "%s", roff(abouts[i])
        if (statuses[i] != "") {
            sub(/^ /, "", statuses[i])
            gsub(/ /, ", ", statuses[i])
            printf "%sAnswers: %s.\n", abouts[i] != "" ? ".PP\n" : "", roff(statuses[i])
        }
    }
    print ".SH CONTRACTS\nThe header states each function's full contract in ACSL, which is proved for the code that ships."
    print ".SH SEE ALSO\n.BR optcert (1),"
    print ".BR oc_status_text (3)"
}
