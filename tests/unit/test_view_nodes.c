// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What a view is to say of each path, by those of a profile: pure but for the
 * profile's paths, which are made up.
 */
#include "view_nodes.h"

#include <string.h>

#include "fs_paths.h"
#include "../suite.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#define ENTRIES_MAX 6

#define READ (FS_PATHS_SEE | FS_PATHS_READ)
#define WRITE (READ | FS_PATHS_CHANGE)

/* Paths and what is to come of one of them. */
static const struct {
	const char *name;
	struct {
		const char *path;
		enum profile_access access;
		bool guarded;
	} entries[ENTRIES_MAX];
	const char *asked;
	uint64_t access;
	bool keeps, blind;
} cases[] = {
	{ "a grant",
	  { { "/a", PROFILE_READ, false } },
	  "/a",
	  READ,
	  false,
	  false },
	{ "one inside of another adds up",
	  { { "/a", PROFILE_WRITE, false }, { "/a/b", PROFILE_EXEC, false } },
	  "/a/b",
	  WRITE | FS_PATHS_EXEC,
	  false,
	  false },
	{ "a denied path",
	  { { "/a", PROFILE_WRITE, false }, { "/a/b/c", PROFILE_DENY, false } },
	  "/a/b/c",
	  0,
	  false,
	  false },
	{ "what leads to it keeps its place and its grant",
	  { { "/a", PROFILE_WRITE, false }, { "/a/b/c", PROFILE_DENY, false } },
	  "/a/b",
	  WRITE,
	  true,
	  false },
	{ "what is hidden can't be seen",
	  { { "/a", PROFILE_WRITE, false }, { "/a/b/c", PROFILE_HIDE, false } },
	  "/a/b/c",
	  0,
	  false,
	  true },
	{ "nor can the way between two denials",
	  { { "/a", PROFILE_READ, false },
	    { "/a/b", PROFILE_DENY, false },
	    { "/a/b/c/d", PROFILE_DENY, false } },
	  "/a/b/c",
	  0,
	  true,
	  true },
	{ "nor the inner one",
	  { { "/a", PROFILE_READ, false },
	    { "/a/b", PROFILE_DENY, false },
	    { "/a/b/c/d", PROFILE_DENY, false } },
	  "/a/b/c/d",
	  0,
	  false,
	  true },
	{ "a grant inside of what is denied",
	  { { "/a/b", PROFILE_DENY, false },
	    { "/a/b/c", PROFILE_READ, false } },
	  "/a/b/c",
	  READ,
	  false,
	  false },
	{ "nor is it more by a grant around what is denied",
	  { { "/a", PROFILE_WRITE, false },
	    { "/a/b", PROFILE_DENY, false },
	    { "/a/b/c", PROFILE_READ, false } },
	  "/a/b/c",
	  READ,
	  false,
	  false },
	{ "a denial inside of that",
	  { { "/a", PROFILE_WRITE, false },
	    { "/a/b", PROFILE_DENY, false },
	    { "/a/b/c", PROFILE_READ, false },
	    { "/a/b/c/d", PROFILE_DENY, false } },
	  "/a/b/c/d",
	  0,
	  false,
	  false },
	{ "and a grant inside of that one",
	  { { "/a", PROFILE_WRITE, false },
	    { "/a/b", PROFILE_HIDE, false },
	    { "/a/b/c", PROFILE_READ, false },
	    { "/a/b/c/d", PROFILE_DENY, false },
	    { "/a/b/c/d/e", PROFILE_EXEC, false } },
	  "/a/b/c/d/e",
	  READ | FS_PATHS_EXEC,
	  false,
	  false },
	{ "what leads to a grant inside of what is denied can be seen alone",
	  { { "/a", PROFILE_READ, false },
	    { "/a/b", PROFILE_DENY, false },
	    { "/a/b/c/d", PROFILE_READ, false } },
	  "/a/b/c",
	  0,
	  false,
	  false },
	{ "so can what is hidden, where something in it is granted",
	  { { "/a", PROFILE_READ, false },
	    { "/a/b", PROFILE_HIDE, false },
	    { "/a/b/c/d", PROFILE_READ, false } },
	  "/a/b",
	  0,
	  false,
	  false },
	{ "what is guarded is not written",
	  { { "/a", PROFILE_WRITE, false }, { "/a/b/c", PROFILE_READ, true } },
	  "/a/b/c",
	  READ,
	  false,
	  false },
	{ "nor is what leads to it moved",
	  { { "/a", PROFILE_WRITE, false }, { "/a/b/c", PROFILE_READ, true } },
	  "/a/b",
	  WRITE,
	  true,
	  false },
	{ "nor is a grant inside of it one to write",
	  { { "/a/b", PROFILE_READ, true },
	    { "/a/b/c", PROFILE_WRITE, false } },
	  "/a/b/c",
	  READ,
	  false,
	  false },
	{ "names that begin alike are no more",
	  { { "/a", PROFILE_DENY, false },
	    { "/a!", PROFILE_READ, false },
	    { "/a/b", PROFILE_WRITE, false } },
	  "/a!",
	  READ,
	  false,
	  false },
};

START_TEST(each_path_says_what_it_is_to)
{
	static struct profile_path profile_path;
	struct paths_entry entries[ENTRIES_MAX];
	struct paths paths = { .entries = entries };
	struct view_nodes nodes;
	size_t i, hits = 0;

	for (i = 0; i < ENTRIES_MAX && cases[_i].entries[i].path; i++)
		entries[paths.count++] = (struct paths_entry){
			.path = &profile_path,
			.access = cases[_i].entries[i].access,
			.guarded = cases[_i].entries[i].guarded,
			.state = PATHS_FOUND,
			.resolved = cases[_i].entries[i].path,
			.fd = -1,
		};
	ck_assert_int_eq(view_nodes_make(&paths, &nodes), 0);
	for (i = 0; i < nodes.count; i++) {
		const struct view_node *const node = nodes.nodes[i];

		ck_assert_msg(!i || strcmp(nodes.nodes[i - 1]->resolved,
					   node->resolved) != 0,
			      "%s: twice", node->resolved);
		if (strcmp(node->resolved, cases[_i].asked) != 0)
			continue;
		hits++;
		ck_assert_msg(node->access == cases[_i].access, "%s: %llx",
			      cases[_i].name, (unsigned long long)node->access);
		ck_assert_msg(node->keeps == cases[_i].keeps, "%s",
			      cases[_i].name);
		ck_assert_msg(node->blind == cases[_i].blind, "%s",
			      cases[_i].name);
	}
	ck_assert_uint_eq(hits, 1);
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("view_nodes");
	TCase *const all = tcase_create("view_nodes");

	tcase_add_loop_test(all, each_path_says_what_it_is_to, 0,
			    ARRAY_SIZE(cases));
	suite_add_tcase(suite, all);
	return run_suite(suite);
}
