#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Ghostscript prints what another wrote: a program of its own.
. "$(dirname "$0")/profiles.bash"
enable gs
given 'printf "%%!PS\n/Helvetica findfont 12 scalefont setfont 72 720 moveto (Hello) show showpage\n" > a.ps && gs -q -dSAFER -dBATCH -dNOPAUSE -sDEVICE=pdfwrite -sOutputFile=a.pdf a.ps'
job "makes a PDF" 'gs -q -dSAFER -dBATCH -dNOPAUSE -sDEVICE=pdfwrite -sOutputFile=b.pdf a.ps && head -c 5 b.pdf'
job "paints pages" 'gs -q -dBATCH -dNOPAUSE -r20 -sDEVICE=pgmraw -sOutputFile=p.pgm a.pdf && head -c 2 p.pgm'
refused "runs a program for a document, unsafe" 'gs -q -dNOSAFER -dBATCH -dNOPAUSE -sDEVICE=nullpage -c "(%pipe%touch ran) (w) file closefile quit" && sleep 0.1 && [ -e ran ]'
attacks gs 'cd work && gs -q -dBATCH -dNOPAUSE -sDEVICE=nullpage a.ps' 'read ~/thesis'
done_testing
