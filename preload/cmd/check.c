// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * landlock check: what is wrong in profiles, or will not do what it says.
 *
 * Files are read by the reader of the shim, held against this system by its
 * functions, and given to the checks of a table.
 */
#include "check.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "arena.h"
#include "check_print.h"
#include "cmd.h"
#include "entries.h"
#include "lookup_layer.h"
#include "programs.h"
#include "shipped.h"
#include "system.h"
#include "trust.h"
#include "variables.h"

/* Large; this program needs one of each. */
static struct report report;
static struct check_program programs[CHECK_PROGRAMS_MAX];

static size_t files;

/* What a lookup tells of a layer's directory. */
static void take_notice(const struct report *const notice)
{
	check_tell_report(&check_unreadable, notice);
}

static bool add_program(const char *const path, void *const user)
{
	struct check_subject *const subject = user;
	struct check_program *const program = &programs[subject->program_count];
	struct lookup *const lookup = &program->lookup;
	size_t i;

	for (i = 0; i < subject->program_count; i++)
		if (strcmp(programs[i].path, path) == 0)
			return true;
	*lookup = *subject->lookup;
	if (executable_open(path, NULL, &program->executable, lookup, &report))
		return true;
	show_describe(&program->executable, &program->shown);
	close(program->executable.fd);
	/* Of a script, its own file stands last. */
	if (lookup->file_count > 1) {
		lookup->files[0] = lookup->files[lookup->file_count - 1];
		lookup->file_count = 1;
	}
	program->path = arena_text(path);
	subject->program_count += program->path != NULL;
	return subject->program_count < CHECK_PROGRAMS_MAX;
}

static void find_programs(struct check_subject *const subject,
			  const struct profile *const profile)
{
	size_t i;

	for (i = 0; i < profile->match_count; i++)
		if (subject->program_count < CHECK_PROGRAMS_MAX)
			programs_each(profile->matches[i], add_program,
				      subject);
}

static unsigned int excluded(const struct check_subject *const subject)
{
	if (subject->profile && subject->profile->mode == PROFILE_OFF)
		return CHECK_IN_USE | CHECK_LOCAL;
	if (subject->is_template)
		return CHECK_IN_USE | CHECK_LOCAL | CHECK_PROFILE;
	if (subject->source != CHECK_SHIPPED)
		return 0;
	return subject->program_count ? CHECK_IN_USE
				      : CHECK_IN_USE | CHECK_LOCAL;
}

static void run_checks(const struct check_subject *const subject)
{
	const unsigned int not_asked = excluded(subject);
	const struct check *check;

	for (check = check_table; check->id; check++)
		if (!(check->when & CHECK_OF_FILE) == !!subject->profile &&
		    !(check->when & not_asked))
			check->run(check, subject);
}

/* Plans and looks up what the shim would, and changes nothing. */
static int check_section(struct check_subject *const subject,
			 const struct profile *const profile)
{
	struct paths paths;
	struct plan plan;
	int error;

	subject->profile = profile;
	subject->program_count = 0;
	find_programs(subject, profile);
	error = cmd_plan(profile, &plan, &report);
	if (!error)
		error = cmd_open_paths(profile, &paths, &report);
	if (error)
		return error;
	subject->plan = &plan;
	subject->paths = &paths;
	run_checks(subject);
	paths_close(&paths);
	return 0;
}

/*
 * What is in a template counts where it is included: each of the file is included by
 * a section of its own, which is put behind the text, for its faults.
 */
static char *with_includes(const struct profile_file *const file,
			   const char *const text)
{
	char *grown = NULL;
	size_t size, i;
	FILE *const stream = open_memstream(&grown, &size);
	char *result;

	if (!stream)
		return NULL;
	fprintf(stream, "%s\n", text);
	for (i = 0; i < file->profile_count; i++) {
		const char *const name = file->profiles[i].section;

		if (profile_is_template(&file->profiles[i]))
			fprintf(stream, "[check %s]\ninclude = %s\n", name,
				name);
	}
	result = fclose(stream) ? NULL : arena_text(grown);
	free(grown);
	return result;
}

/* @count: of sections that are the file's own. */
static int read_sections(const int fd,
			 const struct check_subject *const subject,
			 const struct profile_reader *const reader,
			 struct profile_file *const file, size_t *const count)
{
	size_t size, i;
	char *text;
	int error = profile_text_load(fd, subject->path, &text, &size, &report);

	/* A file that cannot be read is a finding, too. */
	if (error)
		return error == -ENOMEM ? error : -EINVAL;
	error = profile_text_read(text, size, subject->path, reader, file,
				  &report);
	*count = file->profile_count;
	for (i = 0; i < *count && !error; i++)
		if (profile_is_template(&file->profiles[i]))
			break;
	if (error || i == *count)
		return error;
	/* A NUL is a fault, and has been told of as one. */
	text = with_includes(file, text);
	if (!text)
		return report_no_memory(&report);
	return profile_text_read(text, strlen(text), subject->path, reader,
				 file, &report);
}

static int check_sections(struct check_subject *const subject,
			  struct profile_file *const file, const size_t count)
{
	int error = 0;
	size_t i;

	for (i = 0; i < file->profile_count && !error; i++) {
		struct profile *const profile = &file->profiles[i];

		subject->is_template = i >= count;
		if (!profile_is_template(profile))
			error = profile_complete(profile, &report)
					?: check_section(subject, profile);
	}
	subject->is_template = false;
	return error;
}

static int check_open_file(struct check_subject *const subject, const int fd,
			   const struct profile_reader *const reader)
{
	struct profile_file *const file = arena_take(1, sizeof(*file));
	size_t count = 0, i;
	int error;

	if (!file)
		return report_no_memory(&report);
	error = read_sections(fd, subject, reader, file, &count);
	if (error == -EINVAL) {
		check_tell_report(&check_unreadable, &report);
		return 0;
	}
	if (error)
		return error;
	subject->file = file;
	subject->profile = NULL;
	subject->programs = programs;
	subject->program_count = 0;
	for (i = 0; i < count; i++)
		find_programs(subject, &file->profiles[i]);
	run_checks(subject);
	return check_sections(subject, file, count);
}

/* @user: who besides root may have written it. */
static int check_path(struct check_subject *const subject, const uid_t user,
		      const struct profile_reader *const reader)
{
	int fd = trust_open(subject->path, user, TRUST_PROFILE, &report);
	int error;

	files++;
	/* It need not be believed to be read here. */
	if (fd == -EPERM && subject->source == CHECK_FILE) {
		check_tell_report(&check_unbelieved, &report);
		fd = open(subject->path,
			  O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
		fd = fd < 0 ? -errno : fd;
	}
	if (system_is_exhausted(fd))
		return fd;
	if (fd == -ENOENT)
		report_fill(&report, fd, subject->path, 0, NULL, NULL,
			    "does not exist");
	if (fd < 0) {
		check_tell_report(&check_unreadable, &report);
		return 0;
	}
	error = check_open_file(subject, fd, reader);
	close(fd);
	return error;
}

static int check_entries(struct check_subject *const subject,
			 const struct lookup_layer *const layer,
			 const char *const directory)
{
	struct entries entries;
	int error = entries_list(directory, &entries, &report);
	size_t i;

	if (error) {
		check_tell_report(&check_unreadable, &report);
		return 0;
	}
	for (i = 0; i < entries.count && !error; i++) {
		subject->path = entries.all[i].path;
		error = check_path(subject, layer->user, &layer->reader);
	}
	return error;
}

/* @templates: its directory. */
static int check_directory(struct check_subject subject,
			   const struct lookup *const lookup,
			   const char *const templates)
{
	struct lookup_layer layer;
	int error = lookup_layer_enter(lookup, subject.layer, &layer, &report);

	if (error)
		return error == -ENOENT ? 0 : error;
	subject.of_templates = true;
	error = check_entries(&subject, &layer, templates);
	subject.of_templates = false;
	return error ?: check_entries(&subject, &layer, layer.directory);
}

static const char *templates_of(const char *const directory)
{
	const size_t bytes = strlen(directory) + sizeof("/templates");
	char *const path = arena_take(bytes, 1);

	if (path)
		snprintf(path, bytes, "%s/templates", directory);
	return path ? path : directory;
}

static int check_system(const struct check_subject *const template)
{
	const struct lookup *const lookup = template->lookup;
	struct check_subject subject = *template;
	struct lookup shipped = *lookup;
	int error;

	shipped.system_directory = SHIPPED_PROFILES;
	subject.source = CHECK_SHIPPED;
	subject.layer = PROFILE_SYSTEM;
	error = check_directory(subject, &shipped, SHIPPED_TEMPLATES);
	subject.source = CHECK_LAYER;
	if (!error)
		error = check_directory(subject, lookup,
					templates_of(lookup->system_directory));
	subject.layer = PROFILE_USER;
	if (!error && lookup->user_directory)
		error = check_directory(subject, lookup,
					templates_of(lookup->user_directory));
	return error;
}

/* Is @path a file of that directory? */
static bool is_in(const char *const path, const char *const directory)
{
	const size_t length = directory ? strlen(directory) : 0;

	return length && strncmp(path, directory, length) == 0 &&
	       path[length] == '/' && !strchr(path + length + 1, '/');
}

/* Where a named file is: in a layer, it is that layer's. */
static void place_file(struct check_subject *const subject)
{
	const struct lookup *const lookup = subject->lookup;

	subject->source = CHECK_FILE;
	subject->layer = PROFILE_USER;
	if (is_in(subject->path, SHIPPED_PROFILES))
		subject->source = CHECK_SHIPPED;
	else if (is_in(subject->path, lookup->system_directory) ||
		 is_in(subject->path, lookup->user_directory))
		subject->source = CHECK_LAYER;
	if (is_in(subject->path, SHIPPED_PROFILES) ||
	    is_in(subject->path, lookup->system_directory))
		subject->layer = PROFILE_SYSTEM;
}

static int check_named(const struct check_subject *const template,
		       const char *const path)
{
	struct check_subject subject = *template;
	struct profile_reader reader;
	int error;

	subject.path = path;
	place_file(&subject);
	error = lookup_reader(subject.lookup, subject.layer, &reader, &report);
	return error
		       ?: check_path(&subject,
				     subject.layer == PROFILE_USER
					     ? subject.lookup->user
					     : 0,
				     &reader);
}

/*
 * Where the working directory is no place for ${PROJECT}, as /, an empty one is made,
 * so that profiles have a value for it.  Returns its name, or NULL.
 */
static const char *make_project(const struct lookup *const lookup)
{
	static char directory[] = "/tmp/landlock-check-XXXXXX";
	struct variables variables = { .environment = environ,
				       .user = lookup->user };
	struct variable_answer answer;

	if (variables_get(&variables, VARIABLE_PROJECT, &answer) ||
	    answer.value || !mkdtemp(directory))
		return NULL;
	return chdir(directory) ? NULL : directory;
}

/* The absolute paths of what is named: before the working directory is another. */
static int make_absolute(char **const paths, const int count)
{
	char directory[PATH_MAX];
	int i;

	if (!getcwd(directory, sizeof(directory)) || !directory[1])
		directory[0] = '\0';
	for (i = 0; i < count; i++) {
		const size_t bytes = strlen(directory) + strlen(paths[i]) + 2;
		char *path;

		if (paths[i][0] == '/')
			continue;
		path = arena_take(bytes, 1);
		if (!path)
			return report_no_memory(&report);
		snprintf(path, bytes, "%s/%s", directory, paths[i]);
		paths[i] = path;
	}
	return 0;
}

static int check_all(const struct check_subject *const template,
		     char *const *const paths, const int count)
{
	int error = 0, i;

	if (!count)
		return check_system(template);
	for (i = 0; i < count && !error; i++)
		error = check_named(template, paths[i]);
	return error;
}

/* What @credentials denies, as a profile that includes nothing else. */
static const struct paths *find_credentials(const struct lookup *const lookup,
					    struct paths *const paths)
{
	static const char text[] = "[credentials]\ninclude = @credentials\n";
	static struct profile_file file;
	struct profile_reader reader;

	if (lookup_reader(lookup, PROFILE_SYSTEM, &reader, &report) ||
	    profile_text_read(text, strlen(text), "landlock check", &reader,
			      &file, &report) ||
	    profile_complete(file.profiles, &report) ||
	    cmd_open_paths(file.profiles, paths, &report))
		return NULL;
	return paths;
}

static int check(char **const paths, const int count)
{
	struct lookup lookup;
	struct check_subject subject = { .lookup = &lookup };
	struct paths credentials = { 0 };
	const char *project;
	int error = make_absolute(paths, count);

	if (error)
		return error;
	cmd_lookup(&lookup);
	lookup.notice = take_notice;
	project = make_project(&lookup);
	subject.credentials = find_credentials(&lookup, &credentials);
	error = check_all(&subject, paths, count);
	paths_close(&credentials);
	if (project)
		rmdir(project);
	return error;
}

static int run(const int argc, char **const argv)
{
	struct cmd_arguments arguments = cmd_arguments(&cmd_check, argc, argv);
	bool json = false, verbose = false;
	int got;

	while ((got = cmd_next_option(&arguments)) == 1) {
		if (arguments.option.letter == 'v')
			verbose = true;
		else
			json = true;
	}
	if (got)
		return got;
	check_print_begin(json, verbose);
	got = check(arguments.operands, arguments.operand_count);
	if (got)
		check_tell_report(&check_unreadable, &report);
	return check_print_end(files) ? CMD_EXIT_FAILURE : 0;
}

static const struct cmd_option options[] = {
	{ .letter = 'v',
	  .name = "verbose",
	  .purpose = "tell as well what no kernel could do better" },
	{ .name = "json", .purpose = "print one JSON object" },
	{ 0 },
};

const struct command cmd_check = {
	.name = "check",
	.usage = "[--verbose] [--json] [FILE]...",
	.purpose =
		"tell what is wrong in profiles, or does not do what it says",
	.usage_status = CMD_EXIT_USAGE,
	.options = options,
	.names = CMD_NAMES_PATH,
	.run = run,
};
