#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# nginx answers strangers, as root with workers of www-data.
daemons='www-data root'
. "$(dirname "$0")/profiles.bash"
enable nginx
# Debian's own settings, but for who else listens here, and with one worker to attack from.
sed -i 's/^\tlisten 80 /\tlisten 127.0.0.2:80 /; /listen \[::\]/d' /etc/nginx/sites-available/default
sed -i 's/^worker_processes.*/worker_processes 1;/' /etc/nginx/nginx.conf
echo '<p>Hello</p>' > /var/www/html/page.html
echo 'events { } http { server { listen 127.0.0.2:81; } }' > /etc/nginx/other.conf
ln -s /home/bob/letter /var/www/html/letter
page=127.0.0.2/page.html
# A server for as long as the command runs: no other has its pid.
served() {
	echo "nginx -c /etc/nginx/nginx.conf && until curl -s $page > answer; do sleep 0.1; done
		$1; status=\$?; nginx -s stop 2> stop; while curl -s $page > answer; do sleep 0.1; done
		exit \$status"
}
# Until a worker answers, which then has attacked.
worked="ATTACK_AS=${uids[www-data]} nginx -g \"daemon off;\" & until curl -s $page; do sleep 0.1; done
	nginx -s stop; wait"
open=('tcp 80' 'tcp 443' 'udp *' 'unix *' 'signal *' 'family 16')
starts=root
attacks nginx "$worked" "${open[@]}"
user=root
attacks nginx 'nginx -t' "${open[@]}"
job "serves a page" "$(served "curl -sf $page")"
job "reads its settings again" "$(served "nginx -s reload 2> reload && curl -sf $page")"
refused "serves what a link leads to in a home" "$(served 'curl -sf 127.0.0.2/letter')"
refused "listens on another port" 'nginx -t -q -c /etc/nginx/other.conf'
done_testing
