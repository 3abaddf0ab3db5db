// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Keeps the first faults of a section or file, and tells of them.
 */
#include "profile_faults.h"

#include <errno.h>

#include "arena.h"
#include "format.h"

#define CAUSE_BYTES 512

struct origin profile_place_origin(const struct profile_place *const place)
{
	return (struct origin){
		.file = place->file->path,
		.line = place->line,
		.included_by = place->included_by,
	};
}

static int add(const struct profile_place *const place,
	       struct profile_fault **const faults, size_t *const count,
	       const char *const remedy, const char *const cause,
	       va_list arguments) __attribute__((format(printf, 5, 0)));

static int add(const struct profile_place *const place,
	       struct profile_fault **const faults, size_t *const count,
	       const char *const remedy, const char *const cause,
	       va_list arguments)
{
	char text[CAUSE_BYTES];
	struct profile_fault fault = { .remedy = remedy,
				       .origin = profile_place_origin(place) };
	struct profile_fault *grown;

	if (*count == PROFILE_FAULTS_MAX)
		return 0;
	format_list(text, sizeof(text), cause, arguments);
	fault.cause = arena_text(text);
	if (place->key)
		fault.key = arena_text(place->key);
	grown = arena_append(*faults, *count, sizeof(fault));
	if (!fault.cause || (place->key && !fault.key) || !grown)
		return -ENOMEM;
	*faults = grown;
	grown[(*count)++] = fault;
	return 0;
}

int profile_fault(const struct profile_place *const place,
		  const char *const remedy, const char *const cause, ...)
{
	va_list arguments;
	int error;

	va_start(arguments, cause);
	error = add(place, &place->profile->faults,
		    &place->profile->fault_count, remedy, cause, arguments);
	va_end(arguments);
	return error;
}

int profile_file_fault(const struct profile_place *const place,
		       const char *const remedy, const char *const cause, ...)
{
	va_list arguments;
	int error;

	va_start(arguments, cause);
	error = add(place, &place->file->faults, &place->file->fault_count,
		    remedy, cause, arguments);
	va_end(arguments);
	return error;
}

int profile_fault_report(const struct profile_fault *const fault,
			 struct report *const report)
{
	return report_fill_at(report, -EINVAL, &fault->origin, fault->key,
			      fault->remedy, "%s", fault->cause);
}

int profile_faults_tell(const struct profile_fault *const faults,
			const size_t count, report_notice_t *const notice,
			struct report *const report)
{
	struct report *told;
	size_t i;

	if (!count)
		return 0;
	told = arena_take(1, sizeof(*told));
	if (!told)
		return report_no_memory(report);
	for (i = 0; i < count; i++) {
		profile_fault_report(&faults[i], told);
		notice(told);
	}
	return 0;
}

int profile_check(const struct profile *const profile,
		  report_notice_t *const notice, struct report *const report)
{
	if (!profile->fault_count || profile->mode == PROFILE_OFF)
		return 0;
	if (profile->mode == PROFILE_ENFORCE &&
	    profile->on_error == PROFILE_ON_ERROR_FAIL)
		return profile_fault_report(profile->faults, report);
	return profile_faults_tell(profile->faults, profile->fault_count,
				   notice, report);
}
