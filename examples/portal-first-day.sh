#!/bin/sh
# An operator's first day: a city is declared and checked, gets a clerk, is served, lives through a resident's first
# day, and is ended in order. Everything happens in a temporary folder and on loopback.
#
#   sh examples/portal-first-day.sh                        on SQLite
#   sh examples/portal-first-day.sh postgres://…/riverton  on PostgreSQL, in a database that is there and empty
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
work=$(mktemp -d)
city=$here/city.toml
database=${1:-sqlite:$work/riverton.db}
portal=

end() {
    [ -z "$portal" ] || kill "$portal" 2>/dev/null || true
    rm -rf "$work"
}
trap end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

unset CITYTIME_TOKEN CITYTIME_TOKEN_FILE CITYTIME_CITY CITYTIME_STAFF_TOKEN CITYTIME_SANDBOX_PASSWORD
export CITYTIME_CONFIG_DIR="$work/config" CITYTIME_OUTPUT=table CITYTIME_NO_INPUT=1

step() {
    printf '\n# %s\n' "$*"
}

# Ends the script with what went wrong, and what the portal said.
fail() {
    printf '\nportal-first-day.sh: %s\n' "$*" >&2
    cat "$work/log" >&2
    exit 1
}

step 'Every mistake in city.toml is told with its line; this one has none.'
citytime portal check "$city"

step 'A clerk, who may import records, bills and programs, and decides on requests and permits.'
password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
# A letter between its digits: together they could look like a card number, which is refused.
clerk=nadia-$(date +%s)x$$
printf '%s\n' "$password" |
    citytime portal clerk add "$clerk" --city "$city" --database "$database" --name 'Nadia Osei' \
        --email "$clerk@riverton.example" --powers bills,residents,requests,permits,programs --password-stdin

step 'The portal, on a free port. Its mail is not sent, but lands in a folder.'
citytime portal serve --city "$city" --database "$database" --documents "$work/documents" --listen 127.0.0.1:0 \
    --mail "$work/mail" 2>"$work/log" &
portal=$!
url=
tries=0
while [ -z "$url" ]; do
    tries=$((tries + 1))
    if [ "$tries" -gt 300 ] || ! kill -0 "$portal" 2>/dev/null; then
        fail 'the portal did not start'
    fi
    sleep 0.1
    url=$(sed -n 's/.*listening on \(http[^ ]*\).*/\1/p' "$work/log")
done
cat "$work/log"

step 'The clerk signs in and makes a token for imports.'
export CITYTIME_CITY="$url" CITYTIME_SANDBOX_MAIL="$work/mail"
printf '%s\n' "$password" | citytime login --username "$clerk" --password-stdin
CITYTIME_STAFF_TOKEN=$(printf '%s\n' "$password" |
    citytime account tokens create --scope staff --expires 1d --label imports --password-stdin --jq .token)
export CITYTIME_STAFF_TOKEN

step 'And a resident comes.'
sh "$here/first-day.sh"

step 'SIGTERM: what was asked is answered first, then the portal ends with status 0.'
kill -TERM "$portal"
status=0
wait "$portal" || status=$?
portal=
[ "$status" = 0 ] || fail "the portal ended with status $status"
tail -n 1 "$work/log"

printf '\nThe portal ran its first day. What you declared for Riverton works for any city: start from examples/city.toml.\n'
