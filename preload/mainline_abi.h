/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * landlock(7) as of ABI 6, which the system's headers may be too old to know:
 * names and values are those of linux/landlock.h.
 */
#ifndef LANDLOCK_SHIM_MAINLINE_ABI_H
#define LANDLOCK_SHIM_MAINLINE_ABI_H

#include <stdint.h>

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

/* What a rule on a file, not a directory, may grant; all else is EINVAL. */
#define MAINLINE_FS_OF_FILES                                                   \
	(MAINLINE_FS_EXECUTE | MAINLINE_FS_WRITE_FILE |                        \
	 MAINLINE_FS_READ_FILE | MAINLINE_FS_TRUNCATE | MAINLINE_FS_IOCTL_DEV)

#define MAINLINE_NET_BIND_TCP (UINT64_C(1) << 0)
#define MAINLINE_NET_CONNECT_TCP (UINT64_C(1) << 1)

#define MAINLINE_SCOPE_ABSTRACT_UNIX (UINT64_C(1) << 0)
#define MAINLINE_SCOPE_SIGNAL (UINT64_C(1) << 1)

/* struct landlock_ruleset_attr; older kernels take it if what they do not know
 * is 0. */
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
