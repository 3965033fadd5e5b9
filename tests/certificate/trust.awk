# SPDX-License-Identifier: GPL-3.0-or-later
# Entries "* **name**: text" (with continuation lines) as C initializers {"name", "text"},
function flush() {
    if (name != "") printf "{\"%s\", \"%s\"},\n", name, text
    name = ""
}
function plain(s) {
    gsub(/\\/, "\\\\\\\\", s)
    gsub(/"/, "\\\"", s)
    gsub(/`|\*\*/, "", s)
    gsub(/^ +| +$/, "", s)
    return s
}
/^[*-] \*\*/ {
    flush()
    name = $0
    sub(/^[*-] \*\*/, "", name)
    text = name
    sub(/\*\*.*/, "", name)
    sub(/^[^*]*\*\*:? */, "", text)
    name = plain(name)
    text = plain(text)
    next
}
name != "" && /^ +[^ ]/ { text = text " " plain($0); next }
{ flush() }
END { flush() }
