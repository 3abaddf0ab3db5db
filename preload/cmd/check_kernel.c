// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Checks of what the running kernel enforces of a profile, and of its rules.
 */
#include <errno.h>
#include <limits.h>
#include <unistd.h>

#include "apply.h"
#include "check.h"
#include "cmd.h"
#include "rule.h"
#include "trust.h"

static void tell_gaps(const struct check *const check,
		      const struct check_subject *const subject,
		      const unsigned int kinds)
{
	size_t i;

	if (subject->profile->mode == PROFILE_OFF)
		return;
	for (i = 0; i < subject->plan->gap_count; i++) {
		const struct plan_gap *const gap = &subject->plan->gaps[i];

		if (kinds & 1U << gap->kind)
			check_tell(check, subject, &gap->origin, gap->key,
				   gap->remedy, "%s", gap->cause);
	}
}

void check_gaps(const struct check *const check,
		const struct check_subject *const subject)
{
	const bool warns = subject->profile->on_error == PROFILE_ON_ERROR_WARN;

	tell_gaps(check, subject,
		  1U << PLAN_GAP_PARTIAL | (warns ? 0 : 1U << PLAN_GAP_WHOLE));
}

void check_left_out(const struct check *const check,
		    const struct check_subject *const subject)
{
	if (subject->profile->on_error == PROFILE_ON_ERROR_WARN)
		tell_gaps(check, subject, 1U << PLAN_GAP_WHOLE);
}

void check_limits(const struct check *const check,
		  const struct check_subject *const subject)
{
	tell_gaps(check, subject, 1U << PLAN_GAP_LIMIT);
}

void check_rules(const struct check *const check,
		 const struct check_subject *const subject)
{
	static struct report report;
	struct apply_options options;
	char path[PATH_MAX];
	size_t i;

	cmd_apply_options(subject->lookup, &options);
	for (i = 0; i < subject->profile->rule_count; i++) {
		const struct profile_rule *const rule =
			&subject->profile->rules[i];
		int fd;

		if (rule_path(rule->object, options.rule_directory, path,
			      sizeof(path)))
			fd = -ENOENT;
		else
			fd = trust_open(path,
					apply_object_user(&options,
							  subject->profile),
					TRUST_CODE, &report);
		if (fd >= 0)
			close(fd);
		else
			check_tell(check, subject, &rule->origin, "rule",
				   fd == -ENOENT
					   ? "name a file of "
					     "/usr/lib/landlock_shim/rules, or "
					     "an absolute path"
					   : report.remedy,
				   "%s %s", rule->object,
				   fd == -ENOENT ? "does not exist"
						 : report.cause);
	}
}
