// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Which ABI of mainline Landlock brought what, and what its lack means.
 *
 * Versions: Documentation/userspace-api/landlock.rst of Linux.
 */
#include "plan.h"

#include <errno.h>

#include "arena.h"
#include "fs_paths.h"
#include "mainline_abi.h"
#include "pattern.h"
#include "plan_gaps.h"
#include "plan_network.h"

#define READ (1U << PROFILE_READ)
#define WRITE (1U << PROFILE_WRITE)
#define EXEC (1U << PROFILE_EXEC)

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

/* Of Landlock rules. */
#define VIEW_ABI 3

static const uint64_t view_accesses[PROFILE_ACCESS_COUNT] = {
	[PROFILE_READ] = FS_PATHS_SEE | FS_PATHS_READ,
	[PROFILE_WRITE] = FS_PATHS_SEE | FS_PATHS_READ | FS_PATHS_CHANGE,
	[PROFILE_EXEC] = FS_PATHS_SEE | FS_PATHS_READ | FS_PATHS_EXEC,
};

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
	/* Who may not load the rule, nor finds it pinned, does not go without. */
	if (features->rules_abi >= VIEW_ABI &&
	    (features->may_load || features->view_is_pinned))
		return PLAN_PATHS_VIEW;
	return features->mainline_abi ? PLAN_PATHS_RULESET : PLAN_PATHS_NONE;
}

/* A ruleset's sockets are of one ruleset with its paths; a view's of one view. */
enum plan_paths plan_sockets_by(const struct features *const features)
{
	if (plan_paths_by(features) == PLAN_PATHS_VIEW)
		return PLAN_PATHS_VIEW;
	return features->mainline_abi >= MAINLINE_ABI_UNIX ? PLAN_PATHS_RULESET
							   : PLAN_PATHS_NONE;
}

static const struct profile_path *
find_access(const struct profile *const profile,
	    const enum profile_access access)
{
	size_t i;

	for (i = 0; i < profile->path_count; i++)
		if (profile->paths[i].access == access)
			return &profile->paths[i];
	return NULL;
}

/* What a ruleset does of deny and hide, but not as exactly as a view. */
static void limit_denials(struct plan *const plan)
{
	const struct profile *const profile = plan->profile;
	const struct profile_path *const deny =
		find_access(profile, PROFILE_DENY);
	const struct profile_path *const hide =
		find_access(profile, PROFILE_HIDE);

	if (deny)
		plan_add_limit(
			plan, "deny", deny->origin,
			"names inside of it can be listed, and in the "
			"directories that lead to it nothing can be made, "
			"moved or removed");
	if (hide)
		plan_add_limit(
			plan, "hide", hide->origin,
			"the directories that lead to it can't be listed, "
			"nor anything in them made, moved or removed");
}

/* A view denies by pattern what can be said by one. */
static bool holds_later(const struct plan *const plan,
			const struct profile_path *const path)
{
	struct pattern pattern;

	return plan->paths_by == PLAN_PATHS_VIEW &&
	       !pattern_make(path->path, &pattern);
}

/* All else is made of what was there at the start. */
static void limit_globs(struct plan *const plan)
{
	const struct profile *const profile = plan->profile;
	size_t i;

	for (i = 0; i < profile->path_count; i++) {
		const struct profile_path *const path = &profile->paths[i];

		if (!path->is_glob || !profile_denies(path->access) ||
		    holds_later(plan, path))
			continue;
		plan_add_limit(plan, profile_access_key(path->access),
			       path->origin,
			       "of a glob, what comes to be later is not "
			       "denied");
		return;
	}
}

static void plan_rights(struct plan *const plan, const int abi)
{
	const struct profile_path *const first = plan->profile->paths;
	size_t i, access;

	for (i = 0; i < sizeof(fs_rights) / sizeof(*fs_rights); i++) {
		if (fs_rights[i].abi > abi) {
			plan_add_gap(plan,
				     (struct plan_gap){
					     .key = profile_access_key(
						     first->access),
					     .origin = first->origin,
					     .cause = fs_rights[i].lack,
					     .remedy = fs_rights[i].remedy,
					     .kind = PLAN_GAP_PARTIAL });
			continue;
		}
		plan->handled_fs |= fs_rights[i].right;
		for (access = 0; access < PROFILE_ACCESS_COUNT; access++)
			if (fs_rights[i].accesses & 1U << access)
				plan->rights[access] |= fs_rights[i].right;
	}
}

static void plan_paths(struct plan *const plan,
		       const struct features *const features)
{
	const struct profile_path *const first = plan->profile->paths;

	if (!plan->profile->path_count)
		return;
	plan->paths_by = plan_paths_by(features);
	if (plan->paths_by == PLAN_PATHS_NONE)
		plan_add_absence(plan, profile_access_key(first->access),
				 first->origin, features->mainline_error);
	if (plan->paths_by != PLAN_PATHS_NONE)
		limit_globs(plan);
	if (plan->paths_by != PLAN_PATHS_RULESET)
		return;
	plan_rights(plan, features->mainline_abi);
	limit_denials(plan);
}

/*
 * Every layer of Landlock refuses to move files between directories, also one that
 * is not about paths, once another one of the process is: so that one grants it.
 */
static void plan_moves(struct plan *const plan, const int abi)
{
	if (plan->paths_by == PLAN_PATHS_RULESET || !plan_needs_ruleset(plan) ||
	    abi < MAINLINE_ABI_REFER)
		return;
	plan->handled_fs |= MAINLINE_FS_REFER;
	plan->rights_everywhere = MAINLINE_FS_REFER;
}

/*
 * Whose denials are recorded makes nothing less restricted, so that where it can't
 * be had, a start has nothing to tell: it is a limit.  A kernel without these flags
 * records nobody's.
 */
static void plan_log(struct plan *const plan, const int abi)
{
	static const uint32_t flags[] = {
		[PROFILE_LOG_DEFAULT] = 0,
		[PROFILE_LOG_NONE] = MAINLINE_LOG_SAME_EXEC_OFF |
				     MAINLINE_LOG_SUBDOMAINS_OFF,
		[PROFILE_LOG_SELF] = 0, /* as a kernel does by itself */
		[PROFILE_LOG_ALL] = MAINLINE_LOG_NEW_EXEC_ON,
	};
	const enum profile_log log = plan->profile->log;

	if (plan_needs_ruleset(plan) && abi >= MAINLINE_ABI_LOG)
		plan->log = flags[log];
	else if (log == PROFILE_LOG_SELF || log == PROFILE_LOG_ALL)
		plan_add_limit(plan, "log", plan->profile->log_origin,
			       abi < MAINLINE_ABI_LOG
				       ? "this kernel records no denials: "
					 "Linux 6.15 does"
				       : "only what a ruleset refuses is "
					 "recorded, and this profile has none");
}

static const struct plan_gap *
find_rule_gap(const struct features *const features, const size_t rule)
{
	static const struct plan_gap gaps[] = {
		[FEATURES_RULES_ABSENT] = {
			.cause = "this kernel has no Landlock rules",
			.remedy = "boot a kernel with "
				  "CONFIG_SECURITY_LANDLOCK_RULE, or set "
				  "on-error = warn",
		},
		[FEATURES_RULES_OFF] = {
			.cause = "Landlock rules are built into this kernel "
				 "but off",
			.remedy = "add landlock_rule to lsm= on the kernel "
				  "command line",
		},
		[FEATURES_RULES_ON] = {
			.cause = "loading it needs CAP_SYS_ADMIN, and it is "
				 "not pinned",
			.remedy = "have root pin it by landlock pin",
		},
	};

	if (features->rules == FEATURES_RULES_ON &&
	    (features->may_load || !features->rules_at_hand ||
	     features->rules_at_hand[rule]))
		return NULL;
	return &gaps[features->rules];
}

static void plan_rules(struct plan *const plan,
		       const struct features *const features)
{
	size_t i;

	for (i = 0; i < plan->profile->rule_count; i++) {
		const struct plan_gap *const found = find_rule_gap(features, i);
		struct plan_gap gap;

		if (!found)
			continue;
		gap = *found;
		gap.key = "rule";
		gap.origin = plan->profile->rules[i].origin;
		gap.kind = PLAN_GAP_WHOLE;
		gap.of_rule = true;
		plan_add_gap(plan, gap);
	}
}

unsigned int plan_asks(const struct profile *const profile)
{
	unsigned int ask = 0;
	size_t i;

	if (profile->rule_count)
		ask |= FEATURES_ASK_RULES;
	if (profile->path_count || profile->sockets.restricted)
		ask |= FEATURES_ASK_VIEWS | FEATURES_ASK_MAINLINE;
	if (profile->network.restricted)
		ask |= FEATURES_ASK_FILTERS;
	for (i = 0; i < PROFILE_PORT_USE_COUNT; i++)
		if (profile->ports[i].restricted)
			ask |= FEATURES_ASK_MAINLINE | FEATURES_ASK_FILTERS;
	for (i = 0; i < PROFILE_SCOPE_COUNT; i++)
		if (profile->scopes[i].line)
			ask |= i == PROFILE_SCOPE_TERMINAL
				       ? FEATURES_ASK_FILTERS
				       : FEATURES_ASK_MAINLINE;
	return ask;
}

int plan_make(const struct profile *const profile,
	      const struct features *const features, struct plan *const plan)
{
	/* The limits of deny, hide and globs, and that of log. */
	const size_t most = sizeof(fs_rights) / sizeof(*fs_rights) + 3 +
			    PLAN_NETWORK_GAPS_MAX + 1 + profile->rule_count;

	*plan = (struct plan){ .profile = profile };
	plan->gaps = arena_take(most, sizeof(*plan->gaps));
	if (!plan->gaps)
		return -ENOMEM;
	plan_paths(plan, features);
	plan_network(plan, features);
	plan_moves(plan, features->mainline_abi);
	plan_log(plan, features->mainline_abi);
	plan_rules(plan, features);
	plan->view_is_pinned =
		plan_needs_view(plan) && features->view_is_pinned;
	if (plan_needs_ruleset(plan))
		plan->mainline_abi = features->mainline_abi;
	return 0;
}

bool plan_needs_ruleset(const struct plan *const plan)
{
	return plan->handled_fs || plan->handled_net || plan->scoped;
}

bool plan_needs_paths(const struct plan *const plan)
{
	return plan->paths_by != PLAN_PATHS_NONE ||
	       plan->sockets_by != PLAN_PATHS_NONE;
}

bool plan_needs_view(const struct plan *const plan)
{
	return plan->paths_by == PLAN_PATHS_VIEW ||
	       plan->sockets_by == PLAN_PATHS_VIEW;
}

uint64_t plan_view_elsewhere(const struct plan *const plan)
{
	const uint64_t unrestricted =
		view_accesses[PROFILE_WRITE] | view_accesses[PROFILE_EXEC];

	return (plan->paths_by == PLAN_PATHS_VIEW ? FS_PATHS_SEE
						  : unrestricted) |
	       (plan->sockets_by == PLAN_PATHS_VIEW ? 0 : FS_PATHS_CONNECT);
}

uint64_t plan_view_access(const enum profile_access access)
{
	return view_accesses[access];
}
