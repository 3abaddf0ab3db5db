# SPDX-License-Identifier: LGPL-2.1-or-later
# Proves shipped profiles: a proof is a script that sources this, and then runs inside
# of a Debian of its own, with alice and bob, both of whom have all of @credentials.
#
#	enable PROGRAM            its shipped profile holds from now on, for all users
#	given COMMANDS            make the files that jobs need, in ~/work
#	job NAME COMMANDS         do under the profile what they do without it
#	refused NAME COMMANDS     work without the profile, and fail under it, in time
#	serve_web                 /srv/www by HTTP, at ports 8000 and 9000 of 127.0.0.2
#	attacks IN COMMANDS OPEN… attacks from inside of the program IN (see attack.c), while
#	                          COMMANDS run: without the profile, each is open; under it,
#	                          those that match a glob of OPEN are, and no other
#
# COMMANDS are a shell's, in ~/work of $user: alice, or, of daemons, the first of those
# users of the system that the script names in $daemons before it sources this; root has
# all secrets of @daemon. Where $starts is set, he runs the commands, and $user is whom
# the program becomes by then. PROFILES_BY is what the running kernel
# restricts paths by: ruleset, or view in the virtual machine (see machine.sh), where
# users have the capability that views need.
# shellcheck shell=bash
if [ -z "${PROFILES_BY-}" ]; then
	system_packages=tests/profiles/packages
	. "$(dirname "${BASH_SOURCE[0]}")/../system/system.bash"
	. tests/profiles/layer.bash
	profiles_layer proof
	[ -z "${proof_layer-}" ] || lower=$("$proof_layer"):$lower
	# Each command has a time-out of its own; those with most of them take minutes.
	SYSTEM_TIMEOUT=${SYSTEM_TIMEOUT:-1800} SYSTEM_TREE=$PWD in_system proof \
		PROFILES_BY=ruleset "/mnt/${self#"$PWD"/}"
	exit
fi
if [ -z "${PROFILES_MOUNTS-}" ]; then
	PROFILES_MOUNTS=1 exec unshare --mount --propagation private "$0"
fi
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit
# Not in /tmp, which each command finds empty.
TMPDIR=/run . tests/tap.bash
shared=/usr/share/landlock
attacker=/usr/lib/attack.so
# What root's shells run.
boot=/etc/profile.d/attacked.sh
read -r user _ <<< "${daemons:-alice}"
# Of the time until a command is taken for hung: the machine is emulated.
declare -A slower=([ruleset]=1 [view]=10)

# --- the users, their homes, and who listens outside of them ---

declare -A uids=() others=([alice]=bob [bob]=alice)
for at in /home /run/user /srv /etc/landlock; do
	mkdir -p $at
	mount -t tmpfs -o mode=755 tmpfs $at || exit
done
[ -e $attacker ] || gcc -std=gnu17 -D_GNU_SOURCE -O1 -shared -fPIC -o $attacker tests/profiles/attack.c || exit
# Where nothing but a profile keeps anybody from writing.
install -d -m 777 /usr/share/attacked

home_of() {
	case $user in root) echo /root ;; *) echo "/home/$user" ;; esac
}

# Runs a shell's COMMANDS as $user in ~/work, with PRELOAD.
as_user() { # PRELOAD COMMANDS
	local user=${starts-$user} home uid caps=()
	uid=${uids[$user]}
	home=$(home_of)
	[ "$PROFILES_BY" != view ] || [ "$user" = root ] ||
		caps=(--inh-caps=+sys_admin --ambient-caps=+sys_admin)
	cd "$home/work" || return
	timeout -k 5 $((${PROFILES_TIMEOUT:-60} * slower[$PROFILES_BY])) \
		setpriv --reuid="$uid" --regid="$uid" \
		--clear-groups "${caps[@]}" env -i HOME="$home" USER="$user" \
		LOGNAME="$user" SHELL=/bin/sh TERM=xterm LANG=C.UTF-8 \
		PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin \
		XDG_RUNTIME_DIR="/run/user/$uid" ${1:+LD_PRELOAD="$1"} \
		${ATTACK_IN:+ATTACK_IN="$ATTACK_IN"} sh -c "$2"
}

# What nobody has touched yet; kept aside, as each command shall find it so.
new_home() { # USER
	local user=$1 home uid runtime
	home=$(home_of)
	uid=$(id -u "$user") || exit
	uids[$user]=$uid others[$user]=${others[$user]-bob}
	runtime=/run/user/$uid
	mkdir -p "$home"/{work,.local/bin,.config/{autostart,landlock,systemd/user}} "$runtime" \
		"/srv/$user"
	for file in .bashrc .profile .zshrc .bash_login thesis diary letter; do
		echo "$user's" > "$home/$file"
	done
	cp /bin/true "$home/work/program"
	tests/profiles/credentials $shared/templates/credentials.ini "$home" "$runtime" \
		> "/srv/$user/credentials"
	[ "$user" != root ] || tests/profiles/credentials $shared/templates/daemon.ini / / \
		>> /srv/root/credentials
	chown -R "$uid:$uid" "$home" "$runtime"
	chmod 755 "$home"
	chmod 666 "$home/diary"
	chmod 700 "$runtime"
	cp -a "$home" "/srv/$user/home"
}
fresh() {
	local home
	home=$(home_of)
	rm -rf "$home" /usr/share/attacked/* /tmp/* $boot
	cp -a "/srv/$user/home" "$home"
	echo "${others[$user]}'s" > "/home/${others[$user]}/diary"
	echo nobody > /usr/share/attacked/file
	chmod 666 /usr/share/attacked/file
}
for new in alice bob ${daemons-}; do new_home "$new"; done
mkdir -p "$scratch/public"
chmod 755 "$scratch"

# Ports, sockets with and without a path, a process: all outside, none refuses.
tcp_ports='22 53 80 443 9999'
UID_OF=${uids[$user]} perl -e 'use Socket; use IO::Socket; use IO::Socket::UNIX;
	$SIG{CONT} = "IGNORE";
	my @all = map { IO::Socket::INET->new(LocalAddr => "127.0.0.1", LocalPort => $_,
		Listen => 100, ReuseAddr => 1) or die "$_: $!\n" } @ARGV;
	push @all, map { IO::Socket::INET->new(LocalAddr => "127.0.0.1", LocalPort => $_,
		Proto => "udp") or die "$_: $!\n" } 53, 9999;
	push @all, map { IO::Socket::UNIX->new(Local => $_, Listen => 100) or die "$_: $!\n" }
		(map { "$_/bus" } </run/user/*>), "\0attacked";
	chmod 0666, </run/user/*/bus>;
	($<, $>) = ($ENV{UID_OF}) x 2;
	open my $ready, ">&", 1; close STDOUT; print $ready "ready\n"; close $ready;
	sleep 1000' $tcp_ports > "$scratch/ready" &
listener=$!
servers=
trap 'kill $listener $servers 2> /dev/null; rm -rf "$scratch"' EXIT
until [ -s "$scratch/ready" ]; do
	kill -0 $listener 2> /dev/null || { echo "Bail out! nobody listens"; exit 1; }
	sleep 0.02
done

# Which there are, tries to tell; a family that a kernel lacks is nothing to refuse.
attack_list() {
	local home other=${others[$user]} number
	home=$(home_of)
	sed 's/^/read /' "/srv/$user/credentials"
	[ "$user" != root ] || echo "create $boot"
	while read -r kind path; do
		echo "$kind $home/$path"
	done << end
read thesis
write thesis
write .bashrc
write .profile
move .zshrc
chmod .profile
create .bash_aliases
create .bash_profile
create .config/autostart/attacked.desktop
create .config/systemd/user/attacked.service
create .config/landlock/usr.bin.git.ini
create .ssh/rc
create .local/bin/ls
run work/program
end
	printf '%s\n' 'write /usr/share/attacked/file' 'create /usr/share/attacked/new' \
		"read /home/$other/letter" "write /home/$other/diary"
	# shellcheck disable=SC2086
	printf 'tcp %s\n' $tcp_ports
	printf '%s\n' 'udp 53' 'udp 9999' 'listen 8888' "unix /run/user/${uids[$user]}/bus" \
		'abstract attacked' "signal $listener" 'type x'
	# netlink, vsock, the kernel's ciphers
	for number in 16 40 38; do
		python3 -c "import socket; socket.socket($number, 5)" 2>&1 |
			grep -q 'family not supp' || echo "family $number"
	done
}

# --- what proofs say ---

enable() { # PROGRAM…
	local program
	for program; do
		plain landlock enable "$program"
		holds "the profile of $program is enabled" [ "$status" = 0 ]
	done
}

given() { # COMMANDS
	fresh
	as_user '' "$1" > "$scratch/given" 2>&1 || {
		sed 's/^/# /' "$scratch/given"
		echo "Bail out! what the proof needs can't be made"
		exit 1
	}
	rm -rf "/srv/$user/home"
	cp -a "$(home_of)" "/srv/$user/home"
}

serve_web() {
	local port
	for port in 8000 9000; do
		python3 -m http.server $port --bind 127.0.0.2 --directory /srv/www > /dev/null 2>&1 &
		servers+=" $!"
		until curl -s http://127.0.0.2:$port/ > /dev/null; do sleep 0.1; done
	done
}

answer() { # PRELOAD COMMANDS: what came of them, and which files they made
	fresh
	plain as_user "$1" "$2"
	answer=$status$'\n'$out$'\n'$err$'\n'$(cd "$(home_of)/work" && find . | sort)
}
job() { # NAME COMMANDS
	local without
	answer '' "$2"
	without=$answer
	[ "$status" = 0 ] && answer liblandlock_shim.so "$2" && [ "$answer" = "$without" ]
	result $? "$1"
	[ "$answer" = "$without" ] || diff <(echo "$without") <(echo "$answer") | sed 's/^/# /'
}

refused() { # NAME COMMANDS
	answer '' "$2"
	# What only the time-out ended (124, or 137 by SIGKILL) was not refused: it hung.
	[ "$status" = 0 ] && answer liblandlock_shim.so "$2" && [[ $status != @(0|124|137) ]]
	result $? "$1"
}

# Of the attacks, lines of verdict and attack; what the program itself says is no matter.
attacked() { # PRELOAD COMMANDS
	fresh
	: > "$scratch/results"
	chmod 666 "$scratch/results"
	ATTACK_IN=$attack_in as_user "$1" "script -qec 'exec 7<> /dev/tty; cd; $2' /dev/null < /dev/null" \
		8< "$scratch/attacks" 9>> "$scratch/results" > "$scratch/said" 2>&1
	said=$(tail -n 3 "$scratch/said")
}
attacks() { # IN COMMANDS OPEN…
	local attack_in=$1 commands=$2 attack pattern verdict expected home count
	local wrong=() found=() unused=()
	shift 2
	home=$(home_of)
	attack_list > "$scratch/attacks"
	count=$(wc -l < "$scratch/attacks")
	attacked $attacker "$commands"
	out=$(grep -v '^open ' "$scratch/results") err=$said
	holds "from $attack_in without a profile, all of $count attacks succeed" \
		[ "$(grep -c '^open ' "$scratch/results")" = "$count" ]
	# By a ruleset, attributes are out of reach.
	[ "$PROFILES_BY" = view ] || set -- "$@" 'chmod ~/.profile'
	attacked "liblandlock_shim.so $attacker" "$commands"
	while IFS=$'\t' read -r attack _; do
		verdict=${attack%% *} attack=${attack#* } expected=refused
		attack=${attack/"$home"/\~}
		attack=${attack/#"signal $listener"/signal PID}
		for pattern; do
			# shellcheck disable=SC2053
			[[ $attack != $pattern ]] || { expected=open; break; }
		done
		found+=("$attack")
		[ "$verdict" = "$expected" ] || wrong+=("$verdict: $attack")
	done < "$scratch/results"
	out=$(printf '%s\n' "${wrong[@]}") err=$said
	holds "from $attack_in under it, what it needs is open${*:+ ($*)}, all else refused" \
		[ "${#wrong[@]} ${#found[@]}" = "0 $count" ]
	for pattern; do
		# shellcheck disable=SC2053
		for attack in "${found[@]}"; do
			[[ $attack != $pattern ]] || continue 2
		done
		unused+=("$pattern")
	done
	[ ${#unused[@]} = 0 ] || {
		out=${unused[*]}
		holds "each of what it needs is an attack" false
	}
	# What is there tells as well, whatever the attacker believes.
	wrong=()
	while IFS= read -r attack; do
		attack=${attack/"$home"/\~}
		for pattern; do
			# shellcheck disable=SC2053
			[[ "write $attack" != $pattern && "create $attack" != $pattern ]] || continue 2
		done
		wrong+=("$attack")
	done < <(grep -rlxs attacked /home "$home" /usr/share/attacked $boot | sort -u)
	out=$(printf '%s\n' "${wrong[@]}")
	holds "and nothing else is harmed" [ ${#wrong[@]} = 0 ]
}
