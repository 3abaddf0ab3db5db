// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Files and ports into a ruleset.
 */
#include "mainline.h"

#include <limits.h>
#include <stddef.h>
#include <string.h>

#include "arena.h"
#include "denied.h"
#include "directory.h"
#include "format.h"
#include "links.h"
#include "mainline_abi.h"
#include "system.h"

/* A directory whose entries are to be granted one by one. */
struct opened {
	const struct paths_entry *grant; /* by which it is */
	const char *resolved;
	struct system_file_id id;
};

/* A ruleset while it is filled. */
struct filling {
	const struct plan *plan;
	report_notice_t *notice;
	struct report *report;
	int ruleset_fd;
	struct file_set marks;	 /* enum denied */
	struct file_set granted; /* rights that were added already */
	struct file_set linked;	 /* granted files of several names */
	struct file_set listed;	 /* opened up already, by access */
	struct opened *opened;	 /* a list of what is still to be done */
	size_t opened_count;
	size_t entry_count; /* up to MAINLINE_OPENED_MAX */
	struct directory directory;
};

static int add(struct filling *const filling, const int fd,
	       const struct system_status *const status, const uint64_t rights)
{
	const struct mainline_path_beneath rule = {
		.allowed_access = SYSTEM_IS(status->mode, DIR)
					  ? rights
					  : rights & MAINLINE_FS_OF_FILES,
		.parent_fd = fd,
	};
	long error;

	if (!(rule.allowed_access &
	      ~file_set_word(&filling->granted, status->id)))
		return 0;
	error = SYSTEM_CALL(landlock_add_rule, filling->ruleset_fd,
			    MAINLINE_RULE_PATH_BENEATH, &rule, 0);
	/* It is of no file system that has paths: nothing restricts it. */
	if (error == -EBADFD)
		return 0;
	if (!error && status->links > 1 && !SYSTEM_IS(status->mode, DIR))
		error = file_set_add(&filling->linked, status->id, 1);
	return (int)error
		       ?: file_set_add(&filling->granted, status->id,
				       rule.allowed_access);
}

static int open_later(struct filling *const filling,
		      const struct paths_entry *const grant,
		      const char *const resolved,
		      const struct system_file_id id)
{
	const uint64_t by = UINT64_C(1) << grant->access;
	struct opened *opened;

	/* It may be mounted at several places. */
	if (file_set_word(&filling->listed, id) & by)
		return 0;
	opened = arena_append(filling->opened, filling->opened_count,
			      sizeof(*opened));
	if (!opened || file_set_add(&filling->listed, id, by))
		return -ENOMEM;
	filling->opened = opened;
	opened[filling->opened_count++] = (struct opened){
		.grant = grant,
		.resolved = resolved,
		.id = id,
	};
	return 0;
}

/*
 * Grants a file, or all of a directory, as far as it is not denied; @resolved is
 * kept for a directory that is opened up.
 */
static int grant_file(struct filling *const filling,
		      const struct paths_entry *const grant, const int fd,
		      const struct system_status *const status,
		      const char *const resolved)
{
	const uint64_t marks = file_set_word(&filling->marks, status->id);
	const uint64_t *const rights = filling->plan->rights;
	const bool writes = grant->access == PROFILE_WRITE;
	/* To connect is not to read. */
	const uint64_t kept =
		grant->access == PROFILE_CONNECT ? 0 : rights[PROFILE_READ];
	int error = 0;

	if (marks & DENIED)
		return 0;
	if (writes && marks & GUARDED)
		return add(filling, fd, status, rights[PROFILE_READ]);
	if (!(marks & DENIED_BELOW) && !(writes && marks & GUARDED_BELOW))
		return add(filling, fd, status, rights[grant->access]);
	/* What is guarded may be read, and what is denied may have its names
	 * listed: all else of a directory goes for what is below as well. */
	if (!(marks & DENIED_BELOW))
		error = add(filling, fd, status, kept);
	else if (!(marks & HIDDEN_BELOW))
		error = add(filling, fd, status, kept & MAINLINE_FS_READ_DIR);
	return error ?: open_later(filling, grant, resolved, status->id);
}

/*
 * With on-error = warn, a grant that can't be made is told and left out: that it
 * grants less is no reason to let all of the paths go.  What the kernel does not
 * take, fails.
 */
static int settle(const struct filling *const filling, const int error)
{
	static const int of_one[] = {
		-EACCES, -ENOENT, -ENOTDIR, -ESTALE,
		-ELOOP,	 -EIO,	  -E2BIG,   -ENAMETOOLONG
	};
	size_t i;

	if (filling->plan->profile->on_error != PROFILE_ON_ERROR_WARN)
		return error;
	for (i = 0; i < sizeof(of_one) / sizeof(*of_one); i++)
		if (of_one[i] == error) {
			filling->notice(filling->report);
			return 0;
		}
	return error;
}

static int fail_opened(const struct filling *const filling,
		       const struct opened *const opened, const int error,
		       const char *const remedy)
{
	const struct profile_path *const path = opened->grant->path;

	return report_fill_at(filling->report, error, &path->origin,
			      profile_access_key(path->access), remedy,
			      "%s: %s", opened->resolved,
			      report_error_text(error));
}

/* Links are left out: what they lead to is granted, or not, where it is. */
static int grant_entry(struct filling *const filling,
		       const struct opened *const opened, const int directory,
		       const char *const name)
{
	struct system_status status;
	char *resolved = NULL;
	size_t bytes;
	int fd, error;

	fd = system_open(directory, name, O_PATH | O_NOFOLLOW);
	error = fd < 0 ? fd : system_stat_fd(fd, &status);
	if (error) {
		/* Gone since it was listed, or of no use to this user: as what
		 * another one mounted by FUSE, or what nobody serves any more. */
		system_close(fd);
		return system_is_exhausted(error) ? error : 0;
	}
	if (SYSTEM_IS(status.mode, LNK))
		goto out;
	if (SYSTEM_IS(status.mode, DIR) &&
	    file_set_word(&filling->marks, status.id)) {
		bytes = strlen(opened->resolved) + strlen(name) + 2;
		error = bytes > PATH_MAX ? -ENAMETOOLONG : 0;
		resolved = error ? NULL : arena_take(bytes, 1);
		if (!error && !resolved)
			error = -ENOMEM;
		if (error)
			goto out;
		format_text(resolved, bytes, "%s/%s",
			    opened->resolved[1] ? opened->resolved : "", name);
	}
	error = grant_file(filling, opened->grant, fd, &status, resolved);
out:
	system_close(fd);
	return error;
}

static int open_same(const struct opened *const opened)
{
	struct system_status status = { .links = 0 };
	const int fd = system_open(AT_FDCWD, opened->resolved,
				   O_PATH | O_NOFOLLOW | O_DIRECTORY);
	int error = fd < 0 ? fd : system_stat_fd(fd, &status);

	if (!error && !system_same_file(status.id, opened->id))
		error = -ESTALE;
	if (error)
		system_close(fd);
	return error ?: fd;
}

/* Grants what is in a directory, but for what is denied. */
static int grant_entries(struct filling *const filling,
			 const struct opened *const opened)
{
	const struct system_entry *entry;
	int more = 0, error;
	const int fd = open_same(opened);

	if (fd < 0)
		return fail_opened(filling, opened, fd, NULL);
	error = directory_open(&filling->directory, fd);
	if (error) {
		system_close(fd);
		return fail_opened(filling, opened, error,
				   "it has to be listed, as something in it is "
				   "denied");
	}
	while (!error) {
		more = directory_next(&filling->directory, &entry);
		if (more <= 0)
			break;
		if (++filling->entry_count > MAINLINE_OPENED_MAX)
			error = -E2BIG;
		else
			error = grant_entry(filling, opened, fd, entry->name);
	}
	directory_close(&filling->directory);
	system_close(fd);
	if (!error)
		error = more;
	return error ? fail_opened(filling, opened, error,
				   error == -E2BIG
					   ? "grant less than a directory that "
					     "something is denied in"
					   : NULL)
		     : 0;
}

/* A file of what is guarded, named by the profile itself. */
static bool is_guarded(const struct paths *const paths,
		       const struct paths_entry *const entry)
{
	size_t i;

	for (i = 0; i < paths->count; i++)
		if (paths->entries[i].guarded &&
		    paths->entries[i].state == PATHS_FOUND &&
		    paths_is_beneath(entry->resolved,
				     paths->entries[i].resolved))
			return true;
	return false;
}

static int grant_path(struct filling *const filling,
		      const struct paths *const paths,
		      struct paths_entry *const entry)
{
	const int fd = paths_fd(entry);
	int error = fd < 0 ? fd : 0;

	if (entry->access == PROFILE_WRITE && is_guarded(paths, entry))
		entry->access = PROFILE_READ;
	/* The shim's own can be used whatever the profile says. */
	if (!error && !entry->path)
		error = add(filling, fd, &entry->status,
			    filling->plan->rights[entry->access]);
	else if (!error)
		error = grant_file(filling, entry, fd, &entry->status,
				   entry->resolved);
	paths_release(entry);
	return error ? paths_fail(entry, error, NULL, filling->report) : 0;
}

static int grant_paths(struct filling *const filling, struct paths *const paths)
{
	int error = denied_find(paths, &filling->marks);
	size_t i;

	if (error)
		return report_no_memory(filling->report);
	for (i = 0; i < paths->count && !error; i++) {
		struct paths_entry *const entry = &paths->entries[i];

		if (entry->state == PATHS_FOUND &&
		    !profile_denies(entry->access))
			error = settle(filling,
				       grant_path(filling, paths, entry));
	}
	/* The list grows while it is worked off. */
	for (i = 0; i < filling->opened_count && !error; i++)
		error = settle(filling,
			       grant_entries(filling, &filling->opened[i]));
	if (!error && links_tell(paths, &filling->linked, filling->notice,
				 filling->report))
		error = report_no_memory(filling->report);
	return error;
}

/* What a ruleset that is about something else must not take away. */
static int grant_everywhere(struct filling *const filling)
{
	const uint64_t rights = filling->plan->rights_everywhere;
	struct system_status status;
	int fd, error;

	if (!rights)
		return 0;
	fd = system_open(AT_FDCWD, "/", O_PATH | O_DIRECTORY);
	error = fd < 0 ? fd : system_stat_fd(fd, &status);
	if (!error)
		error = add(filling, fd, &status, rights);
	system_close(fd);
	return error ? report_fill(filling->report, error, NULL, 0, NULL, NULL,
				   "/: %s", report_error_text(error))
		     : 0;
}

static int add_port(const struct filling *const filling,
		    const enum profile_port_use use, const unsigned int port)
{
	const struct profile_use_of_ports *const ports =
		&filling->plan->profile->ports[use];
	const struct mainline_net_port rule = {
		.allowed_access = plan_port_right(use),
		.port = port,
	};
	const int error =
		(int)SYSTEM_CALL(landlock_add_rule, filling->ruleset_fd,
				 MAINLINE_RULE_NET_PORT, &rule, 0);

	return error ? report_fill_at(filling->report, error, &ports->origin,
				      profile_port_key(use), NULL,
				      "port %u: %s", port,
				      report_error_text(error))
		     : 0;
}

static int add_ports(const struct filling *const filling)
{
	const struct plan *const plan = filling->plan;
	size_t i, j;
	unsigned int port;
	int error = 0;

	for (i = 0; i < PROFILE_PORT_USE_COUNT; i++) {
		const enum profile_port_use use = (enum profile_port_use)i;
		const struct profile_use_of_ports *const ports =
			&plan->profile->ports[use];

		if (!(plan->handled_net & plan_port_right(use)))
			continue;
		for (j = 0; j < ports->range_count && !error; j++)
			for (port = ports->ranges[j].first;
			     port <= ports->ranges[j].last && !error; port++)
				error = add_port(filling, use, port);
	}
	if (!error && plan->binds_any_udp)
		error = add_port(filling, PROFILE_BIND_UDP, 0);
	return error;
}

/* As much as the kernel knows: to one that knows more, the rest is 0. */
static size_t attribute_bytes(const int abi)
{
	if (abi >= MAINLINE_ABI_SCOPE)
		return sizeof(struct mainline_ruleset_attr);
	return abi >= MAINLINE_ABI_TCP
		       ? offsetof(struct mainline_ruleset_attr, scoped)
		       : offsetof(struct mainline_ruleset_attr,
				  handled_access_net);
}

int mainline_ruleset(const struct plan *const plan, struct paths *const paths,
		     report_notice_t *const notice, struct report *const report)
{
	const struct mainline_ruleset_attr attr = {
		.handled_access_fs = plan->handled_fs,
		.handled_access_net = plan->handled_net,
		.scoped = plan->scoped,
	};
	struct filling filling = {
		.plan = plan,
		.notice = notice,
		.report = report,
	};
	int error = 0;

	filling.ruleset_fd =
		(int)SYSTEM_CALL(landlock_create_ruleset, &attr,
				 attribute_bytes(plan->mainline_abi), 0);
	if (filling.ruleset_fd < 0)
		return report_fill_at(
			report, filling.ruleset_fd, &plan->profile->origin,
			NULL, NULL, "[%s]: no Landlock ruleset can be made: %s",
			plan->profile->section,
			report_error_text(filling.ruleset_fd));
	if (plan_needs_paths(plan) && !plan_needs_view(plan))
		error = grant_paths(&filling, paths);
	if (!error)
		error = grant_everywhere(&filling);
	if (!error)
		error = add_ports(&filling);
	if (error)
		system_close(filling.ruleset_fd);
	return error ?: filling.ruleset_fd;
}

int mainline_restrict(const int ruleset_fd, const uint32_t log)
{
	return (int)SYSTEM_CALL(landlock_restrict_self, ruleset_fd, log);
}
