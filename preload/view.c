// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Paths, sorted from the root down, into entries of a view.
 *
 * In a view the nearest entry decides alone.  So each entry is granted what is
 * above it as well, and what leads to something that is denied keeps its place:
 * otherwise a new directory of its name would lead to a place not denied.
 */
#include "view.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <linux/bpf.h>
#include <linux/landlock_rule.h>

#include "fs_paths.h"
#include "hash.h"
#include "path.h"

/* A path of the profile, or one that leads to what is denied. */
struct node {
	char *resolved;
	const struct profile_path *path; /* who asked for it; NULL: the shim */
	uint64_t access;		 /* asked for, then also from above */
	bool denied;
	bool always;  /* readable, even if the profile denies it */
	bool missing; /* the last component is not there: a denied name */
	bool keeps;   /* its place, as it leads to something denied */
	bool derived; /* asked for by nobody but its denied descendant */
};

struct building {
	const struct plan *plan;
	struct report *report;
	struct node *nodes;
	size_t node_count, node_room;
	int view_fd;
	view_identity_t identity;
};

static int fail(const struct building *const building,
		const struct node *const node, const int error)
{
	if (node->path)
		return path_fail(building->report, node->path, error, NULL,
				 node->resolved);
	return report_fill(building->report, error, NULL, 0, NULL, NULL,
			   "%s: %s", node->resolved, strerror(-error));
}

static int fail_profile(const struct building *const building, const int error,
			const char *const what)
{
	const struct profile *const profile = building->plan->profile;

	return report_fill(building->report, error, profile->origin.file,
			   profile->origin.line, NULL, NULL, "[%s]: %s: %s",
			   profile->section, what, strerror(-error));
}

static int add_node(struct building *const building, const struct node node)
{
	struct node *nodes = building->nodes;

	if (building->node_count == building->node_room) {
		const size_t room = 2 * building->node_room + 64;

		nodes = reallocarray(nodes, room, sizeof(*nodes));
		if (!nodes)
			return fail_profile(building, -ENOMEM, "no view");
		building->nodes = nodes;
		building->node_room = room;
	}
	nodes[building->node_count] = node;
	nodes[building->node_count].resolved = strdup(node.resolved);
	if (!nodes[building->node_count].resolved)
		return fail_profile(building, -ENOMEM, "no view");
	building->node_count++;
	return 0;
}

/*
 * Adds what leads to a denied path.  Its own name is a node already, so is the
 * place for one that is missing: the first component that is not there.
 */
static int add_leading(struct building *const building, char *const resolved)
{
	char *slash;
	int error = 0;

	while (!error && (slash = strrchr(resolved, '/')) != resolved) {
		*slash = '\0';
		error = add_node(building, (struct node){ .resolved = resolved,
							  .keeps = true,
							  .derived = true });
	}
	if (!error && resolved[1])
		error = add_node(building, (struct node){ .resolved = "/",
							  .keeps = true,
							  .derived = true });
	return error;
}

/* Cuts a path that does not exist behind its first missing component. */
static int cut_missing(char *const resolved)
{
	char *end = resolved;
	struct stat status;

	while ((end = strchr(end + 1, '/'))) {
		*end = '\0';
		if (lstat(resolved, &status))
			return errno == ENOENT ? 0 : -errno;
		*end = '/';
	}
	return 0;
}

static int add_path(struct building *const building,
		    const struct profile_path *const path)
{
	const bool denied = path->access == PROFILE_DENY;
	char resolved[PATH_MAX];
	int error = path_resolve(path->path, resolved);
	const bool missing = error == -ENOENT;

	if (missing && path->optional)
		error = denied ? cut_missing(resolved) : 0;
	if (error)
		return path_fail_resolving(building->report, path, error);
	if (missing && !denied)
		return 0;
	error = add_node(building,
			 (struct node){
				 .resolved = resolved,
				 .path = path,
				 .access = plan_view_access(path->access),
				 .denied = denied,
				 .missing = missing,
			 });
	return !error && denied ? add_leading(building, resolved) : error;
}

/* What is not there, or not for this user, needs no grant. */
static int add_readable(struct building *const building,
			const char *const *path)
{
	char resolved[PATH_MAX];
	int error = 0;

	for (; *path && !error; path++)
		if (!path_resolve(*path, resolved))
			error = add_node(building,
					 (struct node){
						 .resolved = resolved,
						 .access = plan_view_access(
							 PROFILE_READ),
						 .always = true,
					 });
	return error;
}

/* Each directory before what is in it, and that before any other. */
static int compare_nodes(const void *const left, const void *const right)
{
	const char *a = ((const struct node *)left)->resolved;
	const char *b = ((const struct node *)right)->resolved;

	for (; *a && *a == *b; a++, b++)
		;
	if (*a == '/' || *b == '/')
		return *a == '/' ? (*b ? -1 : 1) : (*a ? 1 : -1);
	return (unsigned char)*a - (unsigned char)*b;
}

/*
 * Makes one node of those for the same path: denied wins, but for what the shim
 * itself needs.
 */
static void merge_nodes(struct building *const building)
{
	struct node *const nodes = building->nodes;
	size_t i, last = 0;

	if (!building->node_count)
		return;
	for (i = 1; i < building->node_count; i++) {
		struct node *const into = &nodes[last];

		if (strcmp(into->resolved, nodes[i].resolved) != 0) {
			nodes[++last] = nodes[i];
			continue;
		}
		if (!into->path || (nodes[i].path && nodes[i].denied))
			into->path = nodes[i].path;
		into->access |= nodes[i].access;
		into->denied |= nodes[i].denied;
		into->always |= nodes[i].always;
		into->missing |= nodes[i].missing;
		into->keeps |= nodes[i].keeps;
		into->derived &= nodes[i].derived;
		free(nodes[i].resolved);
	}
	building->node_count = last + 1;
}

/* Gives each node what the nearest one above it grants. */
static int inherit_access(struct building *const building)
{
	size_t *const above = calloc(building->node_count + 1, sizeof(*above));
	size_t depth = 0, i;

	if (!above)
		return fail_profile(building, -ENOMEM, "no view");
	for (i = 0; i < building->node_count; i++) {
		struct node *const node = &building->nodes[i];

		while (depth &&
		       !path_is_beneath(
			       node->resolved,
			       building->nodes[above[depth - 1]].resolved))
			depth--;
		if (node->denied)
			node->access = node->always
					       ? plan_view_access(PROFILE_READ)
					       : 0;
		else if (depth)
			node->access |=
				building->nodes[above[depth - 1]].access;
		else if (node->derived)
			node->access |= FS_PATHS_SEE;
		above[depth++] = i;
	}
	free(above);
	return 0;
}

static int bpf_map(const enum bpf_cmd command, union bpf_attr *const attr)
{
	const long result = syscall(__NR_bpf, command, attr, sizeof(*attr));

	return result < 0 ? -errno : (int)result;
}

static int update(const int view_fd,
		  const struct landlock_fsview_key *const key,
		  const struct landlock_fsview_value *const value)
{
	union bpf_attr attr = {
		.map_fd = (__u32)view_fd,
		.key = (uintptr_t)key,
		.value = (uintptr_t)value,
		.flags = BPF_ANY,
	};

	return bpf_map(BPF_MAP_UPDATE_ELEM, &attr);
}

/* Adds to @value what the view says already of an inode with two paths. */
static void look_up(const int view_fd,
		    const struct landlock_fsview_key *const key,
		    struct landlock_fsview_value *const value)
{
	struct landlock_fsview_value old;
	union bpf_attr attr = {
		.map_fd = (__u32)view_fd,
		.key = (uintptr_t)key,
		.value = (uintptr_t)&old,
	};

	if (bpf_map(BPF_MAP_LOOKUP_ELEM, &attr))
		return;
	if (!old.access) /* denied by another path */
		*value = old;
	value->access |= old.access;
	value->own |= old.own;
}

/* Opens what was resolved: a link that is there now was not there then. */
static int open_resolved(const char *const path)
{
	const int fd = open(path, O_PATH | O_NOFOLLOW | O_CLOEXEC);
	struct stat status;
	int error = fd < 0 ? -errno : 0;

	if (!error && fstat(fd, &status))
		error = -errno;
	if (!error && S_ISLNK(status.st_mode))
		error = -ELOOP;
	if (!error)
		return fd;
	if (fd >= 0)
		close(fd);
	return error;
}

static int identify(struct building *const building, const int fd,
		    const char *const name,
		    const struct landlock_fsview_value *const value)
{
	struct stat status;

	if (fstat(fd, &status))
		return -errno;
	building->identity = hash_add(building->identity, &status.st_dev,
				      sizeof(status.st_dev));
	building->identity = hash_add(building->identity, &status.st_ino,
				      sizeof(status.st_ino));
	building->identity =
		hash_add(building->identity, value, sizeof(*value));
	building->identity =
		hash_add(building->identity, name, strlen(name) + 1);
	return 0;
}

/* Puts an entry; @key->fd, which is closed, may be the errno of its opening. */
static int put(struct building *const building, const struct node *const node,
	       const struct landlock_fsview_key *const key,
	       const struct landlock_fsview_value *const value)
{
	int error = key->fd < 0 ? key->fd : 0;

	if (!error)
		error = update(building->view_fd, key, value);
	if (!error)
		error = identify(building, key->fd, key->name, value);
	if (key->fd >= 0)
		close(key->fd);
	return error ? fail(building, node, error) : 0;
}

static int put_inode(struct building *const building,
		     const struct node *const node)
{
	/* What is denied can still be seen, but nothing in it. */
	struct landlock_fsview_value value = {
		.access = node->access,
		.own = node->access | FS_PATHS_SEE,
	};
	struct landlock_fsview_key key = { .fd = open_resolved(
						   node->resolved) };

	if (node->keeps)
		value.own &= ~FS_PATHS_REMOVE;
	/* What leads to a missing path may be missing as well. */
	if (key.fd == -ENOENT && (node->derived || !node->path))
		return 0;
	if (key.fd >= 0 && node->access)
		look_up(building->view_fd, &key, &value);
	return put(building, node, &key, &value);
}

static int put_name(struct building *const building,
		    const struct node *const node)
{
	static const struct landlock_fsview_value nothing = {
		.own = FS_PATHS_SEE,
	};
	const char *const slash = strrchr(node->resolved, '/');
	struct landlock_fsview_key key = { 0 };
	char directory[PATH_MAX];

	if (!slash[1]) /* the root has no name */
		return 0;
	snprintf(directory, sizeof(directory), "%.*s",
		 slash == node->resolved ? 1 : (int)(slash - node->resolved),
		 node->resolved);
	if ((size_t)snprintf(key.name, sizeof(key.name), "%s", slash + 1) >=
	    sizeof(key.name))
		return fail(building, node, -ENAMETOOLONG);
	key.fd = open_resolved(directory);
	return put(building, node, &key, &nothing);
}

static int fill(struct building *const building)
{
	static const struct landlock_fsview_key elsewhere = {
		.fd = LANDLOCK_FSVIEW_ELSEWHERE,
	};
	static const struct landlock_fsview_value see = {
		.access = FS_PATHS_SEE,
		.own = FS_PATHS_SEE,
	};
	union bpf_attr freeze = { .map_fd = (__u32)building->view_fd };
	int error = update(building->view_fd, &elsewhere, &see);
	size_t i;

	if (error)
		return fail_profile(building, error, "no view");
	for (i = 0; i < building->node_count && !error; i++) {
		const struct node *const node = &building->nodes[i];

		if (!node->missing)
			error = put_inode(building, node);
		if (!error && node->denied && !node->always)
			error = put_name(building, node);
	}
	if (error)
		return error;
	error = bpf_map(BPF_MAP_FREEZE, &freeze);
	return error ? fail_profile(building, error, "no view") : 0;
}

static int create(struct building *const building)
{
	union bpf_attr attr = {
		.map_type = LANDLOCK_RULE_MAP_TYPE_FSVIEW,
		.key_size = sizeof(struct landlock_fsview_key),
		.value_size = sizeof(struct landlock_fsview_value),
		/* An inode and a name for each. */
		.max_entries = (__u32)(2 * building->node_count + 1),
	};

	building->view_fd = bpf_map(BPF_MAP_CREATE, &attr);
	return building->view_fd < 0 ? fail_profile(building, building->view_fd,
						    "no view can be made")
				     : 0;
}

int view_make(const struct plan *const plan, const char *const *const readable,
	      view_identity_t *const identity, struct report *const report)
{
	struct building building = {
		.plan = plan,
		.report = report,
		.view_fd = -1,
		.identity = HASH_START,
	};
	size_t i;
	int error = 0;

	for (i = 0; i < plan->profile->path_count && !error; i++)
		error = add_path(&building, &plan->profile->paths[i]);
	if (!error)
		error = add_readable(&building, readable);
	if (!error) {
		qsort(building.nodes, building.node_count,
		      sizeof(*building.nodes), compare_nodes);
		merge_nodes(&building);
		error = inherit_access(&building);
	}
	if (!error)
		error = create(&building);
	if (!error)
		error = fill(&building);
	for (i = 0; i < building.node_count; i++)
		free(building.nodes[i].resolved);
	free(building.nodes);
	*identity = building.identity;
	if (!error)
		return building.view_fd;
	if (building.view_fd >= 0)
		close(building.view_fd);
	return error;
}
