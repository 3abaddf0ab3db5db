// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Profiles: what the keys mean, and that what makes no sense is a fault of the
 * section that it stands in, and of no other.
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
	const struct profile_reader reader = { .layer = PROFILE_USER };
	const int fd = memfd_create("profile", MFD_CLOEXEC);
	size_t i;
	int error;

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, text, size), (ssize_t)size);
	ck_assert_int_eq(lseek(fd, 0, SEEK_SET), 0);
	memset(report, 0, sizeof(*report));
	error = profile_file_read(fd, "a.ini", &reader, file, report);
	for (i = 0; i < file->profile_count && !error; i++)
		error = profile_complete(&file->profiles[i], report);
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

	ck_assert_uint_eq(file.fault_count, 0);
	profile = &file.profiles[0];
	ck_assert_str_eq(profile->section, "/usr/bin/less");
	ck_assert_int_eq(profile->layer, PROFILE_USER);
	ck_assert_uint_eq(profile->fault_count, 0);
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
	/* For `landlock run -p`: it speaks of no program. */
	{ "[a]\nmode = off", PROFILE_OFF, PROFILE_ON_ERROR_FAIL, 0, 0 },
	{ "[a]\nmatch =", PROFILE_ENFORCE, PROFILE_ON_ERROR_FAIL, 0, 0 },
	{ "[a]\nmatch = /b\nmatch =", PROFILE_ENFORCE, PROFILE_ON_ERROR_FAIL, 0,
	  0 },
};

START_TEST(later_lines_append_and_an_empty_value_resets)
{
	struct profile_file file;
	struct report report;

	ck_assert_msg(!read_text(good[_i].text, &file, &report), "%s: %s",
		      good[_i].text, report.cause);
	ck_assert_uint_eq(file.profile_count, 1);
	ck_assert_uint_eq(file.profiles[0].fault_count + file.fault_count, 0);
	ck_assert_int_eq(file.profiles[0].mode, good[_i].mode);
	ck_assert_int_eq(file.profiles[0].on_error, good[_i].on_error);
	ck_assert_uint_eq(file.profiles[0].match_count, good[_i].match_count);
	ck_assert_uint_eq(file.profiles[0].rule_count, good[_i].rule_count);
}
END_TEST

START_TEST(paths_ports_and_scopes_arrive_with_their_place)
{
	struct profile_file file;
	const struct profile *profile;
	struct report report;

	ck_assert_int_eq(
		read_text("[/a]\nread = / /b\nwrite = -/c/d\ndeny = /b/e\n"
			  "hide = /b/f\n"
			  "connect-tcp = 443 8000-8080\nconnect-tcp = 0\n"
			  "bind-tcp = none\nscope = signal\n",
			  &file, &report),
		0);
	profile = &file.profiles[0];
	ck_assert_uint_eq(profile->path_count, 5);
	ck_assert_str_eq(profile->paths[0].path, "/");
	ck_assert_uint_eq(profile->paths[1].access, PROFILE_READ);
	ck_assert(!profile->paths[1].optional);
	ck_assert_str_eq(profile->paths[2].path, "/c/d");
	ck_assert_uint_eq(profile->paths[2].access, PROFILE_WRITE);
	ck_assert(profile->paths[2].optional);
	ck_assert_uint_eq(profile->paths[2].origin.line, 3);
	ck_assert_uint_eq(profile->paths[3].access, PROFILE_DENY);
	ck_assert_uint_eq(profile->paths[4].access, PROFILE_HIDE);
	ck_assert(profile->ports[PROFILE_CONNECT_TCP].restricted);
	ck_assert_uint_eq(profile->ports[PROFILE_CONNECT_TCP].range_count, 3);
	ck_assert_uint_eq(profile->ports[PROFILE_CONNECT_TCP].ranges[1].last,
			  8080);
	ck_assert_uint_eq(profile->ports[PROFILE_CONNECT_TCP].origin.line, 7);
	ck_assert(profile->ports[PROFILE_BIND_TCP].restricted);
	ck_assert_uint_eq(profile->ports[PROFILE_BIND_TCP].range_count, 0);
	ck_assert_uint_eq(profile->scopes[PROFILE_SCOPE_SIGNAL].line, 9);
	ck_assert_uint_eq(profile->scopes[PROFILE_SCOPE_ABSTRACT_UNIX].line, 0);

	ck_assert_int_eq(
		read_text(
			"[/a]\nread = /b\nexec = /c\nread =\nbind-tcp = 1\n"
			"bind-tcp =\nconnect-tcp = any\nscope = signal\nscope =\n",
			&file, &report),
		0);
	profile = &file.profiles[0];
	ck_assert_uint_eq(profile->path_count, 1);
	ck_assert_str_eq(profile->paths[0].path, "/c");
	ck_assert(!profile->ports[PROFILE_BIND_TCP].restricted);
	ck_assert(!profile->ports[PROFILE_CONNECT_TCP].restricted);
	ck_assert_uint_eq(profile->scopes[PROFILE_SCOPE_SIGNAL].line, 0);
}
END_TEST

START_TEST(network_sockets_and_log_arrive)
{
	struct profile_file file;
	const struct profile *profile;
	struct report report;

	ck_assert_int_eq(
		read_text(
			"[/a]\nnetwork = inet unix\nnetwork = mctp\n"
			"connect-unix = /b/c -/d/*\nlog = self\n"
			"connect-udp = 53\nbind-udp = none\n"
			"scope = terminal\n"
			"[/b]\nnetwork = none\nconnect-unix = none\nlog = all\n"
			"[/c]\nnetwork = any\nconnect-unix = any\nlog = none\nlog =\n"
			"[/d]\nnetwork = none\nnetwork =\nnetwork = inet6\n"
			"connect-unix = /e\nconnect-unix =\n",
			&file, &report),
		0);
	profile = &file.profiles[0];
	ck_assert_uint_eq(profile->fault_count, 0);
	ck_assert(profile->network.restricted);
	ck_assert_uint_eq(profile->network.families,
			  1ULL << 2 | 1ULL << 1 | 1ULL << 45);
	ck_assert_uint_eq(profile->network.origin.line, 3);
	ck_assert(profile->sockets.restricted);
	ck_assert_uint_eq(profile->sockets.path_count, 2);
	ck_assert_str_eq(profile->sockets.paths[0].path, "/b/c");
	ck_assert_int_eq(profile->sockets.paths[0].access, PROFILE_CONNECT);
	ck_assert(profile->sockets.paths[1].is_glob);
	ck_assert(profile->sockets.paths[1].optional);
	ck_assert_uint_eq(profile->sockets.origin.line, 4);
	ck_assert_uint_eq(profile->path_count, 0);
	ck_assert_int_eq(profile->log, PROFILE_LOG_SELF);
	ck_assert_uint_eq(profile->log_origin.line, 5);
	ck_assert_uint_eq(profile->ports[PROFILE_CONNECT_UDP].ranges[0].first,
			  53);
	ck_assert(profile->ports[PROFILE_BIND_UDP].restricted);
	ck_assert_uint_eq(profile->scopes[PROFILE_SCOPE_TERMINAL].line, 8);

	profile = &file.profiles[1];
	ck_assert(profile->network.restricted && !profile->network.families);
	ck_assert(profile->sockets.restricted && !profile->sockets.path_count);
	ck_assert_int_eq(profile->log, PROFILE_LOG_ALL);

	profile = &file.profiles[2];
	ck_assert(!profile->network.restricted && profile->network.origin.line);
	ck_assert(!profile->sockets.restricted && profile->sockets.origin.line);
	ck_assert_int_eq(profile->log, PROFILE_LOG_DEFAULT);
	ck_assert_uint_eq(profile->log_origin.line, 0);

	profile = &file.profiles[3];
	ck_assert_uint_eq(profile->fault_count, 0);
	ck_assert_uint_eq(profile->network.families, 1ULL << 10);
	ck_assert(!profile->sockets.restricted && !profile->sockets.path_count);
}
END_TEST

#define NO_PATH "not a path that a program can have"
#define NO_SECTION "section that is not the path of a program"
#define NO_OBJECT "not a rule object"
#define NO_PARAMETER "not a parameter"

static const struct {
	const char *text; /* the first section has one fault */
	unsigned int line;
	const char *key;
	const char *cause; /* its beginning */
} faulty[] = {
	{ "[@ba se]\nrule = a.o", 1, "", "no name of a template" },
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
	{ "[/a]\nmatch = b", 2, "match", NO_PATH ": \"b\"" },
	{ "[/a]\nmatch = /b c", 2, "match", NO_PATH ": \"c\"" },
	{ "[/a]\nmatch = /b/../c", 2, "match", NO_PATH },
	{ "[/a]\nmatch = /b//c", 2, "match", NO_PATH },
	{ "[/a]\nmatch = /b/*/", 2, "match", NO_PATH },
	{ "[/a]\nmatch = ~b/c", 2, "match", "home of another user: \"~b/c\"" },
	{ "[/a]\nmatch = */b", 2, "match", NO_PATH },
	{ "[/a]\nmatch = /b\\", 2, "match", "backslash before a blank" },
	{ "[/a]\nmatch = /b\\ /c", 2, "match", "backslash before a blank" },
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
	{ "[/a]\nread = /usr //", 2, "read", "not a path: \"//\"" },
	{ "[/a]\nwrite = /usr/../etc", 2, "write", "not a path" },
	{ "[/a]\nwrite = /.", 2, "write", "not a path" },
	{ "[/a]\nexec = ./b", 2, "exec", "not a path" },
	{ "[/a]\nexec = -", 2, "exec", "not a path: \"-\"" },
	{ "[/a]\nexec = --/b", 2, "exec", "more than one - or + before it" },
	{ "[/a]\nread = /usr//", 2, "read", "not a path: \"/usr//\"" },
	{ "[/a]\nread = \"\"", 2, "read", "not a path: \"\"\"\"" },
	{ "[/a]\nread = /b/[[:alpha:]]", 2, "read", "classes of characters" },
	{ "[/a]\nread = /b/../*", 2, "read", "not a path" },
	{ "[/a]\nwrite = +/b/*", 2, "write",
	  "glob that would have to be made" },
	{ "[/a]\ndeny = +/b", 2, "deny", "+ before what is not granted" },
	{ "[/a]\ndeny = ~/.ssh", 2, "deny", "${HOME} is not set: \"~/.ssh\"" },
	{ "[/a]\nread = ${HOMES}/b", 2, "read",
	  "unknown variable: \"${HOMES}/b\"" },
	{ "[/a]\nread = -${home}/b", 2, "read", "unknown variable" },
	{ "[/a]\nread = ${HOME", 2, "read", "variable without an end" },
	{ "[/a]\nread = $HOME/b", 2, "read", "variable without braces" },
	{ "[/a]\nread = \"/b/$USER\"", 2, "read", "variable without braces" },
	{ "[/a]\nread = ~b/c", 2, "read", "home of another user" },
	{ "[/a]\nread = \"/b", 2, "read",
	  "quote that is not closed: \"\"/b\"" },
	{ "[/a]\nread = \"/b\n  /c", 2, "read", "quote that is not closed" },
	{ "[/a]\nread = \"/b\\n\"", 2, "read", "backslash inside of quotes" },
	{ "[/a]\nread = '/b'", 2, "read", "single quotes: \"'/b'\"" },
	{ "[/a]\nread = /b, /c", 2, "read", "comma in a list: \"/b,\"" },
	{ "[/a]\nread = /b,/c", 2, "read", "comma in a list: \"/b,/c\"" },
	{ "[/a]\nread = /b #c", 2, "read", "# behind a value: \"#c\"" },
	{ "[/a]\nread = /b; /c", 2, "read", "; without a blank before it" },
	{ "[/a]\nread = /b exec=/c", 2, "read", "key inside of a value" },
	{ "[/a]\nread = /b\n  exec = /c", 3, "", "indented key" },
	{ "[/a]\nmode = off # x", 2, "mode", "# behind a value" },
	{ "[/a]\nscope = signal,terminal", 2, "scope", "comma in a list" },
	{ "[/a]\nnetwork = inet none", 2, "network",
	  "not a family of addresses: \"none\"" },
	{ "[/a]\nnetwork = none\nnetwork = inet", 3, "network",
	  "contradicts the line before" },
	{ "[/a]\nnetwork = ipv4", 2, "network", "not a family of addresses" },
	{ "[/a]\nlog = some", 2, "log", "unknown log: \"some\"" },
	{ "[/a]\nlog = none all", 2, "log", "unknown log: \"none all\"" },
	{ "[/a]\nlog = \"\"", 2, "log", "unknown log" },
	{ "[/a]\nconnect-unix = b", 2, "connect-unix", "not a path: \"b\"" },
	{ "[/a]\nconnect-unix = +/b", 2, "connect-unix",
	  "+ before what is not granted" },
	{ "[/a]\nconnect-unix = any\nconnect-unix = /b", 3, "connect-unix",
	  "contradicts the line before" },
	{ "[/a]\nbind-udp = 5$", 2, "bind-udp", "not a port: \"5$\"" },
	{ "[/a]\ninclude = base", 2, "include", "not a template: \"base\"" },
	{ "[/a]\ninclude = @../b", 2, "include", "not a template" },
	{ "[/a]\ninclude =", 2, "include", "an include cannot be taken back" },
	{ "[/a]\nrule = a.o b=\"c", 2, "rule", "quote that is not closed" },
	{ "[/a]\nrule = a.o b='c'", 2, "rule", "single quotes" },
	{ "[/a]\nrule = a.o b=${C}", 2, "rule", "unknown variable" },
	{ "[/a]\nRead = /b", 2, "Read", "unknown key" },
	{ "[/a]\nconnect-tcp = 1=", 2, "connect-tcp", "not a port" },
	{ "[/a]\nconnect-tcp = 65536", 2, "connect-tcp", "not a port" },
	{ "[/a]\nconnect-tcp = 99999999999999999999", 2, "connect-tcp",
	  "not a port" },
	{ "[/a]\nconnect-tcp = 1-", 2, "connect-tcp", "not a port" },
	{ "[/a]\nconnect-tcp = -1", 2, "connect-tcp", "not a port" },
	{ "[/a]\nconnect-tcp = 2-1", 2, "connect-tcp", "not a port" },
	{ "[/a]\nconnect-tcp = 1,2", 2, "connect-tcp", "comma in a list" },
	{ "[/a]\nconnect-tcp = none 1", 2, "connect-tcp",
	  "not a port: \"none\"" },
	{ "[/a]\nbind-tcp = any\nbind-tcp = 1", 3, "bind-tcp",
	  "contradicts the line before" },
	{ "[/a]\nbind-tcp = 1\nbind-tcp = any", 3, "bind-tcp",
	  "contradicts the line before" },
	{ "[/a]\nbind-tcp = none\nbind-tcp = none", 3, "bind-tcp",
	  "contradicts the line before" },
	{ "[/a]\nscope = signals", 2, "scope", "unknown scope: \"signals\"" },
	{ "[/a]\nmode: off", 2, "", "colon behind a key" },
	{ "[/a]\nhide = b", 2, "hide", "not a path: \"b\"" },
	{ "[/a]\nmatch = /b \"/c", 2, "match", "quote that is not closed" },
	{ "[/a]\nmatch = $HOME/b", 2, "match", "variable without braces" },
	{ "[/a]\nmatch = ${HOMES}/b", 2, "match", "unknown variable" },
	{ "[/a]\nmatch = /b/[[:alpha:]]", 2, "match", "classes of characters" },
	{ "[/${USER}/b]", 1, "", "section that is called by a variable" },
	{ "[~/b]", 1, "", "section that is called by a variable" },
	{ "[/a", 1, "", "section without a name or an end" },
	{ "[/a]\nread = /b\001", 2, "", "control character in the line" },
	{ "[/a]\nread = /b\n /c\001", 3, "read",
	  "control character in the line" },
};

static const char *or_empty(const char *const text)
{
	return text ? text : "";
}

/* The fault is the section's own: one after it is read as if nothing was. */
START_TEST(what_makes_no_sense_is_a_fault_of_its_section_alone)
{
	const struct profile *profile, *other;
	const struct profile_fault *fault;
	struct profile_file file;
	struct report report;
	char text[256];

	snprintf(text, sizeof(text), "%s\n[/other]\nread = /usr\n",
		 faulty[_i].text);
	ck_assert_msg(!read_text(text, &file, &report), "%s", report.cause);
	ck_assert_uint_eq(file.profile_count, 2);
	profile = &file.profiles[0];
	ck_assert_msg(profile->fault_count == 1, "%s: %zu faults", text,
		      profile->fault_count);
	fault = &profile->faults[0];
	ck_assert_msg(!strncmp(fault->cause, faulty[_i].cause,
			       strlen(faulty[_i].cause)),
		      "%s: %s", text, fault->cause);
	ck_assert_uint_eq(fault->origin.line, faulty[_i].line);
	ck_assert_str_eq(or_empty(fault->key), faulty[_i].key);
	ck_assert_str_ne(or_empty(fault->remedy), "");
	other = &file.profiles[1];
	ck_assert_str_eq(other->section, "/other");
	ck_assert_uint_eq(other->fault_count, 0);
	ck_assert_uint_eq(other->path_count, 1);
}
END_TEST

/* What there is of a section with a fault, in words. */
static const struct {
	const char *text;
	size_t paths, rules, matches, faults;
	bool connect_restricted;
} rests[] = {
	{ "[/a]\nread = /b usr /c\ndeny = ~d /e", 3, 0, 1, 2, false },
	{ "[/a]\nread = /b\nreads = /c\nwrite = /d", 2, 0, 1, 1, false },
	{ "[/a]\nread = /b\n \001/c\n /d", 2, 0, 1, 1, false },
	{ "[/a]\nrule = a.o b.c\nrule = d.o", 0, 1, 1, 1, false },
	{ "[/a]\nrule = a.o b=1 b=2\nread = /c", 1, 0, 1, 1, false },
	{ "[/a]\nconnect-tcp = 5$ 443", 0, 0, 1, 1, true },
	{ "[/a]\nconnect-tcp = 5$", 0, 0, 1, 1, false },
	{ "[/a]\nconnect-tcp = none\nconnect-tcp = any", 0, 0, 1, 1, true },
	{ "[/a]\nmatch = /b ~c /d", 0, 0, 3, 1, false },
	/* What lies in a directory that isn't there is no program. */
	{ "[/a]\nmatch = /b ~/c /d", 0, 0, 3, 0, false },
	{ "[/a]\nread = /b\n write = /c\n /d", 1, 0, 1, 1, false },
	{ "[/a]\nread = \"/b\n /c /d", 2, 0, 1, 1, false },
	{ "[/a]\nrule = a.o b=\"c\n d=1\nrule = a.o", 0, 1, 1, 1, false },
	{ "[/a\nread = /b", 1, 0, 1, 1, false },
	{ "[/a] b\nread = /b", 1, 0, 1, 1, false },
};

START_TEST(rest_of_a_faulty_section_is_kept)
{
	const struct profile *profile;
	struct profile_file file;
	struct report report;

	ck_assert_int_eq(read_text(rests[_i].text, &file, &report), 0);
	ck_assert_uint_eq(file.profile_count, 1);
	profile = &file.profiles[0];
	ck_assert_msg(profile->path_count == rests[_i].paths &&
			      profile->rule_count == rests[_i].rules &&
			      profile->match_count == rests[_i].matches &&
			      profile->fault_count == rests[_i].faults &&
			      profile->ports[PROFILE_CONNECT_TCP].restricted ==
				      rests[_i].connect_restricted,
		      "%s: %zu paths, %zu rules, %zu matches, %zu faults",
		      rests[_i].text, profile->path_count, profile->rule_count,
		      profile->match_count, profile->fault_count);
}
END_TEST

/* Whom a faulty section seems to mean; NULL: nobody can tell, the file has it. */
static const struct {
	const char *text;
	const char *match;
} seeming[] = {
	{ "[usr/bin/less]", "/usr/bin/less" },
	{ "[//usr/bin/less]", "/usr/bin/less" },
	{ "[/usr//bin/less/]", "/usr/bin/less" },
	{ "[/usr/./bin/../bin/less]", "/usr/bin/less" },
	{ "[/../less]", "/less" },
	{ "[/usr/bin/*]", "/usr/bin/*" },
	{ "[/usr/bin/[]", "/usr/bin/[" },
	{ "[a]\nmatch = usr/bin/less", "/usr/bin/less" },
	{ "[a]\nmatch = /usr/bin/less/", "/usr/bin/less" },
	{ "[a]\nmatch = /usr/bin/le*/", "/usr/bin/le*" },
	{ "[./less]", NULL },
	{ "[~/bin/less]", NULL },
	{ "[${HOME}/bin/less]", NULL },
	{ "[a]\nmatch = less", NULL },
	{ "[a]\nmatch = ~joe/less", NULL },
	{ "[a]\nmatch = ${HOMES}/less", NULL },
	{ "[a]\nmatch = /[[:alpha:]]", NULL },
};

START_TEST(faulty_section_still_speaks_of_whom_it_seems_to)
{
	const struct profile *profile;
	struct profile_file file;
	struct report report;
	size_t i;

	ck_assert_int_eq(read_text(seeming[_i].text, &file, &report), 0);
	profile = &file.profiles[0];
	ck_assert_uint_ge(profile->fault_count, 1);
	if (!seeming[_i].match) {
		ck_assert_uint_eq(file.fault_count, 1);
		ck_assert_str_eq(file.faults[0].cause,
				 profile->faults[0].cause);
		ck_assert_uint_eq(profile->match_count, 0);
		return;
	}
	ck_assert_uint_eq(file.fault_count, 0);
	for (i = 0; i < profile->match_count; i++)
		if (strcmp(profile->matches[i], seeming[_i].match) == 0)
			return;
	ck_abort_msg("%s: %s", seeming[_i].text,
		     profile->match_count ? profile->matches[0] : "nobody");
}
END_TEST

START_TEST(template_concerns_nobody)
{
	struct profile_file file;
	struct report report;

	ck_assert_int_eq(read_text("[@base]\nread = /usr\n", &file, &report),
			 0);
	ck_assert_uint_eq(file.profiles[0].match_count, 0);
	ck_assert_uint_eq(file.fault_count, 0);
}
END_TEST

static const struct {
	const char *text;
	unsigned int line;
	const char *cause; /* its beginning */
} files_own[] = {
	{ "mode = off\n[/a]", 1, "key outside a section" },
	{ "\357\273\277[/a]", 1, "byte order mark" },
	{ "[]\nmode = off\n[/a]", 1, "section without a name" },
	{ "; \033\n[/a]", 1, "control character" },
};

START_TEST(what_stands_in_no_section_is_the_files_fault)
{
	struct profile_file file;
	struct report report;

	ck_assert_int_eq(read_text(files_own[_i].text, &file, &report), 0);
	ck_assert_uint_eq(file.fault_count, 1);
	ck_assert_uint_eq(file.faults[0].origin.line, files_own[_i].line);
	ck_assert_msg(!strncmp(file.faults[0].cause, files_own[_i].cause,
			       strlen(files_own[_i].cause)),
		      "%s", file.faults[0].cause);
	ck_assert_uint_eq(file.profile_count, 1);
	ck_assert_uint_eq(file.profiles[0].fault_count, 0);
	ck_assert_int_eq(file.profiles[0].mode, PROFILE_ENFORCE);
}
END_TEST

/* Neither vanishes: they add up, and each says of the fault what it says. */
START_TEST(section_given_twice_is_two_profiles_with_a_fault)
{
	struct profile_file file;
	struct report report;
	size_t i;

	ck_assert_int_eq(read_text("[/a]\nread = /b\n[/c]\n[/a]\nread = /d\n",
				   &file, &report),
			 0);
	ck_assert_uint_eq(file.profile_count, 3);
	for (i = 0; i < 3; i += 2) {
		ck_assert_str_eq(file.profiles[i].section, "/a");
		ck_assert_uint_eq(file.profiles[i].path_count, 1);
		ck_assert_uint_eq(file.profiles[i].fault_count, 1);
		ck_assert_uint_eq(file.profiles[i].faults[0].origin.line, 4);
		ck_assert_str_eq(file.profiles[i].faults[0].cause,
				 "section [/a] is in line 1 already");
	}
	ck_assert_uint_eq(file.profiles[1].fault_count, 0);
}
END_TEST

START_TEST(unknown_key_is_told_all_that_there_are)
{
	static const char *const names[] = {
		"read",	   "write",	  "exec",	  "deny",
		"hide",	   "connect-tcp", "scope",	  "on-error",
		"include", "network",	  "connect-unix", "log"
	};
	struct profile_file file;
	struct report report;
	size_t i;

	ck_assert_int_eq(read_text("[/a]\npermit = /b\n", &file, &report), 0);
	for (i = 0; i < ARRAY_SIZE(names); i++)
		ck_assert_ptr_nonnull(
			strstr(file.profiles[0].faults[0].remedy, names[i]));
	ck_assert_ptr_nonnull(
		strstr(file.profiles[0].faults[0].remedy, " or match"));
}
END_TEST

/* NULL: none is near enough. */
static const struct {
	const char *key, *meant;
} misspelt[] = {
	{ "Read", "read" },
	{ "READ", "read" },
	{ "raed", "read" },
	{ "reads", "read" },
	{ "wirte", "write" },
	{ "connect_tcp", "connect-tcp" },
	{ "conect-unx", "connect-unix" },
	{ "connect-udb", "connect-udp" },
	{ "on-eror", "on-error" },
	{ "Include", "include" },
	{ "allow", NULL },
	{ "x", NULL },
	{ "dney", "deny" },
	{ "readwrite", NULL },
};

START_TEST(misspelt_key_is_told_the_one_that_was_meant)
{
	struct profile_file file;
	struct report report;
	char text[128], remedy[64];

	snprintf(text, sizeof(text), "[/a]\n%s = /b\n", misspelt[_i].key);
	ck_assert_int_eq(read_text(text, &file, &report), 0);
	ck_assert_uint_eq(file.profiles[0].fault_count, 1);
	ck_assert_str_eq(file.profiles[0].faults[0].cause, "unknown key");
	snprintf(remedy, sizeof(remedy), "did you mean %s?",
		 misspelt[_i].meant ? misspelt[_i].meant : "");
	if (misspelt[_i].meant)
		ck_assert_str_eq(file.profiles[0].faults[0].remedy, remedy);
	else
		ck_assert_ptr_nonnull(strstr(file.profiles[0].faults[0].remedy,
					     "use include, "));
}
END_TEST

START_TEST(words_of_enums_are_those_of_the_file)
{
	ck_assert_str_eq(profile_access_key(PROFILE_READ), "read");
	ck_assert_str_eq(profile_access_key(PROFILE_HIDE), "hide");
	ck_assert_str_eq(profile_port_key(PROFILE_CONNECT_TCP), "connect-tcp");
	ck_assert_str_eq(profile_port_key(PROFILE_BIND_TCP), "bind-tcp");
	ck_assert_str_eq(profile_scope_word(PROFILE_SCOPE_SIGNAL), "signal");
	ck_assert_str_eq(profile_mode_word(PROFILE_COMPLAIN), "complain");
	ck_assert_str_eq(profile_access_key(PROFILE_CONNECT), "connect-unix");
	ck_assert_str_eq(profile_port_key(PROFILE_BIND_UDP), "bind-udp");
	ck_assert_str_eq(profile_scope_word(PROFILE_SCOPE_TERMINAL),
			 "terminal");
	ck_assert_str_eq(profile_log_word(PROFILE_LOG_SELF), "self");
	ck_assert_str_eq(profile_network_word(10), "inet6");
	ck_assert_ptr_null(profile_network_word(0));
	ck_assert_ptr_null(profile_network_word(64));
}
END_TEST

static unsigned int notices;

static void count_notice(const struct report *const report)
{
	ck_assert_str_eq(report->file, "a.ini");
	ck_assert_uint_ge(report->line, 2);
	ck_assert_str_ne(report->cause, "");
	notices++;
}

static const struct {
	const char *text;
	int error;
	unsigned int notices;
} checks[] = {
	{ "[/a]\nread = /b", 0, 0 },
	{ "[/a]\nread = b", -EINVAL, 0 },
	{ "[/a]\nread = b\non-error = fail", -EINVAL, 0 },
	{ "[/a]\nread = b\nreads = c\non-error = warn", 0, 2 },
	{ "[/a]\non-error = warn\non-error = wran\nread = b", 0, 2 },
	{ "[/a]\non-error = wran\nread = b", -EINVAL, 0 },
	{ "[/a]\nmode = off\nread = b", 0, 0 },
	{ "[/a]\nmode = complain\nread = b", 0, 1 },
};

START_TEST(on_error_and_mode_decide_what_a_fault_does)
{
	struct profile_file file;
	struct report report;

	ck_assert_int_eq(read_text(checks[_i].text, &file, &report), 0);
	ck_assert_int_eq(profile_check(&file.profiles[0], count_notice,
				       &report),
			 checks[_i].error);
	ck_assert_uint_eq(notices, checks[_i].notices);
	if (!checks[_i].error)
		return;
	ck_assert_str_eq(report.file, "a.ini");
	ck_assert_uint_eq(report.line, file.profiles[0].faults[0].origin.line);
	ck_assert_str_eq(report.cause, file.profiles[0].faults[0].cause);
	ck_assert_str_eq(report.key, file.profiles[0].faults[0].key);
	ck_assert_str_ne(report.remedy, "");
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

START_TEST(as_many_as_the_manual_says_are_read_and_one_more_is_a_fault)
{
	const struct profile_fault *fault;
	struct profile_file file;
	struct report report;

	ck_assert_int_eq(read_many(&limits[_i].many, limits[_i].most, &file,
				   &report),
			 0);
	ck_assert_uint_eq(file.profiles[0].fault_count + file.fault_count, 0);
	ck_assert_int_eq(read_many(&limits[_i].many, limits[_i].most + 1, &file,
				   &report),
			 0);
	fault = file.profiles[0].fault_count ? file.profiles[0].faults
					     : file.faults;
	ck_assert_ptr_nonnull(fault);
	ck_assert_str_eq(fault->cause, limits[_i].cause);
}
END_TEST

START_TEST(first_faults_of_many_are_kept)
{
	static const struct many bad = { "[/a]", "\nread = b", "" };
	struct profile_file file;
	struct report report;

	ck_assert_int_eq(read_many(&bad, 100, &file, &report), 0);
	ck_assert_uint_eq(file.profiles[0].fault_count, PROFILE_FAULTS_MAX);
	ck_assert_uint_eq(file.profiles[0].faults[0].origin.line, 2);
	ck_assert_uint_eq(file.profiles[0].faults[15].origin.line, 17);
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
	ck_assert_int_eq(read_bytes(text, most + 1, &file, &report), -EINVAL);
	ck_assert_str_eq(report.cause, "is larger than 1 MiB");
	free(text);
}
END_TEST

START_TEST(file_that_cannot_be_read_gives_the_errno)
{
	const int fd = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	const struct profile_reader reader = { .layer = PROFILE_SYSTEM };
	struct profile_file file;
	struct report report;

	ck_assert_int_eq(profile_file_read(fd, "a.ini", &reader, &file,
					   &report),
			 -EISDIR);
	ck_assert_str_eq(report.file, "a.ini");
	ck_assert_str_eq(report.cause, "cannot be read: Is a directory");
	close(fd);
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
	tcase_add_loop_test(tcase,
			    what_makes_no_sense_is_a_fault_of_its_section_alone,
			    0, ARRAY_SIZE(faulty));
	tcase_add_loop_test(tcase, rest_of_a_faulty_section_is_kept, 0,
			    ARRAY_SIZE(rests));
	tcase_add_loop_test(tcase,
			    faulty_section_still_speaks_of_whom_it_seems_to, 0,
			    ARRAY_SIZE(seeming));
	tcase_add_test(tcase, template_concerns_nobody);
	tcase_add_loop_test(tcase, what_stands_in_no_section_is_the_files_fault,
			    0, ARRAY_SIZE(files_own));
	tcase_add_test(tcase, section_given_twice_is_two_profiles_with_a_fault);
	tcase_add_test(tcase, unknown_key_is_told_all_that_there_are);
	tcase_add_loop_test(tcase, misspelt_key_is_told_the_one_that_was_meant,
			    0, ARRAY_SIZE(misspelt));
	tcase_add_test(tcase, network_sockets_and_log_arrive);
	tcase_add_test(tcase, words_of_enums_are_those_of_the_file);
	tcase_add_loop_test(tcase, on_error_and_mode_decide_what_a_fault_does,
			    0, ARRAY_SIZE(checks));
	tcase_add_loop_test(
		tcase,
		as_many_as_the_manual_says_are_read_and_one_more_is_a_fault, 0,
		ARRAY_SIZE(limits));
	tcase_add_test(tcase, first_faults_of_many_are_kept);
	tcase_add_test(tcase, forty_long_paths_in_one_line_arrive);
	tcase_add_test(tcase, thousand_rules_arrive_in_their_order);
	tcase_add_test(tcase, largest_file_is_read_and_a_larger_one_refused);
	tcase_add_test(tcase, file_that_cannot_be_read_gives_the_errno);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
