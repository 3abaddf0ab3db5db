// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Nodes into entries of a view: a map of bpf(2).
 */
#include "view.h"

#include <string.h>

#include <linux/bpf.h>
#include <linux/landlock_rule.h>

#include "arena.h"
#include "fs_paths.h"
#include "hash.h"
#include "pattern.h"
#include "view_nodes.h"
#include "walk.h"

struct building {
	const struct plan *plan;
	struct report *report;
	struct view_nodes nodes;
	int view_fd;
	view_identity_t identity;
	/* Too large for a small stack: */
	union bpf_attr attr;
	struct landlock_fsview_key key;
};

static int fail(const struct building *const building,
		const struct view_node *const node, const int error)
{
	if (node->entry)
		return paths_fail(node->entry, error,
				  error == -E2BIG
					  ? "name a directory, or fewer "
					    "patterns and paths"
					  : NULL,
				  building->report);
	return report_fill(building->report, error, NULL, 0, NULL, NULL,
			   "%s: %s", node->resolved, report_error_text(error));
}

static int fail_profile(const struct building *const building, const int error)
{
	const struct profile *const profile = building->plan->profile;

	return report_fill_at(building->report, error, &profile->origin, NULL,
			      NULL, "[%s]: no view can be made: %s",
			      profile->section, report_error_text(error));
}

static int bpf_map(const enum bpf_cmd command, union bpf_attr *const attr)
{
	return (int)SYSTEM_CALL(bpf, command, attr, sizeof(*attr));
}

/* What a call on the view begins with. */
static union bpf_attr *ask_view(struct building *const building)
{
	memset(&building->attr, 0, sizeof(building->attr));
	building->attr.map_fd = (__u32)building->view_fd;
	return &building->attr;
}

/* @flags: BPF_ANY, or BPF_NOEXIST. */
static int update(struct building *const building,
		  const struct landlock_fsview_value *const value,
		  const uint64_t flags)
{
	union bpf_attr *const attr = ask_view(building);

	attr->key = (uintptr_t)&building->key;
	attr->value = (uintptr_t)value;
	attr->flags = flags;
	return bpf_map(BPF_MAP_UPDATE_ELEM, attr);
}

/* Adds to @value what the view says already of an inode with two paths. */
static void look_up(struct building *const building,
		    struct landlock_fsview_value *const value)
{
	struct landlock_fsview_value old;
	union bpf_attr *const attr = ask_view(building);

	attr->key = (uintptr_t)&building->key;
	attr->value = (uintptr_t)&old;
	if (bpf_map(BPF_MAP_LOOKUP_ELEM, attr))
		return;
	/* Denied by another path; of sockets, nothing is. */
	if (!(old.access & ~FS_PATHS_CONNECT)) {
		value->access &= FS_PATHS_CONNECT;
		value->own &= FS_PATHS_CONNECT;
	}
	/* What decides for one of the paths, decides. */
	if (!(value->access & old.access & LANDLOCK_FSVIEW_ADDS)) {
		value->access &= ~LANDLOCK_FSVIEW_ADDS;
		old.access &= ~LANDLOCK_FSVIEW_ADDS;
	}
	value->access |= old.access;
	value->own |= old.own;
}

/* Opens what was resolved: a link that is there now was not there then. */
static int open_resolved(const char *const path)
{
	struct system_status status = { .links = 0 };
	int fd = walk_open_plain(path), error;

	if (fd != -ENOSYS && fd != -EPERM)
		return fd;
	fd = system_open(AT_FDCWD, path, O_PATH | O_NOFOLLOW);
	error = fd < 0 ? fd : system_stat_fd(fd, &status);
	if (!error && SYSTEM_IS(status.mode, LNK))
		error = -ELOOP;
	if (error)
		system_close(fd);
	return error ?: fd;
}

static int identify(struct building *const building,
		    const struct landlock_fsview_value *const value)
{
	const char *const name = building->key.name;
	struct system_status status;
	const int error = system_stat_fd(building->key.fd, &status);

	if (error)
		return error;
	building->identity =
		hash_add(building->identity, &status.id, sizeof(status.id));
	building->identity =
		hash_add(building->identity, value, sizeof(*value));
	building->identity = hash_add(building->identity, &building->key.flags,
				      sizeof(building->key.flags));
	building->identity =
		hash_add(building->identity, name, strlen(name) + 1);
	return 0;
}

/*
 * Puts an entry; the key's descriptor may be the errno of its opening. @adds: to what
 * is there, which it seldom is, and then @value becomes what both say.
 */
static int put(struct building *const building,
	       const struct view_node *const node,
	       struct landlock_fsview_value *const value, const bool adds)
{
	int error = building->key.fd < 0 ? building->key.fd : 0;

	if (!error)
		error = update(building, value, adds ? BPF_NOEXIST : BPF_ANY);
	if (error == -EEXIST) {
		look_up(building, value);
		error = update(building, value, BPF_ANY);
	}
	if (!error)
		error = identify(building, value);
	return error ? fail(building, node, error) : 0;
}

/* What is denied can still be seen, but nothing in it. */
static struct landlock_fsview_value value_of(const struct view_node *const node)
{
	const uint64_t access =
		node->access | (node->connects ? FS_PATHS_CONNECT : 0);
	struct landlock_fsview_value value = {
		.access = access,
		.own = access | (node->blind ? 0 : FS_PATHS_SEE),
	};

	/* A name that the profile says leads where it led when that was written. */
	value.own &= ~FS_PATHS_LINK;
	if (node->keeps)
		value.own &= ~FS_PATHS_REMOVE;
	if (node->opens && !node->denied && !node->guarded && !node->blind)
		value.own |= FS_PATHS_ENTRIES;
	if (node->adds)
		value.access |= LANDLOCK_FSVIEW_ADDS;
	return value;
}

static int put_inode(struct building *const building,
		     const struct view_node *const node)
{
	struct landlock_fsview_value value = value_of(node);
	const bool found = node->entry && node->entry->state == PATHS_FOUND;
	int error;

	memset(&building->key, 0, sizeof(building->key));
	building->key.fd =
		found ? paths_fd(node->entry) : open_resolved(node->resolved);
	/* What leads to a missing path may be missing as well. */
	if (building->key.fd == -ENOENT && (node->derived || node->always))
		return 0;
	error = put(building, node, &value, node->access);
	if (found)
		paths_release(node->entry);
	else
		system_close(building->key.fd);
	return error;
}

/* A key that is about @name, in a directory to be given yet.  0 or -ENAMETOOLONG. */
static int set_name(struct building *const building, const char *const name)
{
	const size_t bytes = strlen(name) + 1;

	memset(&building->key, 0, sizeof(building->key));
	if (bytes > sizeof(building->key.name))
		return -ENAMETOOLONG;
	memcpy(building->key.name, name, bytes);
	return 0;
}

static int put_name(struct building *const building,
		    const struct view_node *const node)
{
	struct landlock_fsview_value value = value_of(node);
	const char *const slash = strrchr(node->resolved, '/');
	char *directory;
	int error;

	if (!slash[1]) /* the root has no name */
		return 0;
	if (node->link || node->denied || node->guarded)
		value.own &= ~FS_PATHS_REMOVE;
	error = set_name(building, slash + 1);
	if (error)
		return fail(building, node, error);
	directory = arena_copy(
		node->resolved,
		slash == node->resolved ? 1 : (size_t)(slash - node->resolved));
	if (!directory)
		return report_no_memory(building->report);
	building->key.fd = open_resolved(directory);
	error = put(building, node, &value, false);
	system_close(building->key.fd);
	return error;
}

/* All patterns of a glob.  What it denies, and some name of it grants, is denied. */
static int put_pattern(struct building *const building,
		       const struct view_pattern *const pattern)
{
	struct paths_entry *const directory = &pattern->pattern->directory;
	struct landlock_fsview_value value;
	int error = 0;
	size_t i;

	for (i = 0; i < pattern->pattern->count && !error; i++) {
		error = set_name(building, pattern->pattern->names[i]);
		building->key.flags = LANDLOCK_FSVIEW_PATTERN;
		building->key.fd = error ?: paths_fd(directory);
		value = value_of(&pattern->node);
		error = put(building, &pattern->node, &value,
			    pattern->node.adds);
	}
	paths_release(directory);
	return error;
}

/* Is there something to say of the name, whatever has it? */
static bool needs_name(const struct view_node *const node)
{
	return node->link || node->named || (node->remade && node->adds) ||
	       (node->guarded && node->missing) ||
	       (node->denied && !node->always);
}

static int fill(struct building *const building)
{
	const struct landlock_fsview_value elsewhere = {
		.access = building->nodes.elsewhere,
		.own = building->nodes.elsewhere,
	};
	int error;
	size_t i;

	memset(&building->key, 0, sizeof(building->key));
	building->key.fd = LANDLOCK_FSVIEW_ELSEWHERE;
	error = update(building, &elsewhere, BPF_ANY);
	if (error)
		return fail_profile(building, error);
	building->identity =
		hash_add(building->identity, &elsewhere, sizeof(elsewhere));
	for (i = 0; i < building->nodes.count && !error; i++) {
		const struct view_node *const node = building->nodes.nodes[i];

		if (!node->missing && !node->link)
			error = put_inode(building, node);
		if (!error && needs_name(node))
			error = put_name(building, node);
	}
	for (i = 0; i < building->nodes.pattern_count && !error; i++)
		error = put_pattern(building, &building->nodes.patterns[i]);
	if (error)
		return error;
	error = bpf_map(BPF_MAP_FREEZE, ask_view(building));
	return error ? fail_profile(building, error) : 0;
}

static int create(struct building *const building)
{
	union bpf_attr *const attr = &building->attr;

	memset(attr, 0, sizeof(*attr));
	attr->map_type = LANDLOCK_RULE_MAP_TYPE_FSVIEW;
	attr->key_size = sizeof(struct landlock_fsview_key);
	attr->value_size = sizeof(struct landlock_fsview_value);
	/* An inode and a name for each. */
	attr->max_entries =
		(__u32)(2 * building->nodes.count + 1 +
			PATTERN_NAMES_MAX * building->nodes.pattern_count);
	building->view_fd = bpf_map(BPF_MAP_CREATE, attr);
	return building->view_fd < 0 ? fail_profile(building, building->view_fd)
				     : 0;
}

int view_make(const struct plan *const plan, struct paths *const paths,
	      view_identity_t *const identity, struct report *const report)
{
	struct building *const building = arena_take(1, sizeof(*building));
	int error;

	if (!building)
		return report_no_memory(report);
	building->plan = plan;
	building->report = report;
	building->identity = HASH_START;
	if (view_nodes_make(plan, paths, &building->nodes))
		return report_no_memory(report);
	error = create(building);
	if (error)
		return error;
	error = fill(building);
	*identity = building->identity;
	if (error)
		system_close(building->view_fd);
	return error ?: building->view_fd;
}
