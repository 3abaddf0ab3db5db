#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# ffmpeg and ffprobe read what another recorded.
. "$(dirname "$0")/profiles.bash"
enable ffmpeg ffprobe
given 'ffmpeg -v error -f lavfi -i sine=d=0.1 a.wav'
job "ffmpeg converts" 'ffmpeg -v error -bitexact -i a.wav b.flac && head -c 4 b.flac'
job "ffprobe tells of it" 'ffprobe -v error -show_entries stream=codec_name -of csv=p=0 a.wav'
refused "ffmpeg writes elsewhere" 'ffmpeg -v error -i a.wav ~/b.wav'
refused "ffmpeg reads what a playlist names elsewhere" 'ffmpeg -v error -f data -i ~/.npmrc -map 0 -c copy -f data out'
attacks ffmpeg 'cd work && ffmpeg -v error -y -i a.wav c.wav' 'read ~/thesis'
attacks ffprobe 'cd work && ffprobe -v error a.wav' 'read ~/thesis'
done_testing
