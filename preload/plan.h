/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What of a profile the kernel can enforce, and by what: pure, so that
 * `landlock show` prints just what the shim would do.
 */
#ifndef LANDLOCK_SHIM_PLAN_H
#define LANDLOCK_SHIM_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "features.h"
#include "profile.h"

enum plan_gap_kind {
	/* The key is not enforced at all: on-error decides. */
	PLAN_GAP_WHOLE,
	/* It is enforced but for this, which a newer kernel would: told at each
	 * start. */
	PLAN_GAP_PARTIAL,
	/* What the mechanism cannot do, whatever the kernel: `landlock show`, the
	 * manual and `landlock features` tell. */
	PLAN_GAP_LIMIT,
};

/* Something that a profile asks for and the kernel cannot do. */
struct plan_gap {
	const char *key;
	struct origin origin; /* of the (first) line that asked for it */
	const char *cause;
	const char *remedy;
	enum plan_gap_kind kind;
	bool of_rule; /* who loads the rule says better what is missing */
};

/* What read, write, exec, deny and hide are enforced by; and what connect-unix is. */
enum plan_paths {
	PLAN_PATHS_NONE, /* nothing can, or there are none */
	PLAN_PATHS_RULESET,
	PLAN_PATHS_VIEW, /* and the rule fs_paths */
};

/* What a seccomp filter refuses; see filter.c for the calls of each. */
enum plan_filter {
	/* Ways around a ruleset's TCP ports: MPTCP, SMC, TCP Fast Open,
	 * io_uring. */
	PLAN_FILTER_TCP = 1U << 0,
	/* Ways around its UDP ports: UDP-Lite, protocols of the kernel's own on
	 * top of UDP, io_uring. */
	PLAN_FILTER_UDP = 1U << 1,
	/* Sockets of families that are not among plan.families. */
	PLAN_FILTER_NETWORK = 1U << 2,
	/* To type into a terminal for somebody else. */
	PLAN_FILTER_TERMINAL = 1U << 3,
};

struct plan {
	const struct profile *profile;

	enum plan_paths paths_by;
	enum plan_paths sockets_by;
	/* By a view whose rule is pinned: one for all, so that the kernel does not
	 * tell which view a process is under. */
	bool view_is_pinned;

	int mainline_abi; /* 0: there is none, or no ruleset is needed */

	/* Of mainline Landlock's ruleset: what is refused where nothing grants
	 * it. All 0: the profile needs no ruleset. */
	uint64_t handled_fs;
	uint64_t handled_net;
	uint64_t scoped;

	/* What a path granted so is granted of handled_fs. */
	uint64_t rights[PROFILE_ACCESS_COUNT];
	/* What is granted everywhere: moving files, where the ruleset is not
	 * about paths. */
	uint64_t rights_everywhere;

	/* Port 0 may be bound for UDP, whatever the profile grants: it is any
	 * port of the kernel's choice. */
	bool binds_any_udp;

	uint32_t log; /* MAINLINE_LOG_*: whose denials are recorded */

	unsigned int filter; /* mask of enum plan_filter */
	uint64_t families;   /* PLAN_FILTER_NETWORK: bit N, for family N */

	struct plan_gap *gaps;
	size_t gap_count;
};

/*
 * Plans @profile for a kernel with @features.  The plan points into @profile and
 * lives in the arena.  Returns 0 or -ENOMEM.
 */
int plan_make(const struct profile *profile, const struct features *features,
	      struct plan *plan);

/* What has to be known of the kernel to plan @profile: FEATURES_ASK_*. */
unsigned int plan_asks(const struct profile *profile);

/* The word for it: none, ruleset or view. */
const char *plan_paths_word(enum plan_paths paths);

/* What paths are enforced by on a kernel with @features. */
enum plan_paths plan_paths_by(const struct features *features);

/* What sockets with a path are, beside paths that are by plan_paths_by(). */
enum plan_paths plan_sockets_by(const struct features *features);

/* Is there anything for mainline Landlock to enforce? */
bool plan_needs_ruleset(const struct plan *plan);

/* Is there anything for a view to enforce? */
bool plan_needs_view(const struct plan *plan);

/* Have paths of the profile to be looked up? */
bool plan_needs_paths(const struct plan *plan);

/* What the view of @plan grants where no path of the profile is: FS_PATHS_*. */
uint64_t plan_view_elsewhere(const struct plan *plan);

/* What a path granted so is granted in a view: FS_PATHS_*. */
uint64_t plan_view_access(enum profile_access access);

/* The right of handled_net that stands for @use. */
uint64_t plan_port_right(enum profile_port_use use);

/*
 * Which ABI of mainline Landlock enforces which keys, for `landlock features`; but for
 * paths.  Ends with NULL keys.
 */
struct plan_capability {
	const char *keys;
	int abi;
	const char *linux_version;
};
extern const struct plan_capability plan_capabilities[];

/*
 * What no key reaches, on any kernel, for `landlock features` and the manual: the
 * subject, and one sentence of consequence.  Ends with a NULL subject.
 */
struct plan_limit {
	const char *subject;
	const char *consequence;
};
extern const struct plan_limit plan_limits[];

#endif
