// SPDX-License-Identifier: LGPL-2.1-or-later
/* Any bytes as a profile: refused with a report, or read and freed whole. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "profile.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(const bool holds)
{
	if (!holds)
		abort();
}

/* What users of a profile rely on. */
static void check(const struct profile *const profile, const char *const path)
{
	size_t i, j;

	require(profile->section[0] && profile->match_count);
	require(profile->origin.file == path && profile->origin.line);
	for (i = 0; i < profile->match_count; i++)
		require(profile->matches[i][0] == '/');
	for (i = 0; i < profile->rule_count; i++) {
		const struct profile_rule *const rule = &profile->rules[i];

		require(rule->origin.file == path &&
			rule->origin.line > profile->origin.line);
		require(rule->object[0] == '/' || !strchr(rule->object, '/'));
		for (j = 0; j < rule->parameter_count; j++)
			require(rule->parameters[j].name[0] &&
				rule->parameters[j].value);
	}
	for (i = 0; i < profile->path_count; i++)
		require(profile->paths[i].path[0] == '/' &&
			!strstr(profile->paths[i].path, "/../") &&
			profile->paths[i].access < PROFILE_ACCESS_COUNT &&
			profile->paths[i].origin.line > profile->origin.line);
	for (i = 0; i < PROFILE_TCP_COUNT; i++)
		for (j = 0; j < profile->tcp[i].range_count; j++)
			require(profile->tcp[i].restricted &&
				profile->tcp[i].ranges[j].first <=
					profile->tcp[i].ranges[j].last);
	profile_matches(profile, "/usr/bin/less");
}

int LLVMFuzzerTestOneInput(const uint8_t *const data, const size_t size)
{
	const int fd = memfd_create("profile", MFD_CLOEXEC);
	struct report report = { 0 };
	struct profile_file file;
	size_t i;

	require(fd >= 0);
	require(write(fd, data, size) == (ssize_t)size);
	require(lseek(fd, 0, SEEK_SET) == 0);
	if (profile_file_read(fd, "a.ini", &file, &report)) {
		require(report.cause[0] && strcmp(report.file, "a.ini") == 0);
		require(!file.profiles && !file.path);
	} else {
		require(!report.cause[0]);
		for (i = 0; i < file.profile_count; i++)
			check(&file.profiles[i], file.path);
		profile_file_free(&file);
	}
	close(fd);
	return 0;
}
