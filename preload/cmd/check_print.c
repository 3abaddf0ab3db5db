// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Prints findings and notes, and counts what counts.
 */
#include "check_print.h"

#include <stdarg.h>
#include <stdio.h>

#include "arena.h"
#include "check.h"
#include "format.h"
#include "print.h"

static const char *const level_words[CHECK_LEVEL_COUNT] = {
	[CHECK_FINDING] = "finding",
	[CHECK_NOTE] = "note",
	[CHECK_DETAIL] = "detail",
};

static bool is_json, is_verbose;
static size_t findings, told;

/* One of them. */
struct telling {
	const struct check *check;
	const char *section;
	struct origin origin;
	const char *key;
	const char *cause;
	const char *remedy;
};

static void print_chain(const struct origin *origin)
{
	const char *separator = " (included by ";

	for (origin = origin->included_by; origin;
	     origin = origin->included_by) {
		fputs(separator, stdout);
		print_text(origin->file);
		printf(":%u", origin->line);
		separator = ", by ";
		if (!origin->included_by)
			putchar(')');
	}
}

static void print_line(const struct telling *const telling)
{
	if (telling->origin.file) {
		print_text(telling->origin.file);
		if (telling->origin.line)
			printf(":%u", telling->origin.line);
		fputs(": ", stdout);
	}
	if (telling->check->level != CHECK_FINDING)
		fputs("note: ", stdout);
	if (telling->key && *telling->key) {
		print_text(telling->key);
		fputs(": ", stdout);
	}
	print_text(telling->cause);
	print_chain(&telling->origin);
	if (telling->remedy && *telling->remedy) {
		fputs("; ", stdout);
		print_text(telling->remedy);
	}
	printf(" [%s]\n", telling->check->id);
}

static void print_json_chain(const struct origin *origin)
{
	const char *separator = "";

	fputs(", \"included_by\": [", stdout);
	for (origin = origin->included_by; origin;
	     origin = origin->included_by) {
		fputs(separator, stdout);
		print_json_member("{", "file", origin->file);
		printf(", \"line\": %u}", origin->line);
		separator = ", ";
	}
	putchar(']');
}

static void print_json_object(const struct telling *const telling)
{
	print_json_member(told ? ",\n{" : "{", "level",
			  level_words[telling->check->level]);
	print_json_member(", ", "id", telling->check->id);
	print_json_member(", ", "file", telling->origin.file);
	printf(", \"line\": %u", telling->origin.line);
	print_json_chain(&telling->origin);
	print_json_member(", ", "section", telling->section);
	print_json_member(", ", "key", telling->key);
	print_json_member(", ", "cause", telling->cause);
	print_json_member(", ", "remedy", telling->remedy);
	putchar('}');
}

static void tell(const struct telling *const telling)
{
	if (telling->check->level == CHECK_DETAIL && !is_verbose)
		return;
	findings += telling->check->level == CHECK_FINDING;
	(is_json ? print_json_object : print_line)(telling);
	told++;
}

/* Takes the outermost include off. */
static void drop_last(struct origin *const origin)
{
	struct origin *at = origin;

	while (at && at->included_by) {
		struct origin *const outer = arena_take(1, sizeof(*outer));

		if (outer)
			*outer = *at->included_by;
		at->included_by = outer && outer->included_by ? outer : NULL;
		at = outer;
	}
}

void check_tell(const struct check *const check,
		const struct check_subject *const subject,
		const struct origin *const origin, const char *const key,
		const char *const remedy, const char *const cause, ...)
{
	char text[sizeof(((struct report *)NULL)->cause)];
	struct telling telling = {
		.check = check,
		.section = subject->profile ? subject->profile->section : NULL,
		.origin = { .file = subject->path },
		.key = key,
		.cause = text,
		.remedy = remedy,
	};
	va_list arguments;

	if (origin)
		telling.origin = *origin;
	/* The include that stands for all of a template is nobody's. */
	if (subject->is_template) {
		telling.section = NULL;
		drop_last(&telling.origin);
	}
	va_start(arguments, cause);
	format_list(text, sizeof(text), cause, arguments);
	va_end(arguments);
	tell(&telling);
}

void check_tell_report(const struct check *const check,
		       const struct report *const report)
{
	tell(&(struct telling){
		.check = check,
		.origin = { .file = report->file[0] ? report->file : NULL,
			    .line = report->line },
		.key = report->key[0] ? report->key : NULL,
		.cause = report->cause,
		.remedy = report->remedy[0] ? report->remedy : NULL,
	});
}

void check_print_begin(const bool json, const bool verbose)
{
	is_json = json;
	is_verbose = verbose;
	if (json)
		fputs("{\"all\": [", stdout);
}

size_t check_print_end(const size_t files)
{
	if (is_json)
		printf("], \"findings\": %zu, \"files\": %zu}\n", findings,
		       files);
	else if (findings)
		printf("%zu %s in %zu %s\n", findings,
		       findings == 1 ? "finding" : "findings", files,
		       files == 1 ? "file" : "files");
	else
		printf("%zu %s, nothing to mend\n", files,
		       files == 1 ? "file" : "files");
	return findings;
}
