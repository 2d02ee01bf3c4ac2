#!/bin/sh
# Pays what is due within seven days, and never more than a limit. For cron:
#
#   15 6 * * *  CITYTIME_CITY=riverton CITYTIME_TOKEN_FILE=$HOME/.citytime-token sh pay-due-bills.sh 300
#
# The token needs bills:read and bills:pay, and had better have a limit of its own:
#
#   citytime account tokens create --scope bills:read,bills:pay --max-per-day 300 --expires 90d --label cron \
#       --jq .token > ~/.citytime-token
#
# Safe to repeat: the payment's key is the day, so that a second run of the same day gives the same payment. Prints the
# payment, or nothing when nothing is due; what went wrong is on standard error, which cron mails, and in the status.
set -eu

limit=${1:-300}
day=${2:-$(date +%Y-%m-%d)}
problem=$(mktemp)
trap 'rm -f "$problem"' EXIT

# The same request every time, so that a repetition is recognised; --max refuses a total that is a surprise.
status=0
citytime bills pay --due-within 7d --max "$limit" --yes --idempotency-key "due-$day" --json 2>"$problem" || status=$?
case $status:$(cat "$problem") in
6:*'"code":"nothing_due"'*) exit 0 ;;
esac
cat "$problem" >&2
exit "$status"
