#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# jq takes apart what a web site answered.
. "$(dirname "$0")/profiles.bash"
enable jq
given 'echo "{\"a\": [1, {\"b\": 2}]}" > answer.json; echo ".a[1].b" > filter'
job "filters a file" 'jq -c .a answer.json'
job "filters what it is piped, by a filter in a file" 'cat answer.json | jq -f filter'
refused "can't be given a token" 'jq -R . ~/.npmrc'
attacks jq 'jq . work/answer.json' 'read ~/thesis'
done_testing
