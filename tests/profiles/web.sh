#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# curl, wget and w3m fetch what a web server says.
. "$(dirname "$0")/profiles.bash"
enable curl wget w3m
mkdir -p /srv/www
echo '<html><body><p>Hello</p></body></html>' > /srv/www/page.html
serve_web
page=http://127.0.0.2:8000/page.html
job "curl shows a page" "curl -s $page"
job "curl saves it" "curl -sO $page && cat page.html"
job "wget saves it" "wget -q --no-netrc --tries=1 $page && cat page.html"
job "w3m shows it" "w3m -dump $page"
refused "curl asks another port" 'curl -s http://127.0.0.2:9000/page.html'
refused "wget asks another port" 'wget --no-netrc --tries=1 -qO - http://127.0.0.2:9000/page.html'
refused "curl sends a key" 'curl -s -T ~/.npmrc -o /dev/null http://127.0.0.2:8000/'
refused "wget saves elsewhere" "wget -q --no-netrc --tries=1 -O ~/page.html $page"
refused "w3m asks another port" 'w3m -dump http://127.0.0.2:9000/page.html | grep Hello'
refused "w3m shows a key" 'w3m -dump ~/.npmrc | grep secret'
open=('read ~/thesis' 'tcp 53' 'tcp 80' 'tcp 443' 'udp *')
attacks curl "cd work && curl -s $page" "${open[@]}"
attacks wget "cd work && wget --no-netrc --tries=1 -qO - $page" "${open[@]}"
attacks w3m "cd work && w3m -dump $page" "${open[@]}" 'read ~/.w3m/*'
done_testing
