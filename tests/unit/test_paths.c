// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Paths as they are found: what they lead to, by which links, and what is lacking.
 */
#include "paths.h"

#include "create.h"
#include "expand.h"

#include <signal.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>

#include "tree.h"
#include "../suite.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

static const struct paths_extra nothing = { .readable = NULL };

/*
 * /a/file, /a/dir/inside; /w, which the profile may write, with /w/own; links: to a
 * file, a directory, up, around, into /w, out of /w, one that leads out of it by
 * another, and to nothing.
 */
static void make_tree(void)
{
	static const char *const links[][2] = {
		{ "/to-file", "a/file" },      { "/to-dir", "/a/dir" },
		{ "/a/dir/up", "../file" },    { "/loop", "loop" },
		{ "/w/inside", "own" },	       { "/w/out", "/a" },
		{ "/by-link", "/w/out" },      { "/dangling", "/none/at/all" },
		{ "/w/in-and-out", "inside" }, { "/w/absolute", "/w/own" },
	};
	size_t i;

	tree_enter();
	tree_directory("/a/dir");
	tree_directory("/w/own");
	tree_write("/a/file", "");
	tree_write("/a/dir/inside", "");
	tree_write("/w/own/file", "");
	for (i = 0; i < ARRAY_SIZE(links); i++)
		ck_assert_int_eq(symlink(links[i][1], links[i][0]), 0);
}

/* One path of a profile that may write /w. */
static struct paths_entry *look(const char *const path, const bool optional,
				const enum profile_access access)
{
	static struct profile_path list[2];
	static struct profile profile;
	static struct paths paths;
	static struct report report;

	list[0] =
		(struct profile_path){ .path = "/w", .access = PROFILE_WRITE };
	list[1] = (struct profile_path){ .path = path,
					 .access = access,
					 .optional = optional };
	profile = (struct profile){ .section = "/x",
				    .paths = list,
				    .path_count = 2 };
	ck_assert_int_eq(paths_open(&profile, &nothing, &paths, &report), 0);
	ck_assert_uint_eq(paths.count, 2);
	return &paths.entries[1];
}

static const struct {
	const char *path;
	enum paths_state state;
	int error;
	const char *resolved;
	size_t missing_bytes;
} found[] = {
	{ "/", PATHS_FOUND, 0, "/", 0 },
	{ "/a", PATHS_FOUND, 0, "/a", 0 },
	{ "/a/file", PATHS_FOUND, 0, "/a/file", 0 },
	{ "/to-file", PATHS_FOUND, 0, "/a/file", 0 },
	{ "/to-dir", PATHS_FOUND, 0, "/a/dir", 0 },
	{ "/to-dir/inside", PATHS_FOUND, 0, "/a/dir/inside", 0 },
	{ "/to-dir/up", PATHS_FOUND, 0, "/a/file", 0 },
	{ "/w/inside", PATHS_FOUND, 0, "/w/own", 0 },
	{ "/w/absolute/file", PATHS_FOUND, 0, "/w/own/file", 0 },
	{ "/w/in-and-out", PATHS_FOUND, 0, "/w/own", 0 },
	{ "/none", PATHS_LACKING, -ENOENT, "/none", 5 },
	{ "/none/x", PATHS_LACKING, -ENOENT, "/none/x", 5 },
	{ "/to-dir/none/x", PATHS_LACKING, -ENOENT, "/a/dir/none/x", 11 },
	{ "/dangling", PATHS_LACKING, -ENOENT, "/none/at/all", 5 },
	{ "/a/file/x", PATHS_LACKING, -ENOTDIR, "/a/file/x", 9 },
	{ "/loop", PATHS_LACKING, -ELOOP, NULL, 0 },
	{ "/w/out", PATHS_LACKING, -ELOOP, NULL, 0 },
	{ "/w/out/file", PATHS_LACKING, -ELOOP, NULL, 0 },
	{ "/by-link", PATHS_LACKING, -ELOOP, NULL, 0 },
};

START_TEST(a_path_is_what_it_leads_to)
{
	static const enum profile_access accesses[] = { PROFILE_READ,
							PROFILE_DENY };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(accesses); i++) {
		struct paths_entry *const entry =
			look(found[_i].path, false, accesses[i]);

		ck_assert_int_eq(entry->state, found[_i].state);
		ck_assert_int_eq(entry->error, found[_i].error);
		if (found[_i].resolved)
			ck_assert_str_eq(entry->resolved, found[_i].resolved);
		ck_assert_uint_eq(entry->missing_bytes,
				  found[_i].missing_bytes);
		ck_assert_int_eq(paths_fd(entry) >= 0,
				 found[_i].state == PATHS_FOUND);
		paths_release(entry);
	}
}
END_TEST

START_TEST(what_may_be_missing_may_not_be_a_link_of_the_programs)
{
	struct paths_entry *const entry =
		look(found[_i].path, true, PROFILE_READ);
	const bool covered =
		found[_i].error == -ENOENT || found[_i].error == -ENOTDIR;

	ck_assert_int_eq(entry->state,
			 covered ? PATHS_OPTIONAL : found[_i].state);
}
END_TEST

static bool is_on_way(const struct paths_entry *const entry,
		      const char *const directory)
{
	struct system_status status;
	size_t i;

	ck_assert_int_eq(system_stat(AT_FDCWD, directory, 0, &status), 0);
	for (i = 0; i < entry->way_count; i++)
		if (system_same_file(entry->way[i], status.id))
			return true;
	return false;
}

START_TEST(what_leads_to_a_denied_file_is_known_up_to_the_root)
{
	struct paths_entry *const entry =
		look("/to-dir/inside", false, PROFILE_DENY);

	ck_assert(is_on_way(entry, "/a/dir"));
	ck_assert(is_on_way(entry, "/a"));
	ck_assert(is_on_way(entry, "/"));
	ck_assert(!is_on_way(entry, "/w"));
}
END_TEST

/* Who exchanged the link would have the next start deny something else. */
START_TEST(what_leads_to_it_by_a_link_is_known_as_well)
{
	struct paths_entry *entry;

	tree_directory("/by/relative");
	ck_assert_int_eq(symlink("/a/dir", "/by/absolute"), 0);
	ck_assert_int_eq(symlink("../../a/dir", "/by/relative/link"), 0);
	entry = look("/by/absolute/inside", false, PROFILE_DENY);
	ck_assert(is_on_way(entry, "/by"));
	ck_assert(is_on_way(entry, "/a/dir"));
	entry = look("/by/relative/link", false, PROFILE_DENY);
	ck_assert(is_on_way(entry, "/by/relative"));
	ck_assert(is_on_way(entry, "/by"));
	ck_assert(is_on_way(entry, "/a"));
}
END_TEST

/* The directory above it is itself once more. */
START_TEST(also_through_a_directory_that_is_mounted_in_itself)
{
	ck_assert_int_eq(mount("/a", "/a/dir", NULL, MS_BIND, NULL), 0);
	ck_assert(is_on_way(look("/a/dir/file", false, PROFILE_DENY), "/"));
}
END_TEST

START_TEST(also_where_descriptors_are_short)
{
	static const char *const ways[] = { "/a/dir", "/a", "/" };
	static struct profile_path list[] = {
		{ .path = "/a/file", .access = PROFILE_READ },
		{ .path = "/w/own/file", .access = PROFILE_READ },
		{ .path = "/to-dir/inside", .access = PROFILE_DENY },
	};
	const struct profile profile = { .section = "/x",
					 .paths = list,
					 .path_count = ARRAY_SIZE(list) };
	static struct report report;
	struct rlimit limit;
	struct paths paths;
	unsigned int opened = 0;
	size_t i;

	ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &limit), 0);
	for (limit.rlim_cur = 3; limit.rlim_cur < 16; limit.rlim_cur++) {
		ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
		if (paths_open(&profile, &nothing, &paths, &report))
			continue;
		opened++;
		for (i = 0; i < ARRAY_SIZE(ways); i++)
			ck_assert_msg(is_on_way(&paths.entries[2], ways[i]),
				      "%s, %u descriptors", ways[i],
				      (unsigned int)limit.rlim_cur);
		paths_close(&paths);
	}
	ck_assert_uint_gt(opened, 1);
}
END_TEST

/*
 * Its owner can make a directory one that can't be searched, and back: the program
 * would have the next start deny nothing, and then reach all of it.
 */
START_TEST(what_is_denied_out_of_reach_is_denied_with_what_keeps_it_so)
{
	struct system_status locked;
	struct paths_entry *entry;

	tree_directory("/home/locked/below");
	tree_write("/home/locked/below/secret", "");
	if (!tree_give("/home/locked", TREE_USER))
		return;
	ck_assert_int_eq(chmod("/home/locked", 0), 0);
	ck_assert_int_eq(setresuid(TREE_USER, TREE_USER, TREE_USER), 0);
	ck_assert_int_eq(system_stat(AT_FDCWD, "/home/locked", 0, &locked), 0);

	entry = look("/home/locked/below/secret", false, PROFILE_DENY);
	ck_assert_int_eq(entry->state, PATHS_LACKING);
	ck_assert_int_eq(entry->error, -EACCES);
	entry = look("/home/locked/below/secret", true, PROFILE_READ);
	ck_assert_int_eq(entry->state, PATHS_OPTIONAL);
	entry = look("/home/locked/below/secret", true, PROFILE_DENY);
	ck_assert_int_eq(entry->state, PATHS_FOUND);
	ck_assert(system_same_file(entry->status.id, locked.id));
	ck_assert_str_eq(entry->resolved, "/home/locked");
	ck_assert_int_ge(paths_fd(entry), 0);
	ck_assert(is_on_way(entry, "/home"));
	ck_assert(is_on_way(entry, "/"));
}
END_TEST

/* What the program may write, in the order of the profile. */
static const struct {
	const char *paths[3];
	bool found[3];
} written[] = {
	{ { "/w", "/w/out" }, { true, false } },
	{ { "/w/out", "/w" }, { false, true } },
	{ { "/w/out/dir", "/w/out", "/w" }, { false, false, true } },
	{ { "/w/inside", "/w" }, { true, true } },
	{ { "/to-dir", "/a" }, { true, true } },
	{ { "/w/out/dir", "/a", "/w" }, { true, true, true } },
	{ { "/link-to-w/out", "/link-to-w" }, { false, true } },
	{ { "/by-link", "/link-to-w" }, { false, true } },
};

START_TEST(no_order_of_keys_makes_the_programs_links_good)
{
	static struct profile_path list[3];
	struct profile profile = { .section = "/x", .paths = list };
	static struct report report;
	struct paths paths;
	size_t i;

	ck_assert_int_eq(symlink("/w", "/link-to-w"), 0);
	for (i = 0; i < 3 && written[_i].paths[i]; i++)
		list[profile.path_count++] =
			(struct profile_path){ .path = written[_i].paths[i],
					       .access = PROFILE_WRITE };
	ck_assert_int_eq(paths_open(&profile, &nothing, &paths, &report), 0);
	for (i = 0; i < paths.count; i++)
		ck_assert_msg((paths.entries[i].state == PATHS_FOUND) ==
				      written[_i].found[i],
			      "%s", list[i].path);
	paths_close(&paths);
}
END_TEST

START_TEST(also_to_one_that_does_not_exist)
{
	const struct paths_entry *const entry =
		look("/a/dir/none/at/all", true, PROFILE_DENY);

	ck_assert_int_eq(entry->state, PATHS_OPTIONAL);
	ck_assert(is_on_way(entry, "/a/dir"));
	ck_assert(is_on_way(entry, "/a"));
	ck_assert(is_on_way(entry, "/"));
}
END_TEST

START_TEST(another_users_link_in_a_sticky_directory_is_not_followed)
{
	tree_directory("/sticky");
	ck_assert_int_eq(chmod("/sticky", 01777), 0);
	ck_assert_int_eq(symlink("/a", "/sticky/link"), 0);
	ck_assert_int_eq(look("/sticky/link", false, PROFILE_READ)->state,
			 PATHS_FOUND);
	if (!tree_give("/sticky/link", TREE_OTHER))
		return;
	ck_assert_int_eq(look("/sticky/link/file", false, PROFILE_READ)->error,
			 -ELOOP);
}
END_TEST

START_TEST(what_was_exchanged_is_not_opened_again)
{
	struct paths_entry *const entry = look("/a/file", false, PROFILE_READ);

	paths_release(entry);
	ck_assert_int_eq(rename("/a/file", "/a/old"), 0);
	ck_assert_int_eq(paths_fd(entry), -ENOENT);
	tree_write("/a/file", "");
	ck_assert_int_eq(paths_fd(entry), -ESTALE);
	ck_assert_int_eq(unlink("/a/file"), 0);
	ck_assert_int_eq(symlink("old", "/a/file"), 0);
	ck_assert_int_lt(paths_fd(entry), 0);
}
END_TEST

/* More paths than descriptors. */
START_TEST(many_paths_need_few_descriptors)
{
	enum {
		COUNT = 300
	};
	static struct profile_path list[COUNT];
	const struct profile profile = { .section = "/x",
					 .paths = list,
					 .path_count = COUNT };
	const struct rlimit few = { 8, 8 };
	static struct report report;
	struct paths paths;
	size_t i;

	for (i = 0; i < COUNT; i++)
		list[i] = (struct profile_path){
			.path = i % 2 ? "/to-dir/inside" : "/a/file",
			.access = i % 2 ? PROFILE_DENY : PROFILE_READ,
		};
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &few), 0);
	ck_assert_int_eq(paths_open(&profile, &nothing, &paths, &report), 0);
	for (i = 0; i < COUNT; i++) {
		ck_assert_int_eq(paths.entries[i].state, PATHS_FOUND);
		ck_assert_int_ge(paths_fd(&paths.entries[i]), 0);
		paths_release(&paths.entries[i]);
	}
	paths_close(&paths);
}
END_TEST

#ifdef __x86_64__
/* Goes on with @child until it is about to open "..". */
static bool runs_until_it_goes_up(const pid_t child)
{
	struct user_regs_struct registers;
	int status;
	long text;

	for (;;) {
		ck_assert_int_eq(ptrace(PTRACE_SYSCALL, child, NULL, NULL), 0);
		ck_assert_int_eq(waitpid(child, &status, 0), child);
		if (!WIFSTOPPED(status))
			return false;
		ck_assert_int_eq(
			ptrace(PTRACE_GETREGS, child, NULL, &registers), 0);
		if (registers.orig_rax != SYS_openat)
			continue;
		text = ptrace(PTRACE_PEEKDATA, child, registers.rsi, NULL);
		if (memcmp(&text, "..", 3) == 0)
			return true;
	}
}

/* A link that stays inside, and a directory that is moved while it is followed. */
START_TEST(what_is_moved_meanwhile_leads_nowhere_else)
{
	pid_t child;
	int status;

	tree_directory("/w/deep/deeper");
	tree_write("/secret", "");
	tree_write("/w/secret", "");
	ck_assert_int_eq(symlink("deep/deeper/../../secret", "/w/link"), 0);
	ck_assert_int_eq(look("/w/link", false, PROFILE_READ)->state,
			 PATHS_FOUND);
	child = fork();
	if (!child) {
		ptrace(PTRACE_TRACEME, 0, NULL, NULL);
		raise(SIGSTOP);
		_exit(look("/w/link", false, PROFILE_READ)->state);
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert(runs_until_it_goes_up(child));
	ck_assert_int_eq(rename("/w/deep/deeper", "/w/moved"), 0);
	ck_assert_int_eq(ptrace(PTRACE_DETACH, child, NULL, NULL), 0);
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert(WIFEXITED(status));
	ck_assert_int_eq(WEXITSTATUS(status), PATHS_LACKING);
}
END_TEST
#endif

/* Looks up one glob, and writes the names that are found, with blanks between. */
static const char *look_for(struct profile_path path, struct paths *const paths)
{
	static struct profile_path list[1];
	static struct profile profile;
	static struct report report;
	static char names[4096];
	size_t i;

	list[0] = path;
	profile = (struct profile){ .section = "/x",
				    .paths = list,
				    .path_count = 1 };
	ck_assert_int_eq(paths_open(&profile, &nothing, paths, &report), 0);
	names[0] = '\0';
	for (i = 0; i < paths->count && i < 100; i++)
		if (paths->entries[i].state == PATHS_FOUND)
			snprintf(names + strlen(names),
				 sizeof(names) - strlen(names), " %s",
				 paths->entries[i].name);
	return names;
}

/* /g/{a,b,file}/..., as make_globs() makes it. */
static const struct {
	const char *glob;
	const char
		*names; /* each with a blank before it, sorted as listed here */
	enum paths_state rest; /* of what is left, if nothing was found */
} globs[] = {
	{ "/g/a*", " /g/a", PATHS_FOUND },
	{ "/g/?", " /g/a /g/b", PATHS_FOUND },
	{ "/g/[!b]", " /g/a", PATHS_FOUND },
	{ "/*/a/bin", " /g/a/bin", PATHS_FOUND },
	{ "/g/*/bin", " /g/a/bin", PATHS_FOUND },
	{ "/g/*/.hidden", " /g/b/.hidden", PATHS_FOUND },
	{ "/g/b/*", "", PATHS_OPTIONAL },
	{ "/g/b/.*", " /g/b/.hidden", PATHS_FOUND },
	{ "/g/b/[.]hidden", "", PATHS_OPTIONAL },
	{ "/g/\\*/x*", " /g/*/x", PATHS_FOUND },
	{ "/g/lin*", " /g/link", PATHS_FOUND },
	{ "/g/link/b*", " /g/link/bin", PATHS_FOUND },
	{ "/g/file/*", "", PATHS_LACKING },
	{ "/g/none/*", "", PATHS_LACKING },
	{ "/g/none*/x", "", PATHS_OPTIONAL },
	{ "/g/dangl*", "", PATHS_OPTIONAL },
	{ "/g/**/bin", " /g/a/bin", PATHS_FOUND },
};

static void make_globs(void)
{
	tree_directory("/g/a/bin");
	tree_directory("/g/b");
	tree_directory("/g/*");
	tree_write("/g/*/x", "");
	tree_write("/g/file", "");
	tree_write("/g/b/.hidden", "");
	ck_assert_int_eq(symlink("a", "/g/link"), 0);
	ck_assert_int_eq(symlink("nothing", "/g/dangling"), 0);
	ck_assert_int_eq(symlink("loops", "/g/loops"), 0);
}

START_TEST(a_glob_stands_for_what_is_there)
{
	struct paths paths;
	const char *name, *names;
	char wanted[256], *rest = wanted;
	size_t total = 0;

	make_globs();
	names = look_for((struct profile_path){ .path = globs[_i].glob,
						.is_glob = true },
			 &paths);
	ck_assert_uint_ge(paths.count, 1);
	/* By whatever order the directory is listed in; /g/link is a directory as
	 * well. */
	strcpy(wanted, globs[_i].names);
	while ((name = strtok_r(rest, " ", &rest))) {
		ck_assert_msg(strstr(names, name) != NULL, "%s: %s",
			      globs[_i].glob, names);
		total++;
	}
	if (!total) {
		ck_assert_str_eq(names, "");
		ck_assert_uint_eq(paths.count, 1);
		ck_assert_int_eq(paths.entries[0].state, globs[_i].rest);
	}
	ck_assert_ptr_null(strstr(names, "/.."));
	ck_assert_ptr_null(strstr(names, "loops"));
	paths_close(&paths);
}
END_TEST

/* A program could keep the next start from denying what it would find there. */
START_TEST(what_cannot_be_listed_is_denied_whole)
{
	struct paths paths;

	tree_directory("/home/locked");
	tree_write("/home/locked/secret.key", "");
	if (!tree_give("/home/locked", TREE_USER))
		return;
	ck_assert_int_eq(chmod("/home/locked", 0100), 0);
	ck_assert_int_eq(setresuid(TREE_USER, TREE_USER, TREE_USER), 0);
	ck_assert_str_eq(
		look_for((struct profile_path){ .path = "/home/locked/*.key",
						.is_glob = true,
						.access = PROFILE_DENY },
			 &paths),
		" /home/locked");
	paths_close(&paths);
	ck_assert_str_eq(
		look_for((struct profile_path){ .path = "/home/locked/*.key",
						.is_glob = true },
			 &paths),
		"");
	ck_assert_int_eq(paths.entries[0].state, PATHS_LACKING);
	ck_assert_int_eq(paths.entries[0].error, -EACCES);
}
END_TEST

START_TEST(a_glob_of_too_many_names_is_told)
{
	struct paths paths;
	const struct paths_entry *last;
	char name[32];
	size_t i;

	tree_directory("/many");
	for (i = 0; i <= EXPAND_NAMES_MAX; i++) {
		snprintf(name, sizeof(name), "/many/%zu", i);
		tree_write(name, "");
	}
	look_for((struct profile_path){ .path = "/many/*", .is_glob = true },
		 &paths);
	ck_assert_uint_eq(paths.count, EXPAND_NAMES_MAX + 1);
	last = &paths.entries[EXPAND_NAMES_MAX];
	ck_assert_int_eq(last->state, PATHS_LACKING);
	ck_assert_int_eq(last->error, -E2BIG);
	paths_close(&paths);
	/* Names that do not match are no burden. */
	look_for((struct profile_path){ .path = "/many/1234[5]",
					.is_glob = true },
		 &paths);
	ck_assert_uint_eq(paths.count, 1);
	ck_assert_int_eq(paths.entries[0].state, PATHS_FOUND);
}
END_TEST

/* What a program that may write /w could put there. */
START_TEST(links_that_a_glob_stands_for_are_followed_as_others)
{
	static struct profile_path list[] = {
		{ .path = "/w", .access = PROFILE_WRITE },
		{ .path = "/w/o*", .is_glob = true },
		{ .path = "/w/out/*", .is_glob = true },
	};
	const struct profile profile = { .section = "/x",
					 .paths = list,
					 .path_count = ARRAY_SIZE(list) };
	static struct report report;
	struct paths paths;
	size_t i, inside = 0;

	ck_assert_int_eq(paths_open(&profile, &nothing, &paths, &report), 0);
	for (i = 1; i < paths.count; i++) {
		if (paths.entries[i].state == PATHS_FOUND) {
			inside++;
			ck_assert_str_eq(paths.entries[i].name, "/w/own");
		} else {
			ck_assert_int_eq(paths.entries[i].state, PATHS_LACKING);
			ck_assert_int_eq(paths.entries[i].error, -ELOOP);
		}
	}
	ck_assert_uint_eq(inside, 1);
}
END_TEST

/* The same path in several lines: which of them count. */
static const struct {
	struct {
		const char *path;
		enum profile_access access;
	} lines[4];
	const char *counts; /* a letter for each: does it? */
} repeated[] = {
	{ { { "/a", PROFILE_DENY }, { "/a", PROFILE_READ } }, "ny" },
	{ { { "/a", PROFILE_READ }, { "/a", PROFILE_DENY } }, "ny" },
	{ { { "/a", PROFILE_WRITE },
	    { "/a", PROFILE_HIDE },
	    { "/a", PROFILE_READ } },
	  "nny" },
	{ { { "/a", PROFILE_DENY },
	    { "/a", PROFILE_READ },
	    { "/a", PROFILE_DENY } },
	  "nny" },
	{ { { "/a", PROFILE_DENY }, { "/a/dir", PROFILE_READ } }, "yy" },
	{ { { "/a", PROFILE_READ }, { "/a", PROFILE_WRITE } }, "yy" },
	{ { { "/a/dir", PROFILE_DENY }, { "/to-dir", PROFILE_READ } }, "ny" },
	{ { { "/to-dir", PROFILE_DENY }, { "/a/dir", PROFILE_READ } }, "ny" },
	/* Another name of the same file lifts nothing. */
	{ { { "/a/file", PROFILE_DENY }, { "/hard", PROFILE_READ } }, "yy" },
};

START_TEST(the_later_of_two_lines_counts)
{
	struct profile_path list[4];
	struct profile profile = { .section = "/x", .paths = list };
	static struct report report;
	struct paths paths;
	size_t i;

	ck_assert_int_eq(link("/a/file", "/hard"), 0);
	for (i = 0; i < 4 && repeated[_i].lines[i].path; i++)
		list[profile.path_count++] = (struct profile_path){
			.path = repeated[_i].lines[i].path,
			.access = repeated[_i].lines[i].access,
		};
	ck_assert_int_eq(paths_open(&profile, &nothing, &paths, &report), 0);
	for (i = 0; i < paths.count; i++)
		ck_assert_int_eq(paths.entries[i].state,
				 repeated[_i].counts[i] == 'y'
					 ? PATHS_FOUND
					 : PATHS_OVERRULED);
}
END_TEST

START_TEST(a_denial_of_what_is_missing_can_be_lifted)
{
	static struct profile_path list[] = {
		{ .path = "/none", .access = PROFILE_DENY, .optional = true },
		{ .path = "/none/x", .access = PROFILE_DENY, .optional = true },
		{ .path = "/none", .access = PROFILE_READ, .optional = true },
	};
	const struct profile profile = { .section = "/x",
					 .paths = list,
					 .path_count = ARRAY_SIZE(list) };
	static struct report report;
	struct paths paths;

	ck_assert_int_eq(paths_open(&profile, &nothing, &paths, &report), 0);
	ck_assert_int_eq(paths.entries[0].state, PATHS_OVERRULED);
	ck_assert_int_eq(paths.entries[1].state, PATHS_OPTIONAL);
	ck_assert_int_eq(paths.entries[2].state, PATHS_OPTIONAL);
}
END_TEST

/* Many denials in few directories: as if each were looked up alone. */
START_TEST(what_other_walks_found_leads_to_the_same)
{
	static const char *const denied[] = {
		"/a/file",
		"/a/none",
		"/a/dir/inside",
		"/to-dir/inside",
		"/a/dir/none",
		"/a/dir/up",
		"/w/own/file",
		"/w/own/none/x",
		"/a/none/x",
		"/a/file/x",
		"/loop",
		"/by-link",
		/* So many that the directory is read: */
		"/a/n1",
		"/a/n2",
		"/a/n3",
		"/a/FILE",
		"/a/n5",
		"/a/n6/x/y",
		"/a/dir",
		"/a/file",
		"/a/./n8",
		"/a/dir/..",
		"/a/to-nothing",
		"/a/nine",
	};
	struct profile_path list[ARRAY_SIZE(denied) + 1];
	const struct profile profile = { .section = "/x",
					 .paths = list,
					 .path_count = ARRAY_SIZE(list) };
	static struct report report;
	struct paths paths;
	size_t i;

	ck_assert_int_eq(symlink("nothing", "/a/to-nothing"), 0);
	list[0] =
		(struct profile_path){ .path = "/w", .access = PROFILE_WRITE };
	for (i = 0; i < ARRAY_SIZE(denied); i++)
		list[i + 1] = (struct profile_path){ .path = denied[i],
						     .access = PROFILE_DENY };
	ck_assert_int_eq(paths_open(&profile, &nothing, &paths, &report), 0);
	for (i = 0; i < ARRAY_SIZE(denied); i++) {
		const struct paths_entry *const together =
			&paths.entries[i + 1];
		const struct paths_entry *const alone =
			look(denied[i], false, PROFILE_DENY);

		ck_assert_msg(together->state == alone->state, "%s", denied[i]);
		ck_assert_int_eq(together->error, alone->error);
		ck_assert_uint_eq(together->missing_bytes,
				  alone->missing_bytes);
		ck_assert_msg(together->way_count == alone->way_count, "%s",
			      denied[i]);
		ck_assert_uint_eq(together->link_count, alone->link_count);
		if (together->resolved)
			ck_assert_str_eq(together->resolved, alone->resolved);
		ck_assert(!memcmp(together->way, alone->way,
				  alone->way_count * sizeof(*alone->way)));
	}
}
END_TEST

static void make_home(void)
{
	static const char *const directories[] = { "/home/user/shared",
						   "/home/user/others",
						   "/home/user/real" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(directories); i++)
		tree_directory(directories[i]);
	tree_directory("/tmp");
	ck_assert_int_eq(chmod("/tmp", 01777), 0);
	ck_assert_int_eq(symlink("real", "/home/user/link"), 0);
	ck_assert_int_eq(chmod("/home/user/shared", 0777), 0);
}

/* Written with a +, by a user in his home; /home is root's. */
static const struct {
	const char *path;
	enum profile_make make;
	int error;
} makings[] = {
	{ "/home/user/file", PROFILE_MAKE_FILE, 0 },
	{ "/home/user/dir", PROFILE_MAKE_DIRECTORY, 0 },
	{ "/home/user/.cache/deep/file", PROFILE_MAKE_FILE, 0 },
	{ "/home/user/.cache/deep/dir", PROFILE_MAKE_DIRECTORY, 0 },
	{ "/tmp/dir", PROFILE_MAKE_DIRECTORY, 0 },
	{ "/home/other", PROFILE_MAKE_DIRECTORY, -EPERM },
	{ "/none", PROFILE_MAKE_FILE, -EPERM },
	{ "/home/user/shared/file", PROFILE_MAKE_FILE, -EPERM },
	{ "/home/user/others/file", PROFILE_MAKE_FILE, -EPERM },
	{ "/home/user/link/file", PROFILE_MAKE_FILE, -EPERM },
};

START_TEST(what_is_missing_is_made_in_ones_own_directories)
{
	static struct report report;
	struct system_status status;
	struct profile_path path = { .path = makings[_i].path,
				     .access = PROFILE_WRITE,
				     .make = makings[_i].make };
	struct paths paths;
	struct paths_entry *entry;
	int error;

	make_home();
	if (!tree_give("/home/user", TREE_USER) ||
	    !tree_give("/home/user/shared", TREE_USER) ||
	    !tree_give("/home/user/real", TREE_USER) ||
	    !tree_give("/home/user/link", TREE_USER) ||
	    !tree_give("/home/user/others", TREE_OTHER))
		return;
	ck_assert_int_eq(setresuid(TREE_USER, TREE_USER, TREE_USER), 0);
	look_for(path, &paths);
	entry = &paths.entries[0];
	ck_assert_int_eq(entry->state, PATHS_UNMADE);
	error = create_missing(entry, true, &report);
	ck_assert_msg(error == makings[_i].error, "%d: %s", error,
		      report.cause);
	if (error) {
		ck_assert_int_eq(entry->state, PATHS_LACKING);
		ck_assert_int_ne(access(path.path, F_OK), 0);
		return;
	}
	ck_assert_int_eq(system_stat(AT_FDCWD, path.path, AT_SYMLINK_NOFOLLOW,
				     &status),
			 0);
	ck_assert_uint_eq(status.mode, path.make == PROFILE_MAKE_FILE
					       ? S_IFREG | 0600
					       : S_IFDIR | 0700);
	ck_assert_uint_eq(status.user, TREE_USER);
	/* Nor is it made again. */
	look_for(path, &paths);
	ck_assert_int_eq(paths.entries[0].state, PATHS_FOUND);
}
END_TEST

START_TEST(what_may_not_be_made_is_out_of_reach_inside_of_a_sandbox_alone)
{
	static struct report report;
	const struct profile_path path = { .path = "/home/user/closed/file",
					   .access = PROFILE_WRITE,
					   .make = PROFILE_MAKE_FILE };
	struct paths paths;

	make_home();
	tree_directory("/home/user/closed");
	if (!tree_give("/home/user", TREE_USER) ||
	    !tree_give("/home/user/closed", TREE_USER))
		return;
	ck_assert_int_eq(chmod("/home/user/closed", 0500), 0);
	ck_assert_int_eq(setresuid(TREE_USER, TREE_USER, TREE_USER), 0);
	look_for(path, &paths);
	ck_assert_int_eq(create_missing(&paths.entries[0], false, &report),
			 -EACCES);
	ck_assert_int_eq(paths.entries[0].state, PATHS_LACKING);
	look_for(path, &paths);
	ck_assert_int_eq(create_missing(&paths.entries[0], true, &report), 1);
	ck_assert_int_eq(paths.entries[0].state, PATHS_OPTIONAL);
}
END_TEST

START_TEST(sockets_are_looked_up_where_they_are_asked_for)
{
	static struct profile_path list[] = {
		{ .path = "/a", .access = PROFILE_READ },
	};
	static struct profile_path sockets[] = {
		{ .path = "/w/o*", .is_glob = true, .access = PROFILE_CONNECT },
		{ .path = "/none",
		  .optional = true,
		  .access = PROFILE_CONNECT },
	};
	const struct profile profile = {
		.section = "/x",
		.paths = list,
		.path_count = ARRAY_SIZE(list),
		.sockets = { .restricted = true,
			     .paths = sockets,
			     .path_count = ARRAY_SIZE(sockets) },
	};
	const struct paths_extra extra = { .sockets = true };
	static struct report report;
	struct paths paths;

	ck_assert_int_eq(paths_open(&profile, &nothing, &paths, &report), 0);
	ck_assert_uint_eq(paths.count, 1);
	ck_assert_int_eq(paths_open(&profile, &extra, &paths, &report), 0);
	ck_assert_uint_eq(paths.count, 4); /* /w/own and /w/out */
	ck_assert_int_eq(paths.entries[1].access, PROFILE_CONNECT);
	ck_assert_int_eq(paths.entries[1].state, PATHS_FOUND);
	ck_assert_int_eq(paths.entries[3].state, PATHS_OPTIONAL);
}
END_TEST

static const struct {
	const char *path, *top;
	bool beneath;
} pairs[] = {
	{ "/a", "/a", true },	   { "/a/b", "/a", true },
	{ "/ab", "/a", false },	   { "/", "/a", false },
	{ "/a", "/", true },	   { "/", "/", true },
	{ "/a/b", "/a/c", false },
};

START_TEST(beneath_is_by_components)
{
	ck_assert_int_eq(paths_is_beneath(pairs[_i].path, pairs[_i].top),
			 pairs[_i].beneath);
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("paths");
	TCase *const tree = tcase_create("tree");

	tcase_add_checked_fixture(tree, make_tree, NULL);
	tcase_add_loop_test(tree, a_path_is_what_it_leads_to, 0,
			    ARRAY_SIZE(found));
	tcase_add_loop_test(
		tree, what_may_be_missing_may_not_be_a_link_of_the_programs, 0,
		ARRAY_SIZE(found));
	tcase_add_test(tree,
		       what_leads_to_a_denied_file_is_known_up_to_the_root);
	tcase_add_test(tree, also_to_one_that_does_not_exist);
	tcase_add_test(tree, what_leads_to_it_by_a_link_is_known_as_well);
	tcase_add_test(tree,
		       also_through_a_directory_that_is_mounted_in_itself);
	tcase_add_test(tree, also_where_descriptors_are_short);
	tcase_add_test(
		tree,
		what_is_denied_out_of_reach_is_denied_with_what_keeps_it_so);
	tcase_add_loop_test(tree,
			    no_order_of_keys_makes_the_programs_links_good, 0,
			    ARRAY_SIZE(written));
	tcase_add_test(
		tree, another_users_link_in_a_sticky_directory_is_not_followed);
	tcase_add_test(tree, what_was_exchanged_is_not_opened_again);
#ifdef __x86_64__
	tcase_add_test(tree, what_is_moved_meanwhile_leads_nowhere_else);
#endif
	tcase_add_test(tree, many_paths_need_few_descriptors);
	tcase_add_loop_test(tree, a_glob_stands_for_what_is_there, 0,
			    ARRAY_SIZE(globs));
	tcase_add_test(tree, what_cannot_be_listed_is_denied_whole);
	tcase_add_test(tree, a_glob_of_too_many_names_is_told);
	tcase_add_test(tree,
		       links_that_a_glob_stands_for_are_followed_as_others);
	tcase_add_loop_test(tree, the_later_of_two_lines_counts, 0,
			    ARRAY_SIZE(repeated));
	tcase_add_test(tree, a_denial_of_what_is_missing_can_be_lifted);
	tcase_add_test(tree, what_other_walks_found_leads_to_the_same);
	tcase_add_loop_test(tree,
			    what_is_missing_is_made_in_ones_own_directories, 0,
			    ARRAY_SIZE(makings));
	tcase_add_test(
		tree,
		what_may_not_be_made_is_out_of_reach_inside_of_a_sandbox_alone);
	tcase_add_test(tree, sockets_are_looked_up_where_they_are_asked_for);
	tcase_add_loop_test(tree, beneath_is_by_components, 0,
			    ARRAY_SIZE(pairs));
	suite_add_tcase(suite, tree);
	return run_suite(suite);
}
