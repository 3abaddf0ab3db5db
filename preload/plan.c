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

#define READ (1U << PROFILE_READ)
#define WRITE (1U << PROFILE_WRITE)
#define EXEC (1U << PROFILE_EXEC)

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

#define REFER_ABI 2
#define TCP_ABI 4
static const uint64_t tcp_rights[PROFILE_PORT_USE_COUNT] = {
	[PROFILE_CONNECT_TCP] = MAINLINE_NET_CONNECT_TCP,
	[PROFILE_BIND_TCP] = MAINLINE_NET_BIND_TCP,
};

#define SCOPE_ABI 6
static const uint64_t scope_bits[PROFILE_SCOPE_COUNT] = {
	[PROFILE_SCOPE_ABSTRACT_UNIX] = MAINLINE_SCOPE_ABSTRACT_UNIX,
	[PROFILE_SCOPE_SIGNAL] = MAINLINE_SCOPE_SIGNAL,
};

/* Limits of what enforces a key, whatever the kernel. */
#define LIMIT_REMEDY "see KERNELS in landlock.ini(5)"

const struct plan_limit plan_limits[] = {
	{ "sockets with a path",
	  "a helper outside (ssh-agent, D-Bus, a tmux server, docker) does for "
	  "the program what that may not do itself" },
	{ "an inherited terminal",
	  "where the kernel still has TIOCSTI, the program can type into the "
	  "shell that started it" },
	{ "attributes",
	  "by a ruleset, chmod(2), utime(2) and extended attributes of what it "
	  "may not open can be changed" },
	{ "ways to run",
	  "ld.so given a file that may be read, and a memfd, run code that "
	  "exec does not name" },
	{ "UDP and other families",
	  "connect-tcp and bind-tcp restrict TCP alone" },
	{ "mounts",
	  "under path keys, TCP keys or scope, nothing can be mounted, in a "
	  "user namespace either" },
	{ NULL, NULL },
};

static void add_gap(struct plan *const plan, const struct plan_gap gap)
{
	plan->gaps[plan->gap_count++] = gap;
}

static void add_absence(struct plan *const plan, const char *const key,
			const struct origin origin, const int error)
{
	size_t i = 0;

	while (absences[i].error && absences[i].error != error)
		i++;
	add_gap(plan, (struct plan_gap){ .key = key,
					 .origin = origin,
					 .cause = absences[i].cause,
					 .remedy = absences[i].remedy,
					 .kind = PLAN_GAP_WHOLE });
}

static void add_limit(struct plan *const plan, const char *const key,
		      const struct origin origin, const char *const cause)
{
	add_gap(plan, (struct plan_gap){ .key = key,
					 .origin = origin,
					 .cause = cause,
					 .remedy = LIMIT_REMEDY,
					 .kind = PLAN_GAP_LIMIT });
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
		add_limit(plan, "deny", deny->origin,
			  "names inside of it can be listed, and in the "
			  "directories that lead to it nothing can be made, "
			  "moved or removed");
	if (hide)
		add_limit(plan, "hide", hide->origin,
			  "the directories that lead to it can't be listed, "
			  "nor anything in them made, moved or removed");
}

static void plan_rights(struct plan *const plan, const int abi)
{
	const struct profile_path *const first = plan->profile->paths;
	size_t i, access;

	for (i = 0; i < sizeof(fs_rights) / sizeof(*fs_rights); i++) {
		if (fs_rights[i].abi > abi) {
			add_gap(plan, (struct plan_gap){
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
		add_absence(plan, profile_access_key(first->access),
			    first->origin, features->mainline_error);
	if (plan->paths_by != PLAN_PATHS_RULESET)
		return;
	plan_rights(plan, features->mainline_abi);
	limit_denials(plan);
}

static void limit_tcp(struct plan *const plan, const enum profile_port_use use,
		      const struct origin origin)
{
	const char *const key = profile_port_key(use);

	add_limit(plan, key, origin, "UDP is not restricted");
	if (use == PROFILE_BIND_TCP)
		add_limit(plan, key, origin,
			  "listen(2) without bind(2) takes a port of the "
			  "kernel's choice");
#ifdef __i386__
	add_limit(plan, key, origin,
		  "of a 32-bit program that uses socketcall(2), MPTCP, SMC and "
		  "TCP Fast Open are not restricted");
#endif
}

static void plan_tcp(struct plan *const plan,
		     const struct features *const features)
{
	size_t i;

	for (i = 0; i < PROFILE_PORT_USE_COUNT; i++) {
		const enum profile_port_use use = (enum profile_port_use)i;
		const struct profile_use_of_ports *const ports =
			&plan->profile->ports[use];

		if (!ports->restricted)
			continue;
		if (features->mainline_abi >= TCP_ABI) {
			plan->handled_net |= tcp_rights[use];
			plan->filter |= PLAN_FILTER_TCP;
			limit_tcp(plan, use, ports->origin);
		} else if (features->mainline_abi) {
			add_gap(plan,
				(struct plan_gap){
					.key = profile_port_key(use),
					.origin = ports->origin,
					.cause = "this kernel can't restrict "
						 "TCP ports",
					.remedy = "use Linux 6.7 or newer, or "
						  "set on-error = warn",
					.kind = PLAN_GAP_WHOLE });
		} else {
			add_absence(plan, profile_port_key(use), ports->origin,
				    features->mainline_error);
		}
	}
}

static void plan_scopes(struct plan *const plan,
			const struct features *const features)
{
	size_t scope;

	for (scope = 0; scope < PROFILE_SCOPE_COUNT; scope++) {
		const struct origin origin = plan->profile->scopes[scope];

		if (!origin.line)
			continue;
		if (features->mainline_abi >= SCOPE_ABI)
			plan->scoped |= scope_bits[scope];
		else if (features->mainline_abi)
			add_gap(plan,
				(struct plan_gap){
					.key = "scope",
					.origin = origin,
					.cause = "this kernel can't keep "
						 "signals and abstract sockets "
						 "inside",
					.remedy = "use Linux 6.12 or newer, or "
						  "set on-error = warn",
					.kind = PLAN_GAP_WHOLE });
		else
			add_absence(plan, "scope", origin,
				    features->mainline_error);
	}
}

/*
 * Every layer of Landlock refuses to move files between directories, also one that
 * is about ports or signals alone, once another one of the process is about paths:
 * so that one grants it.
 */
static void plan_moves(struct plan *const plan, const int abi)
{
	if (plan->handled_fs || !plan_needs_ruleset(plan) || abi < REFER_ABI)
		return;
	plan->handled_fs = MAINLINE_FS_REFER;
	plan->rights_everywhere = MAINLINE_FS_REFER;
}

static void plan_rules(struct plan *const plan, const enum features_rules rules)
{
	const bool off = rules == FEATURES_RULES_OFF;
	size_t i;

	if (rules == FEATURES_RULES_ON)
		return;
	for (i = 0; i < plan->profile->rule_count; i++)
		add_gap(plan,
			(struct plan_gap){
				.key = "rule",
				.origin = plan->profile->rules[i].origin,
				.cause = off ? "Landlock rules are built into "
					       "this kernel but off"
					     : "this kernel has no Landlock "
					       "rules",
				.remedy =
					off ? "add landlock_rule to lsm= on "
					      "the kernel command line"
					    : "boot a kernel with "
					      "CONFIG_SECURITY_LANDLOCK_RULE, "
					      "or set on-error = warn",
				.kind = PLAN_GAP_WHOLE,
				.of_rule = true });
}

unsigned int plan_asks(const struct profile *const profile)
{
	unsigned int ask = 0;
	size_t i;

	if (profile->rule_count)
		ask |= FEATURES_ASK_RULES;
	if (profile->path_count)
		ask |= FEATURES_ASK_VIEWS | FEATURES_ASK_MAINLINE;
	for (i = 0; i < PROFILE_PORT_USE_COUNT; i++)
		if (profile->ports[i].restricted)
			ask |= FEATURES_ASK_MAINLINE;
	for (i = 0; i < PROFILE_SCOPE_COUNT; i++)
		if (profile->scopes[i].line)
			ask |= FEATURES_ASK_MAINLINE;
	return ask;
}

int plan_make(const struct profile *const profile,
	      const struct features *const features, struct plan *const plan)
{
	/* Of each key, and the limits of deny, hide and both TCP keys. */
	const size_t most = sizeof(fs_rights) / sizeof(*fs_rights) + 2 +
			    4 * PROFILE_PORT_USE_COUNT + PROFILE_SCOPE_COUNT +
			    profile->rule_count;

	*plan = (struct plan){ .profile = profile };
	plan->gaps = arena_take(most, sizeof(*plan->gaps));
	if (!plan->gaps)
		return -ENOMEM;
	plan_paths(plan, features);
	plan_tcp(plan, features);
	plan_scopes(plan, features);
	plan_moves(plan, features->mainline_abi);
	plan_rules(plan, features->rules);
	return 0;
}

bool plan_needs_ruleset(const struct plan *const plan)
{
	return plan->handled_fs || plan->handled_net || plan->scoped;
}

uint64_t plan_view_access(const enum profile_access access)
{
	return view_accesses[access];
}

uint64_t plan_port_right(const enum profile_port_use use)
{
	return tcp_rights[use];
}
