// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Paths, sorted from the root down, into what a view is to say of each.
 *
 * In a view the nearest entry decides, but for grants, which add to what the way up
 * grants.  So each node is granted what is above it as well, and what leads to something
 * that is denied keeps its place: otherwise a new directory of its name would lead to a
 * place not denied.
 */
#include "view_nodes.h"

#include <string.h>

#include "arena.h"
#include "fs_paths.h"

static int add(struct view_nodes *const out, const struct view_node node)
{
	struct view_node **const nodes =
		arena_append(out->nodes, out->count, sizeof(*nodes));
	struct view_node *const added = arena_take(1, sizeof(*added));

	if (!nodes || !added)
		return -ENOMEM;
	*added = node;
	out->nodes = nodes;
	nodes[out->count++] = added;
	return 0;
}

/*
 * Adds what leads to a denied path.  Its own name is a node already, so is the
 * place for one that is missing: the first component that is not there.
 */
static int add_leading(struct view_nodes *const out, const char *const resolved)
{
	size_t length = strlen(resolved);
	int error = 0;

	while (!error && length > 1) {
		const char *leading = "/";

		while (resolved[--length] != '/')
			;
		if (length)
			leading = arena_copy(resolved, length);
		error = leading ? add(out,
				      (struct view_node){ .resolved = leading,
							  .keeps = true,
							  .derived = true })
				: -ENOMEM;
	}
	return error;
}

/* A link of that name would have the next start deny something else. */
static int add_links(struct view_nodes *const out,
		     const struct paths_entry *const entry)
{
	size_t i;
	int error = 0;

	for (i = 0; i < entry->link_count && !error; i++) {
		error = add(out,
			    (struct view_node){ .resolved = entry->links[i],
						.link = true,
						.keeps = true,
						.derived = true });
		if (!error)
			error = add_leading(out, entry->links[i]);
	}
	return error;
}

/* Is all there but the name itself? */
static bool is_last_missing(const struct paths_entry *const entry)
{
	return entry->error == -ENOENT && entry->missing_bytes &&
	       !entry->resolved[entry->missing_bytes];
}

/*
 * Who serves a socket makes it anew at each start, maybe for the first time: its
 * name is granted, too.  Not that of a directory: all that took its place would be.
 */
static int add_sockets(struct view_nodes *const out,
		       struct paths_entry *const entry)
{
	struct view_node node = {
		.resolved = entry->resolved,
		.entry = entry,
		.access = out->elsewhere & ~FS_PATHS_CONNECT,
		.connects = true,
		.named = true,
	};

	if (entry->state == PATHS_OPTIONAL && is_last_missing(entry))
		node.missing = true;
	else if (entry->state != PATHS_FOUND)
		return 0;
	else if (SYSTEM_IS(entry->status.mode, DIR))
		node.named = false;
	return add(out, node);
}

/*
 * Whoever changes a file writes a new one beside it, mostly, and gives that its name:
 * the name is granted as well, and its directory may be changed for it.
 */
static bool is_remade(const struct paths_entry *const entry)
{
	return entry->access == PROFILE_WRITE && entry->path &&
	       entry->state == PATHS_FOUND &&
	       SYSTEM_IS(entry->status.mode, REG);
}

/* Whose entries may be changed, each by what it is granted. */
static int open_directory(struct view_nodes *const out,
			  const char *const resolved)
{
	return add(out, (struct view_node){ .resolved = resolved,
					    .derived = true,
					    .opens = true });
}

static int open_directory_of(struct view_nodes *const out,
			     const char *const resolved)
{
	const size_t length = (size_t)(strrchr(resolved, '/') - resolved);
	const char *const directory =
		length ? arena_copy(resolved, length) : "/";

	return directory ? open_directory(out, directory) : -ENOMEM;
}

static int add_entry(struct view_nodes *const out,
		     struct paths_entry *const entry)
{
	const bool denied = profile_denies(entry->access);
	/* A name in what is no directory can't come to be. Of what is guarded, the
	 * name alone: others have a use for the directory that it would be in. */
	const bool missing =
		entry->missing_bytes && entry->state != PATHS_OVERRULED &&
		(denied ? entry->error != -ENOTDIR
			: entry->guarded && is_last_missing(entry));
	struct view_node node = {
		.resolved = entry->resolved,
		.entry = entry,
		.access = plan_view_access(entry->access),
		.denied = denied,
		.hidden = entry->access == PROFILE_HIDE,
		.guarded = entry->guarded,
		.always = !entry->path,
		.needs = entry->path ? 0 : plan_view_access(entry->access),
		.missing = missing,
		.remade = is_remade(entry),
	};
	int error;

	if (entry->state != PATHS_FOUND && !missing)
		return 0;
	if (missing)
		node.resolved =
			arena_copy(entry->resolved, entry->missing_bytes);
	if (!node.resolved)
		return -ENOMEM;
	error = add(out, node);
	if (!error && (denied || entry->guarded))
		error = add_leading(out, node.resolved);
	if (!error && node.remade)
		error = open_directory_of(out, node.resolved);
	return error ?: add_links(out, entry);
}

/* Of which names that match are to be made. */
static int add_opened(struct view_nodes *const out,
		      const struct paths_pattern *const pattern)
{
	const struct paths_entry *const directory = &pattern->directory;

	if (directory->path->access != PROFILE_WRITE)
		return 0;
	return open_directory(out, directory->resolved);
}

/* The outermost directory that is denied around what is granted; NULL: none is. */
static const char *find_denied(const struct paths *const paths,
			       const struct paths_entry *const grant)
{
	const char *outermost = NULL;
	size_t i;

	for (i = 0; i < paths->count; i++) {
		const struct paths_entry *const entry = &paths->entries[i];

		if (entry->state == PATHS_FOUND &&
		    profile_denies(entry->access) &&
		    paths_is_beneath(grant->resolved, entry->resolved) &&
		    (!outermost ||
		     paths_is_beneath(outermost, entry->resolved)))
			outermost = entry->resolved;
	}
	return outermost;
}

/* Adds what leads from there to the grant, so that it can be seen. */
static int add_ways(struct view_nodes *const out,
		    const struct paths *const paths,
		    const struct paths_entry *const grant)
{
	const char *const denied = find_denied(paths, grant);
	size_t length = strlen(grant->resolved);
	const char *leading;

	if (!denied)
		return 0;
	for (;;) {
		while (length && grant->resolved[--length] != '/')
			;
		leading = length ? arena_copy(grant->resolved, length) : "/";
		if (!leading)
			return -ENOMEM;
		if (!paths_is_beneath(leading, denied))
			return 0;
		if (add(out, (struct view_node){ .resolved = leading,
						 .leads = true,
						 .derived = true }))
			return -ENOMEM;
		if (!length)
			return 0;
	}
}

static int add_all_ways(struct view_nodes *const out,
			const struct paths *const paths)
{
	bool any = false;
	size_t i;
	int error = 0;

	for (i = 0; i < paths->count; i++)
		any |= profile_denies(paths->entries[i].access);
	for (i = 0; i < paths->count && any && !error; i++)
		if (paths->entries[i].state == PATHS_FOUND &&
		    !profile_denies(paths->entries[i].access))
			error = add_ways(out, paths, &paths->entries[i]);
	return error;
}

/* Each directory before what is in it, and that before any other. */
static bool comes_before(const struct view_node *const left,
			 const struct view_node *const right)
{
	const char *a = left->resolved, *b = right->resolved;

	for (; *a && *a == *b; a++, b++)
		;
	if (*a == '/' || *b == '/')
		return *a == '/' ? !!*b : !*a;
	return (unsigned char)*a < (unsigned char)*b;
}

static void merge_runs(struct view_node **const from,
		       struct view_node **const to, const size_t begin,
		       const size_t middle, const size_t end)
{
	size_t left = begin, right = middle, i;

	for (i = begin; i < end; i++) {
		if (left < middle &&
		    (right == end || !comes_before(from[right], from[left])))
			to[i] = from[left++];
		else
			to[i] = from[right++];
	}
}

/* Merge sort, from short runs to long ones. */
static int sort(struct view_nodes *const out)
{
	struct view_node **spare = arena_take(out->count + 1, sizeof(*spare));
	size_t run, begin;

	if (!spare)
		return -ENOMEM;
	for (run = 1; run < out->count; run *= 2) {
		struct view_node **const sorted = spare;

		for (begin = 0; begin < out->count; begin += 2 * run) {
			const size_t left = out->count - begin;

			merge_runs(out->nodes, sorted, begin,
				   begin + (left < run ? left : run),
				   begin + (left < 2 * run ? left : 2 * run));
		}
		spare = out->nodes;
		out->nodes = sorted;
	}
	return 0;
}

/*
 * Makes one node of those for the same path: denied wins, but for what the shim
 * itself needs.
 */
static void merge(struct view_nodes *const out)
{
	size_t i, last = 0;

	if (!out->count)
		return;
	for (i = 1; i < out->count; i++) {
		struct view_node *const into = out->nodes[last];
		const struct view_node *const node = out->nodes[i];

		if (strcmp(into->resolved, node->resolved) != 0) {
			out->nodes[++last] = out->nodes[i];
			continue;
		}
		if (!into->entry || (node->entry && node->denied))
			into->entry = node->entry;
		into->access |= node->access;
		into->needs |= node->needs;
		into->denied |= node->denied;
		into->hidden |= node->hidden;
		into->guarded |= node->guarded;
		into->always |= node->always;
		into->missing |= node->missing;
		into->connects |= node->connects;
		into->named |= node->named;
		into->keeps |= node->keeps;
		into->link |= node->link;
		into->leads |= node->leads;
		into->opens |= node->opens;
		into->remade |= node->remade;
		into->derived &= node->derived;
	}
	out->count = last + 1;
}

/* May sockets be connected to below @above, or elsewhere? */
static bool connects_at(const struct view_nodes *const nodes,
			const struct view_node *const above)
{
	return above ? above->connects
		     : (nodes->elsewhere & FS_PATHS_CONNECT) != 0;
}

/* Gives a node what the nearest one above it grants, or takes. */
static void inherit_from(const struct view_nodes *const nodes,
			 struct view_node *const node,
			 const struct view_node *const above)
{
	const uint64_t readable = plan_view_access(PROFILE_READ);

	node->connects |= connects_at(nodes, above);
	node->blind =
		node->hidden || (above && (above->denied || above->blind) &&
				 (node->denied || node->derived));
	/* Who goes to what is granted in there asks what the way is: realpath(3). */
	if (node->leads)
		node->blind = false;
	/* The shim's own keeps what it asks for. */
	if (node->denied)
		node->access = node->needs;
	else if (above)
		node->access |= above->access;
	else if (node->derived)
		node->access |= FS_PATHS_SEE;
	/* In what is guarded, a grant of the profile's own to write is none. */
	if (above && above->guarded)
		node->guarded = true;
	if (node->guarded)
		node->access &= readable;
	if (node->always)
		node->blind = false;
	/* A grant takes nothing away: the inode may have other names. */
	node->adds = node->access && !node->denied && !node->guarded &&
		     !node->always && !node->keeps && !node->leads &&
		     !node->link && !node->named && !node->blind;
}

static int inherit(struct view_nodes *const out)
{
	size_t *const above = arena_take(out->count + 1, sizeof(*above));
	size_t depth = 0, i;

	if (!above)
		return -ENOMEM;
	for (i = 0; i < out->count; i++) {
		struct view_node *const node = out->nodes[i];

		while (depth && !paths_is_beneath(
					node->resolved,
					out->nodes[above[depth - 1]]->resolved))
			depth--;
		inherit_from(out, node,
			     depth ? out->nodes[above[depth - 1]] : NULL);
		above[depth++] = i;
	}
	return 0;
}

/* The node that is nearest above what is in @directory. */
static const struct view_node *find_above(const struct view_nodes *const nodes,
					  const char *const directory)
{
	const struct view_node *above = NULL;
	size_t i;

	for (i = 0; i < nodes->count; i++)
		if (paths_is_beneath(directory, nodes->nodes[i]->resolved))
			above = nodes->nodes[i];
	return above;
}

/* As a path's, what a glob grants lifts no denial. */
static int add_patterns(struct view_nodes *const out, struct paths *const paths)
{
	size_t i;

	for (i = 0; i < paths->pattern_count; i++) {
		struct paths_pattern *const pattern = &paths->patterns[i];
		const char *const directory = pattern->directory.resolved;
		const enum profile_access access =
			pattern->directory.path->access;
		const struct view_node *const above =
			find_above(out, directory);
		const bool closed = above && (above->denied || above->guarded ||
					      above->blind);
		struct view_pattern *const patterns = arena_append(
			out->patterns, out->pattern_count, sizeof(*patterns));

		if (!patterns)
			return -ENOMEM;
		out->patterns = patterns;
		if (closed && !profile_denies(access))
			continue;
		patterns[out->pattern_count++] = (struct view_pattern){
			.pattern = pattern,
			.node = {
				.entry = &pattern->directory,
				.access = plan_view_access(access),
				.denied = profile_denies(access),
				.blind = access == PROFILE_HIDE ||
					 (above &&
					  (above->denied || above->blind)),
				.connects = connects_at(out, above),
				.adds = !profile_denies(access),
			},
		};
	}
	return 0;
}

int view_nodes_make(const struct plan *const plan, struct paths *const paths,
		    struct view_nodes *const out)
{
	int error = 0;
	size_t i;

	*out = (struct view_nodes){ .elsewhere = plan_view_elsewhere(plan) };
	for (i = 0; i < paths->count && !error; i++) {
		struct paths_entry *const entry = &paths->entries[i];

		if (entry->access == PROFILE_CONNECT)
			error = add_sockets(out, entry);
		else if (plan->paths_by == PLAN_PATHS_VIEW)
			error = add_entry(out, entry);
	}
	for (i = 0; i < paths->pattern_count && !error; i++)
		error = add_opened(out, &paths->patterns[i]);
	if (!error)
		error = add_all_ways(out, paths);
	if (!error)
		error = sort(out);
	if (error)
		return error;
	merge(out);
	error = inherit(out);
	return error ?: add_patterns(out, paths);
}
