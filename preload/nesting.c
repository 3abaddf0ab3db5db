// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Asks the witness of filter.h, and tries what the profile refuses.
 */
#include "nesting.h"

#include <string.h>
#include <sys/prctl.h>

#include "directory.h"
#include "filter.h"
#include "hash.h"

/* Something that the profile refuses was refused, or was not, or there is none. */
enum proof {
	PROOF_NONE,
	PROOF_FALSE,
	PROOF_TRUE,
};

bool nesting_is_possible(void)
{
	return SYSTEM_CALL(prctl, PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1;
}

static uint64_t hash_entry(uint64_t state,
			   const struct paths_entry *const entry)
{
	const uint32_t what[] = { entry->access, entry->state,
				  (uint32_t)entry->missing_bytes };

	state = hash_add(state, what, sizeof(what));
	state = hash_add(state, &entry->status.id, sizeof(entry->status.id));
	if (entry->missing_bytes)
		state = hash_add(state, entry->resolved, entry->missing_bytes);
	return state;
}

/* What a glob stands for later. */
static uint64_t hash_pattern(uint64_t state,
			     const struct paths_pattern *const pattern)
{
	/* The directory's own access is that of who looks for names in it. */
	const uint32_t what[] = { pattern->directory.path->access,
				  (uint32_t)pattern->count };
	size_t i;

	state = hash_add(state, what, sizeof(what));
	state = hash_entry(state, &pattern->directory);
	for (i = 0; i < pattern->count; i++)
		state = hash_add(state, pattern->names[i],
				 strlen(pattern->names[i]) + 1);
	return state;
}

uint64_t nesting_identity(const struct plan *const plan,
			  const struct paths *const paths)
{
	const uint64_t masks[] = {
		plan->handled_fs,	 plan->handled_net,   plan->scoped,
		plan->rights_everywhere, plan->log,	      plan->filter,
		plan->families,		 plan->binds_any_udp,
	};
	uint64_t state = hash_add(HASH_START, masks, sizeof(masks));
	size_t i;

	state = hash_add(state, plan->rights, sizeof(plan->rights));
	for (i = 0; i < PROFILE_PORT_USE_COUNT; i++) {
		const struct profile_use_of_ports *const ports =
			&plan->profile->ports[i];

		state = hash_add(state, &ports->range_count,
				 sizeof(ports->range_count));
		state = hash_add(state, ports->ranges,
				 ports->range_count * sizeof(*ports->ranges));
	}
	/* The shim's own paths go for every profile, but for the places of profiles,
	 * one of which the environment names. */
	for (i = 0; i < paths->count; i++)
		if (paths->entries[i].path ||
		    (paths->entries[i].guarded &&
		     (paths->entries[i].state == PATHS_FOUND ||
		      paths->entries[i].missing_bytes)))
			state = hash_entry(state, &paths->entries[i]);
	for (i = 0; i < paths->pattern_count; i++)
		state = hash_pattern(state, &paths->patterns[i]);
	return state;
}

static bool hides(const struct plan *const plan)
{
	size_t i;

	for (i = 0; i < plan->profile->path_count; i++)
		if (plan->profile->paths[i].access == PROFILE_HIDE)
			return true;
	return false;
}

bool nesting_needs_witness(const struct plan *const plan,
			   const bool may_be_nested)
{
	return may_be_nested || plan->filter ||
	       (plan->paths_by == PLAN_PATHS_RULESET && hides(plan));
}

/* Only the ruleset's refusal is EACCES for who may open it otherwise. */
static enum proof try_open(const int directory, const char *const path,
			   const int flags)
{
	const int fd =
		system_open(directory, path, flags | O_NONBLOCK | O_NOCTTY);

	system_close(fd);
	return fd == -EACCES ? PROOF_TRUE : PROOF_FALSE;
}

/* The root can't be listed unless it is granted, or opened up for what is denied. */
static enum proof try_root(const struct paths *const paths)
{
	struct system_status root;
	bool opened = false;
	size_t i;

	if (system_stat(AT_FDCWD, "/", 0, &root))
		return PROOF_NONE;
	for (i = 0; i < paths->count; i++)
		if (paths->entries[i].state == PATHS_FOUND &&
		    system_same_file(paths->entries[i].status.id, root.id))
			opened = true;
	return opened ? PROOF_NONE : try_open(AT_FDCWD, "/", O_RDONLY);
}

/* Some file in a directory that is denied, whose names can be listed all the same. */
static enum proof try_inside(struct paths_entry *const entry)
{
	struct directory directory = { .fd = -1 };
	const struct system_entry *inside;
	enum proof proof = PROOF_NONE;
	const int fd = paths_fd(entry);

	if (fd < 0 || directory_open(&directory, fd))
		return PROOF_NONE;
	while (proof == PROOF_NONE && directory_next(&directory, &inside) > 0)
		if (inside->type == SYSTEM_ENTRY_FILE)
			proof = try_open(fd, inside->name, O_RDONLY);
	directory_close(&directory);
	paths_release(entry);
	return proof;
}

static enum proof try_denied(struct paths *const paths)
{
	enum proof proof = PROOF_NONE;
	size_t i;

	for (i = 0; i < paths->count && proof == PROOF_NONE; i++) {
		struct paths_entry *const entry = &paths->entries[i];
		const bool directory = SYSTEM_IS(entry->status.mode, DIR);

		if (entry->state != PATHS_FOUND ||
		    !profile_denies(entry->access))
			continue;
		if (directory && entry->access == PROFILE_DENY)
			proof = try_inside(entry);
		else if (directory || SYSTEM_IS(entry->status.mode, REG))
			proof = try_open(AT_FDCWD, entry->resolved, O_RDONLY);
	}
	return proof;
}

bool nesting_is_inside(const struct plan *const plan, struct paths *const paths,
		       const struct filter *const filter)
{
	enum proof proof = PROOF_NONE;

	if (!filter_is_witness(filter->identity))
		return false;
	if (plan->paths_by == PLAN_PATHS_RULESET || plan->view_is_pinned) {
		proof = try_root(paths);
		if (proof == PROOF_NONE)
			proof = try_denied(paths);
	}
	/* Of a filter, only where nothing else tells: somebody's filter may end who
	 * asks for a socket. */
	return proof == PROOF_TRUE ||
	       (proof == PROOF_NONE && filter_is_in_force(filter));
}
