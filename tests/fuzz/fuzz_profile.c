// SPDX-License-Identifier: LGPL-2.1-or-later
/* Any bytes as a profile: read, with every fault in its place, and nothing lost. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "arena.h"
#include "glob.h"
#include "profile.h"
#include "profile_keys.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t notices;

static void count_notice(const struct report *const report)
{
	if (!report->cause[0] || strcmp(report->file, "a.ini") != 0)
		abort();
	notices++;
}

static void require(const bool holds)
{
	if (!holds)
		abort();
}

static void check_faults(const struct profile_fault *const faults,
			 const size_t count, const unsigned int first_line)
{
	size_t i;

	require(count <= PROFILE_FAULTS_MAX);
	for (i = 0; i < count; i++)
		require(faults[i].origin.line >= first_line &&
			faults[i].cause[0] && faults[i].remedy &&
			faults[i].remedy[0]);
}

static void check_error(const struct profile *const profile)
{
	struct report report = { 0 };
	const int error = profile_check(profile, count_notice, &report);

	require(!error == !report.cause[0]);
	if (profile->mode == PROFILE_OFF || !profile->fault_count)
		require(!error && !notices);
	else if (profile->mode == PROFILE_ENFORCE &&
		 profile->on_error == PROFILE_ON_ERROR_FAIL)
		require(error && !notices);
	else
		require(!error && notices == profile->fault_count);
	notices = 0;
}

static void check_path(const struct profile_path *const path,
		       const unsigned int first_line)
{
	const size_t length = strlen(path->path);

	require(path->path[0] == '/' && !strstr(path->path, "/../") &&
		!strstr(path->path, "//") &&
		(length == 1 || path->path[length - 1] != '/'));
	require(path->make == PROFILE_MAKE_NOTHING ||
		(!path->optional && !path->is_glob &&
		 path->access <= PROFILE_EXEC));
	require(path->origin.line > first_line);
	if (path->is_glob)
		glob_matches(path->path, "/usr/bin/less");
}

/* What users of a profile rely on. */
static void check(const struct profile *const profile, const char *const path)
{
	const unsigned int first = profile->origin.line;
	size_t i, j;

	require(profile->section[0] && first && profile->origin.file == path);
	check_faults(profile->faults, profile->fault_count, first);
	check_error(profile);
	for (i = 0; i < profile->match_count; i++) {
		require(profile->matches[i][0] == '/');
		glob_matches(profile->matches[i], "/usr/bin/less");
	}
	for (i = 0; i < profile->rule_count; i++) {
		const struct profile_rule *const rule = &profile->rules[i];

		require(rule->origin.file == path && rule->origin.line > first);
		require(rule->object[0] == '/' || !strchr(rule->object, '/'));
		for (j = 0; j < rule->parameter_count; j++)
			require(rule->parameters[j].name[0] &&
				rule->parameters[j].value);
	}
	for (i = 0; i < profile->path_count; i++) {
		require(profile->paths[i].access < PROFILE_CONNECT);
		check_path(&profile->paths[i], first);
	}
	require(!profile->sockets.path_count || profile->sockets.restricted);
	for (i = 0; i < profile->sockets.path_count; i++) {
		require(profile->sockets.paths[i].access == PROFILE_CONNECT);
		check_path(&profile->sockets.paths[i], first);
	}
	require(!profile->network.families || profile->network.restricted);
	require(profile_log_word(profile->log));
	for (i = 0; i < PROFILE_PORT_USE_COUNT; i++)
		for (j = 0; j < profile->ports[i].range_count; j++)
			require(profile->ports[i].restricted &&
				profile->ports[i].ranges[j].first <=
					profile->ports[i].ranges[j].last);
}

/* As many bytes of @data as a text can have, as the value of every key, where all
 * variables but one have a value. */
static void try_values(const uint8_t *const data, const size_t size)
{
	struct variables variables = { .user = 1000 };
	struct profile_file file = { .path = "a.ini" };
	struct profile profile = { .section = "/a",
				   .origin = { "a.ini", 1, NULL } };
	struct profile_place place = { .file = &file,
				       .profile = &profile,
				       .line = 2,
				       .variables = &variables };
	char *const value = arena_copy((const char *)data, size);
	const struct profile_key *key;
	size_t i;

	for (i = 0; i < VARIABLE_COUNT; i++)
		variables.answers[i] = (struct variable_answer){
			.value = i == VARIABLE_TMPDIR ? NULL : "/x [*]\\",
			.why = "is not set",
			.is_known = true
		};
	for (i = 0; (key = profile_key_at(i)); i++) {
		place.key = key->name;
		require(value && !profile_set_key(&place, value));
	}
	profile.origin.file = file.path;
	check(&profile, file.path);
	check_faults(file.faults, file.fault_count, 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *const data, const size_t size)
{
	const int fd = memfd_create("profile", MFD_CLOEXEC);
	struct report report = { 0 };
	const struct profile_reader reader = { .layer = PROFILE_USER };
	struct profile_file file;
	size_t i;

	require(fd >= 0);
	require(write(fd, data, size) == (ssize_t)size);
	require(lseek(fd, 0, SEEK_SET) == 0);
	if (profile_file_read(fd, "a.ini", &reader, &file, &report)) {
		require(report.cause[0] && strcmp(report.file, "a.ini") == 0);
		require(size > 1024 * 1024);
	} else {
		require(!report.cause[0]);
		check_faults(file.faults, file.fault_count, 1);
		for (i = 0; i < file.profile_count; i++) {
			require(!profile_complete(&file.profiles[i], &report));
			check(&file.profiles[i], file.path);
		}
	}
	try_values(data, size);
	close(fd);
	arena_end();
	return 0;
}
