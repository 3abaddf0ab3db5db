// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The words for what is not enforced, where they go for more than one key.
 */
#include "plan_gaps.h"

#include <errno.h>

#include "mainline_abi.h"

/* Why there is no mainline Landlock, by the answer to the question for its ABI. */
static const struct {
	int error;
	const char *cause;
	const char *remedy;
} absences[] = {
	{ -EOPNOTSUPP,
	  "Landlock is built into this kernel but off (EOPNOTSUPP)",
	  "add landlock to lsm= on the kernel command line, or set on-error = "
	  "warn" },
	{ -EPERM,
	  "Landlock is kept from this program by a seccomp filter (EPERM)",
	  "let the filter pass it (systemd: SystemCallFilter="
	  "landlock_create_ruleset landlock_add_rule landlock_restrict_self "
	  "seccomp), or set on-error = warn" },
	/* ENOSYS, and whatever else. */
	{ 0, "this kernel has no Landlock, or a filter hides it (ENOSYS)",
	  "use Linux 5.13 or newer, or set on-error = warn" },
};

/* Limits of what enforces a key, whatever the kernel. */
#define LIMIT_REMEDY "see KERNELS in landlock.ini(5)"

const struct plan_capability plan_capabilities[] = {
	{ "connect-tcp, bind-tcp", MAINLINE_ABI_TCP, "6.7" },
	{ "connect-udp, bind-udp", MAINLINE_ABI_UDP, "7.2" },
	{ "connect-unix", MAINLINE_ABI_UNIX, "7.1" },
	{ "scope signal, abstract-unix", MAINLINE_ABI_SCOPE, "6.12" },
	{ "log", MAINLINE_ABI_LOG, "6.15" },
	{ NULL, 0, NULL },
};

const struct plan_limit plan_limits[] = {
	{ "what was open before",
	  "files, sockets and terminals that the program was started with "
	  "stay usable" },
	{ "an inherited terminal",
	  "escape sequences written to it can make an emulator answer, as if "
	  "somebody typed" },
	{ "attributes",
	  "by a ruleset, chmod(2), utime(2) and extended attributes of what it "
	  "may not open can be changed" },
	{ "ways to run",
	  "ld.so given a file that may be read, and a memfd, run code that "
	  "exec does not name" },
	{ "mounts",
	  "under path keys, port keys, connect-unix or scope, nothing can be "
	  "mounted, in a user namespace either" },
	{ NULL, NULL },
};

void plan_add_gap(struct plan *const plan, const struct plan_gap gap)
{
	plan->gaps[plan->gap_count++] = gap;
}

void plan_add_absence(struct plan *const plan, const char *const key,
		      const struct origin origin, const int error)
{
	size_t i = 0;

	while (absences[i].error && absences[i].error != error)
		i++;
	plan_add_gap(plan, (struct plan_gap){ .key = key,
					      .origin = origin,
					      .cause = absences[i].cause,
					      .remedy = absences[i].remedy,
					      .kind = PLAN_GAP_WHOLE });
}

void plan_add_limit(struct plan *const plan, const char *const key,
		    const struct origin origin, const char *const cause)
{
	plan_add_gap(plan, (struct plan_gap){ .key = key,
					      .origin = origin,
					      .cause = cause,
					      .remedy = LIMIT_REMEDY,
					      .kind = PLAN_GAP_LIMIT });
}
