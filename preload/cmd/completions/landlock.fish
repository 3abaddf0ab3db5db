# SPDX-License-Identifier: LGPL-2.1-or-later
# Completion of landlock(1) in fish: the command itself says what there is.

function __landlock_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -e words[1]
    set -l before (string match -r -- '^--[^=]+=' $current)
    for line in (command landlock complete $words "$current" 2>/dev/null)
        switch $line
            case :path
                set -l path (string replace -r -- '^--[^=]+=' '' $current)
                string replace -r -- '^' "$before" (__fish_complete_path "$path")
            case :program
                __fish_complete_command
            case ':command *'
                set -l first (string split ' ' $line)[2]
                set -l rest $words "$current"
                test $first -eq 0; or set -e rest[1..$first]
                __fish_complete_subcommand --commandline $rest
            case '*'
                echo "$before"$line
        end
    end
end

complete -c landlock -f -a '(__landlock_complete)'
