#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# yt-dlp fetches what a web server gives it.
. "$(dirname "$0")/profiles.bash"
enable yt-dlp
mkdir -p /srv/www
ffmpeg -v error -bitexact -f lavfi -i testsrc=d=0.2:s=32x32 -y /srv/www/clip.mp4
serve_web
clip=127.0.0.2:8000/clip.mp4
fetch='yt-dlp --quiet --no-warnings --retries 0 --extractor-retries 0'
job "saves a clip" "$fetch -o clip.mp4 http://$clip && cmp clip.mp4 /srv/www/clip.mp4"
job "makes another format of it by ffmpeg" "$fetch --recode-video mkv -o clip.mp4 http://$clip && test -s clip.mkv"
refused "asks another port" "$fetch -o clip.mp4 http://127.0.0.2:9000/clip.mp4"
refused "saves elsewhere" "$fetch -o ~/clip.mp4 http://$clip"
refused "runs another program on what it fetched" "$fetch --exec 'wc -c {}' -o clip.mp4 http://$clip"
refused "takes addresses from where keys are" "echo http://$clip > ~/.ssh/list && $fetch -o clip.mp4 -a ~/.ssh/list"
attacks yt-dlp "cd work && $fetch -o clip.mp4 http://$clip" \
	'read ~/thesis' 'tcp 53' 'tcp 80' 'tcp 443' 'udp *'
done_testing
