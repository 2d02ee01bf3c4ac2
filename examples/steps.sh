#!/bin/sh
# The words the other scripts here are written in: read it with `. steps.sh`. It needs $work, a folder of the caller's.
: "${work:?is a folder of the script that reads this}"

# A line of explanation before a step.
step() {
    printf '\n# %s\n' "$*"
}

# A command as one would type it.
typed() {
    printf '$ citytime'
    for word in "$@"; do
        case $word in
        *[!A-Za-z0-9@%+=:,./_-]*) printf " '%s'" "$word" ;;
        *) printf ' %s' "$word" ;;
        esac
    done
    printf '\n'
}

# Shows a command, and runs it.
show() {
    typed "$@"
    citytime "$@"
}

# The same as a clerk, with the clerk's own token.
show_clerk() {
    (CITYTIME_TOKEN=$CITYTIME_STAFF_TOKEN && export CITYTIME_TOKEN && show "$@")
}

# Ends the script with what went wrong.
fail() {
    printf '\n%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

# Ends the script unless a value is what it should be: expect "what it is" "$value" "$wanted".
expect() {
    [ "$2" = "$3" ] || fail "$1 should be '$3', and is '$2'"
}

# Ends the script unless a command is refused with that exit status: refused 6 bills pay …
refused() {
    wanted=$1
    shift
    if citytime "$@" >"$work/out" 2>"$work/err"; then status=0; else status=$?; fi
    expect "the exit status of 'citytime $*'" "$status" "$wanted"
    # On failure nothing is on standard output: a script cannot mistake it for an answer.
    [ ! -s "$work/out" ] || fail "'citytime $*' failed, and printed a result"
    typed "$@"
    cat "$work/err"
}
