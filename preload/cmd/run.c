// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * landlock run: applies profiles and rules to itself, then becomes the command.
 */
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "apply.h"
#include "cmd.h"
#include "executable.h"
#include "lookup.h"
#include "report.h"

/* As of env(1). */
#define EXIT_CANNOT_EXECUTE 126
#define EXIT_NOT_FOUND 127

#define OBJECTS_ORIGIN "landlock run -r"

extern char **environ;

struct request {
	const char *section;	    /* of -p */
	const char *const *objects; /* of -r */
	size_t object_count;
	char **command;
};

static int fail_objects(struct report *const report, const int error,
			const char *const remedy, const char *const cause)
{
	return report_fill(report, error, OBJECTS_ORIGIN, 0, NULL, remedy, "%s",
			   cause);
}

/* One line each, so that the line told of an object is its number. */
static int write_objects(const struct request *const request,
			 FILE *const stream, struct report *const report)
{
	char directory[PATH_MAX];
	size_t i;

	if (!getcwd(directory, sizeof(directory)))
		return fail_objects(report, -errno, NULL, strerror(errno));
	fputs("[/run]", stream);
	for (i = 0; i < request->object_count; i++) {
		const char *const object = request->objects[i];
		const bool relative =
			object[0] != '/' &&
			memchr(object, '/', strcspn(object, " \t"));

		if (!object[strspn(object, " \t")] || strchr(object, '\n'))
			return fail_objects(report, -EINVAL, "name an object",
					    "a value is empty or has a "
					    "newline");
		/* Profiles take no relative paths; at a prompt they are meant
		 * as everywhere else. */
		fprintf(stream, "\nrule = %s%s%s", relative ? directory : "",
			relative ? "/" : "", object);
	}
	fputc('\n', stream);
	if (fflush(stream) || fseek(stream, 0, SEEK_SET))
		return fail_objects(report, -errno, NULL, strerror(errno));
	return 0;
}

/*
 * The values of -r are read by the reader of profiles, from a section made of
 * them: one syntax, one set of checks.
 */
static int read_objects(const struct request *const request,
			struct profile_file *const out,
			struct report *const report)
{
	const int fd = memfd_create("landlock run", MFD_CLOEXEC);
	FILE *const stream = fd < 0 ? NULL : fdopen(fd, "w+");
	int error;

	if (!stream) {
		error = fail_objects(report, -errno, NULL, strerror(errno));
		if (fd >= 0)
			close(fd);
		return error;
	}
	error = write_objects(request, stream, report);
	if (!error)
		error = profile_file_read(fd, OBJECTS_ORIGIN, out, report);
	fclose(stream);
	return error;
}

/* The path that execvp(3) would take; false if it would take none. */
static bool find_command(const char *const name, char path[const PATH_MAX])
{
	const char *directory = getenv("PATH");
	char candidate[PATH_MAX];

	if (strchr(name, '/'))
		return realpath(name, path);
	for (; directory; directory = strchr(directory, ':')) {
		int length;

		directory += *directory == ':';
		length = (int)strcspn(directory, ":");
		length = snprintf(candidate, sizeof(candidate), "%.*s%s%s",
				  length, directory, length ? "/" : "", name);
		if (length > 0 && (size_t)length < sizeof(candidate) &&
		    access(candidate, X_OK) == 0)
			return realpath(candidate, path);
	}
	return false;
}

static int find_profiles(const struct request *const request,
			 struct lookup *const lookup,
			 struct lookup_result *const found,
			 struct report *const report)
{
	char path[PATH_MAX];
	const char *const name = path;
	int error;

	if (request->section)
		return lookup_section(lookup, request->section, found, report);
	if (!find_command(request->command[0], path))
		return 0; /* execvp(3) will say so */
	lookup->names = &name;
	lookup->name_count = 1;
	error = lookup_profiles(lookup, found, report);
	lookup->names = NULL;
	lookup->name_count = 0;
	if (error || found->profile_count)
		return error;
	lookup_result_free(found);
	return report_fill(report, -ENOENT, NULL, 0, NULL,
			   "give -p SECTION or -r RULE.o",
			   "no profile speaks of %s", path);
}

/* All in one list: nothing is applied before everything is loaded. */
static int apply_all(const struct lookup_result *const found,
		     const struct profile_file *const objects,
		     const struct apply_options *const options,
		     struct report *const report)
{
	const size_t count = found->profile_count + objects->profile_count;
	struct lookup_result all = { .profile_count = count };
	size_t i;
	int error;

	all.profiles = calloc(count + 1, sizeof(*all.profiles));
	if (!all.profiles)
		return report_fill(report, -ENOMEM, NULL, 0, NULL, NULL,
				   "no memory");
	for (i = 0; i < count; i++)
		all.profiles[i] =
			i < found->profile_count
				? found->profiles[i]
				: &objects->profiles[i - found->profile_count];
	error = apply_profiles(&all, options, report);
	free(all.profiles);
	return error;
}

static int apply_request(const struct request *const request,
			 struct report *const report)
{
	char user_directory[PATH_MAX];
	struct lookup lookup = {
		.user_directory = executable_user_directory(
			environ, user_directory, sizeof(user_directory)),
		.user = getuid(),
		.system_directory = SYSCONFDIR,
	};
	const struct apply_options options = {
		.rule_directory = LANDLOCK_LIBDIR "/rules",
		.user_origins = { lookup.user_directory, OBJECTS_ORIGIN },
		.user = lookup.user,
		.notice = report_warn,
	};
	struct profile_file objects = { 0 };
	struct lookup_result found = { 0 };
	int error = 0;

	if (request->section || !request->object_count)
		error = find_profiles(request, &lookup, &found, report);
	if (!error && request->object_count)
		error = read_objects(request, &objects, report);
	if (!error)
		error = apply_all(&found, &objects, &options, report);
	profile_file_free(&objects);
	lookup_result_free(&found);
	return error;
}

static int become_command(const struct request *const request)
{
	struct report report;
	int error;

	if (apply_request(request, &report)) {
		report_warn(&report);
		return EXIT_NOT_STARTED;
	}
	execvp(request->command[0], request->command);
	error = errno;
	fprintf(stderr, "landlock: %s: %s\n", request->command[0],
		strerror(error));
	return error == ENOENT ? EXIT_NOT_FOUND : EXIT_CANNOT_EXECUTE;
}

static int run(const int argc, char **const argv)
{
	struct request request = { 0 };
	const char **const objects = calloc((size_t)argc, sizeof(*objects));
	int option, status = CMD_USAGE;

	if (!objects) {
		perror("landlock");
		return EXIT_NOT_STARTED;
	}
	request.objects = objects;
	opterr = 0;
	/* The leading + leaves the command's own options to it. */
	while ((option = getopt(argc, argv, "+p:r:")) != -1) {
		switch (option) {
		case 'p':
			request.section = optarg;
			break;
		case 'r':
			objects[request.object_count++] = optarg;
			break;
		default:
			fprintf(stderr,
				"landlock run: -%c is unknown or lacks its "
				"value\n",
				optopt);
			goto out;
		}
	}
	if (optind == argc) {
		fputs("landlock run: no command given\n", stderr);
		goto out;
	}
	request.command = argv + optind;
	status = become_command(&request);
out:
	free(objects);
	return status;
}

int cmd_run_object(const int argc, char **const argv)
{
	const char *const objects[] = { argv[1] };
	const struct request request = {
		.objects = objects,
		.object_count = 1,
		.command = argv + 2,
	};

	if (argc < 3) {
		fputs("landlock: no command given\n", stderr);
		return EXIT_NOT_STARTED;
	}
	return become_command(&request);
}

const struct command cmd_run = {
	.name = "run",
	.usage = "[-p SECTION] [-r 'RULE.o [NAME=VALUE...]']... [--] COMMAND "
		 "[ARGUMENT...]",
	.purpose = "apply profiles and rules, then run COMMAND under them",
	.usage_status = EXIT_NOT_STARTED,
	.run = run,
};
