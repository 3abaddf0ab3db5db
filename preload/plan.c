// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Which ABI of mainline Landlock brought what, and what its lack means.
 *
 * Versions: Documentation/userspace-api/landlock.rst of Linux.
 */
#include "plan.h"

#include <errno.h>
#include <stdlib.h>

#include "fs_paths.h"
#include "mainline_abi.h"

#define READ (1U << PROFILE_READ)
#define WRITE (1U << PROFILE_WRITE)
#define EXEC (1U << PROFILE_EXEC)

#define NO_LANDLOCK "this kernel has no Landlock"
#define ENABLE_LANDLOCK                                                        \
	"boot a kernel with landlock in lsm=, or set on-error = warn"

/* Each right, the accesses that include it, and what goes wrong without. */
static const struct {
	uint64_t right;
	int abi;
	unsigned int accesses;
	const char *lack;
	const char *remedy;
} fs_rights[] = {
	{ MAINLINE_FS_EXECUTE, 1, EXEC, NULL, NULL },
	{ MAINLINE_FS_WRITE_FILE, 1, WRITE, NULL, NULL },
	{ MAINLINE_FS_READ_FILE, 1, READ | WRITE | EXEC, NULL, NULL },
	{ MAINLINE_FS_READ_DIR, 1, READ | WRITE | EXEC, NULL, NULL },
	{ MAINLINE_FS_REMOVE_DIR, 1, WRITE, NULL, NULL },
	{ MAINLINE_FS_REMOVE_FILE, 1, WRITE, NULL, NULL },
	{ MAINLINE_FS_MAKE_CHAR, 1, WRITE, NULL, NULL },
	{ MAINLINE_FS_MAKE_DIR, 1, WRITE, NULL, NULL },
	{ MAINLINE_FS_MAKE_REG, 1, WRITE, NULL, NULL },
	{ MAINLINE_FS_MAKE_SOCK, 1, WRITE, NULL, NULL },
	{ MAINLINE_FS_MAKE_FIFO, 1, WRITE, NULL, NULL },
	{ MAINLINE_FS_MAKE_BLOCK, 1, WRITE, NULL, NULL },
	{ MAINLINE_FS_MAKE_SYM, 1, WRITE, NULL, NULL },
	{ MAINLINE_FS_REFER, 2, WRITE,
	  "files can't be moved or linked from one directory to another, even "
	  "where both may be written",
	  "use Linux 5.19 or newer" },
	{ MAINLINE_FS_TRUNCATE, 3, WRITE,
	  "files that may not be written can be truncated all the same",
	  "use Linux 6.2 or newer" },
	{ MAINLINE_FS_IOCTL_DEV, 5, WRITE,
	  "devices that may not be written take ioctl(2) all the same",
	  "use Linux 6.10 or newer" },
};

#define VIEW_ABI 2 /* of Landlock rules */
static const uint64_t view_accesses[PROFILE_ACCESS_COUNT] = {
	[PROFILE_READ] = FS_PATHS_SEE | FS_PATHS_READ,
	[PROFILE_WRITE] =
		FS_PATHS_SEE | FS_PATHS_READ | FS_PATHS_WRITE | FS_PATHS_REMOVE,
	[PROFILE_EXEC] = FS_PATHS_SEE | FS_PATHS_READ | FS_PATHS_EXEC,
};

#define TCP_ABI 4
static const uint64_t tcp_rights[PROFILE_TCP_COUNT] = {
	[PROFILE_CONNECT_TCP] = MAINLINE_NET_CONNECT_TCP,
	[PROFILE_BIND_TCP] = MAINLINE_NET_BIND_TCP,
};

#define SCOPE_ABI 6
static const uint64_t scope_bits[PROFILE_SCOPE_COUNT] = {
	[PROFILE_SCOPE_ABSTRACT_UNIX] = MAINLINE_SCOPE_ABSTRACT_UNIX,
	[PROFILE_SCOPE_SIGNAL] = MAINLINE_SCOPE_SIGNAL,
};

static void add_gap(struct plan *const plan, const struct plan_gap gap)
{
	plan->gaps[plan->gap_count++] = gap;
}

const char *plan_paths_word(const enum plan_paths paths)
{
	static const char *const words[] = {
		[PLAN_PATHS_NONE] = "none",
		[PLAN_PATHS_RULESET] = "ruleset",
		[PLAN_PATHS_VIEW] = "view",
	};

	return words[paths];
}

enum plan_paths plan_paths_by(const struct features *const features)
{
	/* Who may not load the rule does not go without. */
	if (features->rules_abi >= VIEW_ABI && features->may_load)
		return PLAN_PATHS_VIEW;
	return features->mainline_abi ? PLAN_PATHS_RULESET : PLAN_PATHS_NONE;
}

static void plan_paths(struct plan *const plan,
		       const struct features *const features)
{
	const struct profile_path *const first = plan->profile->paths;
	const int abi = features->mainline_abi;
	size_t i, access;

	if (!plan->profile->path_count)
		return;
	plan->paths_by = plan_paths_by(features);
	if (plan->paths_by == PLAN_PATHS_VIEW)
		return;
	if (plan->paths_by == PLAN_PATHS_NONE) {
		add_gap(plan, (struct plan_gap){
				      profile_access_key(first->access),
				      first->origin,
				      NO_LANDLOCK " to restrict paths with",
				      ENABLE_LANDLOCK, false, false });
		return;
	}
	for (i = 0; i < sizeof(fs_rights) / sizeof(*fs_rights); i++) {
		if (fs_rights[i].abi > abi) {
			add_gap(plan,
				(struct plan_gap){
					profile_access_key(first->access),
					first->origin, fs_rights[i].lack,
					fs_rights[i].remedy, true, false });
			continue;
		}
		plan->handled_fs |= fs_rights[i].right;
		for (access = 0; access < PROFILE_ACCESS_COUNT; access++)
			if (fs_rights[i].accesses & 1U << access)
				plan->rights[access] |= fs_rights[i].right;
	}
}

static void plan_tcp(struct plan *const plan, const int abi)
{
	size_t use;

	for (use = 0; use < PROFILE_TCP_COUNT; use++) {
		const struct profile_tcp_ports *const ports =
			&plan->profile->tcp[use];

		if (!ports->restricted)
			continue;
		if (abi >= TCP_ABI)
			plan->handled_net |= tcp_rights[use];
		else
			add_gap(plan,
				(struct plan_gap){
					profile_tcp_key((enum profile_tcp)use),
					ports->origin,
					"this kernel can't restrict TCP ports",
					"use Linux 6.7 or newer, or set "
					"on-error = warn",
					false, false });
	}
}

static void plan_scopes(struct plan *const plan, const int abi)
{
	size_t scope;

	for (scope = 0; scope < PROFILE_SCOPE_COUNT; scope++) {
		const struct origin origin = plan->profile->scopes[scope];

		if (!origin.line)
			continue;
		if (abi >= SCOPE_ABI)
			plan->scoped |= scope_bits[scope];
		else
			add_gap(plan,
				(struct plan_gap){
					"scope", origin,
					"this kernel can't keep signals and "
					"abstract sockets inside",
					"use Linux 6.12 or newer, or set "
					"on-error = warn",
					false, false });
	}
}

static void plan_rules(struct plan *const plan, const enum features_rules rules)
{
	size_t i;

	if (rules == FEATURES_RULES_ON)
		return;
	for (i = 0; i < plan->profile->rule_count; i++)
		add_gap(plan,
			(struct plan_gap){
				"rule", plan->profile->rules[i].origin,
				rules == FEATURES_RULES_OFF
					? "Landlock rules are built into this "
					  "kernel but off"
					: "this kernel has no Landlock rules",
				rules == FEATURES_RULES_OFF
					? "add landlock_rule to lsm= on the "
					  "kernel command line"
					: "boot a kernel with "
					  "CONFIG_SECURITY_LANDLOCK_RULE, or "
					  "set on-error = warn",
				false, true });
}

int plan_make(const struct profile *const profile,
	      const struct features *const features, struct plan *const plan)
{
	const size_t most = sizeof(fs_rights) / sizeof(*fs_rights) +
			    PROFILE_TCP_COUNT + PROFILE_SCOPE_COUNT +
			    profile->rule_count;

	*plan = (struct plan){ .profile = profile };
	plan->gaps = calloc(most, sizeof(*plan->gaps));
	if (!plan->gaps)
		return -ENOMEM;
	plan_paths(plan, features);
	plan_tcp(plan, features->mainline_abi);
	plan_scopes(plan, features->mainline_abi);
	plan_rules(plan, features->rules);
	return 0;
}

void plan_free(struct plan *const plan)
{
	free(plan->gaps);
	*plan = (struct plan){ .profile = NULL };
}

bool plan_needs_ruleset(const struct plan *const plan)
{
	return plan->handled_fs || plan->handled_net || plan->scoped;
}

uint64_t plan_view_access(const enum profile_access access)
{
	return view_accesses[access];
}

uint64_t plan_tcp_right(const enum profile_tcp use)
{
	return tcp_rights[use];
}
