# SPDX-License-Identifier: GPL-3.0-or-later
# The --help of the program or of a command to a manual page. Variables: name, summary, version, date, commands.

function roff(text)
{
    gsub(/\\/, "\\e", text)
    gsub(/-/, "\\-", text)
    if (text ~ /^[.']/)
        text = "\\&" text
    return text
}

function section(title)
{
    if (title != now)
        print ".SH " title
    now = title
}

# "      --key=PUB              what it is"
function option(line,   at, names, text)
{
    sub(/^ +/, "", line)
    at = match(line, /  +/)
    names = at ? substr(line, 1, at - 1) : line
    text = at ? substr(line, at + RLENGTH) : ""
    printf ".TP\n.B %s\n%s\n", roff(names), roff(text)
}

BEGIN {
    printf ".TH %s 1 \"%s\" \"optcert %s\" \"User Commands\"\n.SH NAME\n%s \\- %s\n", toupper(roff(name)), date, version, roff(name), roff(summary)
}

/^Usage: / {
    section("SYNOPSIS")
    sub(/^Usage: /, "")
    sub(/^optcert/, "\\fBoptcert\\fR")
    print roff2($0)
    next
}
/^ +or: / {
    sub(/^ +or: /, "")
    print ".br\n" roff2($0)
    next
}

function roff2(text)
{
    gsub(/-/, "\\-", text)
    return text
}

/^Commands:/ { section("COMMANDS"); in_commands = 1; next }
in_commands && /^$/ { in_commands = 0; next }
in_commands {
    word = $1
    sub(/^ *[^ ]+ +/, "")
    printf ".TP\n.BR optcert\\-%s (1)\n%s\n", roff(word), roff($0)
    next
}
# The exit status has a section of its own below.
/^Exit status: / { skip = 1 }
/^$/ { skip = 0; next }
skip { next }
/^ +-/ { section("OPTIONS"); option($0); next }
/^ [A-Z].*:$/ { section("OPTIONS"); printf ".SS %s\n", roff(substr($0, 2)); next }
/^Mandatory or optional arguments/ { next }
/^Report bugs to/ { next }
{
    if (now == "DESCRIPTION")
        print ".PP"
    section("DESCRIPTION")
    print roff($0)
}

END {
    section("EXIT STATUS")
    print ".TP\n.B 0\npassed\n.TP\n.B 1\nfailed\n.TP\n.B 2\nusage or bad input\n.TP\n.B 3\ninconclusive\n.TP\n.B 4\nthe tool itself failed"
    section("ENVIRONMENT")
    print ".TP\n.B NO_COLOR\nwhen set and not empty, no colour on a terminal"
    section("SEE ALSO")
    count = split("optcert " commands, other, " ")
    for (i = 1; i <= count; i++) {
        page = i == 1 ? "optcert" : "optcert-" other[i]
        if (page != name)
            lines[++kept] = ".BR " roff(page) " (1)"
    }
    for (i = 1; i <= kept; i++)
        print lines[i] (i < kept ? "," : "")
    print ".PP\nThe documents are in\n.IR /usr/share/doc/optcert\n(or below the prefix of the installation)."
}
