# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_citytime_global_optspecs
    string join \n o/output= json columns= no-header jq= color= q/quiet v/verbose no-input y/yes timeout= retries= idempotency-key= cacert= c/city= h/help V/version
end

function __fish_citytime_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_citytime_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_citytime_using_subcommand
    set -l cmd (__fish_citytime_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c citytime -n "__fish_citytime_needs_command" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_needs_command" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_needs_command" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_needs_command" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_needs_command" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_needs_command" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_needs_command" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_needs_command" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_needs_command" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_needs_command" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_needs_command" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_needs_command" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_needs_command" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_needs_command" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_needs_command" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_needs_command" -s V -l version -d 'Print version'
complete -c citytime -n "__fish_citytime_needs_command" -f -a "city" -d 'Cities: search, add, choose, look at and remove them'
complete -c citytime -n "__fish_citytime_needs_command" -f -a "login" -d 'Sign in with name and password, or with a token'
complete -c citytime -n "__fish_citytime_needs_command" -f -a "logout" -d 'Sign out: end the session at the portal, and forget it here'
complete -c citytime -n "__fish_citytime_needs_command" -f -a "whoami" -d 'Show who is signed in, where, and what the sign-in may do'
complete -c citytime -n "__fish_citytime_needs_command" -f -a "dashboard" -d 'Show what is due, open and coming up'
complete -c citytime -n "__fish_citytime_needs_command" -f -a "account" -d 'Your account, its city records, its sessions and its tokens'
complete -c citytime -n "__fish_citytime_needs_command" -f -a "wallet" -d 'Saved payment methods'
complete -c citytime -n "__fish_citytime_needs_command" -f -a "bills" -d 'Bills: what is owed, and paying it'
complete -c citytime -n "__fish_citytime_needs_command" -f -a "permit" -d 'Permits: apply, see how it stands, answer, download'
complete -c citytime -n "__fish_citytime_needs_command" -f -a "programs" -d 'Programs: workshops, activities and meetings, and registering for them'
complete -c citytime -n "__fish_citytime_needs_command" -f -a "request" -d 'Service requests: what can be requested, filing, and what became of it'
complete -c citytime -n "__fish_citytime_needs_command" -f -a "history" -d 'Look back: payments, requests, permits, programs and the account, newest first'
complete -c citytime -n "__fish_citytime_needs_command" -f -a "statement" -d 'Your statement: what was owed before, charged, credited, paid and given back, and what is owed at the end'
complete -c citytime -n "__fish_citytime_needs_command" -f -a "notifications" -d 'What the city told you: payments, permits, requests, registrations, your account'
complete -c citytime -n "__fish_citytime_needs_command" -f -a "support" -d 'Support: answers, and reaching the city'
complete -c citytime -n "__fish_citytime_needs_command" -f -a "batch" -d 'Run many operations from a file: pay, request, apply, register'
complete -c citytime -n "__fish_citytime_needs_command" -f -a "api" -d 'Send any request to the portal, and print its answer'
complete -c citytime -n "__fish_citytime_needs_command" -f -a "config" -d 'Settings: what is settled, and where it comes from'
complete -c citytime -n "__fish_citytime_needs_command" -f -a "staff" -d 'For clerks: imports, service requests, programs, and the sandbox\'s clock'
complete -c citytime -n "__fish_citytime_needs_command" -f -a "portal" -d 'Serve a city\'s portal, and look after it'
complete -c citytime -n "__fish_citytime_needs_command" -f -a "sandbox" -d 'Try a made-up city on this machine: serve it, or run a command against it'
complete -c citytime -n "__fish_citytime_needs_command" -f -a "completions" -d 'Print a completion script for a shell'
complete -c citytime -n "__fish_citytime_needs_command" -f -a "man" -d 'Print the manual page, or write the pages of all commands to a folder'
complete -c citytime -n "__fish_citytime_needs_command" -f -a "help" -d 'Show help: of a command, or on environment, exit-codes, output or cron'
complete -c citytime -n "__fish_citytime_needs_command" -f -a "generate" -d 'Write completions/ and man/ to a folder'
complete -c citytime -n "__fish_citytime_using_subcommand city; and not __fish_seen_subcommand_from search add list use show remove" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand city; and not __fish_seen_subcommand_from search add list use show remove" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand city; and not __fish_seen_subcommand_from search add list use show remove" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand city; and not __fish_seen_subcommand_from search add list use show remove" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand city; and not __fish_seen_subcommand_from search add list use show remove" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand city; and not __fish_seen_subcommand_from search add list use show remove" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand city; and not __fish_seen_subcommand_from search add list use show remove" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand city; and not __fish_seen_subcommand_from search add list use show remove" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand city; and not __fish_seen_subcommand_from search add list use show remove" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand city; and not __fish_seen_subcommand_from search add list use show remove" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand city; and not __fish_seen_subcommand_from search add list use show remove" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand city; and not __fish_seen_subcommand_from search add list use show remove" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand city; and not __fish_seen_subcommand_from search add list use show remove" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand city; and not __fish_seen_subcommand_from search add list use show remove" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand city; and not __fish_seen_subcommand_from search add list use show remove" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand city; and not __fish_seen_subcommand_from search add list use show remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand city; and not __fish_seen_subcommand_from search add list use show remove" -f -a "search" -d 'Search the cities that are known to take service requests by Open311'
complete -c citytime -n "__fish_citytime_using_subcommand city; and not __fish_seen_subcommand_from search add list use show remove" -f -a "add" -d 'Add a city by its address, under a name of your choice'
complete -c citytime -n "__fish_citytime_using_subcommand city; and not __fish_seen_subcommand_from search add list use show remove" -f -a "list" -d 'List the cities this machine knows'
complete -c citytime -n "__fish_citytime_using_subcommand city; and not __fish_seen_subcommand_from search add list use show remove" -f -a "use" -d 'Make a city the current one'
complete -c citytime -n "__fish_citytime_using_subcommand city; and not __fish_seen_subcommand_from search add list use show remove" -f -a "show" -d 'Show what a city\'s portal says about itself'
complete -c citytime -n "__fish_citytime_using_subcommand city; and not __fish_seen_subcommand_from search add list use show remove" -f -a "remove" -d 'Forget a city and the sign-in to it'
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from search" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from search" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from search" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from search" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from search" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from search" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from search" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from search" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from search" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from search" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from search" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from search" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from search" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from search" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from search" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from search" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from add" -l jurisdiction-id -d 'Open311: the city meant, where an endpoint serves several' -r
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from add" -l format -d 'Open311: the encoding to speak; found out unless given' -r -f -a "json\t''
xml\t''"
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from add" -l api-key-file -d 'Open311: a file whose first line is the key to file requests with' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from add" -l api-key-command -d 'Open311: a program, with its arguments, that prints the key to file requests with' -r
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from add" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from add" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from add" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from add" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from add" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from add" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from add" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from add" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from add" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from add" -l test -d 'Open311: the endpoint for trying things, where the server names one'
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from add" -l api-key-prompt -d 'Open311: ask for the key to file requests with when it is needed'
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from add" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from add" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from add" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from add" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from add" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from list" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from list" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from list" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from list" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from list" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from list" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from list" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from list" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from list" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from list" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from list" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from list" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from use" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from use" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from use" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from use" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from use" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from use" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from use" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from use" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from use" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from use" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from use" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from use" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from use" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from use" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from use" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from use" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from show" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from show" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from show" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from show" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from show" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from show" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from show" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from show" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from show" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from show" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from show" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from show" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from remove" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from remove" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from remove" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from remove" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from remove" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from remove" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from remove" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from remove" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from remove" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from remove" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from remove" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from remove" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand city; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand login" -l username -d 'The account\'s name' -r
complete -c citytime -n "__fish_citytime_using_subcommand login" -l code -d 'A code of the second factor: six digits of the app, or a recovery code; asked for where the account has one' -r
complete -c citytime -n "__fish_citytime_using_subcommand login" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand login" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand login" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand login" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand login" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand login" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand login" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand login" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand login" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand login" -l password-stdin -d 'Read the password from the first line of stdin'
complete -c citytime -n "__fish_citytime_using_subcommand login" -l token-stdin -d 'Read a token from the first line of stdin, and keep it'
complete -c citytime -n "__fish_citytime_using_subcommand login" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand login" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand login" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand login" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand login" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand login" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand login" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand logout" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand logout" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand logout" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand logout" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand logout" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand logout" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand logout" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand logout" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand logout" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand logout" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand logout" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand logout" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand logout" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand logout" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand logout" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand logout" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand whoami" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand whoami" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand whoami" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand whoami" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand whoami" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand whoami" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand whoami" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand whoami" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand whoami" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand whoami" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand whoami" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand whoami" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand whoami" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand whoami" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand whoami" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand whoami" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand dashboard" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand dashboard" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand dashboard" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand dashboard" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand dashboard" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand dashboard" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand dashboard" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand dashboard" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand dashboard" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand dashboard" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand dashboard" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand dashboard" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand dashboard" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand dashboard" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand dashboard" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand dashboard" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand account; and not __fish_seen_subcommand_from create show update verify recovery-email recover password mfa records notifications deactivate reactivate terms export sessions tokens" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand account; and not __fish_seen_subcommand_from create show update verify recovery-email recover password mfa records notifications deactivate reactivate terms export sessions tokens" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and not __fish_seen_subcommand_from create show update verify recovery-email recover password mfa records notifications deactivate reactivate terms export sessions tokens" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and not __fish_seen_subcommand_from create show update verify recovery-email recover password mfa records notifications deactivate reactivate terms export sessions tokens" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand account; and not __fish_seen_subcommand_from create show update verify recovery-email recover password mfa records notifications deactivate reactivate terms export sessions tokens" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and not __fish_seen_subcommand_from create show update verify recovery-email recover password mfa records notifications deactivate reactivate terms export sessions tokens" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and not __fish_seen_subcommand_from create show update verify recovery-email recover password mfa records notifications deactivate reactivate terms export sessions tokens" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and not __fish_seen_subcommand_from create show update verify recovery-email recover password mfa records notifications deactivate reactivate terms export sessions tokens" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand account; and not __fish_seen_subcommand_from create show update verify recovery-email recover password mfa records notifications deactivate reactivate terms export sessions tokens" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand account; and not __fish_seen_subcommand_from create show update verify recovery-email recover password mfa records notifications deactivate reactivate terms export sessions tokens" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand account; and not __fish_seen_subcommand_from create show update verify recovery-email recover password mfa records notifications deactivate reactivate terms export sessions tokens" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand account; and not __fish_seen_subcommand_from create show update verify recovery-email recover password mfa records notifications deactivate reactivate terms export sessions tokens" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand account; and not __fish_seen_subcommand_from create show update verify recovery-email recover password mfa records notifications deactivate reactivate terms export sessions tokens" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand account; and not __fish_seen_subcommand_from create show update verify recovery-email recover password mfa records notifications deactivate reactivate terms export sessions tokens" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand account; and not __fish_seen_subcommand_from create show update verify recovery-email recover password mfa records notifications deactivate reactivate terms export sessions tokens" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand account; and not __fish_seen_subcommand_from create show update verify recovery-email recover password mfa records notifications deactivate reactivate terms export sessions tokens" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand account; and not __fish_seen_subcommand_from create show update verify recovery-email recover password mfa records notifications deactivate reactivate terms export sessions tokens" -f -a "create" -d 'Create an account'
complete -c citytime -n "__fish_citytime_using_subcommand account; and not __fish_seen_subcommand_from create show update verify recovery-email recover password mfa records notifications deactivate reactivate terms export sessions tokens" -f -a "show" -d 'Show the account'
complete -c citytime -n "__fish_citytime_using_subcommand account; and not __fish_seen_subcommand_from create show update verify recovery-email recover password mfa records notifications deactivate reactivate terms export sessions tokens" -f -a "update" -d 'Change name, e-mail, phone or address'
complete -c citytime -n "__fish_citytime_using_subcommand account; and not __fish_seen_subcommand_from create show update verify recovery-email recover password mfa records notifications deactivate reactivate terms export sessions tokens" -f -a "verify" -d 'Confirm your e-mail address, phone or recovery address'
complete -c citytime -n "__fish_citytime_using_subcommand account; and not __fish_seen_subcommand_from create show update verify recovery-email recover password mfa records notifications deactivate reactivate terms export sessions tokens" -f -a "recovery-email" -d 'Set a second address, to which a code goes too should you lose your password'
complete -c citytime -n "__fish_citytime_using_subcommand account; and not __fish_seen_subcommand_from create show update verify recovery-email recover password mfa records notifications deactivate reactivate terms export sessions tokens" -f -a "recover" -d 'Get back into your account when the password is lost'
complete -c citytime -n "__fish_citytime_using_subcommand account; and not __fish_seen_subcommand_from create show update verify recovery-email recover password mfa records notifications deactivate reactivate terms export sessions tokens" -f -a "password" -d 'Change your password; every other session ends at once'
complete -c citytime -n "__fish_citytime_using_subcommand account; and not __fish_seen_subcommand_from create show update verify recovery-email recover password mfa records notifications deactivate reactivate terms export sessions tokens" -f -a "mfa" -d 'The second factor: a code of an app on your phone, beside the password'
complete -c citytime -n "__fish_citytime_using_subcommand account; and not __fish_seen_subcommand_from create show update verify recovery-email recover password mfa records notifications deactivate reactivate terms export sessions tokens" -f -a "records" -d 'The city records linked to the account: utility accounts, parcels, licences'
complete -c citytime -n "__fish_citytime_using_subcommand account; and not __fish_seen_subcommand_from create show update verify recovery-email recover password mfa records notifications deactivate reactivate terms export sessions tokens" -f -a "notifications" -d 'How you are told of what: by e-mail, by SMS, or not at all'
complete -c citytime -n "__fish_citytime_using_subcommand account; and not __fish_seen_subcommand_from create show update verify recovery-email recover password mfa records notifications deactivate reactivate terms export sessions tokens" -f -a "deactivate" -d 'Put your account to rest: every session and token ends at once, and notices stop'
complete -c citytime -n "__fish_citytime_using_subcommand account; and not __fish_seen_subcommand_from create show update verify recovery-email recover password mfa records notifications deactivate reactivate terms export sessions tokens" -f -a "reactivate" -d 'Bring your account back after `citytime account deactivate`, and sign in'
complete -c citytime -n "__fish_citytime_using_subcommand account; and not __fish_seen_subcommand_from create show update verify recovery-email recover password mfa records notifications deactivate reactivate terms export sessions tokens" -f -a "terms" -d 'The city\'s terms: show them, accept a new version'
complete -c citytime -n "__fish_citytime_using_subcommand account; and not __fish_seen_subcommand_from create show update verify recovery-email recover password mfa records notifications deactivate reactivate terms export sessions tokens" -f -a "export" -d 'Save everything the portal holds about you, as JSON and CSV in one ZIP archive'
complete -c citytime -n "__fish_citytime_using_subcommand account; and not __fish_seen_subcommand_from create show update verify recovery-email recover password mfa records notifications deactivate reactivate terms export sessions tokens" -f -a "sessions" -d 'Where you are signed in: a session for each `citytime login`'
complete -c citytime -n "__fish_citytime_using_subcommand account; and not __fish_seen_subcommand_from create show update verify recovery-email recover password mfa records notifications deactivate reactivate terms export sessions tokens" -f -a "tokens" -d 'Tokens for scripts: with scopes, an end, and a name of their own'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from create" -l file -d 'Take what no flag says from this file of JSON (- is stdin)' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from create" -l username -d 'The name to sign in with: 3-32 letters, digits, dots, dashes or underscores' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from create" -l name -d 'The person\'s name' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from create" -l email -d 'Where notices go' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from create" -l phone -d 'With or without the country\'s code' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from create" -l address -d 'The postal address: LINE, CITY, REGION POSTAL' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from create" -l recovery-email -d 'A second address, for recovery' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from create" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from create" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from create" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from create" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from create" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from create" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from create" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from create" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from create" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from create" -l accept-terms -d 'Accept the city\'s terms (`citytime city show` tells their version)'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from create" -l password-stdin -d 'Read the password from the first line of stdin'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from create" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from create" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from create" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from show" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from show" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from show" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from show" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from show" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from show" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from show" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from show" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from show" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from show" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from show" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from show" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from update" -l file -d 'Take what no flag says from this file of JSON (- is stdin)' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from update" -l name -d 'The person\'s name' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from update" -l email -d 'Where notices go' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from update" -l phone -d 'With or without the country\'s code' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from update" -l address -d 'The postal address: LINE, CITY, REGION POSTAL' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from update" -l code -d 'A code of your second factor: six digits of the app, or a recovery code' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from update" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from update" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from update" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from update" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from update" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from update" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from update" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from update" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from update" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from update" -l password-stdin -d 'Read your password, which is asked for again, from the first line of stdin'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from update" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from update" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from update" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from update" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from update" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from update" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from update" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from verify" -l resend -d 'Send a code, to the e-mail address unless another is named' -r -f -a "email\t''
phone\t''
recovery_email\t''"
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from verify" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from verify" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from verify" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from verify" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from verify" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from verify" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from verify" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from verify" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from verify" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from verify" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from verify" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from verify" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from verify" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from verify" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from verify" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from recovery-email" -l code -d 'A code of your second factor: six digits of the app, or a recovery code' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from recovery-email" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from recovery-email" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from recovery-email" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from recovery-email" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from recovery-email" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from recovery-email" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from recovery-email" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from recovery-email" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from recovery-email" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from recovery-email" -l none -d 'Take the present one away'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from recovery-email" -l password-stdin -d 'Read your password, which is asked for again, from the first line of stdin'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from recovery-email" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from recovery-email" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from recovery-email" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from recovery-email" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from recovery-email" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from recovery-email" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from recovery-email" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from recover" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from recover" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from recover" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from recover" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from recover" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from recover" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from recover" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from recover" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from recover" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from recover" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from recover" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from recover" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from recover" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from recover" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from recover" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from recover" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from recover" -f -a "start" -d 'Have a code sent to the addresses the account has confirmed'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from recover" -f -a "finish" -d 'Set a new password with the code; every session ends'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from recover" -f -a "stop" -d 'Stop the recovery that was begun for your account at the city\'s office'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from password" -l code -d 'A code of your second factor: six digits of the app, or a recovery code' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from password" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from password" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from password" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from password" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from password" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from password" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from password" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from password" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from password" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from password" -l password-stdin -d 'Read the present password from the first line of stdin, and the new one from the second'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from password" -l revoke-tokens -d 'Revoke the tokens for scripts too: where somebody else may have made some'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from password" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from password" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from password" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from password" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from password" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from password" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from password" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from mfa" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from mfa" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from mfa" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from mfa" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from mfa" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from mfa" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from mfa" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from mfa" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from mfa" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from mfa" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from mfa" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from mfa" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from mfa" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from mfa" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from mfa" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from mfa" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from mfa" -f -a "show" -d 'Show whether there is a second factor, and how many recovery codes are left'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from mfa" -f -a "enable" -d 'Turn the second factor on: every sign-in needs a code from then on'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from mfa" -f -a "codes" -d 'Make ten new recovery codes; the earlier ones are worth nothing from then on'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from mfa" -f -a "disable" -d 'Turn the second factor off: the password opens the account alone'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from records" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from records" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from records" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from records" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from records" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from records" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from records" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from records" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from records" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from records" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from records" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from records" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from records" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from records" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from records" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from records" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from records" -f -a "list" -d 'List the linked records'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from records" -f -a "link" -d 'Link a record with the code of the city\'s letter'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from records" -f -a "unlink" -d 'Unlink a record: its bills are seen no more'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from notifications" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from notifications" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from notifications" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from notifications" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from notifications" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from notifications" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from notifications" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from notifications" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from notifications" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from notifications" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from notifications" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from notifications" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from notifications" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from notifications" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from notifications" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from notifications" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from notifications" -f -a "show" -d 'Show how you are told of each topic'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from notifications" -f -a "set" -d 'Change how you are told of topics; what is not named stays'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from deactivate" -l code -d 'A code of your second factor: six digits of the app, or a recovery code' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from deactivate" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from deactivate" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from deactivate" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from deactivate" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from deactivate" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from deactivate" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from deactivate" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from deactivate" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from deactivate" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from deactivate" -l password-stdin -d 'Read your password, which is asked for again, from the first line of stdin'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from deactivate" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from deactivate" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from deactivate" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from deactivate" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from deactivate" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from deactivate" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from deactivate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from reactivate" -l username -d 'The account\'s name' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from reactivate" -l code -d 'A code of the second factor: six digits of the app, or a recovery code; asked for where the account has one' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from reactivate" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from reactivate" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from reactivate" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from reactivate" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from reactivate" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from reactivate" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from reactivate" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from reactivate" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from reactivate" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from reactivate" -l password-stdin -d 'Read the password from the first line of stdin'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from reactivate" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from reactivate" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from reactivate" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from reactivate" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from reactivate" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from reactivate" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from reactivate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from terms" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from terms" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from terms" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from terms" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from terms" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from terms" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from terms" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from terms" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from terms" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from terms" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from terms" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from terms" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from terms" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from terms" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from terms" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from terms" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from terms" -f -a "show" -d 'Show the terms in force, and which version you accepted'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from terms" -f -a "accept" -d 'Accept the terms in force'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from export" -l out -d 'Where to write it; - is stdout' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from export" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from export" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from export" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from export" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from export" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from export" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from export" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from export" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from export" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from export" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from export" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from export" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from export" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from export" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from export" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from sessions" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from sessions" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from sessions" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from sessions" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from sessions" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from sessions" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from sessions" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from sessions" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from sessions" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from sessions" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from sessions" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from sessions" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from sessions" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from sessions" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from sessions" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from sessions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from sessions" -f -a "list" -d 'List the sessions, the newest first'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from sessions" -f -a "revoke" -d 'End a session, or all but this one: their tokens are worth nothing from then on'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from tokens" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from tokens" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from tokens" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from tokens" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from tokens" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from tokens" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from tokens" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from tokens" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from tokens" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from tokens" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from tokens" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from tokens" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from tokens" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from tokens" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from tokens" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from tokens" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from tokens" -f -a "create" -d 'Make a token; its text is shown this once'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from tokens" -f -a "list" -d 'List the tokens that have not been revoked'
complete -c citytime -n "__fish_citytime_using_subcommand account; and __fish_seen_subcommand_from tokens" -f -a "revoke" -d 'Revoke a token: it is worth nothing from then on'
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and not __fish_seen_subcommand_from list add setup remove default" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and not __fish_seen_subcommand_from list add setup remove default" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and not __fish_seen_subcommand_from list add setup remove default" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and not __fish_seen_subcommand_from list add setup remove default" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and not __fish_seen_subcommand_from list add setup remove default" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and not __fish_seen_subcommand_from list add setup remove default" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and not __fish_seen_subcommand_from list add setup remove default" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and not __fish_seen_subcommand_from list add setup remove default" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and not __fish_seen_subcommand_from list add setup remove default" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and not __fish_seen_subcommand_from list add setup remove default" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and not __fish_seen_subcommand_from list add setup remove default" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and not __fish_seen_subcommand_from list add setup remove default" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and not __fish_seen_subcommand_from list add setup remove default" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and not __fish_seen_subcommand_from list add setup remove default" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and not __fish_seen_subcommand_from list add setup remove default" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and not __fish_seen_subcommand_from list add setup remove default" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and not __fish_seen_subcommand_from list add setup remove default" -f -a "list" -d 'List the saved payment methods'
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and not __fish_seen_subcommand_from list add setup remove default" -f -a "add" -d 'Add a payment method: on the processor\'s page, or by a token it gave'
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and not __fish_seen_subcommand_from list add setup remove default" -f -a "setup" -d 'Show how the adding of a payment method stands'
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and not __fish_seen_subcommand_from list add setup remove default" -f -a "remove" -d 'Remove a payment method'
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and not __fish_seen_subcommand_from list add setup remove default" -f -a "default" -d 'Make a payment method the default'
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from list" -l limit -d 'Show at most so many' -r
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from list" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from list" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from list" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from list" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from list" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from list" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from list" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from list" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from list" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from list" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from list" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from list" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from add" -l kind -d 'What to add; the first kind the city takes unless given' -r -f -a "card\t''
bank\t''"
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from add" -l label -d 'What to call it; brand and last digits unless given' -r
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from add" -l wait-for -d 'Wait so long at most: 10m; as long as the page waits unless given' -r
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from add" -l token -d 'The processor\'s token (pm_…), where there is one already' -r
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from add" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from add" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from add" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from add" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from add" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from add" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from add" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from add" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from add" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from add" -l no-browser -d 'Open no browser, only tell the address'
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from add" -l no-wait -d 'Print the set-up and end: `wallet setup` tells how it stands'
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from add" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from add" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from add" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from add" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from add" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from setup" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from setup" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from setup" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from setup" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from setup" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from setup" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from setup" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from setup" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from setup" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from setup" -l cancel -d 'Call it off: its page adds no method any more'
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from setup" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from setup" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from setup" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from setup" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from setup" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from setup" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from setup" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from remove" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from remove" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from remove" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from remove" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from remove" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from remove" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from remove" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from remove" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from remove" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from remove" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from remove" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from remove" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from default" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from default" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from default" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from default" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from default" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from default" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from default" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from default" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from default" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from default" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from default" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from default" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from default" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from default" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from default" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand wallet; and __fish_seen_subcommand_from default" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and not __fish_seen_subcommand_from list show pay transfer receipt calendar autopay" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand bills; and not __fish_seen_subcommand_from list show pay transfer receipt calendar autopay" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand bills; and not __fish_seen_subcommand_from list show pay transfer receipt calendar autopay" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand bills; and not __fish_seen_subcommand_from list show pay transfer receipt calendar autopay" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand bills; and not __fish_seen_subcommand_from list show pay transfer receipt calendar autopay" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand bills; and not __fish_seen_subcommand_from list show pay transfer receipt calendar autopay" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand bills; and not __fish_seen_subcommand_from list show pay transfer receipt calendar autopay" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand bills; and not __fish_seen_subcommand_from list show pay transfer receipt calendar autopay" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand bills; and not __fish_seen_subcommand_from list show pay transfer receipt calendar autopay" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand bills; and not __fish_seen_subcommand_from list show pay transfer receipt calendar autopay" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and not __fish_seen_subcommand_from list show pay transfer receipt calendar autopay" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and not __fish_seen_subcommand_from list show pay transfer receipt calendar autopay" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and not __fish_seen_subcommand_from list show pay transfer receipt calendar autopay" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and not __fish_seen_subcommand_from list show pay transfer receipt calendar autopay" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and not __fish_seen_subcommand_from list show pay transfer receipt calendar autopay" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and not __fish_seen_subcommand_from list show pay transfer receipt calendar autopay" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and not __fish_seen_subcommand_from list show pay transfer receipt calendar autopay" -f -a "list" -d 'List bills, the next due first'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and not __fish_seen_subcommand_from list show pay transfer receipt calendar autopay" -f -a "show" -d 'Show a bill'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and not __fish_seen_subcommand_from list show pay transfer receipt calendar autopay" -f -a "pay" -d 'Pay bills: one, several or all'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and not __fish_seen_subcommand_from list show pay transfer receipt calendar autopay" -f -a "transfer" -d 'Show a bank transfer and what has arrived of it, or list those that are awaited'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and not __fish_seen_subcommand_from list show pay transfer receipt calendar autopay" -f -a "receipt" -d 'Show the receipt of a payment'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and not __fish_seen_subcommand_from list show pay transfer receipt calendar autopay" -f -a "calendar" -d 'Due dates for a calendar: iCalendar on stdout'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and not __fish_seen_subcommand_from list show pay transfer receipt calendar autopay" -f -a "autopay" -d 'Have bills paid by themselves'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from list" -l status -d 'Which ones' -r -f -a "open\t''
overdue\t''
paid\t''
all\t''"
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from list" -l category -d 'Only of this category' -r
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from list" -l due-before -d 'Only those due before this day: 2026-11-22, today, 7d' -r
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from list" -l due-within -d 'Only those due on or before this day: 7d is within a week' -r
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from list" -l limit -d 'Show at most so many' -r
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from list" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from list" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from list" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from list" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from list" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from list" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from list" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from list" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from list" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from list" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from list" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from list" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from show" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from show" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from show" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from show" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from show" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from show" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from show" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from show" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from show" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from show" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from show" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from show" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from pay" -l due-within -d 'Every bill due on or before this day: 7d is within a week' -r
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from pay" -l amount -d 'So much, instead of all that is owed: it goes to the bills in their order' -r
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from pay" -l method -d 'With this payment method, instead of the default one' -r
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from pay" -l max -d 'Refuse when the total, fee and all, is above this' -r
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from pay" -l expect-total -d 'Refuse unless the total, fee and all, is exactly this' -r
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from pay" -l wait-for -d 'Wait so long at most: 10m, 1h' -r
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from pay" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from pay" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from pay" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from pay" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from pay" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from pay" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from pay" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from pay" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from pay" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from pay" -l all -d 'Every bill with something to pay'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from pay" -l bank -d 'By a transfer from your own bank: tells the account, the reference and the amount'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from pay" -l dry-run -d 'Only show what would be paid'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from pay" -l wait -d 'Wait until the payment is settled, for ten minutes unless --wait-for says otherwise'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from pay" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from pay" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from pay" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from pay" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from pay" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from pay" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from pay" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from transfer" -l limit -d 'Show at most so many' -r
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from transfer" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from transfer" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from transfer" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from transfer" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from transfer" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from transfer" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from transfer" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from transfer" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from transfer" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from transfer" -l all -d 'List those too that have arrived'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from transfer" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from transfer" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from transfer" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from transfer" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from transfer" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from transfer" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from transfer" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from receipt" -l out -d 'Write it as a PDF; - is stdout' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from receipt" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from receipt" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from receipt" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from receipt" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from receipt" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from receipt" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from receipt" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from receipt" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from receipt" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from receipt" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from receipt" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from receipt" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from receipt" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from receipt" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from receipt" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from receipt" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from calendar" -l category -d 'Only of this category' -r
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from calendar" -l due-within -d 'Only those due on or before this day: 2026-12-31, 90d' -r
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from calendar" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from calendar" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from calendar" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from calendar" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from calendar" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from calendar" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from calendar" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from calendar" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from calendar" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from calendar" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from calendar" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from calendar" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from calendar" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from calendar" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from calendar" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from calendar" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from autopay" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from autopay" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from autopay" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from autopay" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from autopay" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from autopay" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from autopay" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from autopay" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from autopay" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from autopay" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from autopay" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from autopay" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from autopay" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from autopay" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from autopay" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from autopay" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from autopay" -f -a "show" -d 'Show the rules, and what was announced, paid and skipped'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from autopay" -f -a "set" -d 'Have the bills of a category, or of all others, paid by themselves'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from autopay" -f -a "off" -d 'End a rule, or all of them'
complete -c citytime -n "__fish_citytime_using_subcommand bills; and __fish_seen_subcommand_from autopay" -f -a "skip" -d 'Leave a bill out: it is not paid by itself'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and not __fish_seen_subcommand_from types apply list status attach answer withdraw download" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand permit; and not __fish_seen_subcommand_from types apply list status attach answer withdraw download" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and not __fish_seen_subcommand_from types apply list status attach answer withdraw download" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and not __fish_seen_subcommand_from types apply list status attach answer withdraw download" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand permit; and not __fish_seen_subcommand_from types apply list status attach answer withdraw download" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and not __fish_seen_subcommand_from types apply list status attach answer withdraw download" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and not __fish_seen_subcommand_from types apply list status attach answer withdraw download" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and not __fish_seen_subcommand_from types apply list status attach answer withdraw download" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand permit; and not __fish_seen_subcommand_from types apply list status attach answer withdraw download" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand permit; and not __fish_seen_subcommand_from types apply list status attach answer withdraw download" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and not __fish_seen_subcommand_from types apply list status attach answer withdraw download" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and not __fish_seen_subcommand_from types apply list status attach answer withdraw download" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and not __fish_seen_subcommand_from types apply list status attach answer withdraw download" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and not __fish_seen_subcommand_from types apply list status attach answer withdraw download" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and not __fish_seen_subcommand_from types apply list status attach answer withdraw download" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and not __fish_seen_subcommand_from types apply list status attach answer withdraw download" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and not __fish_seen_subcommand_from types apply list status attach answer withdraw download" -f -a "types" -d 'List the types of permits, or show one with its form'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and not __fish_seen_subcommand_from types apply list status attach answer withdraw download" -f -a "apply" -d 'Apply for a permit, or go on with a draft'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and not __fish_seen_subcommand_from types apply list status attach answer withdraw download" -f -a "list" -d 'List your applications, the newest first'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and not __fish_seen_subcommand_from types apply list status attach answer withdraw download" -f -a "status" -d 'Show where an application stands: what happened, and what happens next by when'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and not __fish_seen_subcommand_from types apply list status attach answer withdraw download" -f -a "attach" -d 'Attach documents to a draft, or where the city has asked for them'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and not __fish_seen_subcommand_from types apply list status attach answer withdraw download" -f -a "answer" -d 'Answer what a clerk asked'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and not __fish_seen_subcommand_from types apply list status attach answer withdraw download" -f -a "withdraw" -d 'Take an application back'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and not __fish_seen_subcommand_from types apply list status attach answer withdraw download" -f -a "download" -d 'Download the issued permit, or a document of an application'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from types" -l category -d 'Only of this category: business, construction, event' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from types" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from types" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from types" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from types" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from types" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from types" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from types" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from types" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from types" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from types" -l schema -d 'Print its form as JSON Schema'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from types" -l template -d 'Print a file of answers to begin with'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from types" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from types" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from types" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from types" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from types" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from types" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from types" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from apply" -l file -d 'Answers as a JSON object; - reads stdin (see `permit types TYPE --template`)' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from apply" -l set -d 'One answer, over those of the file: --set guests=40' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from apply" -l attach -d 'Attach a document: --attach site_plan=plan.pdf' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from apply" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from apply" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from apply" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from apply" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from apply" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from apply" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from apply" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from apply" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from apply" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from apply" -l draft -d 'Keep it as a draft on the portal instead of submitting it'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from apply" -l dry-run -d 'Only look it over, and tell the fee and when it would be decided'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from apply" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from apply" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from apply" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from apply" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from apply" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from apply" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from apply" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from list" -l status -d 'Only those that stand here' -r -f -a "draft\t''
submitted\t''
in_review\t''
info_requested\t''
approved\t''
issued\t''
denied\t''
withdrawn\t''
expired\t''"
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from list" -l type -d 'Only of this type' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from list" -l limit -d 'Show at most so many' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from list" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from list" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from list" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from list" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from list" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from list" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from list" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from list" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from list" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from list" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from list" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from list" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from status" -l wait -d 'Wait until it is decided, or until it stands here: --wait=issued' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from status" -l wait-for -d 'Wait so long at most: 10m, 1h' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from status" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from status" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from status" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from status" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from status" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from status" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from status" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from status" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from status" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from status" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from status" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from status" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from status" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from status" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from status" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from attach" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from attach" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from attach" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from attach" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from attach" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from attach" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from attach" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from attach" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from attach" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from attach" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from attach" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from attach" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from attach" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from attach" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from attach" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from attach" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from answer" -l note -d 'What you say' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from answer" -l file -d 'Answers as a JSON object; - reads stdin (see `permit types TYPE --template`)' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from answer" -l set -d 'One answer, over those of the file: --set guests=40' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from answer" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from answer" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from answer" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from answer" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from answer" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from answer" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from answer" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from answer" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from answer" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from answer" -l edit -d 'Go through the form again, on the terminal'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from answer" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from answer" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from answer" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from answer" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from answer" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from answer" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from answer" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from withdraw" -l note -d 'Why, for the city' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from withdraw" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from withdraw" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from withdraw" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from withdraw" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from withdraw" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from withdraw" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from withdraw" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from withdraw" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from withdraw" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from withdraw" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from withdraw" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from withdraw" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from withdraw" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from withdraw" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from withdraw" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from withdraw" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from download" -l document -d 'A document that was attached, instead of the permit' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from download" -l out -d 'Where to write it; - is stdout' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from download" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from download" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from download" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from download" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from download" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from download" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from download" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from download" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from download" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from download" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from download" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from download" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from download" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from download" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from download" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand permit; and __fish_seen_subcommand_from download" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and not __fish_seen_subcommand_from list show register registrations cancel calendar" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand programs; and not __fish_seen_subcommand_from list show register registrations cancel calendar" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand programs; and not __fish_seen_subcommand_from list show register registrations cancel calendar" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand programs; and not __fish_seen_subcommand_from list show register registrations cancel calendar" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand programs; and not __fish_seen_subcommand_from list show register registrations cancel calendar" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand programs; and not __fish_seen_subcommand_from list show register registrations cancel calendar" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand programs; and not __fish_seen_subcommand_from list show register registrations cancel calendar" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand programs; and not __fish_seen_subcommand_from list show register registrations cancel calendar" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand programs; and not __fish_seen_subcommand_from list show register registrations cancel calendar" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand programs; and not __fish_seen_subcommand_from list show register registrations cancel calendar" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and not __fish_seen_subcommand_from list show register registrations cancel calendar" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and not __fish_seen_subcommand_from list show register registrations cancel calendar" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and not __fish_seen_subcommand_from list show register registrations cancel calendar" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and not __fish_seen_subcommand_from list show register registrations cancel calendar" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and not __fish_seen_subcommand_from list show register registrations cancel calendar" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and not __fish_seen_subcommand_from list show register registrations cancel calendar" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and not __fish_seen_subcommand_from list show register registrations cancel calendar" -f -a "list" -d 'List the city\'s programs, the next first'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and not __fish_seen_subcommand_from list show register registrations cancel calendar" -f -a "show" -d 'Show a program'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and not __fish_seen_subcommand_from list show register registrations cancel calendar" -f -a "register" -d 'Register for a program, or join its waiting list'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and not __fish_seen_subcommand_from list show register registrations cancel calendar" -f -a "registrations" -d 'List your registrations, the next program first'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and not __fish_seen_subcommand_from list show register registrations cancel calendar" -f -a "cancel" -d 'Cancel a registration: its seats go to the next on the waiting list'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and not __fish_seen_subcommand_from list show register registrations cancel calendar" -f -a "calendar" -d 'Programs for a calendar: iCalendar on stdout'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from list" -l category -d 'Only of this category' -r
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from list" -l from -d 'Beginning on or after this day; today unless given' -r
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from list" -l to -d 'Beginning on or before this day: 2026-12-31, 30d' -r
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from list" -l limit -d 'Show at most so many' -r
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from list" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from list" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from list" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from list" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from list" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from list" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from list" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from list" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from list" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from list" -l free -d 'Only those without a fee'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from list" -l open -d 'Only those with free seats and open registration'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from list" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from list" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from list" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from show" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from show" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from show" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from show" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from show" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from show" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from show" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from show" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from show" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from show" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from show" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from show" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from register" -l for -d 'Who comes, once for each of the household; you, unless given' -r
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from register" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from register" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from register" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from register" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from register" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from register" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from register" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from register" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from register" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from register" -l seats-only -d 'Fail when too few seats are free, instead of joining the waiting list'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from register" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from register" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from register" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from register" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from register" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from register" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from register" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from registrations" -l status -d 'Only in this state' -r -f -a "held\t''
registered\t''
waitlisted\t''
cancelled\t''
attended\t''"
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from registrations" -l from -d 'For programs beginning on or after this day' -r
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from registrations" -l to -d 'For programs beginning on or before this day' -r
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from registrations" -l limit -d 'Show at most so many' -r
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from registrations" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from registrations" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from registrations" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from registrations" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from registrations" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from registrations" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from registrations" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from registrations" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from registrations" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from registrations" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from registrations" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from registrations" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from registrations" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from registrations" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from registrations" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from registrations" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from cancel" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from cancel" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from cancel" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from cancel" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from cancel" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from cancel" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from cancel" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from cancel" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from cancel" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from cancel" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from cancel" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from cancel" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from cancel" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from cancel" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from cancel" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from cancel" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from calendar" -l category -d 'Only of this category' -r
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from calendar" -l from -d 'Beginning on or after this day; thirty days ago unless given' -r
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from calendar" -l to -d 'Beginning on or before this day: 2026-12-31, 90d' -r
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from calendar" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from calendar" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from calendar" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from calendar" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from calendar" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from calendar" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from calendar" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from calendar" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from calendar" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from calendar" -l mine -d 'Only what you are registered for, or wait for'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from calendar" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from calendar" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from calendar" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from calendar" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from calendar" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from calendar" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand programs; and __fish_seen_subcommand_from calendar" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand request; and not __fish_seen_subcommand_from services new list status comment follow unfollow" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand request; and not __fish_seen_subcommand_from services new list status comment follow unfollow" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and not __fish_seen_subcommand_from services new list status comment follow unfollow" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and not __fish_seen_subcommand_from services new list status comment follow unfollow" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand request; and not __fish_seen_subcommand_from services new list status comment follow unfollow" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and not __fish_seen_subcommand_from services new list status comment follow unfollow" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and not __fish_seen_subcommand_from services new list status comment follow unfollow" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and not __fish_seen_subcommand_from services new list status comment follow unfollow" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand request; and not __fish_seen_subcommand_from services new list status comment follow unfollow" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand request; and not __fish_seen_subcommand_from services new list status comment follow unfollow" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand request; and not __fish_seen_subcommand_from services new list status comment follow unfollow" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand request; and not __fish_seen_subcommand_from services new list status comment follow unfollow" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand request; and not __fish_seen_subcommand_from services new list status comment follow unfollow" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand request; and not __fish_seen_subcommand_from services new list status comment follow unfollow" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand request; and not __fish_seen_subcommand_from services new list status comment follow unfollow" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand request; and not __fish_seen_subcommand_from services new list status comment follow unfollow" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand request; and not __fish_seen_subcommand_from services new list status comment follow unfollow" -f -a "services" -d 'List what can be requested, or show one service with its questions'
complete -c citytime -n "__fish_citytime_using_subcommand request; and not __fish_seen_subcommand_from services new list status comment follow unfollow" -f -a "new" -d 'File a request'
complete -c citytime -n "__fish_citytime_using_subcommand request; and not __fish_seen_subcommand_from services new list status comment follow unfollow" -f -a "list" -d 'List requests'
complete -c citytime -n "__fish_citytime_using_subcommand request; and not __fish_seen_subcommand_from services new list status comment follow unfollow" -f -a "status" -d 'Show a request and what happened to it'
complete -c citytime -n "__fish_citytime_using_subcommand request; and not __fish_seen_subcommand_from services new list status comment follow unfollow" -f -a "comment" -d 'Comment on a request; on one of yours that was closed a short time ago it opens it again'
complete -c citytime -n "__fish_citytime_using_subcommand request; and not __fish_seen_subcommand_from services new list status comment follow unfollow" -f -a "follow" -d 'Follow a request: you are told what becomes of it'
complete -c citytime -n "__fish_citytime_using_subcommand request; and not __fish_seen_subcommand_from services new list status comment follow unfollow" -f -a "unfollow" -d 'Stop following a request'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from services" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from services" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from services" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from services" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from services" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from services" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from services" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from services" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from services" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from services" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from services" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from services" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from services" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from services" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from services" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from services" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from new" -l description -d 'What is the matter' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from new" -l address -d 'Where, as people say it' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from new" -l address-id -d 'Where, by the city\'s own id of the address' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from new" -l lat -d 'Latitude in degrees: 41.88' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from new" -l long -d 'Longitude in degrees: -87.63' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from new" -l set -d 'An answer to a question of the service; once for each' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from new" -l photo -d 'A picture to send along; several with several --photo. A Citytime portal keeps what it shows, and not what the camera wrote into it: place, time, owner. Other cities may keep that too, or take no pictures' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from new" -l media-url -d 'The address of a picture on the web' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from new" -l email -d 'Your e-mail address, where the city may write to' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from new" -l first-name -d 'Your first name' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from new" -l last-name -d 'Your last name' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from new" -l phone -d 'Your telephone number' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from new" -l wait-for -d 'Wait so long at most: 10m, 1h' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from new" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from new" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from new" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from new" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from new" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from new" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from new" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from new" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from new" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from new" -l force -d 'File it even if an open request close by may be the same'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from new" -l dry-run -d 'Only show what would be filed'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from new" -l wait -d 'Where the city gives an id later: wait for it, for an hour unless --wait-for says otherwise'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from new" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from new" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from new" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from new" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from new" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from new" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from new" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from list" -l status -d 'Only in this state; all, where a city shows the open ones unasked' -r -f -a "open\t''
closed\t''
all\t''"
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from list" -l service -d 'Only for these services' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from list" -l since -d 'Made since this day or instant: 2026-11-22, today, -30d' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from list" -l until -d 'Made until the end of this day, or before this instant' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from list" -l limit -d 'Show at most so many' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from list" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from list" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from list" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from list" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from list" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from list" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from list" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from list" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from list" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from list" -l public -d 'Everybody\'s, not only yours'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from list" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from list" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from list" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from status" -l wait-for -d 'Wait so long at most: 10m, 12h' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from status" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from status" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from status" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from status" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from status" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from status" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from status" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from status" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from status" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from status" -l token -d 'What is given is the token the city answered with, instead of an id'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from status" -l wait -d 'Wait until it is closed (with --token: until it has an id), for an hour unless --wait-for says otherwise'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from status" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from status" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from status" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from status" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from status" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from status" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from comment" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from comment" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from comment" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from comment" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from comment" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from comment" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from comment" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from comment" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from comment" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from comment" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from comment" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from comment" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from comment" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from comment" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from comment" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from comment" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from follow" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from follow" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from follow" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from follow" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from follow" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from follow" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from follow" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from follow" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from follow" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from follow" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from follow" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from follow" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from follow" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from follow" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from follow" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from follow" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from unfollow" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from unfollow" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from unfollow" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from unfollow" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from unfollow" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from unfollow" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from unfollow" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from unfollow" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from unfollow" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from unfollow" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from unfollow" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from unfollow" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from unfollow" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from unfollow" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from unfollow" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand request; and __fish_seen_subcommand_from unfollow" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand history" -l since -d 'Since this day or instant: 2026-11-22, today, -30d' -r
complete -c citytime -n "__fish_citytime_using_subcommand history" -l until -d 'Until the end of this day, or before this instant' -r
complete -c citytime -n "__fish_citytime_using_subcommand history" -l year -d 'In this calendar year' -r
complete -c citytime -n "__fish_citytime_using_subcommand history" -l limit -d 'Show at most so many' -r
complete -c citytime -n "__fish_citytime_using_subcommand history" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand history" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand history" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand history" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand history" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand history" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand history" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand history" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand history" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand history" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand history" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand history" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand history" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand history" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand history" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand history" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand statement" -l year -d 'Of this calendar year; of the present one unless said' -r
complete -c citytime -n "__fish_citytime_using_subcommand statement" -l from -d 'From this day: 2026-11-22, -30d' -r
complete -c citytime -n "__fish_citytime_using_subcommand statement" -l to -d 'To the end of this day; today unless said' -r
complete -c citytime -n "__fish_citytime_using_subcommand statement" -l out -d 'Write it as a PDF; - is stdout' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand statement" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand statement" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand statement" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand statement" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand statement" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand statement" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand statement" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand statement" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand statement" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand statement" -l entries -d 'Each change instead of the sums'
complete -c citytime -n "__fish_citytime_using_subcommand statement" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand statement" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand statement" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand statement" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand statement" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand statement" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand statement" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and not __fish_seen_subcommand_from list read stream" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and not __fish_seen_subcommand_from list read stream" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and not __fish_seen_subcommand_from list read stream" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and not __fish_seen_subcommand_from list read stream" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and not __fish_seen_subcommand_from list read stream" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and not __fish_seen_subcommand_from list read stream" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and not __fish_seen_subcommand_from list read stream" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and not __fish_seen_subcommand_from list read stream" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and not __fish_seen_subcommand_from list read stream" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and not __fish_seen_subcommand_from list read stream" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and not __fish_seen_subcommand_from list read stream" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and not __fish_seen_subcommand_from list read stream" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and not __fish_seen_subcommand_from list read stream" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and not __fish_seen_subcommand_from list read stream" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and not __fish_seen_subcommand_from list read stream" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and not __fish_seen_subcommand_from list read stream" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and not __fish_seen_subcommand_from list read stream" -f -a "list" -d 'List what you were told, the newest first'
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and not __fish_seen_subcommand_from list read stream" -f -a "read" -d 'Show notifications in full, and mark them as read'
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and not __fish_seen_subcommand_from list read stream" -f -a "stream" -d 'Print what you are told as it comes, a JSON object a line, until Ctrl-C'
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and __fish_seen_subcommand_from list" -l topic -d 'Only this topic' -r -f -a "billing\t''
permits\t''
requests\t''
programs\t''
account\t''"
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and __fish_seen_subcommand_from list" -l limit -d 'Show at most so many' -r
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and __fish_seen_subcommand_from list" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and __fish_seen_subcommand_from list" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and __fish_seen_subcommand_from list" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and __fish_seen_subcommand_from list" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and __fish_seen_subcommand_from list" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and __fish_seen_subcommand_from list" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and __fish_seen_subcommand_from list" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and __fish_seen_subcommand_from list" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and __fish_seen_subcommand_from list" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and __fish_seen_subcommand_from list" -l unread -d 'Only what was not read yet'
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and __fish_seen_subcommand_from list" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and __fish_seen_subcommand_from list" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and __fish_seen_subcommand_from list" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and __fish_seen_subcommand_from read" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and __fish_seen_subcommand_from read" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and __fish_seen_subcommand_from read" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and __fish_seen_subcommand_from read" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and __fish_seen_subcommand_from read" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and __fish_seen_subcommand_from read" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and __fish_seen_subcommand_from read" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and __fish_seen_subcommand_from read" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and __fish_seen_subcommand_from read" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and __fish_seen_subcommand_from read" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and __fish_seen_subcommand_from read" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and __fish_seen_subcommand_from read" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and __fish_seen_subcommand_from read" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and __fish_seen_subcommand_from read" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and __fish_seen_subcommand_from read" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and __fish_seen_subcommand_from read" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and __fish_seen_subcommand_from stream" -l limit -d 'End after so many' -r
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and __fish_seen_subcommand_from stream" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and __fish_seen_subcommand_from stream" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and __fish_seen_subcommand_from stream" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and __fish_seen_subcommand_from stream" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and __fish_seen_subcommand_from stream" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and __fish_seen_subcommand_from stream" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and __fish_seen_subcommand_from stream" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and __fish_seen_subcommand_from stream" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and __fish_seen_subcommand_from stream" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and __fish_seen_subcommand_from stream" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and __fish_seen_subcommand_from stream" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and __fish_seen_subcommand_from stream" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and __fish_seen_subcommand_from stream" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and __fish_seen_subcommand_from stream" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and __fish_seen_subcommand_from stream" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand notifications; and __fish_seen_subcommand_from stream" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand support; and not __fish_seen_subcommand_from faq contact email list show reply" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand support; and not __fish_seen_subcommand_from faq contact email list show reply" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand support; and not __fish_seen_subcommand_from faq contact email list show reply" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand support; and not __fish_seen_subcommand_from faq contact email list show reply" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand support; and not __fish_seen_subcommand_from faq contact email list show reply" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand support; and not __fish_seen_subcommand_from faq contact email list show reply" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand support; and not __fish_seen_subcommand_from faq contact email list show reply" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand support; and not __fish_seen_subcommand_from faq contact email list show reply" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand support; and not __fish_seen_subcommand_from faq contact email list show reply" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand support; and not __fish_seen_subcommand_from faq contact email list show reply" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand support; and not __fish_seen_subcommand_from faq contact email list show reply" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand support; and not __fish_seen_subcommand_from faq contact email list show reply" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand support; and not __fish_seen_subcommand_from faq contact email list show reply" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand support; and not __fish_seen_subcommand_from faq contact email list show reply" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand support; and not __fish_seen_subcommand_from faq contact email list show reply" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand support; and not __fish_seen_subcommand_from faq contact email list show reply" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand support; and not __fish_seen_subcommand_from faq contact email list show reply" -f -a "faq" -d 'Answers to what people ask, the best first'
complete -c citytime -n "__fish_citytime_using_subcommand support; and not __fish_seen_subcommand_from faq contact email list show reply" -f -a "contact" -d 'Show how to reach support, and whether the telephone is answered now'
complete -c citytime -n "__fish_citytime_using_subcommand support; and not __fish_seen_subcommand_from faq contact email list show reply" -f -a "email" -d 'Write to the city\'s support; a ticket\'s number comes back'
complete -c citytime -n "__fish_citytime_using_subcommand support; and not __fish_seen_subcommand_from faq contact email list show reply" -f -a "list" -d 'List your tickets, the newest first'
complete -c citytime -n "__fish_citytime_using_subcommand support; and not __fish_seen_subcommand_from faq contact email list show reply" -f -a "show" -d 'Show a ticket, and everything that was said'
complete -c citytime -n "__fish_citytime_using_subcommand support; and not __fish_seen_subcommand_from faq contact email list show reply" -f -a "reply" -d 'Say more in a ticket; one that was answered or closed is open again'
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from faq" -l limit -d 'Show at most so many' -r
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from faq" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from faq" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from faq" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from faq" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from faq" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from faq" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from faq" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from faq" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from faq" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from faq" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from faq" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from faq" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from faq" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from faq" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from faq" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from faq" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from contact" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from contact" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from contact" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from contact" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from contact" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from contact" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from contact" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from contact" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from contact" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from contact" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from contact" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from contact" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from contact" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from contact" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from contact" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from contact" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from email" -l body -d 'What to say; typed in $VISUAL or $EDITOR unless given' -r
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from email" -l body-file -d 'What to say, from a file; - is stdin' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from email" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from email" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from email" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from email" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from email" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from email" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from email" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from email" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from email" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from email" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from email" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from email" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from email" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from email" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from email" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from email" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from list" -l status -d 'Only those in this state' -r -f -a "open\t''
answered\t''
closed\t''"
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from list" -l limit -d 'Show at most so many' -r
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from list" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from list" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from list" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from list" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from list" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from list" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from list" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from list" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from list" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from list" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from list" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from list" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from show" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from show" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from show" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from show" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from show" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from show" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from show" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from show" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from show" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from show" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from show" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from show" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from reply" -l body -d 'What to say; typed in $VISUAL or $EDITOR unless given' -r
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from reply" -l body-file -d 'What to say, from a file; - is stdin' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from reply" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from reply" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from reply" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from reply" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from reply" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from reply" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from reply" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from reply" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from reply" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from reply" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from reply" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from reply" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from reply" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from reply" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from reply" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand support; and __fish_seen_subcommand_from reply" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand batch" -l jobs -d 'How many lines are at work at once' -r
complete -c citytime -n "__fish_citytime_using_subcommand batch" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand batch" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand batch" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand batch" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand batch" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand batch" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand batch" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand batch" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand batch" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand batch" -l keep-going -d 'Do the other lines when one fails or cannot be understood'
complete -c citytime -n "__fish_citytime_using_subcommand batch" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand batch" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand batch" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand batch" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand batch" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand batch" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand batch" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand api" -s f -l field -d 'A field: KEY=TEXT, or KEY:=JSON for numbers, true, lists and objects; given twice, a list. Goes into the body of POST and PATCH, into the query of GET and DELETE' -r
complete -c citytime -n "__fish_citytime_using_subcommand api" -l input -d 'The body of POST and PATCH, as JSON; - reads stdin' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand api" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand api" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand api" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand api" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand api" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand api" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand api" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand api" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand api" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand api" -l paginate -d 'Follow a list to its end, and print all of its items as one list'
complete -c citytime -n "__fish_citytime_using_subcommand api" -s i -l include -d 'Tell the status and headers of each answer on stderr: stdout stays one document'
complete -c citytime -n "__fish_citytime_using_subcommand api" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand api" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand api" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand api" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand api" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand api" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand api" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand config; and not __fish_seen_subcommand_from list get set unset path" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand config; and not __fish_seen_subcommand_from list get set unset path" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand config; and not __fish_seen_subcommand_from list get set unset path" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand config; and not __fish_seen_subcommand_from list get set unset path" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand config; and not __fish_seen_subcommand_from list get set unset path" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand config; and not __fish_seen_subcommand_from list get set unset path" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand config; and not __fish_seen_subcommand_from list get set unset path" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand config; and not __fish_seen_subcommand_from list get set unset path" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand config; and not __fish_seen_subcommand_from list get set unset path" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand config; and not __fish_seen_subcommand_from list get set unset path" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand config; and not __fish_seen_subcommand_from list get set unset path" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand config; and not __fish_seen_subcommand_from list get set unset path" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand config; and not __fish_seen_subcommand_from list get set unset path" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand config; and not __fish_seen_subcommand_from list get set unset path" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand config; and not __fish_seen_subcommand_from list get set unset path" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand config; and not __fish_seen_subcommand_from list get set unset path" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand config; and not __fish_seen_subcommand_from list get set unset path" -f -a "list" -d 'List every setting, its value and where that comes from'
complete -c citytime -n "__fish_citytime_using_subcommand config; and not __fish_seen_subcommand_from list get set unset path" -f -a "get" -d 'Show the value of a setting; with -o, also where it comes from'
complete -c citytime -n "__fish_citytime_using_subcommand config; and not __fish_seen_subcommand_from list get set unset path" -f -a "set" -d 'Settle something in config.toml; the rest of the file stays as it is'
complete -c citytime -n "__fish_citytime_using_subcommand config; and not __fish_seen_subcommand_from list get set unset path" -f -a "unset" -d 'Take a setting out of config.toml'
complete -c citytime -n "__fish_citytime_using_subcommand config; and not __fish_seen_subcommand_from list get set unset path" -f -a "path" -d 'Show where config.toml is, or would be'
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from list" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from list" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from list" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from list" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from list" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from list" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from list" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from list" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from list" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from list" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from list" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from list" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from get" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from get" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from get" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from get" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from get" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from get" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from get" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from get" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from get" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from get" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from get" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from get" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from get" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from get" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from get" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from set" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from set" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from set" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from set" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from set" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from set" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from set" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from set" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from set" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from set" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from set" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from set" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from set" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from set" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from set" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from unset" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from unset" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from unset" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from unset" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from unset" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from unset" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from unset" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from unset" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from unset" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from unset" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from unset" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from unset" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from unset" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from unset" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from unset" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from unset" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from path" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from path" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from path" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from path" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from path" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from path" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from path" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from path" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from path" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from path" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from path" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from path" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from path" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from path" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from path" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand config; and __fish_seen_subcommand_from path" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and not __fish_seen_subcommand_from records bills programs requests permits notices payments ledger audit residents support clock" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand staff; and not __fish_seen_subcommand_from records bills programs requests permits notices payments ledger audit residents support clock" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and not __fish_seen_subcommand_from records bills programs requests permits notices payments ledger audit residents support clock" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and not __fish_seen_subcommand_from records bills programs requests permits notices payments ledger audit residents support clock" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand staff; and not __fish_seen_subcommand_from records bills programs requests permits notices payments ledger audit residents support clock" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and not __fish_seen_subcommand_from records bills programs requests permits notices payments ledger audit residents support clock" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and not __fish_seen_subcommand_from records bills programs requests permits notices payments ledger audit residents support clock" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and not __fish_seen_subcommand_from records bills programs requests permits notices payments ledger audit residents support clock" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand staff; and not __fish_seen_subcommand_from records bills programs requests permits notices payments ledger audit residents support clock" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand staff; and not __fish_seen_subcommand_from records bills programs requests permits notices payments ledger audit residents support clock" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and not __fish_seen_subcommand_from records bills programs requests permits notices payments ledger audit residents support clock" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and not __fish_seen_subcommand_from records bills programs requests permits notices payments ledger audit residents support clock" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and not __fish_seen_subcommand_from records bills programs requests permits notices payments ledger audit residents support clock" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and not __fish_seen_subcommand_from records bills programs requests permits notices payments ledger audit residents support clock" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and not __fish_seen_subcommand_from records bills programs requests permits notices payments ledger audit residents support clock" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and not __fish_seen_subcommand_from records bills programs requests permits notices payments ledger audit residents support clock" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and not __fish_seen_subcommand_from records bills programs requests permits notices payments ledger audit residents support clock" -f -a "records" -d 'The city\'s records of people'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and not __fish_seen_subcommand_from records bills programs requests permits notices payments ledger audit residents support clock" -f -a "bills" -d 'The city\'s bills'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and not __fish_seen_subcommand_from records bills programs requests permits notices payments ledger audit residents support clock" -f -a "programs" -d 'Programs: publish, call off, who comes and who was there'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and not __fish_seen_subcommand_from records bills programs requests permits notices payments ledger audit residents support clock" -f -a "requests" -d 'Service requests: list, assign, note, close, reopen, tell duplicates'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and not __fish_seen_subcommand_from records bills programs requests permits notices payments ledger audit residents support clock" -f -a "permits" -d 'Applications for permits: the queue, questions, decisions'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and not __fish_seen_subcommand_from records bills programs requests permits notices payments ledger audit residents support clock" -f -a "notices" -d 'What became of notices: sent, waiting, or given up'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and not __fish_seen_subcommand_from records bills programs requests permits notices payments ledger audit residents support clock" -f -a "payments" -d 'Payments: what came in, and giving it back'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and not __fish_seen_subcommand_from records bills programs requests permits notices payments ledger audit residents support clock" -f -a "ledger" -d 'The ledger: every change of money in double entry, and whether it adds up'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and not __fish_seen_subcommand_from records bills programs requests permits notices payments ledger audit residents support clock" -f -a "audit" -d 'The audit trail: who changed what, and whether it is whole'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and not __fish_seen_subcommand_from records bills programs requests permits notices payments ledger audit residents support clock" -f -a "residents" -d 'Residents: find them, see what it takes to help, and help with their accounts'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and not __fish_seen_subcommand_from records bills programs requests permits notices payments ledger audit residents support clock" -f -a "support" -d 'Support tickets: list, answer, close, assign'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and not __fish_seen_subcommand_from records bills programs requests permits notices payments ledger audit residents support clock" -f -a "clock" -d 'The sandbox\'s clock'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from records" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from records" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from records" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from records" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from records" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from records" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from records" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from records" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from records" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from records" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from records" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from records" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from records" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from records" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from records" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from records" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from records" -f -a "import" -d 'Import city records; the city\'s own number decides whether one is new'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from records" -f -a "show" -d 'Show a city record, and who has linked it, or had, since when'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from bills" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from bills" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from bills" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from bills" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from bills" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from bills" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from bills" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from bills" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from bills" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from bills" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from bills" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from bills" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from bills" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from bills" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from bills" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from bills" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from bills" -f -a "import" -d 'Import bills; the city\'s own bill number decides whether one is new'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from bills" -f -a "list" -d 'List the city\'s bills, the next due first'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from bills" -f -a "show" -d 'Show a bill, whosever it is'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from bills" -f -a "void" -d 'Withdraw a bill of which nothing was paid; those who owe it are told why'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from bills" -f -a "credit" -d 'Take something off a bill: at most what is still payable; those who owe it are told why'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from bills" -f -a "aging" -d 'Show what is owed to the city, by category and by how long it is overdue'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from programs" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from programs" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from programs" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from programs" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from programs" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from programs" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from programs" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from programs" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from programs" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from programs" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from programs" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from programs" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from programs" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from programs" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from programs" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from programs" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from programs" -f -a "publish" -d 'Publish programs, and changes to them; the city\'s own number decides whether one is new'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from programs" -f -a "cancel" -d 'Call a program off: whoever is registered loses the seats, unpaid fees are withdrawn'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from programs" -f -a "registrations" -d 'List who is registered for a program, in the order of asking'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from programs" -f -a "attendance" -d 'Note who was there'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from requests" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from requests" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from requests" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from requests" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from requests" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from requests" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from requests" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from requests" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from requests" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from requests" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from requests" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from requests" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from requests" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from requests" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from requests" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from requests" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from requests" -f -a "list" -d 'List service requests, the newest first'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from requests" -f -a "show" -d 'Show a service request with who filed it and every note'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from requests" -f -a "assign" -d 'Give a service request to a clerk, to a department, or both'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from requests" -f -a "note" -d 'Note something on a service request, for clerks or for everybody'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from requests" -f -a "close" -d 'Close a service request, with a reason the public reads'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from requests" -f -a "reopen" -d 'Open a service request again that was closed a short time ago'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from requests" -f -a "duplicate" -d 'Tell that a service request is the same as another one, whose state it shares from then on'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from permits" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from permits" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from permits" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from permits" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from permits" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from permits" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from permits" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from permits" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from permits" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from permits" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from permits" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from permits" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from permits" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from permits" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from permits" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from permits" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from permits" -f -a "list" -d 'List what there is something to do for, the longest submitted first'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from permits" -f -a "show" -d 'Show an application'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from permits" -f -a "document" -d 'Download a document of an application'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from permits" -f -a "assign" -d 'Say who looks after an application: you, unless --to names another'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from permits" -f -a "ask" -d 'Ask the applicant for something; the working days stop until it is answered'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from permits" -f -a "decide" -d 'Approve or deny an application, for good'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from permits" -f -a "issue" -d 'Issue an approved permit'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from notices" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from notices" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from notices" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from notices" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from notices" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from notices" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from notices" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from notices" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from notices" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from notices" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from notices" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from notices" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from notices" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from notices" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from notices" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from notices" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from notices" -f -a "list" -d 'List notices and what became of each, what changed last first'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from notices" -f -a "retry" -d 'Try notices again that were given up, now'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from payments" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from payments" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from payments" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from payments" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from payments" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from payments" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from payments" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from payments" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from payments" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from payments" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from payments" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from payments" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from payments" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from payments" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from payments" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from payments" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from payments" -f -a "list" -d 'List payments, newest first'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from payments" -f -a "show" -d 'Show a payment, with what went back of it'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from payments" -f -a "refund" -d 'Give a payment back, or part of it'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from payments" -f -a "return" -d 'Note that the bank took a payment back that had arrived'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from payments" -f -a "reconcile" -d 'Book what a statement of the city\'s bank says came in'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from payments" -f -a "parked" -d 'List money that is parked, the oldest first'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from payments" -f -a "apply" -d 'Put parked money to bills of whoever it is of'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from payments" -f -a "give-back" -d 'Note that parked money was sent back'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from payments" -f -a "export" -d 'Print what payments, refunds and returns moved, as CSV for the city\'s bookkeeping'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from ledger" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from ledger" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from ledger" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from ledger" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from ledger" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from ledger" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from ledger" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from ledger" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from ledger" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from ledger" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from ledger" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from ledger" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from ledger" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from ledger" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from ledger" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from ledger" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from ledger" -f -a "check" -d 'Look whether every entry sums to zero, and bills and payments are what the postings say'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from ledger" -f -a "accounts" -d 'Show how every account stands: the trial balance'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from ledger" -f -a "entries" -d 'List the journal, newest first'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from audit" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from audit" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from audit" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from audit" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from audit" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from audit" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from audit" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from audit" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from audit" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from audit" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from audit" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from audit" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from audit" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from audit" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from audit" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from audit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from audit" -f -a "list" -d 'List what was changed, by whom, from where; newest first'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from audit" -f -a "verify" -d 'Look whether any row was changed, removed, added or moved at the database'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from residents" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from residents" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from residents" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from residents" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from residents" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from residents" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from residents" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from residents" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from residents" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from residents" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from residents" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from residents" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from residents" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from residents" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from residents" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from residents" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from residents" -f -a "search" -d 'Find residents by name, e-mail, phone, id, or the number of a record'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from residents" -f -a "show" -d 'Show a resident'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from residents" -f -a "recover" -d 'Begin a way back for somebody who lost password and mailbox'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from support" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from support" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from support" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from support" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from support" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from support" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from support" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from support" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from support" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from support" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from support" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from support" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from support" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from support" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from support" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from support" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from support" -f -a "list" -d 'List tickets that are not closed, the one that waits longest first'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from support" -f -a "show" -d 'Show a ticket, who wrote it, and everything that was said'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from support" -f -a "reply" -d 'Answer a ticket that is not closed; its writer is told by mail'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from support" -f -a "close" -d 'Close a ticket that is settled, with a last word or without'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from support" -f -a "assign" -d 'Give a ticket to a clerk'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from clock" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from clock" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from clock" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from clock" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from clock" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from clock" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from clock" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from clock" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from clock" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from clock" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from clock" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from clock" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from clock" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from clock" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from clock" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from clock" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand staff; and __fish_seen_subcommand_from clock" -f -a "advance" -d 'Move the sandbox\'s time forward: what settles later settles, what is due comes due'
complete -c citytime -n "__fish_citytime_using_subcommand portal; and not __fish_seen_subcommand_from serve check clerk" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand portal; and not __fish_seen_subcommand_from serve check clerk" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand portal; and not __fish_seen_subcommand_from serve check clerk" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand portal; and not __fish_seen_subcommand_from serve check clerk" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand portal; and not __fish_seen_subcommand_from serve check clerk" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand portal; and not __fish_seen_subcommand_from serve check clerk" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand portal; and not __fish_seen_subcommand_from serve check clerk" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand portal; and not __fish_seen_subcommand_from serve check clerk" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand portal; and not __fish_seen_subcommand_from serve check clerk" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand portal; and not __fish_seen_subcommand_from serve check clerk" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand portal; and not __fish_seen_subcommand_from serve check clerk" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand portal; and not __fish_seen_subcommand_from serve check clerk" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand portal; and not __fish_seen_subcommand_from serve check clerk" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand portal; and not __fish_seen_subcommand_from serve check clerk" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand portal; and not __fish_seen_subcommand_from serve check clerk" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand portal; and not __fish_seen_subcommand_from serve check clerk" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand portal; and not __fish_seen_subcommand_from serve check clerk" -f -a "serve" -d 'Serve a city\'s portal until SIGTERM or Ctrl-C, which answer what was asked and end'
complete -c citytime -n "__fish_citytime_using_subcommand portal; and not __fish_seen_subcommand_from serve check clerk" -f -a "check" -d 'Tell every mistake in a city\'s declaration, with its line and a hint'
complete -c citytime -n "__fish_citytime_using_subcommand portal; and not __fish_seen_subcommand_from serve check clerk" -f -a "clerk" -d 'The accounts of the city\'s staff'
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from serve" -l city -d 'The city\'s declaration (see examples/city.toml)' -r
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from serve" -l database -d 'Where the data is: sqlite:PATH or postgres://…' -r
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from serve" -l documents -d 'Where documents are kept: a folder, which servers of one database share; beside the SQLite file unless given, else ./citytime-documents' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from serve" -l mail -d 'Write mail and SMS into this folder and send none; where city.toml has no [mail], they are written beside the SQLite file unless given, else into ./citytime-mail' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from serve" -l key -d 'The file of the key that opens sealed secrets, made where it is not there: beside the SQLite file unless given, else ./citytime.key. Servers of one database share it, and a backup of the database needs it' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from serve" -l listen -d 'Where to listen' -r
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from serve" -l tls-cert -d 'The certificate chain, PEM' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from serve" -l tls-key -d 'The certificate\'s private key, PEM' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from serve" -l behind-proxy -d 'Answer plain HTTP to the proxies of this network only (CIDR; may be given again)' -r
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from serve" -l admin-listen -d 'Where to tell health: /livez and /readyz' -r
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from serve" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from serve" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from serve" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from serve" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from serve" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from serve" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from serve" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from serve" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from serve" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from serve" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from serve" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from serve" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from serve" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from serve" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from serve" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from check" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from check" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from check" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from check" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from check" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from check" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from check" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from check" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from check" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from check" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from check" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from check" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from check" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from clerk" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from clerk" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from clerk" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from clerk" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from clerk" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from clerk" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from clerk" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from clerk" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from clerk" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from clerk" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from clerk" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from clerk" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from clerk" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from clerk" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from clerk" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from clerk" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from clerk" -f -a "add" -d 'Make an account for a clerk'
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from clerk" -f -a "list" -d 'List the clerks'
complete -c citytime -n "__fish_citytime_using_subcommand portal; and __fish_seen_subcommand_from clerk" -f -a "remove" -d 'Make a clerk a resident again'
complete -c citytime -n "__fish_citytime_using_subcommand sandbox" -l seed -d 'Make it repeatable: the same people, ids and first day for the same number' -r
complete -c citytime -n "__fish_citytime_using_subcommand sandbox" -l residents -d 'How many people live there beside those with a name' -r
complete -c citytime -n "__fish_citytime_using_subcommand sandbox" -l database -d 'Keep it there (sqlite:PATH or postgres://…) instead of forgetting it' -r
complete -c citytime -n "__fish_citytime_using_subcommand sandbox" -l terms -d 'Put new terms of use in force, by their version, which nobody there has accepted yet' -r
complete -c citytime -n "__fish_citytime_using_subcommand sandbox" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand sandbox" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand sandbox" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand sandbox" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand sandbox" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand sandbox" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand sandbox" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand sandbox" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand sandbox" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand sandbox" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand sandbox" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand sandbox" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand sandbox" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand sandbox" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand sandbox" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand sandbox" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand completions" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand completions" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand completions" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand completions" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand completions" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand completions" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand completions" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand completions" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand completions" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand completions" -l static -d 'Leave out what only the portal knows'
complete -c citytime -n "__fish_citytime_using_subcommand completions" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand completions" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand completions" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand completions" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand completions" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand completions" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand man" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand man" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand man" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand man" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand man" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand man" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand man" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand man" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand man" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand man" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand man" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand man" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand man" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand man" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand man" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand help" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand help" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand help" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand help" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand help" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand help" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand help" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand help" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand help" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand help" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand help" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand help" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand help" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand help" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand help" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c citytime -n "__fish_citytime_using_subcommand generate" -s o -l output -d 'How to print what comes back [env: CITYTIME_OUTPUT]' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
tsv\t''
ids\t''"
complete -c citytime -n "__fish_citytime_using_subcommand generate" -l columns -d 'Print only these columns (fields, in JSON), in this order' -r
complete -c citytime -n "__fish_citytime_using_subcommand generate" -l jq -d 'Filter the JSON with a jq expression; texts are printed without quotes' -r
complete -c citytime -n "__fish_citytime_using_subcommand generate" -l color -d 'When to use colour [env: NO_COLOR, CLICOLOR_FORCE]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c citytime -n "__fish_citytime_using_subcommand generate" -l timeout -d 'How long to wait for an answer [env: CITYTIME_TIMEOUT] [default: 30s]' -r
complete -c citytime -n "__fish_citytime_using_subcommand generate" -l retries -d 'How often to try again when the portal cannot be reached or is busy [env: CITYTIME_RETRIES] [default: 3]' -r
complete -c citytime -n "__fish_citytime_using_subcommand generate" -l idempotency-key -d 'Name this change, so that repeating it does not do it twice' -r
complete -c citytime -n "__fish_citytime_using_subcommand generate" -l cacert -d 'Trust the certificates in this PEM file, and no others [env: CITYTIME_CACERT]' -r -F
complete -c citytime -n "__fish_citytime_using_subcommand generate" -s c -l city -d 'The city to talk to: the name of a profile, or a URL [env: CITYTIME_CITY]' -r -f
complete -c citytime -n "__fish_citytime_using_subcommand generate" -l json -d 'Print JSON: the same as `-o json`'
complete -c citytime -n "__fish_citytime_using_subcommand generate" -l no-header -d 'Leave the row of column names out'
complete -c citytime -n "__fish_citytime_using_subcommand generate" -s q -l quiet -d 'Say nothing but results, warnings and errors'
complete -c citytime -n "__fish_citytime_using_subcommand generate" -s v -l verbose -d 'Say more; twice traces HTTP, with secrets left out [env: CITYTIME_LOG]'
complete -c citytime -n "__fish_citytime_using_subcommand generate" -l no-input -d 'Never ask: a question that is needed ends the command with status 2 [env: CITYTIME_NO_INPUT, CI]'
complete -c citytime -n "__fish_citytime_using_subcommand generate" -s y -l yes -d 'Agree to what would be asked'
complete -c citytime -n "__fish_citytime_using_subcommand generate" -s h -l help -d 'Print help (see more with \'--help\')'
