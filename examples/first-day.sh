#!/bin/sh
# A resident's first day at the city's portal: from no account to a paid bill, a request, a permit, a program, and out
# again.
#
#   citytime sandbox -- sh examples/first-day.sh                     in the made-up city
#   CITYTIME_CITY=https://portal.riverton.example sh first-day.sh    against a portal of your own
#
# The account is new in every run, and what is kept on this machine goes into a temporary folder: your own sign-in is
# not touched. The script ends at the first step that does not do what it should, with a status that is not 0.
#
# The address is confirmed with the code of a mail, which is looked for in the folder CITYTIME_SANDBOX_MAIL: the sandbox's,
# or that of a portal whose city declares no mail server.
#
# Against a portal of your own there must be a bill to pay. With a clerk's token in CITYTIME_STAFF_TOKEN the script
# imports the records, bills and programs beside it first, and decides on the permit later; without, the record
# UT-300412 with a bill and a program to register for must be there already.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
: "${CITYTIME_CITY:?says which city: its URL, or run this script with: citytime sandbox -- sh $0}"
: "${CITYTIME_SANDBOX_MAIL:?says in which folder mail lands; the sandbox has one: citytime sandbox -- sh $0}"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# The shell ends here too, so that the folder goes with it.
trap 'exit 130' INT
trap 'exit 143' TERM

# Nothing of the person who runs this gets in: no token, no sign-in, no settings.
unset CITYTIME_TOKEN CITYTIME_TOKEN_FILE CITYTIME_IDEMPOTENCY_KEY
export CITYTIME_CONFIG_DIR="$work/config" CITYTIME_OUTPUT=table CITYTIME_NO_INPUT=1

# A letter between its digits: together they could look like a card number, which is refused.
run=$(date +%s)x$$
username=ada-$run
password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
record=UT-300412
code=K7QM-2X9D

# shellcheck source=examples/steps.sh
. "$here/steps.sh"

if [ -n "${CITYTIME_STAFF_TOKEN:-}" ] && [ -z "${CITYTIME_SANDBOX_PASSWORD:-}" ]; then
    step 'Before the day begins, a clerk imports what the city knows, what is owed, and what is offered. Importing again is safe.'
    show_clerk staff records import "$here/records.csv"
    # Bill numbers of this run's own, so that the next first day has something to pay too.
    sed "2,\$s/^/${run}x/" "$here/bills.csv" >"$work/bills.csv"
    show_clerk staff bills import "$work/bills.csv"
    # The programs of next year, whenever this runs.
    next_year=$(($(date +%Y) + 1))
    sed "s/2027/$next_year/g" "$here/programs.csv" >"$work/programs.csv"
    show_clerk staff programs publish "$work/programs.csv"
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

step 'Until the address is confirmed we may look, and neither pay nor apply: exit status 5.'
refused 5 bills pay BIL-00000000 --yes

step 'A mail came with a code. It holds for half an hour, and once.'
tries=0
until mail=$(grep -lsi "^To: .*$username@" "$CITYTIME_SANDBOX_MAIL"/*.eml); do
    tries=$((tries + 1))
    [ "$tries" -le 100 ] || fail "no mail came for $username in $CITYTIME_SANDBOX_MAIL"
    sleep 0.1
done
confirmation=$(sed -n 's/.*\([0-9A-Z]\{5\}-[0-9A-Z]\{5\}-[0-9A-Z]\{5\}\).*/\1/p' "$mail" | head -n 1)
show account verify "$confirmation"
expect 'the account' "$(citytime account show --jq .status)" active
refused 6 account verify "$confirmation"

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

step 'A hole in the street. What the city takes requests for, and what it asks with that one.'
show request services --columns service_code,service_name,group
show request services pothole
# A corner of this run's own: 75 metres around it nobody has told of the hole.
lat=41.$(printf '%06d' "$((${run%x*} % 1000000))")
long=-88.$(printf '%06d' "$((${run#*x} * 7919 % 1000000))")
set -- request new pothole --description 'As wide as the lane' --address '3 Lock Street' --lat "$lat" --long "$long"

step 'A question that must be answered is told, and nothing is filed: exit status 2.'
refused 2 "$@"

step 'Filed, with the answer.'
show "$@" --set size=lane
request=$(citytime history requests --jq '.[0].id')
expect 'the request' "$(citytime request status "$request" --jq '[.status, .attributes.size[0]] | join(" ")')" 'open lane'

step 'A second one for the same hole is not filed: the first is shown, and whoever means it says --force.'
refused 2 "$@" --set size=lane
grep -q "$request" "$work/err" || fail "the request that is open there, $request, is not told"
expect 'the number of requests' "$(citytime history requests --jq length)" 1

step 'Where it stands, and by when it is promised.'
show request status "$request"

step 'A permit: what there is, and what one of them asks for.'
show permit types
show permit types sidewalk_display --template

step 'Every mistake is told at once, before anything is made: exit status 6.'
refused 6 permit apply sidewalk_display --set shop='Holm Lamps' --set width_cm=900
expect 'the number of applications' "$(citytime permit list --jq length)" 0

step 'Applied for, with answers from a file and one from the command line, and with the sketch that is asked for.'
printf '{"shop": "Holm Lamps", "address": "3 Lock Street", "width_cm": 90, "kinds": ["goods"]}\n' >"$work/answers.json"
printf '%%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%%%EOF\n' >"$work/sketch.pdf"
show permit apply sidewalk_display --file "$work/answers.json" --set depth_cm=40 --attach sketch="$work/sketch.pdf"
permit=$(citytime permit list --jq '.[0].id')
expect 'the application' "$(citytime permit status "$permit" --jq '[.status, .documents[0].id] | join(" ")')" 'submitted sketch'

step 'The review begins when the fee is paid.'
show bills pay "$(citytime permit status "$permit" --jq .fee_bill)" --yes
expect 'the application' "$(citytime permit status "$permit" --jq .status)" in_review

if [ -n "${CITYTIME_STAFF_TOKEN:-}" ]; then
    step 'We wait for the permit, while a clerk, elsewhere, decides and issues it.'
    citytime permit status "$permit" --wait=issued --wait-for 1m >"$work/issued" 2>&1 &
    waiting=$!
    show_clerk staff permits decide "$permit" approve --yes
    show_clerk staff permits issue "$permit" --note 'Leave 150 cm for those who pass.' --yes
    wait "$waiting" || fail "waiting for $permit ended with status $?: $(cat "$work/issued")"
    expect 'the application' "$(citytime permit status "$permit" --jq .status)" issued
fi

step 'The timeline tells what happened, and what happens next by when.'
show permit status "$permit"
expect 'the timeline' "$(citytime permit status "$permit" --jq '[.timeline[:3][].status] | join(" ")')" 'draft submitted in_review'

step 'Something to do: what is open, and a seat in the first that is free.'
show programs list --open
program=$(citytime programs list --open --jq 'map(select(.fee == 0 and .seats_left > 0)) | .[0].id // ""')
[ -n "$program" ] || fail 'there is no program without a fee: have a clerk publish examples/programs.csv, and run this again'
show programs register "$program"
seat=$(citytime programs registrations --jq '.[0].id')
expect 'the registration' "$(citytime programs registrations --jq '.[0] | [.program, .status] | join(" ")')" "$program registered"
refused 6 programs register "$program"

step 'For the calendar on the wall or in the pocket.'
citytime programs calendar --mine >"$work/programs.ics"
grep -E '^(SUMMARY|DTSTART|STATUS)' "$work/programs.ics"
expect 'the number of events' "$(grep -c '^UID:' "$work/programs.ics")" 1

step 'No time after all: the seat goes to the next, and the calendar is told.'
show programs cancel "$seat" --yes
expect 'the registration' "$(citytime history programs --jq '.[0].status')" cancelled
citytime programs calendar --mine | grep '^STATUS:CANCELLED' || fail 'the calendar still has the program'

step 'Everything done so far, newest first.'
show history
expect 'the kinds of history' "$(citytime history --jq 'map(.kind) | unique | join(" ")')" 'account payment permit program request'
expect 'the first payment' "$(citytime history payments --jq '.[-1].id')" "$payment"

step 'A token for cron that may look at bills for a week, and do nothing else. It is shown once, so it goes to a file.'
printf '# The password is asked for again: whoever finds a terminal signed in makes no token.\n'
(
    umask 077
    printf '%s\n' "$password" |
        citytime account tokens create --scope bills:read --expires 7d --label "$key" --password-stdin --jq .token
) >"$work/token"
show account tokens list
CITYTIME_TOKEN_FILE=$work/token citytime bills list --status all -o ids >"$work/bills"
grep -qx "$bill" "$work/bills" || fail "the token does not see $bill"
printf '\n# It may not pay: exit status 5.\n'
CITYTIME_TOKEN_FILE=$work/token refused 5 bills pay "$bill" --yes

step 'All at a glance.'
show dashboard
expect 'the number of open bills' "$(citytime dashboard --jq .due.count)" "$(citytime bills list --jq length)"
expect 'the open request' "$(citytime dashboard --jq '.requests[0].service_request_id')" "$request"

step 'A question? What others asked, and the people who answer.'
show support faq waiting list
expect 'the best answer' "$(citytime support faq waiting list --jq '.[0].id')" waiting_list
show support contact

step 'Signed out: the session ends here and at the portal. From now on commands end with status 4.'
show logout
refused 4 whoami

printf '\nThat was the first day: %s paid %s, told of a hole (%s) and applied for a permit (%s). Welcome to the city.\n' \
    "$username" "$bill" "$request" "$permit"
