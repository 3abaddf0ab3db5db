// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Paths as they are found: what they lead to, by which links, and what is lacking.
 */
#include "paths.h"

#include <string.h>
#include <sys/resource.h>

#include "tree.h"
#include "../suite.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

static const struct paths_extra nothing = { NULL, NULL, NULL };

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

START_TEST(what_leads_to_a_denied_file_is_known_up_to_the_root)
{
	static const char *const ways[] = { "/a/dir", "/a", "/" };
	struct paths_entry *const entry =
		look("/to-dir/inside", false, PROFILE_DENY);
	struct system_status status;
	size_t i;

	ck_assert_uint_eq(entry->way_count, ARRAY_SIZE(ways));
	for (i = 0; i < ARRAY_SIZE(ways); i++) {
		ck_assert_int_eq(system_stat(AT_FDCWD, ways[i], 0, &status), 0);
		ck_assert(system_same_file(entry->way[i], status.id));
	}
}
END_TEST

START_TEST(also_to_one_that_does_not_exist)
{
	const struct paths_entry *const entry =
		look("/a/dir/none/at/all", true, PROFILE_DENY);

	ck_assert_int_eq(entry->state, PATHS_OPTIONAL);
	ck_assert_uint_eq(entry->way_count, 3);
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
			.access = i % 3 ? PROFILE_READ : PROFILE_DENY,
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
	tcase_add_test(
		tree, another_users_link_in_a_sticky_directory_is_not_followed);
	tcase_add_test(tree, what_was_exchanged_is_not_opened_again);
	tcase_add_test(tree, many_paths_need_few_descriptors);
	tcase_add_loop_test(tree, beneath_is_by_components, 0,
			    ARRAY_SIZE(pairs));
	suite_add_tcase(suite, tree);
	return run_suite(suite);
}
