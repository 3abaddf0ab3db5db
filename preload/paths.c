// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Looks paths up: plainly where there is no link, link by link where there is.
 */
#include "paths.h"

#include <string.h>

#include "arena.h"
#include "overrule.h"
#include "paths_list.h"
#include "pattern.h"
#include "walk.h"

/* Descriptors held open at once: a profile may have more paths than a process may
 * have descriptors. */
#define HELD_MAX 64
/* How many the shim asks for, and globs stand for, mostly. */
#define EXTRA_PATHS 32

struct looking {
	const struct profile *profile;
	struct paths *paths;
	struct walk_policy policy;
	struct walk_cache cache;
	struct expand_budget budget;
	struct file_set writable;
	size_t held;   /* descriptors */
	bool writes;   /* the profile grants writing */
	bool followed; /* something was found by more than being opened */
};

bool paths_is_beneath(const char *const path, const char *const top)
{
	const size_t length = top[1] ? strlen(top) : 0;

	return strncmp(path, top, length) == 0 &&
	       (path[length] == '/' || path[length] == '\0');
}

static bool has_writable(const struct profile *const profile)
{
	size_t i;

	for (i = 0; i < profile->path_count; i++)
		if (profile->paths[i].access == PROFILE_WRITE)
			return true;
	return false;
}

/*
 * Is what leads to it of interest: as something there may be denied; or guarded, which
 * is of no matter where nothing may be written.
 */
static bool needs_way(const struct looking *const looking,
		      const struct paths_entry *const entry)
{
	return profile_denies(entry->access) ||
	       (entry->guarded && looking->writes);
}

/* Gives back all descriptors; they will be opened again when asked for. */
static bool release_all(struct looking *const looking)
{
	const bool any = walk_cache_drop(&looking->cache) || looking->held;
	size_t i;

	for (i = 0; i < looking->paths->count; i++)
		paths_release(&looking->paths->entries[i]);
	looking->held = 0;
	return any;
}

static int take_result(struct paths_entry *const entry,
		       struct walk_result *const result)
{
	if (result->resolved) {
		entry->resolved = arena_text(result->resolved);
		if (!entry->resolved)
			return -ENOMEM;
	}
	entry->missing_bytes = result->missing_bytes;
	entry->remedy = result->remedy;
	entry->fd = result->fd;
	entry->status = result->status;
	entry->way = result->passed;
	entry->way_count = result->passed_count;
	entry->links = result->links;
	entry->link_count = result->link_count;
	result->fd = -1;
	return 0;
}

/* Of what a glob stands for, all that could be had is meant. */
static bool may_be_missing(const struct profile_path *const path)
{
	return path->optional || path->is_glob;
}

/*
 * What is denied, if it is there, but out of reach: a directory that nobody searches
 * stands for it.  Its owner can make it one that can be searched, and before the
 * next start one that can't.  A name refused in a directory that can be searched is
 * so by what this process is under already, as a view that hides it.
 */
static int deny_unreached(struct paths_entry *const entry,
			  struct walk_result *const result)
{
	const int here = system_open(result->directory, ".", O_PATH);

	system_close(here);
	if (here >= 0) {
		entry->state = PATHS_OPTIONAL;
		return 0;
	}
	if (here != -EACCES || !may_be_missing(entry->path))
		return -EACCES;
	paths_release(entry);
	entry->fd = walk_take_directory(result);
	return entry->fd < 0 ? entry->fd
			     : system_stat_fd(entry->fd, &entry->status);
}

/* Follows links, each of which is looked at. */
static int look_by_walk(struct looking *const looking,
			struct paths_entry *const entry)
{
	const bool denies = profile_denies(entry->access);
	struct walk_result result;
	int error, taken;

	error = walk(entry->name, &looking->policy, &result);
	taken = take_result(entry, &result);
	if (taken)
		error = taken;
	if (!error && result.placeless)
		entry->state = PATHS_PLACELESS;
	else if (error == -EACCES && denies && result.directory >= 0)
		error = deny_unreached(entry, &result);
	else if ((error && !entry->missing_bytes) || !needs_way(looking, entry))
		entry->way_count = entry->link_count = 0;
	looking->followed |= !error;
	walk_end(&result);
	return error;
}

/* What needs no more than to be opened. */
static int look_plainly(struct paths_entry *const entry)
{
	const int fd = walk_open_plain(entry->name);
	int error;

	if (fd < 0)
		return fd;
	error = system_stat_fd(fd, &entry->status);
	if (error) {
		system_close(fd);
		return error;
	}
	entry->fd = fd;
	entry->resolved = entry->name;
	return 0;
}

static int look_once(struct looking *const looking,
		     struct paths_entry *const entry)
{
	int error = -ELOOP;

	entry->fd = -1;
	if (!needs_way(looking, entry))
		error = look_plainly(entry);
	/* Whatever the reason: the walk knows what can't be had, and why. */
	return error && !system_is_exhausted(error)
		       ? look_by_walk(looking, entry)
		       : error;
}

static void judge(struct paths_entry *const entry, const int error)
{
	const struct profile_path *const path = entry->path;
	/* Links that lead nowhere, not one that is not followed. */
	const bool leads_nowhere =
		path && path->is_glob && error == -ELOOP && !entry->remedy;

	entry->error = error;
	if (!error)
		return; /* found, or placeless */
	entry->state = PATHS_LACKING;
	if (!path || leads_nowhere ||
	    (paths_is_out_of_reach(error) && may_be_missing(path)))
		entry->state = PATHS_OPTIONAL;
	else if (paths_is_out_of_reach(error) && path->make)
		entry->state = PATHS_UNMADE;
}

static int look(struct looking *const looking, struct paths_entry *const entry)
{
	int error;

	if (entry->fd >= 0)
		looking->held--;
	paths_release(entry);
	entry->state = PATHS_FOUND;
	entry->missing_bytes = entry->way_count = entry->link_count = 0;
	error = look_once(looking, entry);
	if ((error == -EMFILE || error == -ENFILE) && release_all(looking)) {
		paths_release(entry);
		error = look_once(looking, entry);
	}
	if (entry->fd >= 0 && error)
		paths_release(entry);
	if (system_is_exhausted(error))
		return error;
	judge(entry, error);
	if (entry->fd >= 0 && ++looking->held > HELD_MAX) {
		paths_release(entry);
		looking->held--;
	}
	return 0;
}

/* Looks for what may be written: for all of it, or for what was not found yet. */
static int look_for_round(struct looking *const looking,
			  struct file_set *const found, const bool all)
{
	struct paths *const paths = looking->paths;
	int error = 0;
	size_t i;

	for (i = 0; i < paths->count && !error; i++) {
		struct paths_entry *const entry = &paths->entries[i];

		if (entry->access != PROFILE_WRITE || !entry->name ||
		    (!all && entry->state == PATHS_FOUND))
			continue;
		error = look(looking, entry);
		if (!error && entry->state == PATHS_FOUND)
			error = file_set_add(found, entry->status.id, 1);
	}
	return error;
}

/*
 * What the program may write is known first, as links in there are his word; those
 * on the way to other such directories as well, in whatever order they are written.
 * So first all that is claimed; then what no link in any of that leads to, which is
 * certain; last the rest, which has to lead into what is certain.
 */
static int look_for_writable(struct looking *const looking)
{
	struct file_set claimed = { .used = 0 };
	int error;

	if (!looking->writes)
		return 0;
	error = look_for_round(looking, &claimed, true);
	looking->writable = claimed;
	looking->policy.writable = &looking->writable;
	if (error || !looking->followed)
		return error;
	looking->policy.writable = &claimed;
	looking->policy.strict = true;
	looking->writable = (struct file_set){ .used = 0 };
	error = look_for_round(looking, &looking->writable, true);
	looking->policy.writable = &looking->writable;
	looking->policy.strict = false;
	return error ?: look_for_round(looking, &looking->writable, false);
}

static int look_for_rest(struct looking *const looking)
{
	struct paths *const paths = looking->paths;
	int error = 0;
	size_t i;

	/* The policy stays as it is from here on: one walk's way is good for the next,
	 * whatever that is for. */
	looking->policy.leads = true;
	looking->policy.cache = &looking->cache;
	for (i = 0; i < paths->count && !error; i++)
		if (paths->entries[i].access != PROFILE_WRITE &&
		    paths->entries[i].name)
			error = look(looking, &paths->entries[i]);
	return error;
}

/* The directory of a glob; none where the glob can't be said by patterns. */
static int look_for_pattern(struct looking *const looking,
			    const struct profile_path *const path)
{
	struct paths *const paths = looking->paths;
	struct pattern *const pattern = arena_take(1, sizeof(*pattern));
	struct paths_pattern *found;
	int error = pattern ? pattern_make(path->path, pattern) : -ENOMEM;

	if (error)
		return error == -EDOM ? 0 : error;
	paths->patterns = arena_append(paths->patterns, paths->pattern_count,
				       sizeof(*found));
	if (!paths->patterns)
		return -ENOMEM;
	found = &paths->patterns[paths->pattern_count];
	*found = (struct paths_pattern){
		.directory = { .path = path,
			       .name = pattern->directory,
			       .access = PROFILE_READ,
			       .fd = -1 },
		.names = pattern->names,
		.count = pattern->count,
	};
	error = look(looking, &found->directory);
	if (!error && found->directory.state == PATHS_FOUND &&
	    SYSTEM_IS(found->directory.status.mode, DIR))
		paths->pattern_count++;
	/* It is opened again when it is asked for. */
	if (found->directory.fd >= 0)
		looking->held--;
	paths_release(&found->directory);
	return error;
}

static int look_for_patterns(struct looking *const looking)
{
	const struct profile *const profile = looking->profile;
	size_t i;
	int error = 0;

	for (i = 0; i < profile->path_count && !error; i++)
		if (profile->paths[i].is_glob)
			error = look_for_pattern(looking, &profile->paths[i]);
	return error;
}

static int look_for_extra(struct looking *const looking,
			  const char *const *path,
			  const enum profile_access access, const bool guarded)
{
	int error = 0;

	for (; path && *path && !error; path++) {
		struct paths_entry *const entry =
			paths_add(looking->paths, NULL, access, *path);

		if (!entry)
			return -ENOMEM;
		entry->guarded = guarded;
		error = look(looking, entry);
	}
	return error;
}

static int look_for_all(struct looking *const looking,
			const struct paths_extra *const extra)
{
	const struct profile *const profile = looking->profile;
	struct paths *const paths = looking->paths;
	int error;

	paths->entries = arena_reserve(
		profile->path_count + profile->sockets.path_count + EXTRA_PATHS,
		sizeof(*paths->entries));
	if (!paths->entries)
		return -ENOMEM;
	error = paths_add_list(paths, &looking->budget, profile->paths,
			       profile->path_count);

	if (!error && extra->sockets)
		error = paths_add_list(paths, &looking->budget,
				       profile->sockets.paths,
				       profile->sockets.path_count);
	if (!error)
		error = look_for_writable(looking);
	if (!error)
		error = look_for_rest(looking);
	if (!error)
		error = overrule(paths);
	if (!error && extra->patterns)
		error = look_for_patterns(looking);
	/* The program's links lead the shim nowhere else either. */
	if (!error)
		error = look_for_extra(looking, extra->readable, PROFILE_READ,
				       false);
	if (!error)
		error = look_for_extra(looking, extra->runnable, PROFILE_EXEC,
				       false);
	if (!error)
		error = look_for_extra(looking, extra->guarded, PROFILE_READ,
				       true);
	return error;
}

int paths_open(const struct profile *const profile,
	       const struct paths_extra *const extra, struct paths *const out,
	       struct report *const report)
{
	/* Too large for a small stack. */
	struct looking *const looking = arena_take(1, sizeof(*looking));
	int error;

	*out = (struct paths){ .count = 0 };
	if (!looking)
		return report_no_memory(report);
	*looking = (struct looking){
		.profile = profile,
		.paths = out,
		.writes = has_writable(profile),
		.budget = { .names = EXPAND_NAMES_MAX,
			    .looked = EXPAND_LOOKED_MAX,
			    .directory = { .fd = -1 } },
		.policy = { .user = system_user(),
			    .scratch = arena_take(WALK_SCRATCH_BYTES, 1) },
	};
	if (!looking->policy.scratch)
		return report_no_memory(report);
	looking->cache.directory = &looking->budget.directory;
	error = look_for_all(looking, extra);
	walk_cache_drop(&looking->cache);
	if (!error)
		return 0;
	paths_close(out);
	return report_fill_at(
		report, error, &profile->origin, NULL,
		error == -ENOMEM ? NULL : "raise the limit of open files",
		"[%s]: its paths cannot be looked up: %s", profile->section,
		report_error_text(error));
}

void paths_close(struct paths *const paths)
{
	size_t i;

	for (i = 0; i < paths->count; i++)
		paths_release(&paths->entries[i]);
	*paths = (struct paths){ .count = 0 };
}

int paths_fd(struct paths_entry *const entry)
{
	struct system_status status = { .links = 0 };
	int fd, error;

	if (entry->fd >= 0)
		return entry->fd;
	if (entry->state != PATHS_FOUND)
		return entry->error;
	/* No link was left in it. */
	fd = system_open(AT_FDCWD, entry->resolved, O_PATH | O_NOFOLLOW);
	if (fd < 0)
		return fd;
	error = system_stat_fd(fd, &status);
	if (!error && !system_same_file(status.id, entry->status.id))
		error = -ESTALE;
	if (error)
		system_close(fd);
	else
		entry->fd = fd;
	return error ?: fd;
}

void paths_release(struct paths_entry *const entry)
{
	system_close(entry->fd);
	entry->fd = -1;
}

const char *paths_cause(const struct paths_entry *const entry)
{
	return entry->cause ?: report_error_text(entry->error);
}

int paths_fail(const struct paths_entry *const entry, const int error,
	       const char *remedy, struct report *const report)
{
	const struct profile_path *const path = entry->path;
	const char *const where = entry->name ?: path->path;
	const char *const cause = error == entry->error
					  ? paths_cause(entry)
					  : report_error_text(error);

	if (!path)
		return report_fill(report, error, NULL, 0, NULL, remedy,
				   "%s: %s", where, cause);
	if (!remedy)
		remedy = entry->remedy;
	if (!remedy && (error == -ENOENT || error == -ENOTDIR))
		remedy = "correct it, or write - before it if it may be "
			 "missing";
	if (!remedy && error == -EACCES)
		remedy = "correct it, or write - before it if it may be out "
			 "of reach";
	return report_fill_at(report, error, &path->origin,
			      profile_access_key(path->access), remedy,
			      "%s: %s", where, cause);
}
