# SPDX-License-Identifier: GPL-3.0-or-later
# bash completion for optcert. The program itself is asked for its commands, options and names, so that nothing here
# has to be kept in step with it.

_optcert()
{
    local program=${COMP_WORDS[0]} word=${COMP_WORDS[COMP_CWORD]} before='' command='' i
    local -a words=()
    [ "$COMP_CWORD" -gt 0 ] && before=${COMP_WORDS[COMP_CWORD - 1]}
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
        -*) ;;
        *) command=${COMP_WORDS[i]}; break ;;
        esac
    done
    # '=' and ':' end a word for bash: what follows "--option=" is a file, what follows "builtin:" a name.
    if [ "$before" = = ] || [ "$word" = = ]; then
        COMPREPLY=($(compgen -f -- "${word#=}"))
        return
    fi
    if [ -z "$command" ]; then
        mapfile -t words < <("$program" --help 2>/dev/null | sed -n '/^Commands:/,/^$/s/^  \([a-z][a-z-]*\).*/\1/p')
        [[ $word == -* ]] && words=(--help --usage --version)
    elif [[ $word == -* ]]; then
        mapfile -t words < <(ARGP_HELP_FMT=rmargin=4000 "$program" "$command" --help 2>/dev/null |
            sed -n 's/^.*[ ,]\(--[a-z0-9-]*\)\(\[\{0,1\}=\{0,1\}\).*/\1\2/p' | sed 's/\[=$/=/; s/\[$//' | sort -u)
    elif [ "$command" = prove ]; then
        mapfile -t words < <(sed -n 's/.*"unit": "\(.*\)".*/\1/p' proofs/wp/*.json 2>/dev/null)
    elif [ "$command" = scale ] && [ "$COMP_CWORD" -eq $((i + 1)) ]; then
        words=(sgd rmsprop adam adamw)
    else
        # A suite, problem or experiment that the help names, or a file.
        mapfile -t words < <("$program" list --json 2>/dev/null |
            sed -n 's/^ *"name": "\([a-z0-9:_/-]*\)".*/\1/p' | sort -u)
        mapfile -t -O "${#words[@]}" words < <(compgen -f -- "$word")
    fi
    mapfile -t COMPREPLY < <(compgen -W "${words[*]}" -- "$word")
    [ "${#COMPREPLY[@]}" -ne 1 ] || [[ ${COMPREPLY[0]} != *= ]] || compopt -o nospace 2>/dev/null
}
complete -o filenames -F _optcert optcert
