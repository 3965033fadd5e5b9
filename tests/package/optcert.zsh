#compdef optcert
# SPDX-License-Identifier: GPL-3.0-or-later
# zsh completion for optcert. The program itself is asked for its commands and options.

local program=${words[1]} command='' word
local -a list
for word in ${words[2,CURRENT-1]}; do
    [[ $word == -* ]] || { command=$word; break }
done
if [[ -z $command ]]; then
    list=(${(f)"$($program --help 2>/dev/null | sed -n '/^Commands:/,/^$/s/^  \([a-z][a-z-]*\)  *\(.*\)/\1:\2/p')"})
    _describe command list
elif [[ ${words[CURRENT]} == -* ]]; then
    list=(${(f)"$(ARGP_HELP_FMT=rmargin=4000 $program $command --help 2>/dev/null |
        sed -n 's/^.*[ ,]\(--[a-z0-9-]*\)\(\[\{0,1\}=[^ ]*\)\{0,1\}  *\(.*\)/\1:\3/p')"})
    _describe option list
else
    _files
fi
