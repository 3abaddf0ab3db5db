/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * landlock(7) as of ABI 11, which the system's headers may be too old to know:
 * names and values are those of linux/landlock.h.  What a newer ABI brings is left
 * alone.
 */
#ifndef LANDLOCK_SHIM_MAINLINE_ABI_H
#define LANDLOCK_SHIM_MAINLINE_ABI_H

#include <stdint.h>

/* The newest ABI that is known here, and the one that brought what is used. */
#define MAINLINE_ABI_KNOWN 11
#define MAINLINE_ABI_REFER 2
#define MAINLINE_ABI_TCP 4
#define MAINLINE_ABI_SCOPE 6
#define MAINLINE_ABI_LOG 7
#define MAINLINE_ABI_UNIX 9
#define MAINLINE_ABI_UDP 10

#define MAINLINE_FS_EXECUTE (UINT64_C(1) << 0)
#define MAINLINE_FS_WRITE_FILE (UINT64_C(1) << 1)
#define MAINLINE_FS_READ_FILE (UINT64_C(1) << 2)
#define MAINLINE_FS_READ_DIR (UINT64_C(1) << 3)
#define MAINLINE_FS_REMOVE_DIR (UINT64_C(1) << 4)
#define MAINLINE_FS_REMOVE_FILE (UINT64_C(1) << 5)
#define MAINLINE_FS_MAKE_CHAR (UINT64_C(1) << 6)
#define MAINLINE_FS_MAKE_DIR (UINT64_C(1) << 7)
#define MAINLINE_FS_MAKE_REG (UINT64_C(1) << 8)
#define MAINLINE_FS_MAKE_SOCK (UINT64_C(1) << 9)
#define MAINLINE_FS_MAKE_FIFO (UINT64_C(1) << 10)
#define MAINLINE_FS_MAKE_BLOCK (UINT64_C(1) << 11)
#define MAINLINE_FS_MAKE_SYM (UINT64_C(1) << 12)
#define MAINLINE_FS_REFER (UINT64_C(1) << 13)
#define MAINLINE_FS_TRUNCATE (UINT64_C(1) << 14)
#define MAINLINE_FS_IOCTL_DEV (UINT64_C(1) << 15)
#define MAINLINE_FS_RESOLVE_UNIX (UINT64_C(1) << 16)

/* What a rule on a file, not a directory, may grant; all else is EINVAL. */
#define MAINLINE_FS_OF_FILES                                                   \
	(MAINLINE_FS_EXECUTE | MAINLINE_FS_WRITE_FILE |                        \
	 MAINLINE_FS_READ_FILE | MAINLINE_FS_TRUNCATE |                        \
	 MAINLINE_FS_IOCTL_DEV | MAINLINE_FS_RESOLVE_UNIX)

#define MAINLINE_NET_BIND_TCP (UINT64_C(1) << 0)
#define MAINLINE_NET_CONNECT_TCP (UINT64_C(1) << 1)
#define MAINLINE_NET_BIND_UDP (UINT64_C(1) << 2)
#define MAINLINE_NET_CONNECT_SEND_UDP (UINT64_C(1) << 3)

#define MAINLINE_SCOPE_ABSTRACT_UNIX (UINT64_C(1) << 0)
#define MAINLINE_SCOPE_SIGNAL (UINT64_C(1) << 1)

/* Flags of landlock_restrict_self(2). */
#define MAINLINE_LOG_SAME_EXEC_OFF (1U << 0)
#define MAINLINE_LOG_NEW_EXEC_ON (1U << 1)
#define MAINLINE_LOG_SUBDOMAINS_OFF (1U << 2)

/* struct landlock_ruleset_attr, but for the members of ABI 10 (what is refused
 * without a log), which are not used. */
struct mainline_ruleset_attr {
	uint64_t handled_access_fs;
	uint64_t handled_access_net;
	uint64_t scoped;
};

/* enum landlock_rule_type, and what goes with each. */
#define MAINLINE_RULE_PATH_BENEATH 1
#define MAINLINE_RULE_NET_PORT 2

struct mainline_path_beneath {
	uint64_t allowed_access;
	int32_t parent_fd;
} __attribute__((packed));

struct mainline_net_port {
	uint64_t allowed_access;
	uint64_t port;
};

#define MAINLINE_NR_CREATE_RULESET 444
#define MAINLINE_NR_ADD_RULE 445
#define MAINLINE_NR_RESTRICT_SELF 446

#endif
