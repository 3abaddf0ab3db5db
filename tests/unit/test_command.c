// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * From a word of a command line to what is executed.
 */
#include <elf.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "executable.h"
#include "../suite.h"
#include "tree.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

#define SEARCH_PATH "/none:/denied:/bin:/usr/bin"

static struct executable executable;
static struct lookup lookup;
static struct report report;

static int open_command(const char *const command,
			const char *const search_path)
{
	return executable_open(command, search_path, &executable, &lookup,
			       &report);
}

static void write_bytes(const char *const path, const void *const bytes,
			const size_t size)
{
	const int fd =
		open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0755);

	ck_assert_int_eq(write(fd, bytes, size), (int)size);
	close(fd);
}

/* Programs of both classes, with and without a loader. */
static void write_programs(void)
{
	static const char loader[] = "/lib/loader.so";
	struct {
		Elf64_Ehdr elf;
		Elf64_Phdr table[2];
		char loader[sizeof(loader)];
	} wide = {
		.elf = { .e_ident = { ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3,
				      ELFCLASS64, ELFDATA2LSB },
			 .e_phoff = sizeof(Elf64_Ehdr),
			 .e_phentsize = sizeof(Elf64_Phdr),
			 .e_phnum = 2 },
		.table = { { .p_type = PT_LOAD },
			   { .p_type = PT_INTERP,
			     .p_offset = sizeof(Elf64_Ehdr) +
					 2 * sizeof(Elf64_Phdr),
			     .p_filesz = sizeof(loader) } },
	};
	struct {
		Elf32_Ehdr elf;
		Elf32_Phdr table[1];
		char loader[sizeof(loader)];
	} narrow = {
		.elf = { .e_ident = { ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3,
				      ELFCLASS32, ELFDATA2LSB },
			 .e_phoff = sizeof(Elf32_Ehdr),
			 .e_phentsize = sizeof(Elf32_Phdr),
			 .e_phnum = 1 },
		.table = { { .p_type = PT_INTERP,
			     .p_offset =
				     sizeof(Elf32_Ehdr) + sizeof(Elf32_Phdr),
			     .p_filesz = sizeof(loader) } },
	};

	memcpy(wide.loader, loader, sizeof(loader));
	memcpy(narrow.loader, loader, sizeof(loader));
	write_bytes("/usr/bin/wide", &wide, sizeof(wide));
	write_bytes("/usr/bin/narrow", &narrow, sizeof(narrow));
	write_bytes("/usr/bin/cut", &wide, sizeof(wide.elf) / 2);
	wide.table[1].p_type = PT_NULL;
	write_bytes("/usr/bin/wide-static", &wide, sizeof(wide));
	narrow.table[0].p_type = PT_NULL;
	write_bytes("/usr/bin/narrow-static", &narrow, sizeof(narrow));
	/* What the kernel would refuse is not followed anywhere. */
	wide.elf.e_phnum = UINT16_MAX;
	wide.elf.e_phoff = UINT64_MAX;
	write_bytes("/usr/bin/wild", &wide, sizeof(wide));
}

static void make_tree(void)
{
	static const char *const scripts[][2] = {
		{ "/usr/bin/script", "#!/bin/wide\n" },
		{ "/usr/bin/nested", "#!/usr/bin/script\n" },
		{ "/usr/bin/orphan", "#!/usr/bin/none\n" },
		{ "/usr/bin/loop", "#!/usr/bin/loop\n" },
		{ "/usr/bin/text", "echo\n" },
		{ "/usr/bin/empty", "" },
		{ "/usr/bin/no-interpreter", "#!\n" },
	};
	size_t i;

	tree_enter();
	tree_directory("/usr/bin");
	tree_directory("/denied");
	tree_directory("/home/u");
	ck_assert_int_eq(symlink("usr/bin", "/bin"), 0);
	write_programs();
	for (i = 0; i < ARRAY_SIZE(scripts); i++) {
		tree_write(scripts[i][0], scripts[i][1]);
		ck_assert_int_eq(chmod(scripts[i][0], 0755), 0);
	}
	ck_assert_int_eq(link("/usr/bin/wide", "/usr/bin/sh"), 0);
	ck_assert_int_eq(symlink("wide", "/usr/bin/link"), 0);
	ck_assert_int_eq(symlink("/usr/bin/none", "/usr/bin/dangling"), 0);
	tree_write("/denied/wide", "not executable");
	tree_write("/denied/alone", "not executable");
	ck_assert_int_eq(mkdir("/denied/directory", 0755), 0);
}

static const struct {
	const char *cwd, *command, *search_path;
	int error;
	const char *name, *path; /* where found */
} searches[] = {
	{ "/", "wide", SEARCH_PATH, 0, "/bin/wide", "/bin/wide" },
	{ "/", "wide", NULL, 0, "/bin/wide", "/bin/wide" },
	{ "/", "wide", "", -ENOENT, NULL, NULL },
	{ "/usr/bin", "wide", "", 0, "wide", "/usr/bin/wide" },
	{ "/usr/bin", "wide", "/none::/bin", 0, "wide", "/usr/bin/wide" },
	{ "/usr/bin", "wide", "/none:", 0, "wide", "/usr/bin/wide" },
	{ "/usr", "wide", "bin", 0, "bin/wide", "/usr/bin/wide" },
	{ "/", "alone", SEARCH_PATH, -EACCES, NULL, NULL },
	{ "/", "directory", SEARCH_PATH, -EACCES, NULL, NULL },
	{ "/", "none", SEARCH_PATH, -ENOENT, NULL, NULL },
	{ "/", "dangling", SEARCH_PATH, -ENOENT, NULL, NULL },
	{ "/", "", SEARCH_PATH, -ENOENT, NULL, NULL },
	{ "/", "wide", "/bin/wide:/bin", 0, "/bin/wide", "/bin/wide" },
	{ "/usr/bin", "./wide", "/none", 0, "./wide", "/usr/bin/wide" },
	{ "/", "bin/link", "/none", 0, "bin/link", "/bin/link" },
	{ "/", "/bin/wide/x", SEARCH_PATH, -ENOENT, NULL, NULL },
	{ "/", "/denied/wide", SEARCH_PATH, -EACCES, NULL, NULL },
	{ "/", "/denied", SEARCH_PATH, -EACCES, NULL, NULL },
	{ "/", "orphan", SEARCH_PATH, -ENOENT, NULL, NULL },
	{ "/", "loop", SEARCH_PATH, -ELOOP, NULL, NULL },
};

START_TEST(a_command_is_found_as_by_execvp)
{
	make_tree();
	ck_assert_int_eq(chdir(searches[_i].cwd), 0);
	ck_assert_int_eq(open_command(searches[_i].command,
				      searches[_i].search_path),
			 searches[_i].error);
	if (searches[_i].error) {
		ck_assert_int_eq(executable.fd, -1);
		ck_assert(report.cause[0]);
		return;
	}
	ck_assert_str_eq(executable.name, searches[_i].name);
	ck_assert_str_eq(executable.path, searches[_i].path);
	ck_assert_int_ge(executable.fd, 0);
}
END_TEST

static const struct {
	const char *command;
	const char *interpreter, *loader; /* NULL: none */
	bool is_static, is_narrow, is_text;
} kinds[] = {
	{ "wide", NULL, "/lib/loader.so", false, false, false },
	{ "narrow", NULL, "/lib/loader.so", false, true, false },
	{ "wide-static", NULL, NULL, true, false, false },
	{ "narrow-static", NULL, NULL, true, true, false },
	{ "wild", NULL, NULL, true, false, false },
	{ "script", "/bin/wide", "/lib/loader.so", false, false, false },
	{ "nested", "/usr/bin/script", "/lib/loader.so", false, false, false },
	{ "text", "/bin/sh", "/lib/loader.so", false, false, true },
	{ "empty", "/bin/sh", "/lib/loader.so", false, false, true },
	{ "no-interpreter", "/bin/sh", "/lib/loader.so", false, false, true },
};

START_TEST(what_it_is_is_read)
{
	const bool is_wide_here = sizeof(long) == 8;

	make_tree();
	ck_assert_int_eq(open_command(kinds[_i].command, SEARCH_PATH), 0);
	ck_assert_pstr_eq(executable.interpreter, kinds[_i].interpreter);
	ck_assert_pstr_eq(executable.loader, kinds[_i].loader);
	ck_assert_int_eq(executable.is_static, kinds[_i].is_static);
	ck_assert_int_eq(executable.is_other_class,
			 kinds[_i].is_narrow == is_wide_here);
	ck_assert_int_eq(executable.is_text, kinds[_i].is_text);
	ck_assert(!executable.is_unread);
	ck_assert(!executable.has_privileges);
}
END_TEST

START_TEST(no_descriptor_but_its_own_stays)
{
	int before, after;

	make_tree();
	before = dup(0);
	close(before);
	ck_assert_int_eq(open_command("nested", SEARCH_PATH), 0);
	ck_assert_int_ge(close(executable.fd), 0);
	after = dup(0);
	ck_assert_int_eq(before, after);
	close(after);
	open_command("loop", SEARCH_PATH);
	after = dup(0);
	ck_assert_int_eq(before, after);
}
END_TEST

START_TEST(what_may_not_be_read_is_opened_all_the_same)
{
	make_tree();
	ck_assert_int_eq(chmod("/usr/bin/wide", 0111), 0);
	ck_assert_int_eq(chmod("/usr/bin/script", 0111), 0);
	if (!tree_give("/usr/bin/wide", TREE_OTHER))
		return;
	ck_assert_int_eq(setuid(TREE_USER), 0);
	ck_assert_int_eq(open_command("wide", SEARCH_PATH), 0);
	ck_assert(executable.is_unread);
	ck_assert_int_ge(executable.fd, 0);
	ck_assert_int_eq(open_command("script", SEARCH_PATH), 0);
	ck_assert(executable.is_unread);
	ck_assert_ptr_null(executable.interpreter);
}
END_TEST

START_TEST(a_set_user_id_program_gives_privileges_to_others_alone)
{
	make_tree();
	ck_assert_int_eq(chmod("/usr/bin/wide", 04755), 0);
	ck_assert_int_eq(open_command("wide", SEARCH_PATH), 0);
	ck_assert(!executable.has_privileges);
	if (!tree_give("/home/u", TREE_USER))
		return;
	ck_assert_int_eq(setuid(TREE_USER), 0);
	ck_assert_int_eq(open_command("wide", SEARCH_PATH), 0);
	ck_assert(executable.has_privileges);
	ck_assert_int_eq(open_command("script", SEARCH_PATH), 0);
	ck_assert(executable.has_privileges);
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("command");
	TCase *const all = tcase_create("command");

	tcase_add_loop_test(all, a_command_is_found_as_by_execvp, 0,
			    ARRAY_SIZE(searches));
	tcase_add_loop_test(all, what_it_is_is_read, 0, ARRAY_SIZE(kinds));
	tcase_add_test(all, no_descriptor_but_its_own_stays);
	tcase_add_test(all, what_may_not_be_read_is_opened_all_the_same);
	tcase_add_test(all,
		       a_set_user_id_program_gives_privileges_to_others_alone);
	suite_add_tcase(suite, all);
	return run_suite(suite);
}
