// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Checks of a file and of its text.
 */
#include <limits.h>
#include <string.h>
#include <sys/stat.h>

#include "check.h"

#define MAIN_FILE "landlock.ini"

static void tell_faults(const struct check *const check,
			const struct check_subject *const subject,
			const struct profile_fault *const faults,
			const size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		check_tell(check, subject, &faults[i].origin, faults[i].key,
			   faults[i].remedy, "%s", faults[i].cause);
}

void check_file_faults(const struct check *const check,
		       const struct check_subject *const subject)
{
	tell_faults(check, subject, subject->file->faults,
		    subject->file->fault_count);
}

void check_faults(const struct check *const check,
		  const struct check_subject *const subject)
{
	tell_faults(check, subject, subject->profile->faults,
		    subject->profile->fault_count);
}

void check_empty(const struct check *const check,
		 const struct check_subject *const subject)
{
	if (!subject->file->profile_count && !subject->file->fault_count)
		check_tell(check, subject, NULL, NULL,
			   "write a section, or remove the file",
			   "has no section");
}

void check_mode(const struct check *const check,
		const struct check_subject *const subject)
{
	const struct profile *const profile = subject->profile;

	if (profile->mode != PROFILE_ENFORCE)
		check_tell(check, subject, &profile->origin, "mode", NULL,
			   "%s: nothing of [%s] is enforced",
			   profile_mode_word(profile->mode), profile->section);
}

static void ignore(const struct report *const notice)
{
	(void)notice;
}

/* By whatever link: `landlock enable` makes one for each name of a program. */
static bool is_same_file(const char *const a, const char *const b)
{
	struct stat first, second;

	return stat(a, &first) == 0 && stat(b, &second) == 0 &&
	       first.st_dev == second.st_dev && first.st_ino == second.st_ino;
}

/* Does the shim, when it holds @program, read this file? */
static bool is_read_for(const struct check_subject *const subject,
			const struct check_program *const program)
{
	static struct report report;
	struct lookup lookup = program->lookup;
	struct lookup_result found;
	size_t i;

	lookup.notice = ignore;
	/* That a file has a fault is told elsewhere. */
	if (lookup_profiles(&lookup, &found, &report))
		return true;
	for (i = 0; i < found.match_count; i++)
		if (is_same_file(found.matches[i].profile->origin.file,
				 subject->path))
			return true;
	return false;
}

/* The file templates/x.ini is read for [@x]. */
void check_template_name(const struct check *const check,
			 const struct check_subject *const subject)
{
	const struct profile_file *const file = subject->file;
	const char *const name = strrchr(subject->path, '/') + 1;
	const size_t length = strlen(name) - strlen(".ini");
	size_t i;

	if (!subject->of_templates)
		return;
	for (i = 0; i < file->profile_count; i++) {
		const char *const section = file->profiles[i].section;

		if (section[0] == '@' && strlen(section) == length + 1 &&
		    memcmp(section + 1, name, length) == 0)
			return;
	}
	check_tell(check, subject, NULL, NULL,
		   "call the file as its section is called",
		   "has no section [@%.*s], for which alone it is read",
		   (int)length, name);
}

void check_never_read(const struct check *const check,
		      const struct check_subject *const subject)
{
	const struct check_program *const first = subject->programs;
	char file[NAME_MAX + 1] = "";
	size_t i;

	if (subject->of_templates || subject->source != CHECK_LAYER ||
	    !subject->program_count ||
	    strcmp(strrchr(subject->path, '/') + 1, MAIN_FILE) == 0)
		return;
	for (i = 0; i < subject->program_count; i++)
		if (is_read_for(subject, &subject->programs[i]))
			return;
	lookup_file_name(first->lookup.files[0].name_count
				 ? first->lookup.files[0].names[0]
				 : first->path,
			 file, sizeof(file));
	check_tell(check, subject, NULL, NULL,
		   "rename it, or move its sections to landlock.ini",
		   "no start of a program asks for it: %s is found by %s",
		   first->path, file);
}
