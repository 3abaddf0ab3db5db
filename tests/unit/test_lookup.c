// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Lookup: which files are asked for a program, which sections speak of it, and
 * whom a fault concerns.
 */
#include "lookup.h"
#include "arena.h"

#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "tree.h"
#include "../suite.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#define SYSTEM "/etc/landlock"
#define USER "/home/.config/landlock"
#define NOBODY 65534

static char told[16384];

static void tell(const struct report *const report)
{
	const size_t length = strlen(told);

	ck_assert_uint_lt(length, sizeof(told) / 2);
	snprintf(told + length, sizeof(told) - length, "%s: %s\n", report->file,
		 report->cause);
}

static const struct lookup less = {
	.files = { { .names = { "/usr/bin/less" }, .name_count = 1 } },
	.file_count = 1,
	.system_directory = SYSTEM,
	.user_directory = USER,
	.user = TREE_USER,
	.notice = tell,
};

/* The program by these names, the last one NULL, and by what the first leads to. */
static struct lookup program(const char *const name, ...)
{
	struct lookup lookup = less;
	struct lookup_file *const file = &lookup.files[0];
	struct system_status status;
	const char *next = name;
	va_list names;

	va_start(names, name);
	for (file->name_count = 0; next; next = va_arg(names, const char *))
		file->names[file->name_count++] = next;
	va_end(names);
	if (name && !system_stat(AT_FDCWD, name, 0, &status)) {
		file->id = status.id;
		file->identified = true;
	}
	return lookup;
}

static void make_tree(void)
{
	tree_enter();
	tree_directory(SYSTEM);
	tree_directory(USER);
	tree_directory("/usr/bin");
	tree_write("/usr/bin/less", "");
	tree_write("/usr/bin/more", "");
}

/* The objects of all rules found, in their order. */
static const char *objects(const struct lookup_result *const result)
{
	static char text[512];
	size_t length = 0, i, j;

	text[0] = '\0';
	for (i = 0; i < result->match_count; i++)
		for (j = 0; j < result->matches[i].profile->rule_count; j++)
			length += (size_t)snprintf(
				text + length, sizeof(text) - length, "%s ",
				result->matches[i].profile->rules[j].object);
	return text;
}

static void assert_told(const struct lookup *const asked,
			const char *const expected, const char *const notices)
{
	struct lookup_result result;
	struct report report = { 0 };

	told[0] = '\0';
	ck_assert_msg(!lookup_profiles(asked, &result, &report), "%s: %s",
		      report.file, report.cause);
	ck_assert_str_eq(objects(&result), expected);
	ck_assert_str_eq(told, notices);
}

static void assert_found(const struct lookup *const asked,
			 const char *const expected)
{
	assert_told(asked, expected, "");
}

static void assert_refused(const struct lookup *const asked, const int error,
			   const char *const file, const char *const cause)
{
	struct lookup_result result;
	struct report report = { 0 };

	ck_assert_int_eq(lookup_profiles(asked, &result, &report), error);
	ck_assert_str_eq(report.file, file);
	ck_assert_msg(strncmp(report.cause, cause, strlen(cause)) == 0, "%s",
		      report.cause);
}

/* Goes on as the user, if this can be tested here. */
static bool become_user(void)
{
	if (setresuid(TREE_USER, TREE_USER, TREE_USER) == 0)
		return true;
	puts("# needs root, not tested: as another user");
	fflush(stdout);
	return false;
}

START_TEST(no_file_is_no_profile_and_no_error)
{
	assert_found(&less, "");
	ck_assert(lookup_is_configured(&less));
	ck_assert_int_eq(rmdir(SYSTEM), 0);
	ck_assert_int_eq(rmdir(USER), 0);
	ck_assert(!lookup_is_configured(&less));
	assert_found(&less, "");
	ck_assert_int_eq(rmdir("/etc"), 0);
	ck_assert(!lookup_is_configured(&less));
	assert_found(&less, "");
}
END_TEST

START_TEST(all_four_files_are_read_the_systems_first)
{
	tree_write(USER "/landlock.ini", "[/usr/bin/less]\nrule = d.o\n");
	tree_write(USER "/usr.bin.less.ini", "[/usr/bin/less]\nrule = c.o\n");
	tree_write(SYSTEM "/landlock.ini", "[/usr/bin/less]\nrule = b.o\n");
	tree_write(SYSTEM "/usr.bin.less.ini", "[/usr/bin/less]\nrule = a.o\n");
	assert_found(&less, "a.o b.o c.o d.o ");
}
END_TEST

START_TEST(each_profile_has_its_layer_and_how_it_was_found)
{
	struct lookup lookup = program("/usr/bin/less", "/bin/pager", NULL);
	struct lookup_result result;
	struct report report;

	ck_assert_int_eq(symlink("/usr/bin/less", "/usr/bin/page"), 0);
	tree_write(SYSTEM "/landlock.ini",
		   "[a]\nmatch = /b /usr/bin/le*\n[/usr/bin/page]\n");
	tree_write(USER "/landlock.ini", "[/bin/pager]\n");
	ck_assert_int_eq(lookup_profiles(&lookup, &result, &report), 0);
	ck_assert_uint_eq(result.match_count, 3);
	ck_assert_int_eq(result.matches[0].profile->layer, PROFILE_SYSTEM);
	ck_assert_str_eq(result.matches[0].text, "/usr/bin/le*");
	ck_assert_str_eq(result.matches[0].name, "/usr/bin/less");
	ck_assert_str_eq(result.matches[1].text, "/usr/bin/page");
	ck_assert_ptr_null(result.matches[1].name);
	ck_assert_int_eq(result.matches[2].profile->layer, PROFILE_USER);
	ck_assert_str_eq(result.matches[2].text, "/bin/pager");
	ck_assert_str_eq(result.matches[2].name, "/bin/pager");
}
END_TEST

START_TEST(only_profiles_of_the_program_are_found_in_the_order_written)
{
	tree_write(SYSTEM "/landlock.ini",
		   "[/usr/bin/more]\nrule = a.o\n"
		   "[pagers]\nmatch = /usr/bin/*e*\nrule = b.o\n"
		   "[/usr/bin/less]\nmode = complain\nrule = c.o\n");
	assert_found(&less, "b.o c.o ");
}
END_TEST

START_TEST(files_of_other_names_are_not_opened)
{
	tree_write(SYSTEM "/usr.bin.more.ini", "nonsense");
	tree_write(SYSTEM "/less.ini", "nonsense");
	tree_write(SYSTEM "/usr.bin.less", "nonsense");
	assert_found(&less, "");
}
END_TEST

START_TEST(script_and_its_interpreter_both_count)
{
	struct lookup script = program("/usr/bin/python3.11", NULL);

	script.files[1] = (struct lookup_file){ .names = { "/opt/script" },
						.name_count = 1 };
	script.file_count = 2;
	tree_write(SYSTEM "/landlock.ini",
		   "[/opt/script]\nrule = c.o\n"
		   "[/usr/bin/python3.11]\nrule = d.o\n");
	tree_write(SYSTEM "/opt.script.ini", "[/opt/script]\nrule = b.o\n");
	tree_write(SYSTEM "/usr.bin.python3.11.ini",
		   "[/usr/bin/python3.11]\nrule = a.o\n");
	assert_found(&script, "a.o b.o c.o d.o ");
}
END_TEST

/* What a section or a word of match may say of /usr/bin/less. */
static const struct {
	const char *section;
	bool speaks;
} names[] = {
	{ "[/usr/bin/less]", true },
	{ "[/bin/less]", true },	       /* a link of its directory */
	{ "[/usr/bin/pager]", true },	       /* a link */
	{ "[/etc/alternatives/pager]", true }, /* a link to a link */
	{ "[/opt/hard]", true },	       /* another link(2) */
	{ "[x]\nmatch = /usr/bin/pager", true },
	{ "[x]\nmatch = /usr/bin/l*", true },
	{ "[x]\nmatch = /bin/*", true }, /* where /bin is a link */
	{ "[x]\nmatch = /bin/l?ss", true },
	{ "[x]\nmatch = /bin/m*", false },
	{ "[x]\nmatch = /*/less", false },
	{ "[x]\nmatch = /opt/*", false },
	{ "[x]\nmatch = /opt/link/*/less", true }, /* to /usr */
	{ "[x]\nmatch = /opt/link/*/*/less", false },
	{ "[x]\nmatch = /nowhere/l*", false },
	{ "[x]\nmatch = /usr/bin/pager*", false },
	{ "[/usr/bin/more]", false },
	{ "[/usr/bin/none]", false },
	{ "[/usr/bin/dangling]", false },
	{ "[/usr/bin]", false },
	{ "[less]", false },
};

START_TEST(sections_mean_what_their_names_lead_to)
{
	const struct lookup lookup = program("/usr/bin/less", NULL);
	char text[128];

	ck_assert_int_eq(symlink("usr/bin", "/bin"), 0);
	ck_assert_int_eq(mkdir("/etc/alternatives", 0755), 0);
	ck_assert_int_eq(symlink("/usr/bin/pager", "/etc/alternatives/pager"),
			 0);
	ck_assert_int_eq(symlink("less", "/usr/bin/pager"), 0);
	ck_assert_int_eq(symlink("nothing", "/usr/bin/dangling"), 0);
	ck_assert_int_eq(mkdir("/opt", 0755), 0);
	ck_assert_int_eq(link("/usr/bin/less", "/opt/hard"), 0);
	ck_assert_int_eq(symlink("../usr", "/opt/link"), 0);
	snprintf(text, sizeof(text), "%s\nrule = a.o\n", names[_i].section);
	tree_write(SYSTEM "/landlock.ini", text);
	assert_found(&lookup, names[_i].speaks ? "a.o " : "");
}
END_TEST

/* As /usr/bin/vi, where that leads to busybox. */
START_TEST(name_that_a_program_was_started_by_counts)
{
	const struct lookup lookup =
		program("/usr/bin/busybox", "/bin/vi", NULL);

	tree_write(SYSTEM "/landlock.ini", "[x]\nmatch = /bin/*\nrule = b.o\n");
	tree_write(SYSTEM "/bin.vi.ini", "[/bin/vi]\nrule = a.o\n");
	assert_found(&lookup, "a.o b.o ");
}
END_TEST

START_TEST(program_of_merged_usr_is_found_by_its_name_without_it)
{
	const struct lookup lookup = program("/usr/bin/less", NULL);

	tree_write(SYSTEM "/bin.less.ini", "[/bin/less]\nrule = a.o\n");
	/* Not the same file: that one's profile is none of ours. */
	tree_directory("/bin");
	tree_write("/bin/less", "");
	assert_found(&lookup, "");
	tree_write(SYSTEM "/bin.less.ini", "nonsense");
	assert_found(&lookup, "");
	tree_write(SYSTEM "/bin.less.ini", "[/bin/less]\nrule = a.o\n");
	ck_assert_int_eq(unlink("/bin/less") + rmdir("/bin"), 0);
	assert_found(&lookup, "");
	ck_assert_int_eq(symlink("usr/bin", "/bin"), 0);
	assert_found(&lookup, "a.o ");
	tree_write(SYSTEM "/usr.bin.less.ini", "[/usr/bin/less]\nrule = b.o\n");
	assert_found(&lookup, "b.o a.o ");
}
END_TEST

/* execveat(2) by descriptor without /proc. */
START_TEST(program_without_a_name_is_found_by_what_it_is)
{
	struct lookup nameless = program("/usr/bin/less", NULL);
	const struct lookup nothing = { .system_directory = SYSTEM,
					.notice = tell };

	nameless.files[0].name_count = 0;
	tree_write(SYSTEM "/usr.bin.less.ini", "[/usr/bin/less]\nrule = a.o\n");
	tree_write(SYSTEM "/landlock.ini", "[/usr/bin/less]\nrule = b.o\n"
					   "[x]\nmatch = /*/*/*\nrule = c.o\n");
	assert_found(&nameless, "b.o ");
	assert_found(&nothing, "");
}
END_TEST

START_TEST(file_of_two_names_is_read_once_and_may_be_either_ones)
{
	const struct lookup both = program("/opt/a.b", "/opt/a/b", NULL);
	const struct lookup one = program("/opt/a.b", NULL);

	tree_write(SYSTEM "/opt.a.b.ini", "[/opt/a.b]\nrule = a.o\n"
					  "[/opt/a/b]\nrule = b.o\n");
	assert_found(&both, "a.o b.o ");
	tree_write(SYSTEM "/opt.a.b.ini", "[/opt/a/b]\nrule = b.o\n");
	assert_found(&one, "");
}
END_TEST

/* Written in place, a file is empty for a moment: no program starts without. */
static const char *const truncated[] = {
	"",
	"\n",
	"; a comment",
	"[",
	"[/usr/bin/le",
	"[/usr/bin/more]\n",
	"mode = off\n[/usr/bin/less]\n",
};

START_TEST(file_that_links_of_two_names_lead_to_is_read_once_in_each_layer)
{
	const struct lookup both =
		program("/usr/bin/less", "/usr/bin/pager", NULL);

	tree_write("/shared.ini", "[/usr/bin/less]\nrule = a.o\n");
	ck_assert_int_eq(symlink("/shared.ini", SYSTEM "/usr.bin.less.ini"), 0);
	ck_assert_int_eq(symlink("/shared.ini", SYSTEM "/usr.bin.pager.ini"),
			 0);
	assert_found(&both, "a.o ");
	ck_assert_int_eq(symlink("/shared.ini", USER "/usr.bin.pager.ini"), 0);
	assert_found(&both, "a.o a.o ");
	tree_write("/other.ini", "[/usr/bin/less]\nrule = b.o\n");
	ck_assert_int_eq(symlink("/other.ini", USER "/usr.bin.less.ini"), 0);
	assert_found(&both, "a.o b.o a.o ");
}
END_TEST

START_TEST(file_by_name_that_is_wrong_or_says_nothing_ends_its_program)
{
	struct lookup_result result;
	struct report report;

	tree_write(SYSTEM "/usr.bin.less.ini", truncated[_i]);
	ck_assert_int_eq(lookup_profiles(&less, &result, &report), -EINVAL);
	ck_assert_str_eq(report.file, SYSTEM "/usr.bin.less.ini");
	ck_assert_str_ne(report.remedy, "");
}
END_TEST

START_TEST(message_for_a_truncated_file_names_the_program)
{
	tree_write(USER "/usr.bin.less.ini", "");
	assert_refused(&less, -EINVAL, USER "/usr.bin.less.ini",
		       "holds no section for /usr/bin/less");
}
END_TEST

/* Seen: a typo in landlock.ini ended every program of the system. */
START_TEST(fault_of_a_section_concerns_no_other_program)
{
	tree_write(SYSTEM "/landlock.ini",
		   "[/usr/bin/more]\nmode = on\nreads = /\n\001\nx: y\n"
		   "[/usr/bin/head\nread = usr\n"
		   "[/usr/bin/less]\nrule = a.o\n"
		   "[/usr/bin/more]\nrule = b.o\n"
		   "[@base]\n");
	assert_found(&less, "a.o ");
}
END_TEST

START_TEST(fault_of_a_section_reaches_its_program)
{
	static const char *const sections[] = {
		"[/usr/bin/less",
		"[usr/bin/less]",
		"[/usr/bin//less]",
		"[/usr/bin/le*]",
		"[x]\nmatch = /usr/bin/less/",
		"[/usr/bin/less]\nmode = on",
	};
	struct lookup_result result;
	struct report report;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(sections); i++) {
		tree_write(SYSTEM "/landlock.ini", sections[i]);
		ck_assert_int_eq(lookup_profiles(&less, &result, &report), 0);
		ck_assert_msg(result.match_count == 1, "%s", sections[i]);
		ck_assert_int_eq(profile_check(result.matches[0].profile, tell,
					       &report),
				 -EINVAL);
	}
	ck_assert_str_eq(told, "");
}
END_TEST

START_TEST(fault_outside_of_sections_is_told_and_ends_nobody)
{
	tree_write(SYSTEM "/landlock.ini", "mode = off\n[]\nx = y\n[~/bin/x]\n"
					   "[/usr/bin/less]\nrule = a.o\n");
	assert_told(&less, "a.o ",
		    SYSTEM
		    "/landlock.ini: key outside a section\n" SYSTEM
		    "/landlock.ini: section without a name or an end\n" SYSTEM
		    "/landlock.ini: section that is called by a "
		    "variable: \"~/bin/x\"\n");
}
END_TEST

/* What may be wrong with a file as a whole, and how it is made so; false where it
 * can't be. */
static bool open_to_all(const char *const path)
{
	tree_write(path, "[/usr/bin/less]\n");
	ck_assert_int_eq(chmod(path, 0666), 0);
	return true;
}

static bool anothers(const char *const path)
{
	tree_write(path, "[/usr/bin/less]\n");
	return tree_give(path, TREE_OTHER);
}

static bool dangling(const char *const path)
{
	ck_assert_int_eq(symlink("/nothing", path), 0);
	return true;
}

static bool looping(const char *const path)
{
	ck_assert_int_eq(symlink(path, path), 0);
	return true;
}

static bool directory(const char *const path)
{
	ck_assert_int_eq(mkdir(path, 0755), 0);
	return true;
}

static bool large(const char *const path)
{
	tree_write(path, "[/usr/bin/less]\n");
	ck_assert_int_eq(truncate(path, (1 << 20) + 1), 0);
	return true;
}

static const struct {
	bool (*make)(const char *path);
	int error;
	const char *cause; /* its end */
} broken[] = {
	{ open_to_all, -EPERM, "may be written by others and is not believed" },
	{ anothers, -EPERM, "belongs to another user and is not believed" },
	{ dangling, -EINVAL,
	  "does not exist, but a symbolic link leads there" },
	{ looping, -ELOOP, "Too many levels of symbolic links" },
	{ directory, -EINVAL, "is no regular file" },
	{ large, -EINVAL, "is larger than 1 MiB" },
};

START_TEST(file_by_name_that_is_broken_ends_its_program)
{
	static const char *const places[] = { SYSTEM, USER };
	struct lookup_result result;
	struct report report;
	char path[64];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(places); i++) {
		snprintf(path, sizeof(path), "%s/usr.bin.less.ini", places[i]);
		if (!broken[_i].make(path))
			return;
		ck_assert_int_eq(lookup_profiles(&less, &result, &report),
				 broken[_i].error);
		ck_assert_str_eq(report.file, path);
		ck_assert_ptr_nonnull(strstr(report.cause, broken[_i].cause));
		remove(path);
	}
	ck_assert_str_eq(told, "");
}
END_TEST

START_TEST(landlock_ini_that_is_broken_is_told_and_ends_nobody)
{
	static const char *const places[] = { SYSTEM, USER };
	char path[64];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(places); i++) {
		struct lookup_result result;
		struct report report;

		told[0] = '\0';
		tree_write(SYSTEM "/usr.bin.less.ini",
			   "[/usr/bin/less]\nrule = a.o\n");
		snprintf(path, sizeof(path), "%s/landlock.ini", places[i]);
		if (!broken[_i].make(path))
			return;
		ck_assert_int_eq(lookup_profiles(&less, &result, &report), 0);
		ck_assert_str_eq(objects(&result), "a.o ");
		ck_assert_int_eq(strncmp(told, path, strlen(path)), 0);
		ck_assert_ptr_nonnull(strstr(told, broken[_i].cause));
		remove(path);
	}
}
END_TEST

START_TEST(unreadable_file_ends_its_program_and_unreadable_landlock_ini_nobody)
{
	tree_write(SYSTEM "/landlock.ini", "[/usr/bin/less]\n");
	ck_assert_int_eq(chmod(SYSTEM "/landlock.ini", 0600), 0);
	tree_write(SYSTEM "/usr.bin.more.ini", "[/usr/bin/more]\n");
	ck_assert_int_eq(chmod(SYSTEM "/usr.bin.more.ini", 0600), 0);
	if (!become_user())
		return;
	assert_told(&less, "",
		    SYSTEM "/landlock.ini: " SYSTEM
			   "/landlock.ini cannot be opened: Permission "
			   "denied\n");
	{
		const struct lookup more = program("/usr/bin/more", NULL);

		assert_refused(&more, -EACCES, SYSTEM "/usr.bin.more.ini",
			       SYSTEM "/usr.bin.more.ini cannot be opened: "
				      "Permission denied");
	}
}
END_TEST

#define NOT_SEARCHED                                                           \
	"is no directory that can be searched, and no profile of it is "       \
	"used: "

/* mkdir under umask 077. */
START_TEST(directory_that_cannot_be_searched_is_told_and_ends_nobody)
{
	tree_write(SYSTEM "/usr.bin.less.ini", "[/usr/bin/less]\n");
	ck_assert_int_eq(chmod(SYSTEM, 0700), 0);
	if (!become_user())
		return;
	assert_told(&less, "", SYSTEM ": " NOT_SEARCHED "Permission denied\n");
}
END_TEST

START_TEST(directory_below_one_that_cannot_be_searched_is_told_as_well)
{
	ck_assert_int_eq(chmod("/etc", 0700), 0);
	if (!become_user())
		return;
	ck_assert(lookup_is_configured(&less));
	assert_told(&less, "", SYSTEM ": " NOT_SEARCHED "Permission denied\n");
}
END_TEST

START_TEST(link_to_no_directory_is_told_and_ends_nobody)
{
	ck_assert_int_eq(rmdir(SYSTEM), 0);
	ck_assert_int_eq(symlink("/nothing", SYSTEM), 0);
	ck_assert(lookup_is_configured(&less));
	assert_told(&less, "",
		    SYSTEM ": " NOT_SEARCHED "No such file or directory\n");
}
END_TEST

START_TEST(link_to_a_directory_is_followed)
{
	ck_assert_int_eq(rename(SYSTEM, "/etc/real"), 0);
	ck_assert_int_eq(symlink("real", SYSTEM), 0);
	tree_write(SYSTEM "/usr.bin.less.ini", "[/usr/bin/less]\nrule = a.o\n");
	assert_found(&less, "a.o ");
}
END_TEST

START_TEST(file_in_place_of_a_directory_is_told_and_ends_nobody)
{
	ck_assert_int_eq(rmdir(SYSTEM), 0);
	tree_write(SYSTEM, "[/usr/bin/less]\n");
	assert_told(&less, "", SYSTEM ": " NOT_SEARCHED "Not a directory\n");
}
END_TEST

/* Descriptors are asked for only where there is a file. */
START_TEST(without_descriptors_only_programs_with_a_file_end)
{
	struct rlimit none = { .rlim_cur = 0, .rlim_max = 0 };

	ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &none), 0);
	none.rlim_cur = 0;
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &none), 0);
	assert_found(&less, "");
	none.rlim_cur = none.rlim_max;
	setrlimit(RLIMIT_NOFILE, &none);
	tree_write(SYSTEM "/usr.bin.more.ini", "[/usr/bin/more]\n");
	none.rlim_cur = 0;
	setrlimit(RLIMIT_NOFILE, &none);
	assert_found(&less, "");
	none.rlim_cur = none.rlim_max;
	setrlimit(RLIMIT_NOFILE, &none);
	tree_write(SYSTEM "/landlock.ini", "[/usr/bin/more]\n");
	none.rlim_cur = 0;
	setrlimit(RLIMIT_NOFILE, &none);
	assert_refused(&less, -EMFILE, SYSTEM "/landlock.ini",
		       "/ cannot be opened: Too many open files");
	ck_assert_str_eq(told, "");
}
END_TEST

/* As much memory is left each time as the arena has of its first 64 KiB. */
START_TEST(without_memory_the_start_ends_at_any_point)
{
	const struct rlimit none = { .rlim_cur = 0, .rlim_max = RLIM_INFINITY };
	const struct rlimit all = { RLIM_INFINITY, RLIM_INFINITY };
	struct lookup_result result;
	size_t taken, failures = 0;
	char text[4096] = "";
	int before, after;

	tree_write(
		SYSTEM "/usr.bin.less.ini",
		"[/usr/bin/less]\nread = /usr\nreads = /x\nrule = a.o b=c\n");
	while (strlen(text) < sizeof(text) - 64)
		strcat(text, "[/usr/bin/l*]\nmatch = /a /b\nread = /usr x\n");
	tree_write(SYSTEM "/landlock.ini", text);
	before = open("/", O_PATH);
	close(before);
	for (taken = 0; taken < 65000; taken += 112) {
		struct report report = { 0 };
		int error;

		arena_end();
		ck_assert_ptr_nonnull(arena_take(1, taken));
		ck_assert_int_eq(setrlimit(RLIMIT_AS, &none), 0);
		error = lookup_profiles(&less, &result, &report);
		ck_assert_int_eq(setrlimit(RLIMIT_AS, &all), 0);
		ck_assert(!error || error == -ENOMEM);
		ck_assert(!error == !report.cause[0]);
		failures += error != 0;
	}
	after = open("/", O_PATH);
	ck_assert_int_eq(after, before);
	ck_assert_uint_gt(failures, 50);
	ck_assert_str_eq(told, "");
}
END_TEST

START_TEST(the_user_may_write_his_own_files_but_not_the_systems)
{
	tree_write(SYSTEM "/usr.bin.less.ini", "[/usr/bin/less]\nrule = a.o\n");
	tree_write(USER "/landlock.ini", "[/usr/bin/less]\nrule = b.o\n");
	if (!tree_give("/home", TREE_USER) || !tree_give(USER, TREE_USER) ||
	    !tree_give(USER "/landlock.ini", TREE_USER))
		return;
	assert_found(&less, "a.o b.o ");
	tree_give(SYSTEM "/usr.bin.less.ini", TREE_USER);
	assert_refused(&less, -EPERM, SYSTEM "/usr.bin.less.ini",
		       SYSTEM "/usr.bin.less.ini belongs to another user");
}
END_TEST

START_TEST(home_of_another_user_speaks_for_nobody_else)
{
	tree_write(SYSTEM "/landlock.ini", "[/usr/bin/less]\nrule = a.o\n");
	tree_write(USER "/landlock.ini", "[/usr/bin/less]\nrule = b.o\n");
	if (!tree_give(USER, TREE_OTHER))
		return;
	assert_found(&less, "a.o ");
}
END_TEST

START_TEST(home_that_cannot_be_reached_is_none)
{
	tree_write(SYSTEM "/landlock.ini", "[/usr/bin/less]\nrule = a.o\n");
	tree_write(USER "/landlock.ini", "[/usr/bin/less]\nrule = b.o\n");
	ck_assert_int_eq(chmod("/home", 0700), 0);
	if (!become_user())
		return;
	assert_found(&less, "a.o ");
}
END_TEST

/* Whose files are his, may be anyone's in a user namespace. */
START_TEST(nobody_has_no_files_of_his_own)
{
	struct lookup nobody = less;

	nobody.user = NOBODY;
	tree_write(SYSTEM "/landlock.ini", "[/usr/bin/less]\nrule = a.o\n");
	tree_write(USER "/landlock.ini", "[/usr/bin/less]\nrule = b.o\n");
	tree_write(USER "/usr.bin.less.ini", "nonsense");
	if (!tree_give(USER, NOBODY))
		return;
	assert_found(&nobody, "a.o ");
}
END_TEST

/* As bwrap and unshare -r show the administrator's files. */
START_TEST(files_of_a_root_without_a_number_restrict_all_the_same)
{
	tree_write(SYSTEM "/landlock.ini", "[/usr/bin/less]\nrule = b.o\n");
	tree_write(SYSTEM "/usr.bin.less.ini", "[/usr/bin/less]\nrule = a.o\n");
	if (!tree_give(SYSTEM "/landlock.ini", NOBODY) ||
	    !tree_give(SYSTEM "/usr.bin.less.ini", NOBODY) ||
	    !tree_give(SYSTEM, NOBODY) || !tree_give("/etc", NOBODY) ||
	    !tree_give("/", NOBODY))
		return;
	assert_found(&less, "a.o b.o ");
}
END_TEST

START_TEST(without_a_user_directory_only_the_system_counts)
{
	struct lookup system = less;

	system.user_directory = NULL;
	tree_write(USER "/usr.bin.less.ini", "nonsense");
	assert_found(&system, "");
}
END_TEST

static const struct {
	const char *name;
	const char *file_name;
} file_names[] = {
	{ "/usr/bin/less", "usr.bin.less.ini" },
	{ "/a", "a.ini" },
	{ "/opt/my program/b.c", "opt.my program.b.c.ini" },
	{ "/opt/..x/y", "opt...x.y.ini" },
};

START_TEST(file_name_is_the_path_with_dots)
{
	char buffer[NAME_MAX + 1];

	ck_assert_int_eq(lookup_file_name(file_names[_i].name, buffer,
					  sizeof(buffer)),
			 0);
	ck_assert_str_eq(buffer, file_names[_i].file_name);
}
END_TEST

START_TEST(name_too_long_for_a_file_has_none)
{
	char name[NAME_MAX + 2], buffer[2 * NAME_MAX];
	const size_t longest = 1 + NAME_MAX - strlen(".ini");

	memset(name, 'x', sizeof(name));
	name[0] = '/';
	name[longest] = '\0';
	ck_assert_int_eq(lookup_file_name(name, buffer, sizeof(buffer)), 0);
	ck_assert_uint_eq(strlen(buffer), NAME_MAX);
	ck_assert_int_eq(lookup_file_name(name, buffer, NAME_MAX),
			 -ENAMETOOLONG);
	name[longest] = 'x';
	name[longest + 1] = '\0';
	ck_assert_int_eq(lookup_file_name(name, buffer, sizeof(buffer)),
			 -ENAMETOOLONG);
}
END_TEST

START_TEST(program_with_a_name_too_long_for_a_file_is_found_in_landlock_ini)
{
	char name[400], text[512];
	struct lookup deep = less;
	size_t i;

	for (i = 0; i < sizeof(name) - 1; i++)
		name[i] = i % 40 ? 'x' : '/';
	name[i] = '\0';
	deep.files[0].names[0] = name;
	snprintf(text, sizeof(text), "[%s]\nrule = a.o\n", name);
	tree_write(SYSTEM "/landlock.ini", text);
	assert_found(&deep, "a.o ");
}
END_TEST

START_TEST(section_is_found_in_every_file_in_order)
{
	static const char *const files[] = {
		USER "/b.ini",		USER "/a.ini",	 SYSTEM "/z.ini",
		SYSTEM "/landlock.ini", SYSTEM "/A.ini",
	};
	static const char *const order[] = {
		SYSTEM "/A.ini", SYSTEM "/landlock.ini", SYSTEM "/z.ini",
		USER "/a.ini",	 USER "/b.ini",
	};
	struct lookup_result result = { .match_count = 0 };
	struct report report;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(files); i++)
		tree_write(files[i], "[y]\n[x]\nrule = a.o\n");
	tree_write(SYSTEM "/.hidden.ini", "[x]\n");
	tree_write(SYSTEM "/old.ini~", "[x]\n");
	tree_write(SYSTEM "/x", "[x]\n");
	ck_assert_msg(!lookup_section(&less, "x", &result, &report), "%s: %s",
		      report.file, report.cause);
	ck_assert_uint_eq(result.match_count, ARRAY_SIZE(order));
	for (i = 0; i < ARRAY_SIZE(order); i++) {
		ck_assert_str_eq(result.matches[i].text, "x");
		ck_assert_str_eq(result.matches[i].profile->origin.file,
				 order[i]);
		ck_assert_int_eq(result.matches[i].profile->layer,
				 i < 3 ? PROFILE_SYSTEM : PROFILE_USER);
	}
	ck_assert_int_eq(lookup_section(&less, "y", &result, &report), 0);
	ck_assert_uint_eq(result.match_count, 2 * ARRAY_SIZE(order));
	ck_assert_str_eq(told, "");
}
END_TEST

START_TEST(section_is_found_beside_files_that_are_broken)
{
	struct lookup_result result = { .match_count = 0 };
	struct report report;

	open_to_all(SYSTEM "/a.ini");
	dangling(SYSTEM "/b.ini");
	tree_write(SYSTEM "/c.ini", "nonsense\n[x]\n");
	ck_assert_int_eq(lookup_section(&less, "x", &result, &report), 0);
	ck_assert_uint_eq(result.match_count, 1);
	ck_assert_ptr_nonnull(strstr(told, SYSTEM "/a.ini may be written"));
	ck_assert_ptr_nonnull(strstr(told, "/nothing does not exist"));
	ck_assert_ptr_nonnull(strstr(told, "neither section"));
}
END_TEST

START_TEST(section_that_nobody_wrote_is_not_found)
{
	struct lookup_result result = { .match_count = 0 };
	struct report report;

	tree_write(SYSTEM "/landlock.ini", "[/usr/bin/less]\n");
	ck_assert_int_eq(lookup_section(&less, "less", &result, &report),
			 -ENOENT);
	ck_assert_str_eq(report.cause, "no profile has the section [less]");
	ck_assert_str_ne(report.remedy, "");
}
END_TEST

/* More entries than one getdents64(2) brings, and than an insertion sort likes. */
START_TEST(section_is_found_among_many_files)
{
	struct lookup_result result = { .match_count = 0 };
	struct report report;
	char path[64], text[32];
	unsigned int i;

	for (i = 0; i < 2000; i++) {
		snprintf(path, sizeof(path), SYSTEM "/usr.bin.%u.ini",
			 i * 7919);
		snprintf(text, sizeof(text), "[s%u]\n[x]\n", i);
		tree_write(path, text);
	}
	ck_assert_int_eq(lookup_section(&less, "s1234", &result, &report), 0);
	ck_assert_uint_eq(result.match_count, 1);
	result.match_count = 0;
	ck_assert_int_eq(lookup_section(&less, "x", &result, &report), 0);
	ck_assert_uint_eq(result.match_count, 2000);
	for (i = 1; i < 2000; i++)
		if (strcmp(result.matches[i - 1].profile->origin.file,
			   result.matches[i].profile->origin.file) >= 0)
			ck_abort_msg("not sorted: %s",
				     result.matches[i].profile->origin.file);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {
		no_file_is_no_profile_and_no_error,
		all_four_files_are_read_the_systems_first,
		each_profile_has_its_layer_and_how_it_was_found,
		only_profiles_of_the_program_are_found_in_the_order_written,
		files_of_other_names_are_not_opened,
		script_and_its_interpreter_both_count,
		name_that_a_program_was_started_by_counts,
		program_of_merged_usr_is_found_by_its_name_without_it,
		program_without_a_name_is_found_by_what_it_is,
		file_of_two_names_is_read_once_and_may_be_either_ones,
		file_that_links_of_two_names_lead_to_is_read_once_in_each_layer,
		message_for_a_truncated_file_names_the_program,
		fault_of_a_section_concerns_no_other_program,
		fault_of_a_section_reaches_its_program,
		fault_outside_of_sections_is_told_and_ends_nobody,
		unreadable_file_ends_its_program_and_unreadable_landlock_ini_nobody,
		directory_that_cannot_be_searched_is_told_and_ends_nobody,
		directory_below_one_that_cannot_be_searched_is_told_as_well,
		link_to_no_directory_is_told_and_ends_nobody,
		link_to_a_directory_is_followed,
		file_in_place_of_a_directory_is_told_and_ends_nobody,
		without_descriptors_only_programs_with_a_file_end,
		without_memory_the_start_ends_at_any_point,
		the_user_may_write_his_own_files_but_not_the_systems,
		home_of_another_user_speaks_for_nobody_else,
		home_that_cannot_be_reached_is_none,
		nobody_has_no_files_of_his_own,
		files_of_a_root_without_a_number_restrict_all_the_same,
		without_a_user_directory_only_the_system_counts,
		name_too_long_for_a_file_has_none,
		program_with_a_name_too_long_for_a_file_is_found_in_landlock_ini,
		section_is_found_in_every_file_in_order,
		section_is_found_beside_files_that_are_broken,
		section_that_nobody_wrote_is_not_found,
		section_is_found_among_many_files,
	};
	Suite *const suite = suite_create("lookup");
	TCase *const tcase = tcase_create("tree");
	size_t i;

	tcase_add_checked_fixture(tcase, make_tree, NULL);
	for (i = 0; i < ARRAY_SIZE(tests); i++)
		tcase_add_test(tcase, tests[i]);
	tcase_add_loop_test(tcase, sections_mean_what_their_names_lead_to, 0,
			    ARRAY_SIZE(names));
	tcase_add_loop_test(
		tcase,
		file_by_name_that_is_wrong_or_says_nothing_ends_its_program, 0,
		ARRAY_SIZE(truncated));
	tcase_add_loop_test(tcase, file_by_name_that_is_broken_ends_its_program,
			    0, ARRAY_SIZE(broken));
	tcase_add_loop_test(tcase,
			    landlock_ini_that_is_broken_is_told_and_ends_nobody,
			    0, ARRAY_SIZE(broken));
	tcase_add_loop_test(tcase, file_name_is_the_path_with_dots, 0,
			    ARRAY_SIZE(file_names));
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
