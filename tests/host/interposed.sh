#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Programs and libraries that define functions of the C library, or count what happens
# before main: the shim uses none of theirs, and does nothing that they could see.
. "$(dirname "$0")/private.bash"
. tests/tap.bash

export HOME=/nonexistent
unset XDG_CONFIG_HOME
mkdir -m 755 /etc/programs && cd /etc/programs || exit
compile() { # NAME OPTION..., source on stdin
	cc -O1 -fno-builtin -w -o "$1" -x c - -x none "${@:2}" || exit
}
profile() { # LINE...: of every program here
	printf '%s\n' '[programs]' 'match = /etc/programs/*' "$@" \
		> /etc/landlock/landlock.ini
}
missing='rule = missing.o'
report='landlock-shim: [^:]*:[0-9]+: rule: .*missing\.o does not exist; .*'
# What the shim reads, compares, allocates and says, all of it.
whole=('rule = fs_readonly.o nope=1' 'read = /missing' 'on-error = warn')

# --- functions that lie or die ---

lie() { # NAME, source on stdin: as the program's own, and as that of a preloaded library
	local source
	source=$(< /dev/stdin)
	{
		printf '#include <stddef.h>\n#include <stdlib.h>\n%s\n' "$source"
		printf "int main(void) { return 42; }\n"
	} | compile own -rdynamic
	printf '#include <stddef.h>\n#include <stdlib.h>\n%s\n' "$source" |
		compile lying.so -shared -fPIC
	profile "$missing"
	shim ./own
	gives "a program with its own $1 is held to its profile" 125 "" "$report"
	plain env LD_PRELOAD="./lying.so liblandlock_shim.so" ./plain
	gives "and one under a library with it before the shim" 125 "" "$report"
	profile "${whole[@]}"
	shim ./own
	holds "and runs after all that can go wrong" [ "$status" = 42 ]
	profile
	shim ./own
	gives "or nothing" 42 "" ""
}
compile plain <<< 'int main(void) { return 42; }'
# Each is called by nobody but the shim, if by anybody.
lie 'lstat, stat and fstat' <<'C'
int lstat(const char *p, void *s) { abort(); }
int stat(const char *p, void *s) { abort(); }
int fstat(int f, void *s) { abort(); }
int statx(int d, const char *p, int f, unsigned m, void *s) { abort(); }
C
lie 'identity' <<'C'
int getpid(void) { return 1; }
int getuid(void) { return 0; }
int geteuid(void) { return 4711; }
unsigned long getauxval(unsigned long t) { return t == 23; }
C
lie 'access, open, read and readlink' <<'C'
int access(const char *p, int m) { return 0; }
int open(const char *p, int f, ...) { abort(); }
int openat(int d, const char *p, int f, ...) { abort(); }
long read(int f, void *b, size_t n) { abort(); }
long readlink(const char *p, char *b, size_t n) { abort(); }
C
lie 'environment' <<'C'
char *getenv(const char *n) { abort(); }
char *secure_getenv(const char *n) { abort(); }
C
lie 'system calls' <<'C'
long syscall(long n, ...) { abort(); }
int prctl(int o, ...) { abort(); }
int *__errno_location(void) { static int e = 0; return &e; }
C
# The C library itself calls these: they work, and tell that they were called while
# the constructor of the shim ran, which comes before that of any other library.
counter='
#include <stddef.h>
extern long write(int, const void *, size_t);
extern void _exit(int);
static int begun;
__attribute__((constructor)) static void begin(void) { begun = 1; }
static void called(void) { if (!begun) { write(1, "early\n", 6); _exit(9); } }'
compile string <<C
$counter
void *memcpy(void *t, const void *f, size_t n)
{ char *a = t; const char *b = f; called(); while (n--) *a++ = *b++; return t; }
void *memset(void *t, int c, size_t n)
{ char *a = t; called(); while (n--) *a++ = c; return t; }
size_t strlen(const char *s) { size_t n = 0; called(); while (s[n]) n++; return n; }
int strcmp(const char *a, const char *b)
{ called(); while (*a && *a == *b) a++, b++; return *a - *b; }
char *strchr(const char *s, int c)
{ called(); for (; *s != c; s++) if (!*s) return 0; return (char *)s; }
int main(void) { return 42; }
C
compile allocator <<C
$counter
static char heap[1 << 20];
static size_t used;
void *malloc(size_t n)
{ called(); n = (n + 31) & ~15ul; used += n; return heap + used - n; }
void *calloc(size_t n, size_t m) { return malloc(n * m); }
void *realloc(void *p, size_t n)
{ char *new = malloc(n); for (size_t i = 0; p && i < n; i++) new[i] = ((char *)p)[i]; return new; }
void free(void *p) { called(); }
void *mmap(void *a, size_t l, int p, int f, int d, long o) { called(); return (void *)-1; }
int munmap(void *a, size_t l) { called(); return 0; }
int main(void) { return 42; }
C
compile noisy.so -shared -fPIC <<'C'
#include <stddef.h>
extern void *malloc(size_t);
extern size_t strlen(const char *);
__attribute__((constructor)) static void begin(int argc, char **argv)
{ volatile size_t n = strlen(argv[0]); *(char *volatile *)&argv = malloc(n); }
C
for program in string allocator; do
	plain env LD_PRELOAD=./noisy.so ./$program
	gives "a library that does is caught" 9 early ""
	profile "$missing"
	shim ./$program
	gives "no function of the program's $program is called to find its profile" 125 "" "$report"
	profile "${whole[@]}"
	shim ./$program
	gives "nor to try to apply it" 42 "" 'landlock-shim: .*'
	profile 'read = /' 'exec = /usr' 'deny = /etc/landlock' 'connect-tcp = 22' 'on-error = warn'
	shim ./$program
	holds "nor to apply it" [ "$status$out" = 42 ]
done

# --- what happens before main ---

# As jemalloc: settings are read in the first call, which must find the environment.
compile jemalloc <<'C'
#define _GNU_SOURCE
#include <stddef.h>
#include <unistd.h>
extern char *secure_getenv(const char *);
static char heap[1 << 20], *setting;
static size_t used;
static int begun;
void *malloc(size_t n)
{
	if (!begun++)
		setting = secure_getenv("MALLOC_CONF");
	n = (n + 31) & ~15ul;
	used += n;
	return heap + used - n;
}
void free(void *p) { }
int main(void)
{
	char *volatile p = malloc(1);

	(void)p;
	return setting && setting[0] == 'a' ? 42 : 1;
}
C
profile "${whole[@]}"
MALLOC_CONF=abort:true shim ./jemalloc
holds "an allocator finds its settings in the environment" [ "$status" = 42 ]

# What libraries do at their start happens once, and in the order it had.
compile counted.so -shared -fPIC <<'C'
#include <unistd.h>
int count;
__attribute__((constructor)) static void begin(int argc, char **argv, char **env)
{ count++; write(1, argv[0], 1); }
C
compile counts ./counted.so <<'C'
#include <stdio.h>
extern int count;
__attribute__((constructor)) static void begin(void) { fputs("main's ", stdout); }
int main(void) { printf("%d\n", count); return 0; }
C
plain ./counts
without=$out
shim ./counts
gives "initialisers run once" 0 "$without" 'landlock-shim: .*'
holds "as without the shim" [ "$without" = ".main's 1" ]

done_testing
