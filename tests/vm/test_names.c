// SPDX-License-Identifier: LGPL-2.1-or-later
/* Entries of a view for names in a directory: one by one, and by pattern. */
#include "fsview.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#define LOOK (FS_PATHS_SEE | FS_PATHS_READ)

static int put(const int view, const char *const directory,
	       const char *const name, const uint32_t flags,
	       const uint64_t access)
{
	const struct landlock_fsview_value value = {
		access, access & LANDLOCK_FSVIEW_ACCESS_MASK
	};
	struct landlock_fsview_key key = fsview_key(directory, name);

	key.flags = flags;
	return fsview_put_key(view, key, value);
}

static int put_pattern(const int view, const char *const directory,
		       const char *const pattern, const uint64_t access)
{
	return put(view, directory, pattern, LANDLOCK_FSVIEW_PATTERN, access);
}

/* --- what matches --- */

/* Lets the entries of @directory be changed that are granted it themselves. */
static void open_entries(const int view, const char *const directory)
{
	const struct landlock_fsview_value value = { LANDLOCK_FSVIEW_ADDS,
						     FS_PATHS_ENTRIES };

	ck_assert_int_eq(
		fsview_put_key(view, fsview_key(directory, NULL), value), 0);
}

/*
 * /mnt may be looked at; in /mnt/dir all may be done with *.txt, [!.]?.log and
 * what is named kept.*; nothing with secret*, nor with *.key in /mnt/all, which
 * is granted else. read.txt, by its name, may only be looked at.
 */
static int make_tree(void)
{
	const int view = fsview_make(16);

	vm_scratch();
	ck_assert_int_eq(mkdir("dir", 0755), 0);
	ck_assert_int_eq(mkdir("dir/sub", 0755), 0);
	ck_assert_int_eq(mkdir("dir/tree.txt", 0755), 0);
	ck_assert_int_eq(mkdir("all", 0755), 0);
	vm_file("dir/a.txt");
	vm_file("dir/b.doc");
	vm_file("dir/read.txt");
	vm_file("all/x.key");
	vm_file("all/x.pub");
	ck_assert_int_eq(put(view, ".", "", 0, LOOK), 0);
	open_entries(view, "dir");
	ck_assert_int_eq(put_pattern(view, "dir", "*.txt", FSVIEW_ALL), 0);
	ck_assert_int_eq(put_pattern(view, "dir", "[!.]?.log", FSVIEW_ALL), 0);
	ck_assert_int_eq(put_pattern(view, "dir", "kept.\\*", FSVIEW_ALL), 0);
	ck_assert_int_eq(put_pattern(view, "dir", "secret*", 0), 0);
	ck_assert_int_eq(put(view, "dir", "read.txt", 0, LOOK), 0);
	ck_assert_int_eq(put(view, "all", "", 0, FSVIEW_ALL), 0);
	ck_assert_int_eq(put_pattern(view, "all", "*.key", 0), 0);
	vm_file("all/denied.pub");
	ck_assert_int_eq(put(view, "all/denied.pub", "", 0, 0), 0);
	ck_assert_int_eq(put_pattern(view, "all", "*.pub",
				     FSVIEW_ALL | LANDLOCK_FSVIEW_ADDS),
			 0);
	fsview_freeze(view);
	return view;
}

static int make(const char *const path, const char *const to)
{
	(void)to;
	return vm_result(open(path, O_CREAT | O_WRONLY, 0644));
}

static int look(const char *const path, const char *const to)
{
	(void)to;
	return fsview_read(path);
}

static int make_directory(const char *const path, const char *const to)
{
	(void)to;
	return vm_result(mkdir(path, 0755));
}

static int take_off(const char *const path, const char *const to)
{
	(void)to;
	return vm_result(unlink(path));
}

static int move(const char *const path, const char *const to)
{
	return vm_result(rename(path, to));
}

static int share(const char *const path, const char *const to)
{
	return vm_result(link(path, to));
}

struct use {
	const char *name;
	int (*function)(const char *path, const char *to);
	const char *path, *to;
	int expected;
};

static const struct use uses[] = {
	{ "made later", make, "dir/new.txt", NULL, 0 },
	{ "another made later", make, "dir/new.doc", NULL, -EACCES },
	{ "there already", make, "dir/a.txt", NULL, 0 },
	{ "another there already", make, "dir/b.doc", NULL, -EACCES },
	{ "removed", take_off, "dir/a.txt", NULL, 0 },
	{ "another removed", take_off, "dir/b.doc", NULL, -EACCES },
	{ "renamed onto", move, "dir/a.txt", "dir/c.txt", 0 },
	{ "renamed out of it", move, "dir/a.txt", "dir/c.doc", -EACCES },
	{ "renamed into it", move, "dir/b.doc", "dir/b.txt", -EACCES },
	{ "nothing but the extension", make, "dir/.txt", NULL, 0 },
	{ "more after it", make, "dir/a.txt~", NULL, -EACCES },
	{ "another case", make, "dir/A.TXT", NULL, -EACCES },
	{ "by another way", make, "dir//sub/.././new.txt", NULL, 0 },
	{ "by another way to another", make, "dir/sub/../new.doc", NULL,
	  -EACCES },
	{ "a class and a character", make, "dir/ab.log", NULL, 0 },
	{ "not of the class", make, "dir/.b.log", NULL, -EACCES },
	{ "one character too many", make, "dir/abc.log", NULL, -EACCES },
	{ "an escaped star", make, "dir/kept.*", NULL, 0 },
	{ "not for the star", make, "dir/kept.x", NULL, -EACCES },
	{ "one level only", make, "dir/sub/new.txt", NULL, -EACCES },
	{ "a directory made", make_directory, "dir/more.txt", NULL, 0 },
	{ "beneath what matches", make, "dir/tree.txt/file", NULL, 0 },
	{ "a name goes before", make, "dir/read.txt", NULL, -EACCES },
	{ "and grants what it says", look, "dir/read.txt", NULL, 0 },
	{ "of several, all", make, "dir/secret.txt", NULL, -EACCES },
	{ "else the way up", look, "dir/b.doc", NULL, 0 },
	{ "a pattern denies", look, "all/x.key", NULL, -EACCES },
	{ "and nothing else", look, "all/x.pub", NULL, 0 },
	{ "later as well", make, "all/y.key", NULL, -EACCES },
	{ "renamed from a denial", move, "all/x.key", "all/x", -EACCES },
	{ "renamed to a denial", move, "all/x.pub", "all/x.key", -EACCES },
	{ "a denied inode that is named so", look, "all/denied.pub", NULL,
	  -EACCES },
	{ "linked from a denial", share, "all/x.key", "all/x", -EXDEV },
};

static int use(void *const argument)
{
	const struct use *const it = argument;

	return it->function(it->path, it->to);
}

START_TEST(a_pattern_is_for_all_names_that_match)
{
	struct use it = uses[_i];
	const int result = fsview_child(make_tree(), use, &it);

	ck_assert_msg(result == it.expected, "%s: %s", it.name,
		      strerror(-result));
}
END_TEST

/* --- keys --- */

START_TEST(a_pattern_is_another_key_than_the_name)
{
	const int view = fsview_make(4);
	struct landlock_fsview_value value = { 0 };
	struct landlock_fsview_key key;

	vm_scratch();
	ck_assert_int_eq(put(view, ".", "a*", 0, 1), 0);
	ck_assert_int_eq(put_pattern(view, ".", "a*", 2 | LANDLOCK_FSVIEW_ADDS),
			 0);
	key = fsview_key(".", "a*");
	ck_assert_int_eq(
		fsview_element(BPF_MAP_LOOKUP_ELEM, view, &key, &value, 0), 0);
	ck_assert_uint_eq(value.access, 1);
	key.flags = LANDLOCK_FSVIEW_PATTERN;
	ck_assert_int_eq(
		fsview_element(BPF_MAP_LOOKUP_ELEM, view, &key, &value, 0), 0);
	ck_assert_uint_eq(value.access, 2 | LANDLOCK_FSVIEW_ADDS);
	ck_assert_uint_eq(value.own, 2);
	ck_assert_int_eq(
		fsview_element(BPF_MAP_DELETE_ELEM, view, &key, NULL, 0), 0);
	ck_assert_int_eq(fsview_element(BPF_MAP_DELETE_ELEM, view, &key, NULL,
					0),
			 -ENOENT);
	key.flags = 0;
	ck_assert_int_eq(
		fsview_element(BPF_MAP_LOOKUP_ELEM, view, &key, &value, 0), 0);
}
END_TEST

START_TEST(patterns_of_a_directory_are_bounded_in_number)
{
	const int view = fsview_make(1024);
	char pattern[16];
	int i;

	vm_scratch();
	ck_assert_int_eq(mkdir("other", 0755), 0);
	for (i = 0; i < 256; i++) {
		snprintf(pattern, sizeof(pattern), "%d*", i);
		ck_assert_int_eq(put_pattern(view, ".", pattern, 1), 0);
	}
	ck_assert_int_eq(put_pattern(view, ".", "x*", 1), -E2BIG);
	ck_assert_int_eq(put_pattern(view, ".", "7*", 2), 0);
	ck_assert_int_eq(put(view, ".", "name", 0, 1), 0);
	ck_assert_int_eq(put_pattern(view, "other", "x*", 1), 0);
}
END_TEST

START_TEST(patterns_of_a_directory_are_bounded_in_length)
{
	const int view = fsview_make(64);
	char pattern[256];
	int i;

	vm_scratch();
	memset(pattern, '*', sizeof(pattern));
	pattern[255] = '\0';
	for (i = 0; i < 16; i++) {
		pattern[0] = (char)('a' + i);
		ck_assert_int_eq(put_pattern(view, ".", pattern, 1), 0);
	}
	ck_assert_int_eq(put_pattern(view, ".", "01234567890123456", 1),
			 -E2BIG);
	ck_assert_int_eq(put_pattern(view, ".", "0123456789012345", 1), 0);
}
END_TEST

/* One way up can pass through all directories that have any. */
START_TEST(patterns_of_a_view_are_bounded_in_length)
{
	const int view = fsview_make(128);
	struct landlock_fsview_key key;
	char pattern[256], name[2] = "a";
	int i;

	vm_scratch();
	memset(pattern, '*', sizeof(pattern));
	pattern[255] = '\0';
	for (i = 0; i < 64; i++) {
		name[0] = (char)('a' + i / 16);
		ck_assert(!mkdir(name, 0755) || errno == EEXIST);
		pattern[0] = (char)('a' + i % 16);
		ck_assert_int_eq(put_pattern(view, name, pattern, 1), 0);
	}
	ck_assert_int_eq(mkdir("other", 0755), 0);
	ck_assert_int_eq(put_pattern(view, "other", pattern, 1), -E2BIG);
	ck_assert_int_eq(put(view, "other", "name", 0, 1), 0);
	key = fsview_key("a", NULL);
	key.flags = LANDLOCK_FSVIEW_PATTERN;
	pattern[0] = 'a';
	memcpy(key.name, pattern, sizeof(pattern));
	ck_assert_int_eq(
		fsview_element(BPF_MAP_DELETE_ELEM, view, &key, NULL, 0), 0);
	ck_assert_int_eq(put_pattern(view, "other", pattern, 1), 0);
}
END_TEST

#define DEEP 24
#define STACKED 8

struct deep {
	int rule, view;
	const char *path;
};

static int read_under_many(void *const argument)
{
	const struct deep *const deep = argument;
	int i, error = vm_no_new_privs();

	for (i = 0; i < STACKED && !error; i++)
		error = fsview_prepend(deep->rule, deep->view);
	return error ? -ENOTSUP : fsview_read(deep->path);
}

/* More of them than are tried while nothing may sleep. */
START_TEST(patterns_on_a_long_way_are_all_tried)
{
	struct deep deep = { fsview_load_rule(), fsview_make(2 * DEEP), NULL };
	char path[2 * DEEP + 8] = ".";
	int i;

	vm_scratch();
	ck_assert_int_eq(put(deep.view, ".", "", 0, FSVIEW_ALL), 0);
	for (i = 0; i < DEEP; i++) {
		ck_assert_int_eq(
			put_pattern(deep.view, path, i ? "n*" : "[x]", 0), 0);
		strcat(path, "/d");
		ck_assert_int_eq(mkdir(path, 0755), 0);
	}
	strcat(path, "/file");
	vm_file(path);
	fsview_freeze(deep.view);
	deep.path = path;
	ck_assert_int_eq(vm_child(read_under_many, &deep), 0);
	/* The last one that is tried, at the top. */
	ck_assert_int_eq(rename("d", "x"), 0);
	path[2] = 'x';
	ck_assert_int_eq(vm_child(read_under_many, &deep), -EACCES);
}
END_TEST

/* --- directories that compare names, as those of sysctl do --- */

#define SYSCTLS "/proc/sys/kernel"

START_TEST(a_name_is_denied_where_the_file_system_compares)
{
	const int view = fsview_make(4);

	ck_assert_int_eq(put(view, "/", "", 0, FSVIEW_ALL), 0);
	ck_assert_int_eq(put(view, SYSCTLS, "ostype", 0, 0), 0);
	ck_assert_int_eq(put_pattern(view, SYSCTLS, "osrel*", 0), 0);
	fsview_freeze(view);
	ck_assert_int_eq(fsview_child_reads(view, SYSCTLS "/ostype"), -EACCES);
	ck_assert_int_eq(fsview_child_reads(view, SYSCTLS "/osrelease"),
			 -EACCES);
	ck_assert_int_eq(fsview_child_reads(view, SYSCTLS "/version"), 0);
}
END_TEST

/* Where all of them were tried one after the other, this took minutes. */
START_TEST(many_names_are_found_where_the_file_system_compares)
{
	const int count = 20000;
	const int view = fsview_make(32768);
	struct landlock_fsview_value value = { 0 };
	struct landlock_fsview_key key = fsview_key(SYSCTLS, NULL);
	int i;

	for (i = 0; i < count; i++) {
		snprintf(key.name, sizeof(key.name), "%08d", i);
		ck_assert_int_eq(fsview_element(BPF_MAP_UPDATE_ELEM, view, &key,
						&value, BPF_NOEXIST),
				 0);
	}
	ck_assert_int_eq(
		fsview_element(BPF_MAP_LOOKUP_ELEM, view, &key, &value, 0), 0);
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("names");
	TCase *const matching = tcase_create("patterns");
	TCase *const keys = tcase_create("keys");
	TCase *const comparing = tcase_create("comparing");
	size_t i;

	for (i = 0; i < ARRAY_SIZE(uses); i++)
		vm_add_row(matching, a_pattern_is_for_all_names_that_match->fn,
			   (int)i, "%s", uses[i].name);
	tcase_add_test(keys, a_pattern_is_another_key_than_the_name);
	tcase_add_test(keys, patterns_of_a_directory_are_bounded_in_number);
	tcase_add_test(keys, patterns_of_a_directory_are_bounded_in_length);
	tcase_add_test(keys, patterns_of_a_view_are_bounded_in_length);
	tcase_add_test(matching, patterns_on_a_long_way_are_all_tried);
	tcase_add_test(comparing,
		       a_name_is_denied_where_the_file_system_compares);
	tcase_add_test(comparing,
		       many_names_are_found_where_the_file_system_compares);
	tcase_set_timeout(matching, VM_TIMEOUT_SECONDS);
	fsview_share_rule(matching);
	tcase_set_timeout(keys, VM_TIMEOUT_SECONDS);
	fsview_share_rule(keys);
	tcase_set_timeout(comparing, VM_TIMEOUT_SECONDS);
	fsview_share_rule(comparing);
	suite_add_tcase(suite, matching);
	suite_add_tcase(suite, keys);
	suite_add_tcase(suite, comparing);
	return run_suite(suite);
}
