// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What a view is to say of each path, by those of a profile: pure but for the
 * profile's paths, which are made up.
 */
#include "view_nodes.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

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
	const struct plan plan = { .paths_by = PLAN_PATHS_VIEW };
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
	ck_assert_int_eq(view_nodes_make(&plan, &paths, &nodes), 0);
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
		ck_assert(node->connects && !node->named);
	}
	ck_assert_uint_eq(hits, 1);
}
END_TEST

#define ELSEWHERE FS_PATHS_SEE
#define ALL (WRITE | FS_PATHS_EXEC)

enum what {
	WHAT_DIRECTORY,
	WHAT_SOCKET,
	WHAT_MISSING,
	WHAT_MISSING_WITH_WAY, /* the last component but one as well */
};

/* Sockets and paths, and what is to come of one of them; an access of 0 is no node. */
static const struct {
	const char *name;
	struct {
		const char *path;
		enum profile_access access;
		enum what what;
	} entries[3];
	bool paths; /* keys of paths are there as well, and by a view */
	const char *asked;
	uint64_t access;
	bool connects, named;
} sockets[] = {
	{ "a socket is granted, and its name",
	  { { "/a", PROFILE_CONNECT, WHAT_SOCKET } },
	  false,
	  "/a",
	  ALL,
	  true,
	  true },
	{ "of a directory, itself",
	  { { "/a", PROFILE_CONNECT, WHAT_DIRECTORY } },
	  false,
	  "/a",
	  ALL,
	  true,
	  false },
	{ "one that is missing, by name",
	  { { "/a", PROFILE_CONNECT, WHAT_MISSING } },
	  false,
	  "/a",
	  ALL,
	  true,
	  true },
	{ "but not the directory that it would be in",
	  { { "/a/b", PROFILE_CONNECT, WHAT_MISSING_WITH_WAY } },
	  false,
	  "/a",
	  0,
	  false,
	  false },
	{ "without keys of paths, the shim's own are no nodes",
	  { { "/b", PROFILE_READ, WHAT_DIRECTORY } },
	  false,
	  "/b",
	  0,
	  false,
	  false },
	{ "beside paths, it is no more than seen",
	  { { "/b", PROFILE_READ, WHAT_DIRECTORY },
	    { "/a", PROFILE_CONNECT, WHAT_SOCKET } },
	  true,
	  "/a",
	  ELSEWHERE,
	  true,
	  true },
	{ "and what is read is not connected to",
	  { { "/b", PROFILE_READ, WHAT_DIRECTORY },
	    { "/a", PROFILE_CONNECT, WHAT_SOCKET } },
	  true,
	  "/b",
	  READ,
	  false,
	  false },
	{ "but below",
	  { { "/a", PROFILE_CONNECT, WHAT_DIRECTORY },
	    { "/a/b", PROFILE_WRITE, WHAT_DIRECTORY } },
	  true,
	  "/a/b",
	  WRITE,
	  true,
	  false },
	{ "it keeps what is granted above",
	  { { "/a", PROFILE_WRITE, WHAT_DIRECTORY },
	    { "/a/b", PROFILE_CONNECT, WHAT_SOCKET } },
	  true,
	  "/a/b",
	  WRITE,
	  true,
	  true },
	{ "the same path is both",
	  { { "/a", PROFILE_WRITE, WHAT_DIRECTORY },
	    { "/a", PROFILE_CONNECT, WHAT_DIRECTORY } },
	  true,
	  "/a",
	  WRITE,
	  true,
	  false },
	{ "what is denied is not a matter of sockets",
	  { { "/a", PROFILE_CONNECT, WHAT_DIRECTORY },
	    { "/a/b", PROFILE_DENY, WHAT_DIRECTORY } },
	  true,
	  "/a/b",
	  0,
	  true,
	  false },
	{ "nor does a denial grant",
	  { { "/a/b", PROFILE_DENY, WHAT_DIRECTORY } },
	  true,
	  "/a/b",
	  0,
	  false,
	  false },
	{ "in what is denied, it can be seen",
	  { { "/a", PROFILE_HIDE, WHAT_DIRECTORY },
	    { "/a/b", PROFILE_CONNECT, WHAT_SOCKET } },
	  true,
	  "/a/b",
	  ELSEWHERE,
	  true,
	  true },
};

START_TEST(each_socket_says_what_it_is_to)
{
	static const struct {
		enum paths_state state;
		uint16_t mode;
	} whats[] = {
		[WHAT_DIRECTORY] = { PATHS_FOUND, S_IFDIR },
		[WHAT_SOCKET] = { PATHS_FOUND, S_IFSOCK },
		[WHAT_MISSING] = { PATHS_OPTIONAL, 0 },
		[WHAT_MISSING_WITH_WAY] = { PATHS_OPTIONAL, 0 },
	};
	static struct profile_path profile_path;
	struct paths_entry entries[3];
	struct paths paths = { .entries = entries };
	const struct plan plan = {
		.paths_by =
			sockets[_i].paths ? PLAN_PATHS_VIEW : PLAN_PATHS_NONE,
		.sockets_by = PLAN_PATHS_VIEW,
	};
	struct view_nodes nodes;
	size_t i, hits = 0;

	for (i = 0; i < ARRAY_SIZE(entries) && sockets[_i].entries[i].path;
	     i++) {
		const char *const path = sockets[_i].entries[i].path;
		const enum what what = sockets[_i].entries[i].what;

		entries[paths.count++] = (struct paths_entry){
			.path = &profile_path,
			.access = sockets[_i].entries[i].access,
			.state = whats[what].state,
			.status = { .mode = whats[what].mode },
			.error = what >= WHAT_MISSING ? -ENOENT : 0,
			.missing_bytes = what == WHAT_MISSING ? strlen(path)
					 : what == WHAT_MISSING_WITH_WAY ? 2
									 : 0,
			.resolved = path,
			.fd = -1,
		};
	}
	ck_assert_int_eq(view_nodes_make(&plan, &paths, &nodes), 0);
	ck_assert_uint_eq(nodes.elsewhere, sockets[_i].paths ? ELSEWHERE : ALL);
	for (i = 0; i < nodes.count; i++) {
		const struct view_node *const node = nodes.nodes[i];

		if (strcmp(node->resolved, sockets[_i].asked) != 0)
			continue;
		hits++;
		ck_assert_msg(node->access == sockets[_i].access, "%s: %llx",
			      sockets[_i].name,
			      (unsigned long long)node->access);
		ck_assert_msg(node->connects == sockets[_i].connects, "%s",
			      sockets[_i].name);
		ck_assert_msg(node->named == sockets[_i].named, "%s",
			      sockets[_i].name);
	}
	ck_assert_uint_eq(hits,
			  sockets[_i].access || sockets[_i].paths ? 1 : 0);
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("view_nodes");
	TCase *const all = tcase_create("view_nodes");

	tcase_add_loop_test(all, each_path_says_what_it_is_to, 0,
			    ARRAY_SIZE(cases));
	tcase_add_loop_test(all, each_socket_says_what_it_is_to, 0,
			    ARRAY_SIZE(sockets));
	suite_add_tcase(suite, all);
	return run_suite(suite);
}
