#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# tcpdump shows a capture that another made, and captures for root.
. "$(dirname "$0")/profiles.bash"
enable tcpdump
new_home root
# A packet by UDP, from 10.0.0.1 port 1234 to 10.0.0.2 port 9.
given 'perl -e "print pack(q(H*), q(d4c3b2a1020004000000000000000000ffff000065000000)),
		pack(q(H*), q(00000000000000001e0000001e000000)),
		pack(q(H*), q(4500001e000100004011) . q(66cc) . q(0a0000010a000002) . q(04d20009000a0000) . q(6869))" > a.pcap'
job "shows a capture" 'tcpdump -t -n -r a.pcap'

job "keeps a part of it" 'tcpdump -r a.pcap -w b.pcap udp && cmp a.pcap b.pcap'
refused "writes elsewhere" 'tcpdump -r a.pcap -w ~/b.pcap'
refused "takes its filter from where keys are" 'echo udp > ~/.ssh/filter && tcpdump -r a.pcap -F ~/.ssh/filter'
attacks tcpdump 'cd work && tcpdump -r a.pcap' 'read ~/thesis' 'family 16'

user=root
if python3 -c 'import socket; socket.socket(socket.AF_PACKET)' 2>&1 | grep -q 'family not supp'; then
	echo '# not tried: this kernel has no packet sockets'
else
	job "captures what root wants, as who it drops to" 'tcpdump -n -t -l -c 1 -i lo udp port 9 > live 2> /dev/null &
		while kill -0 $! 2> /dev/null; do bash -c "echo > /dev/udp/127.0.0.1/9"; sleep 0.1; done
		wait $! && grep -c "> 127.0.0.1.9: UDP" live && : > live'
fi
done_testing
