// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Profiles: what the keys mean, and that nothing that makes no sense passes.
 */
#include "profile.h"
#include "../suite.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

static int read_bytes(const char *const text, const size_t size,
		      struct profile_file *const file,
		      struct report *const report)
{
	const int fd = memfd_create("profile", MFD_CLOEXEC);
	int error;

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, text, size), (ssize_t)size);
	ck_assert_int_eq(lseek(fd, 0, SEEK_SET), 0);
	memset(report, 0, sizeof(*report));
	error = profile_file_read(fd, "a.ini", file, report);
	ck_assert_int_eq(close(fd), 0);
	return error;
}

static int read_text(const char *const text, struct profile_file *const file,
		     struct report *const report)
{
	return read_bytes(text, strlen(text), file, report);
}

START_TEST(every_key_arrives_with_its_place)
{
	static const char text[] = "; comment\n"
				   "[/usr/bin/less]\n"
				   "mode = complain\n"
				   "rule = fs_readonly.o sockets=1 a_B2=x=y\n"
				   "\n"
				   "rule = /opt/rules/x.o\n"
				   "  limit=0x10 ; comment\n"
				   "on-error = warn\n"
				   "[pagers]\n"
				   "match = /usr/bin/more /opt/*/bin/[lm]ess\n"
				   "match = /bin/??\n";
	struct profile_file file;
	struct report report;
	const struct profile *profile;
	const struct profile_rule *rule;

	ck_assert_msg(!read_text(text, &file, &report), "%s", report.cause);
	ck_assert_str_eq(file.path, "a.ini");
	ck_assert_uint_eq(file.profile_count, 2);

	profile = &file.profiles[0];
	ck_assert_str_eq(profile->section, "/usr/bin/less");
	ck_assert_int_eq(profile->mode, PROFILE_COMPLAIN);
	ck_assert_int_eq(profile->on_error, PROFILE_ON_ERROR_WARN);
	ck_assert_uint_eq(profile->match_count, 1);
	ck_assert_str_eq(profile->matches[0], "/usr/bin/less");
	ck_assert_str_eq(profile->origin.file, "a.ini");
	ck_assert_uint_eq(profile->origin.line, 2);
	ck_assert_uint_eq(profile->rule_count, 2);

	rule = &profile->rules[0];
	ck_assert_str_eq(rule->object, "fs_readonly.o");
	ck_assert_str_eq(rule->origin.file, "a.ini");
	ck_assert_uint_eq(rule->origin.line, 4);
	ck_assert_uint_eq(rule->parameter_count, 2);
	ck_assert_str_eq(rule->parameters[0].name, "sockets");
	ck_assert_str_eq(rule->parameters[0].value, "1");
	ck_assert_str_eq(rule->parameters[1].name, "a_B2");
	ck_assert_str_eq(rule->parameters[1].value, "x=y");

	rule = &profile->rules[1];
	ck_assert_str_eq(rule->object, "/opt/rules/x.o");
	ck_assert_uint_eq(rule->origin.line, 6);
	ck_assert_uint_eq(rule->parameter_count, 1);
	ck_assert_str_eq(rule->parameters[0].name, "limit");
	ck_assert_str_eq(rule->parameters[0].value, "0x10");

	profile = &file.profiles[1];
	ck_assert_str_eq(profile->section, "pagers");
	ck_assert_int_eq(profile->mode, PROFILE_ENFORCE);
	ck_assert_int_eq(profile->on_error, PROFILE_ON_ERROR_FAIL);
	ck_assert_uint_eq(profile->rule_count, 0);
	ck_assert_uint_eq(profile->match_count, 3);
	ck_assert_str_eq(profile->matches[0], "/usr/bin/more");
	ck_assert_str_eq(profile->matches[1], "/opt/*/bin/[lm]ess");
	ck_assert_str_eq(profile->matches[2], "/bin/??");
	profile_file_free(&file);
	ck_assert_ptr_null(file.profiles);
}
END_TEST

static const struct {
	const char *text;
	enum profile_mode mode;
	enum profile_on_error on_error;
	size_t match_count;
	size_t rule_count;
} good[] = {
	{ "[/a]", PROFILE_ENFORCE, PROFILE_ON_ERROR_FAIL, 1, 0 },
	{ "[/a b/ä;c]", PROFILE_ENFORCE, PROFILE_ON_ERROR_FAIL, 1, 0 },
	{ "[/a/..b/.c/...]", PROFILE_ENFORCE, PROFILE_ON_ERROR_FAIL, 1, 0 },
	{ "[/a]\nmode = off", PROFILE_OFF, PROFILE_ON_ERROR_FAIL, 1, 0 },
	{ "[/a]\nmode = off\nmode = enforce", PROFILE_ENFORCE,
	  PROFILE_ON_ERROR_FAIL, 1, 0 },
	{ "[/a]\nmode = off\nmode =", PROFILE_ENFORCE, PROFILE_ON_ERROR_FAIL, 1,
	  0 },
	{ "[/a]\non-error = warn\non-error =", PROFILE_ENFORCE,
	  PROFILE_ON_ERROR_FAIL, 1, 0 },
	{ "[/a]\nrule = a.o\nrule = b.o\nrule =", PROFILE_ENFORCE,
	  PROFILE_ON_ERROR_FAIL, 1, 0 },
	{ "[/a]\nrule = a.o\nrule =\nrule = b.o", PROFILE_ENFORCE,
	  PROFILE_ON_ERROR_FAIL, 1, 1 },
	{ "[/a]\nrule = a.o\nrule = a.o", PROFILE_ENFORCE,
	  PROFILE_ON_ERROR_FAIL, 1, 2 },
	{ "[/a]\nmatch = /b", PROFILE_ENFORCE, PROFILE_ON_ERROR_FAIL, 2, 0 },
	{ "[/a]\nmatch = /b\nmatch =", PROFILE_ENFORCE, PROFILE_ON_ERROR_FAIL,
	  1, 0 },
	{ "[a]\nmatch = /b\nmatch =\nmatch = /c /d", PROFILE_ENFORCE,
	  PROFILE_ON_ERROR_FAIL, 2, 0 },
	{ "[a]\nmatch = /usr/bin/[", PROFILE_ENFORCE, PROFILE_ON_ERROR_FAIL, 1,
	  0 },
};

START_TEST(later_lines_append_and_an_empty_value_resets)
{
	struct profile_file file;
	struct report report;

	ck_assert_msg(!read_text(good[_i].text, &file, &report), "%s: %s",
		      good[_i].text, report.cause);
	ck_assert_uint_eq(file.profile_count, 1);
	ck_assert_int_eq(file.profiles[0].mode, good[_i].mode);
	ck_assert_int_eq(file.profiles[0].on_error, good[_i].on_error);
	ck_assert_uint_eq(file.profiles[0].match_count, good[_i].match_count);
	ck_assert_uint_eq(file.profiles[0].rule_count, good[_i].rule_count);
	profile_file_free(&file);
}
END_TEST

START_TEST(paths_ports_and_scopes_arrive_with_their_place)
{
	struct profile_file file;
	const struct profile *profile;
	struct report report;

	ck_assert_int_eq(
		read_text("[/a]\nread = / /b\nwrite = -/c/d\ndeny = /b/e\n"
			  "connect-tcp = 443 8000-8080\nconnect-tcp = 0\n"
			  "bind-tcp = none\nscope = signal\n",
			  &file, &report),
		0);
	profile = &file.profiles[0];
	ck_assert_uint_eq(profile->path_count, 4);
	ck_assert_str_eq(profile->paths[0].path, "/");
	ck_assert_uint_eq(profile->paths[1].access, PROFILE_READ);
	ck_assert(!profile->paths[1].optional);
	ck_assert_str_eq(profile->paths[2].path, "/c/d");
	ck_assert_uint_eq(profile->paths[2].access, PROFILE_WRITE);
	ck_assert(profile->paths[2].optional);
	ck_assert_uint_eq(profile->paths[2].origin.line, 3);
	ck_assert_uint_eq(profile->paths[3].access, PROFILE_DENY);
	ck_assert(profile->tcp[PROFILE_CONNECT_TCP].restricted);
	ck_assert_uint_eq(profile->tcp[PROFILE_CONNECT_TCP].range_count, 3);
	ck_assert_uint_eq(profile->tcp[PROFILE_CONNECT_TCP].ranges[1].last,
			  8080);
	ck_assert_uint_eq(profile->tcp[PROFILE_CONNECT_TCP].origin.line, 6);
	ck_assert(profile->tcp[PROFILE_BIND_TCP].restricted);
	ck_assert_uint_eq(profile->tcp[PROFILE_BIND_TCP].range_count, 0);
	ck_assert_uint_eq(profile->scopes[PROFILE_SCOPE_SIGNAL].line, 8);
	ck_assert_uint_eq(profile->scopes[PROFILE_SCOPE_ABSTRACT_UNIX].line, 0);
	profile_file_free(&file);

	ck_assert_int_eq(
		read_text(
			"[/a]\nread = /b\nexec = /c\nread =\nbind-tcp = 1\n"
			"bind-tcp =\nconnect-tcp = any\nscope = signal\nscope =\n",
			&file, &report),
		0);
	profile = &file.profiles[0];
	ck_assert_uint_eq(profile->path_count, 1);
	ck_assert_str_eq(profile->paths[0].path, "/c");
	ck_assert(!profile->tcp[PROFILE_BIND_TCP].restricted);
	ck_assert(!profile->tcp[PROFILE_CONNECT_TCP].restricted);
	ck_assert_uint_eq(profile->scopes[PROFILE_SCOPE_SIGNAL].line, 0);
	profile_file_free(&file);
}
END_TEST

#define NO_PATH "not a path that a program can have"
#define NO_SECTION "section that is not the path of a program"
#define NO_OBJECT "not a rule object"
#define NO_PARAMETER "not a parameter"

static const struct {
	const char *text;
	unsigned int line;
	const char *key;
	const char *cause; /* its beginning */
} bad[] = {
	{ "[@base]\nrule = a.o", 1, "", "templates are not supported" },
	{ "[usr/bin/less]", 1, "", NO_SECTION },
	{ "[./less]", 1, "", NO_SECTION },
	{ "[/]", 1, "", NO_SECTION },
	{ "[/a/]", 1, "", NO_SECTION },
	{ "[//a]", 1, "", NO_SECTION },
	{ "[/a//b]", 1, "", NO_SECTION },
	{ "[/a/./b]", 1, "", NO_SECTION },
	{ "[/a/../b]", 1, "", NO_SECTION },
	{ "[/a/..]", 1, "", NO_SECTION },
	{ "[/usr/bin/*]", 1, "", NO_SECTION },
	{ "[/usr/bin/les?]", 1, "", NO_SECTION },
	{ "[/a\\b]", 1, "", NO_SECTION },
	{ "[/a]\n[/b]\n[/a]", 3, "", "section [/a] is in line 1 already" },
	{ "[a]\nmode = off", 1, "", "section [a] speaks of no program" },
	{ "[a]\nmatch =\n[/b]", 1, "", "section [a] speaks of no program" },
	{ "[a]\nmatch = /b\nmatch =", 1, "", "section [a] speaks of no" },
	{ "[/a]\nmatch = b", 2, "match", NO_PATH ": \"b\"" },
	{ "[/a]\nmatch = /b c", 2, "match", NO_PATH ": \"c\"" },
	{ "[/a]\nmatch = /b/../c", 2, "match", NO_PATH },
	{ "[/a]\nmatch = /b//c", 2, "match", NO_PATH },
	{ "[/a]\nmatch = /b/*/", 2, "match", NO_PATH },
	{ "[/a]\nmatch = ~/b", 2, "match", NO_PATH },
	{ "[/a]\nmatch = */b", 2, "match", NO_PATH },
	{ "[/a]\nmatch = /b\\", 2, "match", NO_PATH },
	{ "[/a]\nmode = Enforce", 2, "mode", "unknown mode: \"Enforce\"" },
	{ "[/a]\nmode = enforce off", 2, "mode", "unknown mode" },
	{ "[/a]\n\nmode = off\n complain", 3, "mode",
	  "unknown mode: \"off complain\"" },
	{ "[/a]\non-error = ignore", 2, "on-error",
	  "unknown answer to errors: \"ignore\"" },
	{ "[/a]\nreads = /usr", 2, "reads", "unknown key" },
	{ "[/a]\nrules = a.o", 2, "rules", "unknown key" },
	{ "[/a]\nrule = a", 2, "rule", NO_OBJECT ": \"a\"" },
	{ "[/a]\nrule = .o", 2, "rule", NO_OBJECT },
	{ "[/a]\nrule = a.so", 2, "rule", NO_OBJECT },
	{ "[/a]\nrule = a.bpf.c", 2, "rule", NO_OBJECT },
	{ "[/a]\nrule = b/a.o", 2, "rule", NO_OBJECT },
	{ "[/a]\nrule = ../a.o", 2, "rule", NO_OBJECT },
	{ "[/a]\nrule = /b/../a.o", 2, "rule", NO_OBJECT },
	{ "[/a]\nrule = /b//a.o", 2, "rule", NO_OBJECT },
	{ "[/a]\nrule = a.o b.o", 2, "rule", NO_PARAMETER ": \"b.o\"" },
	{ "[/a]\nrule = a.o =1", 2, "rule", NO_PARAMETER ": \"=1\"" },
	{ "[/a]\nrule = a.o 1a=1", 2, "rule", NO_PARAMETER },
	{ "[/a]\nrule = a.o a-b=1", 2, "rule", NO_PARAMETER },
	{ "[/a]\nrule = a.o ä=1", 2, "rule", NO_PARAMETER },
	{ "[/a]\nrule = a.o b = 1", 2, "rule", NO_PARAMETER },
	{ "[/a]\nrule = a.o\n\n  b=1\n  b=1", 2, "rule",
	  "parameter given twice: \"b\"" },
	{ "[/a]\nread = usr", 2, "read", "not a path: \"usr\"" },
	{ "[/a]\nread = /usr/", 2, "read", "not a path: \"/usr/\"" },
	{ "[/a]\nread = /usr //", 2, "read", "not a path: \"//\"" },
	{ "[/a]\nwrite = /usr/../etc", 2, "write", "not a path" },
	{ "[/a]\nwrite = /.", 2, "write", "not a path" },
	{ "[/a]\nexec = ./b", 2, "exec", "not a path" },
	{ "[/a]\nexec = -", 2, "exec", "not a path: \"\"" },
	{ "[/a]\nexec = --/b", 2, "exec", "not a path: \"-/b\"" },
	{ "[/a]\ndeny = ~/.ssh", 2, "deny", "not a path" },
	{ "[/a]\ndeny = /a/*", 2, "deny", "globs, backslashes and variables" },
	{ "[/a]\nread = /b\n  /c ${HOME}", 2, "read", "not a path" },
	{ "[/a]\nread = /${USER}", 2, "read", "globs, backslashes and" },
	{ "[/a]\nconnect-tcp = http", 2, "connect-tcp", "not a port" },
	{ "[/a]\nconnect-tcp = 65536", 2, "connect-tcp", "not a port" },
	{ "[/a]\nconnect-tcp = 99999999999999999999", 2, "connect-tcp",
	  "not a port" },
	{ "[/a]\nconnect-tcp = 1-", 2, "connect-tcp", "not a port" },
	{ "[/a]\nconnect-tcp = -1", 2, "connect-tcp", "not a port" },
	{ "[/a]\nconnect-tcp = 2-1", 2, "connect-tcp", "not a port" },
	{ "[/a]\nconnect-tcp = 1,2", 2, "connect-tcp", "not a port" },
	{ "[/a]\nconnect-tcp = none 1", 2, "connect-tcp",
	  "not a port: \"none\"" },
	{ "[/a]\nbind-tcp = any\nbind-tcp = 1", 3, "bind-tcp",
	  "contradicts the line before" },
	{ "[/a]\nbind-tcp = 1\nbind-tcp = any", 3, "bind-tcp",
	  "contradicts the line before" },
	{ "[/a]\nbind-tcp = none\nbind-tcp = none", 3, "bind-tcp",
	  "contradicts the line before" },
	{ "[/a]\nscope = signals", 2, "scope", "unknown scope: \"signals\"" },
	{ "mode = off", 1, "", "key outside a section" },
	{ "[/a]\nmode: off", 2, "", "neither section, key" },
};

START_TEST(what_makes_no_sense_is_refused_with_its_place_and_a_remedy)
{
	struct profile_file file;
	struct report report;

	ck_assert_msg(read_text(bad[_i].text, &file, &report) == -EINVAL, "%s",
		      bad[_i].text);
	ck_assert_msg(strncmp(report.cause, bad[_i].cause,
			      strlen(bad[_i].cause)) == 0,
		      "%s: %s", bad[_i].text, report.cause);
	ck_assert_str_eq(report.file, "a.ini");
	ck_assert_uint_eq(report.line, bad[_i].line);
	ck_assert_str_eq(report.key, bad[_i].key);
	ck_assert_str_ne(report.remedy, "");
	ck_assert_ptr_null(file.profiles);
	ck_assert_ptr_null(file.path);
}
END_TEST

/* What @count lines or words of a kind are made of. */
struct many {
	const char *first, *before, *after; /* before and after a number */
};

static int read_many(const struct many *const many, const size_t count,
		     struct profile_file *const file,
		     struct report *const report)
{
	const size_t room =
		strlen(many->first) + 1 +
		count * (strlen(many->before) + 12 + strlen(many->after));
	char *const text = malloc(room);
	size_t length, i;
	int error;

	ck_assert_ptr_nonnull(text);
	length = (size_t)snprintf(text, room, "%s", many->first);
	for (i = 0; i < count; i++)
		length += (size_t)snprintf(text + length, room - length,
					   "%s%zu%s", many->before, i,
					   many->after);
	error = read_bytes(text, length, file, report);
	free(text);
	return error;
}

static const struct {
	struct many many;
	size_t most;
	const char *cause;
} limits[] = {
	{ { "", "[/a", "]\n" }, 4096, "too many sections before: \"/a4096\"" },
	{ { "[a]\nmatch =", " /b", "" },
	  4096,
	  "too many paths before: \"/b4096\"" },
	{ { "[/a]", "\nrule = a", ".o" },
	  1024,
	  "too many rules before: \"a1024.o\"" },
	{ { "[/a]\nrule = a.o", " b", "=1" },
	  64,
	  "too many parameters before: \"b64\"" },
};

START_TEST(as_many_as_the_manual_says_are_read_and_one_more_refused)
{
	struct profile_file file;
	struct report report;

	ck_assert_msg(!read_many(&limits[_i].many, limits[_i].most, &file,
				 &report),
		      "%s", report.cause);
	profile_file_free(&file);
	ck_assert_int_eq(read_many(&limits[_i].many, limits[_i].most + 1, &file,
				   &report),
			 -EINVAL);
	ck_assert_str_eq(report.cause, limits[_i].cause);
}
END_TEST

/* inih on its own makes 11 of them and says nothing. */
START_TEST(forty_long_paths_in_one_line_arrive)
{
	static const struct many paths = { "[a]\nmatch =",
					   " /opt/program-number-", "" };
	struct profile_file file;
	struct report report;
	char path[32];
	size_t i;

	ck_assert_int_eq(read_many(&paths, 40, &file, &report), 0);
	ck_assert_uint_eq(file.profiles[0].match_count, 40);
	for (i = 0; i < 40; i++) {
		snprintf(path, sizeof(path), "/opt/program-number-%zu", i);
		ck_assert_str_eq(file.profiles[0].matches[i], path);
	}
	profile_file_free(&file);
}
END_TEST

START_TEST(thousand_rules_arrive_in_their_order)
{
	static const struct many rules = { "[/a]", "\nrule = a", ".o b=1" };
	struct profile_file file;
	struct report report;
	char object[32];
	unsigned int i;

	ck_assert_int_eq(read_many(&rules, 1000, &file, &report), 0);
	ck_assert_uint_eq(file.profiles[0].rule_count, 1000);
	for (i = 0; i < 1000; i++) {
		const struct profile_rule *const rule =
			&file.profiles[0].rules[i];

		snprintf(object, sizeof(object), "a%u.o", i);
		ck_assert_str_eq(rule->object, object);
		ck_assert_uint_eq(rule->origin.line, i + 2);
		ck_assert_uint_eq(rule->parameter_count, 1);
	}
	profile_file_free(&file);
}
END_TEST

START_TEST(largest_file_is_read_and_a_larger_one_refused)
{
	const size_t most = 1024 * 1024;
	char *const text = malloc(most + 1);
	struct profile_file file;
	struct report report;

	memset(text, '\n', most + 1);
	ck_assert_int_eq(read_bytes(text, most, &file, &report), 0);
	profile_file_free(&file);
	ck_assert_int_eq(read_bytes(text, most + 1, &file, &report), -EINVAL);
	ck_assert_str_eq(report.cause, "is larger than 1 MiB");
	free(text);
}
END_TEST

START_TEST(file_that_cannot_be_read_gives_the_errno)
{
	const int fd = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct profile_file file;
	struct report report;

	ck_assert_int_eq(profile_file_read(fd, "a.ini", &file, &report),
			 -EISDIR);
	ck_assert_str_eq(report.file, "a.ini");
	ck_assert_str_eq(report.cause, "cannot be read: Is a directory");
	close(fd);
}
END_TEST

START_TEST(zeroed_file_can_be_freed)
{
	struct profile_file file = { 0 };

	profile_file_free(&file);
	profile_file_free(&file);
	ck_assert_uint_eq(file.profile_count, 0);
}
END_TEST

static const struct {
	const char *text;
	const char *path;
	bool matches;
} programs[] = {
	{ "[/usr/bin/less]", "/usr/bin/less", true },
	{ "[/usr/bin/less]", "/usr/bin/les", false },
	{ "[/usr/bin/less]", "/usr/bin/less2", false },
	{ "[/usr/bin/less]", "/bin/usr/bin/less", false },
	{ "[/usr/bin/less]\nmatch = /bin/less", "/usr/bin/less", true },
	{ "[/usr/bin/less]\nmatch = /bin/less", "/bin/less", true },
	{ "[less]\nmatch = /bin/less", "less", false },
	{ "[a]\nmatch = /opt/*/less", "/opt/b/less", true },
	{ "[a]\nmatch = /opt/*/less", "/opt/b/c/less", false },
	{ "[a]\nmatch = /opt/*/less", "/opt/less", false },
	{ "[a]\nmatch = /opt/*", "/opt/.hidden", true },
	{ "[a]\nmatch = /opt/l?ss", "/opt/less", true },
	{ "[a]\nmatch = /opt?less", "/opt/less", false },
	{ "[a]\nmatch = /opt/[a-m]ess", "/opt/less", true },
	{ "[a]\nmatch = /opt/[!a-m]ess", "/opt/less", false },
	{ "[a]\nmatch = /opt/my?program", "/opt/my program", true },
	{ "[a]\nmatch = /opt/\\*", "/opt/*", true },
	{ "[a]\nmatch = /opt/\\*", "/opt/b", false },
	{ "[a]\nmatch = /usr/bin/[", "/usr/bin/[", true },
	{ "[/opt/my program]", "/opt/my program", true },
};

START_TEST(profile_matches_the_programs_that_it_names)
{
	struct profile_file file;
	struct report report;

	ck_assert_msg(!read_text(programs[_i].text, &file, &report), "%s",
		      report.cause);
	ck_assert_msg(profile_matches(&file.profiles[0], programs[_i].path) ==
			      programs[_i].matches,
		      "%s, %s", programs[_i].text, programs[_i].path);
	profile_file_free(&file);
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("profile");
	TCase *const tcase = tcase_create("file");

	tcase_add_test(tcase, every_key_arrives_with_its_place);
	tcase_add_loop_test(tcase, later_lines_append_and_an_empty_value_resets,
			    0, ARRAY_SIZE(good));
	tcase_add_test(tcase, paths_ports_and_scopes_arrive_with_their_place);
	tcase_add_loop_test(
		tcase,
		what_makes_no_sense_is_refused_with_its_place_and_a_remedy, 0,
		ARRAY_SIZE(bad));
	tcase_add_loop_test(
		tcase, as_many_as_the_manual_says_are_read_and_one_more_refused,
		0, ARRAY_SIZE(limits));
	tcase_add_test(tcase, forty_long_paths_in_one_line_arrive);
	tcase_add_test(tcase, thousand_rules_arrive_in_their_order);
	tcase_add_test(tcase, largest_file_is_read_and_a_larger_one_refused);
	tcase_add_test(tcase, file_that_cannot_be_read_gives_the_errno);
	tcase_add_test(tcase, zeroed_file_can_be_freed);
	tcase_add_loop_test(tcase, profile_matches_the_programs_that_it_names,
			    0, ARRAY_SIZE(programs));
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
