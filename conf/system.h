/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * System calls without a C library: inline, errors as negative errnos.
 *
 * The shim runs before any C library is initialised, in programs that may bring
 * functions of their own under libc's names.  So nothing here, and nothing that
 * is built on it, calls one that does a system call, allocates or keeps state.
 *
 * Each function is the system call of its name: see section 2 of the manual for
 * meaning and errors.
 */
#ifndef LANDLOCK_SHIM_SYSTEM_H
#define LANDLOCK_SHIM_SYSTEM_H

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/types.h>

#include <asm/unistd.h>

/* Is a negative errno one of too few resources, and says nothing of what was asked? */
static inline bool system_is_exhausted(const int error)
{
	return error == -ENOMEM || error == -EMFILE || error == -ENFILE;
}

/* The same on all architectures; older headers lack them. */
#ifndef __NR_landlock_create_ruleset
#define __NR_landlock_create_ruleset 444
#define __NR_landlock_add_rule 445
#define __NR_landlock_restrict_self 446
#endif
#ifndef __NR_lsm_get_self_attr
#define __NR_lsm_get_self_attr 459
#endif

#if defined(__x86_64__) && !defined(__ILP32__)

static inline long system_call(const long number, const long a, const long b,
			       const long c, const long d, const long e,
			       const long f)
{
	register long r10 __asm__("r10") = d;
	register long r8 __asm__("r8") = e;
	register long r9 __asm__("r9") = f;
	long result;

	__asm__ volatile("syscall"
			 : "=a"(result)
			 : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10),
			   "r"(r8), "r"(r9)
			 : "rcx", "r11", "memory");
	return result;
}

#elif defined(__i386__)

/*
 * No call of ours takes a sixth argument (mmap() has its own way): its register
 * is the frame pointer.  int $0x80 works without the vDSO.
 */
static inline long system_call(const long number, const long a, const long b,
			       const long c, const long d, const long e,
			       const long f)
{
	long result;

	(void)f;
	__asm__ volatile("int $0x80"
			 : "=a"(result)
			 : "a"(number), "b"(a), "c"(b), "d"(c), "S"(d), "D"(e)
			 : "memory");
	return result;
}

#elif defined(__aarch64__)

static inline long system_call(const long number, const long a, const long b,
			       const long c, const long d, const long e,
			       const long f)
{
	register long x8 __asm__("x8") = number;
	register long x0 __asm__("x0") = a;
	register long x1 __asm__("x1") = b;
	register long x2 __asm__("x2") = c;
	register long x3 __asm__("x3") = d;
	register long x4 __asm__("x4") = e;
	register long x5 __asm__("x5") = f;

	__asm__ volatile("svc #0"
			 : "+r"(x0)
			 : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5)
			 : "memory");
	return x0;
}

#else
#error "write system_call() for this architecture: a few lines"
#endif

/* Any number of arguments up to six, each an integer or a pointer. */
#define SYSTEM_CALL(...) SYSTEM_CALL_PADDED(__VA_ARGS__, 0, 0, 0, 0, 0, 0)
#define SYSTEM_CALL_PADDED(number, a, b, c, d, e, f, ...)                      \
	system_call(__NR_##number, (long)(a), (long)(b), (long)(c), (long)(d), \
		    (long)(e), (long)(f))

/* Which file is it: the same for all names and descriptors of one. */
struct system_file_id {
	uint64_t inode;
	uint32_t device_major;
	uint32_t device_minor;
};

static inline bool system_same_file(const struct system_file_id a,
				    const struct system_file_id b)
{
	return a.inode == b.inode && a.device_major == b.device_major &&
	       a.device_minor == b.device_minor;
}

/* What we ask of stat(2). */
struct system_status {
	struct system_file_id id;
	uint64_t size_bytes;
	uint32_t links;
	uint32_t mode; /* as st_mode */
	uid_t user;
	gid_t group;
};

#define SYSTEM_IS(mode, type) (((mode)&S_IFMT) == S_IF##type)

/* struct statx of linux/stat.h, the same on all architectures. */
struct system_statx {
	uint32_t mask, block_bytes;
	uint64_t attributes;
	uint32_t links, user, group;
	uint16_t mode, spare;
	uint64_t inode, size_bytes, blocks, attributes_mask;
	uint64_t times[8];
	uint32_t special_major, special_minor, device_major, device_minor;
	uint64_t rest[14];
};
_Static_assert(sizeof(struct system_statx) == 256, "as in linux/stat.h");
#define SYSTEM_STATX_BASIC_STATS 0x7ffU

/*
 * statx(2) of @path below @directory; @flags: AT_EMPTY_PATH, …  After an error
 * @status is all 0.
 */
static inline int system_stat(const int directory, const char *const path,
			      const unsigned int flags,
			      struct system_status *const status)
{
	struct system_statx answer;
	const int error = (int)SYSTEM_CALL(statx, directory, path, flags,
					   SYSTEM_STATX_BASIC_STATS, &answer);

	*status = (struct system_status){ .mode = 0 };
	if (error)
		return error;
	*status = (struct system_status){
		.id = { .inode = answer.inode,
			.device_major = answer.device_major,
			.device_minor = answer.device_minor },
		.size_bytes = answer.size_bytes,
		.links = answer.links,
		.mode = answer.mode,
		.user = answer.user,
		.group = answer.group,
	};
	return 0;
}

/* statx(2) of an open descriptor, O_PATH or not. */
static inline int system_stat_fd(const int fd,
				 struct system_status *const status)
{
	return system_stat(fd, "", AT_EMPTY_PATH, status);
}

/*
 * openat(2).  Descriptors are never for the program: O_CLOEXEC is always set.
 *
 * Some seccomp filters (man's) answer ENOSYS, which the kernel never does, to
 * O_PATH.  What may be read is then opened for reading, without waiting for it.
 */
static inline int system_open(const int directory, const char *const path,
			      const int flags)
{
#if defined(__i386__)
	const int always = O_CLOEXEC | 0100000; /* the kernel's O_LARGEFILE */
#else
	const int always = O_CLOEXEC;
#endif
	long fd = SYSTEM_CALL(openat, directory, path, flags | always, 0);

	if (fd == -ENOSYS && flags & O_PATH)
		fd = SYSTEM_CALL(openat, directory, path,
				 (flags & ~O_PATH) | always | O_RDONLY |
					 O_NONBLOCK | O_NOCTTY,
				 0);
	return (int)fd;
}

static inline void system_close(const int fd)
{
	if (fd >= 0)
		SYSTEM_CALL(close, fd);
}

/* Is there anything of this name?  0, or why not; takes no descriptor. */
static inline int system_exists(const int directory, const char *const path)
{
	return (int)SYSTEM_CALL(faccessat, directory, path, 0);
}

static inline ssize_t system_read(const int fd, void *const buffer,
				  const size_t size)
{
	long got;

	do
		got = SYSTEM_CALL(read, fd, buffer, size);
	while (got == -EINTR);
	return got;
}

static inline ssize_t system_write(const int fd, const void *const bytes,
				   const size_t size)
{
	long put;

	do
		put = SYSTEM_CALL(write, fd, bytes, size);
	while (put == -EINTR);
	return put;
}

/* @buffer is not terminated; -ENAMETOOLONG if the text may have been cut. */
static inline ssize_t system_readlink(const int directory,
				      const char *const path,
				      char *const buffer, const size_t size)
{
	const long length =
		SYSTEM_CALL(readlinkat, directory, path, buffer, size);

	return length >= 0 && (size_t)length >= size ? -ENAMETOOLONG : length;
}

static inline void *system_map(const size_t size, const int protection,
			       const int flags, const int fd)
{
#if defined(__i386__)
	const long arguments[] = { 0, (long)size, protection, flags, fd, 0 };

	return (void *)SYSTEM_CALL(mmap, arguments);
#else
	return (void *)SYSTEM_CALL(mmap, 0, size, protection, flags, fd, 0);
#endif
}

/* Of what system_map() returned: 0, or a negative errno. */
static inline int system_map_error(const void *const mapped)
{
	return (uintptr_t)mapped > (uintptr_t)-4096 ? (int)(intptr_t)mapped : 0;
}

static inline uid_t system_user(void)
{
#ifdef __NR_getuid32
	return (uid_t)SYSTEM_CALL(getuid32);
#else
	return (uid_t)SYSTEM_CALL(getuid);
#endif
}

static inline void __attribute__((noreturn)) system_exit(const int status)
{
	for (;;)
		SYSTEM_CALL(exit_group, status);
}

/* One entry of getdents64(2). */
struct system_entry {
	uint64_t inode;
	int64_t next;
	uint16_t size_bytes;
	uint8_t type; /* as d_type; 0: not known */
	char name[];
} __attribute__((packed));
#define SYSTEM_ENTRY_DIRECTORY 4
#define SYSTEM_ENTRY_FILE 8
#define SYSTEM_ENTRY_LINK 10

#endif
