#!/bin/sh
# A resident's first day at the city's portal, from no account to a paid bill and back out again.
#
#   citytime sandbox -- sh examples/first-day.sh                     in the made-up city
#   CITYTIME_CITY=https://portal.riverton.example sh first-day.sh    against a portal of your own
#
# The account is new in every run, and what is kept on this machine goes into a temporary folder: your own sign-in is
# not touched. The script ends at the first step that does not do what it should, with a status that is not 0.
#
# Against a portal of your own there must be a bill to pay. With a clerk's token in CITYTIME_STAFF_TOKEN the script
# imports the records and bills beside it first; without, the record UT-300412 with a bill must be there already.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
: "${CITYTIME_CITY:?says which city: its URL, or run this script with: citytime sandbox -- sh $0}"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# The shell ends here too, so that the folder goes with it.
trap 'exit 130' INT
trap 'exit 143' TERM

# Nothing of the person who runs this gets in: no token, no sign-in, no settings.
unset CITYTIME_TOKEN CITYTIME_TOKEN_FILE CITYTIME_IDEMPOTENCY_KEY
export CITYTIME_CONFIG_DIR="$work/config" CITYTIME_OUTPUT=table CITYTIME_NO_INPUT=1

run=$(date +%s)-$$
username=ada-$run
password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
record=UT-300412
code=K7QM-2X9D

# A line of explanation before a step.
step() {
    printf '\n# %s\n' "$*"
}

# Shows a command as one would type it, and runs it.
show() {
    printf '$ citytime'
    for word in "$@"; do
        case $word in
        *[!A-Za-z0-9@%+=:,./_-]*) printf " '%s'" "$word" ;;
        *) printf ' %s' "$word" ;;
        esac
    done
    printf '\n'
    citytime "$@"
}

fail() {
    printf '\nfirst-day.sh: %s\n' "$*" >&2
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
    printf '$ citytime %s\n' "$*"
    cat "$work/err"
}

if [ -n "${CITYTIME_STAFF_TOKEN:-}" ] && [ -z "${CITYTIME_SANDBOX_PASSWORD:-}" ]; then
    step 'Before the day begins, a clerk imports what the city knows and what is owed. Importing again is safe.'
    CITYTIME_TOKEN=$CITYTIME_STAFF_TOKEN show staff records import "$here/records.csv"
    # Bill numbers of this run's own, so that the next first day has something to pay too.
    sed "2,\$s/^/$run-/" "$here/bills.csv" >"$work/bills.csv"
    CITYTIME_TOKEN=$CITYTIME_STAFF_TOKEN show staff bills import "$work/bills.csv"
fi

step 'An account. The password comes on standard input: it is never an argument, where other users could see it.'
printf '%s\n' "$password" |
    show account create --username "$username" --name 'Ada Holm' --email "$username@mail.riverton.example" \
        --accept-terms --password-stdin

step 'Signed in. What is kept is a session token, in a file only you can read.'
printf '%s\n' "$password" | show login --username "$username" --password-stdin

step 'Who the portal says we are.'
show whoami
expect 'the user name' "$(citytime whoami --jq .username)" "$username"

step 'The city sent a letter with a number and a code. They link what the city knows to the new account.'
show account records link "$record" --code "$code"
expect 'the linked record' "$(citytime account records list --jq 'map(.number) | join(",")')" "$record"

step 'What is due, for a person and for a program. In JSON amounts are whole cents beside the currency.'
show bills list
show bills list --json --columns id,title,due_on,balance,currency
bill=$(citytime bills list --jq 'map(select(.balance > .pending)) | .[0].id // ""')
[ -n "$bill" ] || fail "$record has no bill that is to be paid: have a clerk import examples/bills.csv, and run this again"
balance=$(citytime bills show "$bill" --jq .balance)

step 'A way to pay: the token of a test card. Card numbers never pass through here.'
show wallet add --token pm_card_visa --label 'Everyday card'
expect 'the default card' "$(citytime wallet list --jq 'map(select(.default).last4) | join(",")')" 4242

step 'What it would cost. Nothing is taken.'
show bills pay "$bill" --dry-run
expect 'the total without the fee' "$(citytime bills pay "$bill" --dry-run --jq '.total - .fee')" "$balance"

step 'Paid, under a key of our own choosing, and never more than 200.'
key=first-day-$run
show bills pay "$bill" --max 200 --yes --idempotency-key "$key"

step 'The answer got lost? The same command with the same key gives the same payment: nobody is charged twice.'
payment=$(citytime bills pay "$bill" --max 200 --yes --idempotency-key "$key" --jq .id)
again=$(citytime bills pay "$bill" --max 200 --yes --idempotency-key "$key" --jq .id)
printf '%s\n%s\n' "$payment" "$again"
expect 'the repeated payment' "$again" "$payment"
expect 'the number of payments' "$(citytime history payments --jq length)" 1
expect 'the bill' "$(citytime bills show "$bill" --jq '[.status, .balance] | join(" ")')" 'paid 0'

step 'Another request under that key, and the bill once more, are refused: exit status 6.'
refused 6 bills pay "$bill" --max 100 --yes --idempotency-key "$key"
refused 6 bills pay "$bill" --yes

step 'The receipt, under the payment'\''s own id, whenever it is needed.'
show bills receipt "$payment"
expect 'the receipt' "$(citytime bills receipt "$payment" --jq '.status + " " + .lines[0].bill')" "succeeded $bill"

step 'Everything done so far, newest first.'
show history
expect 'the newest payment' "$(citytime history payments --jq '.[0].id')" "$payment"

step 'A token for cron that may look at bills for a week, and do nothing else. It is shown once, so it goes to a file.'
(umask 077 && citytime account tokens create --scope bills:read --expires 7d --label "$key" --jq .token >"$work/token")
show account tokens list
CITYTIME_TOKEN_FILE=$work/token citytime bills list --status all -o ids >"$work/bills"
grep -qx "$bill" "$work/bills" || fail "the token does not see $bill"
printf '\n# It may not pay: exit status 5.\n'
CITYTIME_TOKEN_FILE=$work/token refused 5 bills pay "$bill" --yes

step 'All at a glance.'
show dashboard
expect 'the number of open bills' "$(citytime dashboard --jq .due.count)" "$(citytime bills list --jq length)"

step 'A question? These people answer.'
show support contact

step 'Signed out: the session ends here and at the portal. From now on commands end with status 4.'
show logout
refused 4 whoami

printf '\nThat was the first day: %s paid %s and kept the receipt %s. Welcome to the city.\n' "$username" "$bill" "$payment"
