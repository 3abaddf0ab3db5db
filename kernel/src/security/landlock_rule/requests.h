/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Landlock rules - requests to file systems that are judged like system calls
 */
#ifndef _SECURITY_LANDLOCK_RULE_REQUESTS_H
#define _SECURITY_LANDLOCK_RULE_REQUESTS_H

#include <linux/types.h>

/**
 * struct landlock_rule_request - what a request of ioctl(2) does
 */
struct landlock_rule_request {
	unsigned int command;
	/**
	 * @hidden: What it is done to is named in the argument, or is more than
	 * what a name leads to: it is judged as what has no path.
	 */
	bool hidden;
	/**
	 * @actions: Mask of ``LANDLOCK_ACTION_FS_*``.
	 */
	u64 actions;
};

const struct landlock_rule_request *landlock_rule_request(unsigned int command);

#endif /* _SECURITY_LANDLOCK_RULE_REQUESTS_H */
