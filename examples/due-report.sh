#!/bin/sh
# A report of what is due in the coming days, by category, as CSV: for a spreadsheet, or for a mail from cron.
#
#   0 7 1 * *  CITYTIME_CITY=riverton CITYTIME_TOKEN_FILE=$HOME/.citytime-token sh due-report.sh 30d > ~/due.csv
#
# The token needs bills:read alone. Amounts are decimal; the last line is the total.
set -eu

within=${1:-30d}
# Captured first: where the portal cannot be reached, the report is not begun and the status tells why.
# shellcheck disable=SC2016 # $name belongs to jq, not to the shell
report=$(citytime bills list --due-within "$within" --jq '
    def decimal: "\(. / 100 | floor).\(. % 100 | tostring | if length < 2 then "0" + . else . end)";
    def line($name): [$name, (length | tostring), (map(.balance) | add // 0 | decimal)] | join(",");
    "category,bills,balance", (group_by(.category)[] | line(.[0].category)), line("total")')
printf '%s\n' "$report"
