#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# ffmpeg and ffprobe read what another recorded.
. "$(dirname "$0")/profiles.bash"
enable ffmpeg ffprobe
# The list is a stranger's: to a header of his it adds a file of the user's, as sound.
given 'ffmpeg -v error -f lavfi -i sine=d=0.1 a.wav
	ffmpeg -v error -i a.wav -bitexact -c pcm_u8 b.wav && head -c 44 b.wav > head.wav && rm b.wav
	list() { echo "ffconcat version 1.0"; echo "file concat:$HOME/work/head.wav|$1"; }
	list $HOME/.npmrc > key.ffconcat; list $HOME/thesis > thesis.ffconcat'
play='ffmpeg -v error -f concat -safe 0 -protocol_whitelist file,concat -i'
job "ffmpeg converts" 'ffmpeg -v error -bitexact -i a.wav b.flac && head -c 4 b.flac'
job "ffprobe tells of it" 'ffprobe -v error -show_entries stream=codec_name -of csv=p=0 a.wav'
refused "ffmpeg writes elsewhere" 'ffmpeg -v error -i a.wav ~/b.wav'
job "ffmpeg plays what a playlist names" "$play thesis.ffconcat -c copy out.wav && grep -qa alice out.wav"
refused "ffmpeg plays a key that a playlist names" "$play key.ffconcat -c copy out.wav && grep -qa secret out.wav"
refused "ffmpeg copies a key" 'ffmpeg -v error -f data -i ~/.npmrc -map 0 -c copy -f data out'
attacks ffmpeg 'cd work && ffmpeg -v error -y -i a.wav c.wav' 'read ~/thesis'
attacks ffprobe 'cd work && ffprobe -v error a.wav' 'read ~/thesis'
done_testing
