// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * First everything that can fail harmlessly, then what cannot be taken back.
 */
#include "apply.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <linux/landlock_rule.h>

#include "rule.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

/* A verified rule and who asked for it. */
struct step {
	int prog_fd;
	const struct profile *profile;
	const struct profile_rule *rule;
};

struct plan {
	const struct apply_options *options;
	struct rule_source source;
	struct step *steps;
	size_t step_count;
};

static const struct {
	int error;
	const char *text;
} apply_errors[] = {
	{ EOPNOTSUPP, "Landlock rules are built into this kernel but off" },
	{ EINVAL, "this kernel has no Landlock rules" },
	{ EPERM, "no_new_privs could not be set" },
	{ E2BIG, "too many rules are stacked on this process already" },
};

const char *apply_error_text(const int error)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(apply_errors); i++)
		if (apply_errors[i].error == -error)
			return apply_errors[i].text;
	return strerror(-error);
}

uid_t apply_object_user(const struct apply_options *const options,
			const struct profile *const profile)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(options->user_origins); i++) {
		const char *const origin = options->user_origins[i];
		const size_t length = origin ? strlen(origin) : 0;

		if (length &&
		    strncmp(profile->origin.file, origin, length) == 0 &&
		    (profile->origin.file[length] == '/' ||
		     profile->origin.file[length] == '\0'))
			return options->user;
	}
	return 0;
}

static void drop_steps(struct plan *const plan, const size_t keep)
{
	while (plan->step_count > keep)
		close(plan->steps[--plan->step_count].prog_fd);
}

static int load_profile(struct plan *const plan,
			const struct profile *const profile,
			struct report *const report)
{
	const uid_t user = apply_object_user(plan->options, profile);
	const size_t before = plan->step_count;
	struct loader_rule rules[LOADER_RULES_MAX];
	size_t i;
	int j, count;

	for (i = 0; i < profile->rule_count; i++) {
		count = rule_load(&plan->source, &profile->rules[i], user,
				  rules, report);
		if (count < 0) {
			drop_steps(plan, before);
			return count;
		}
		for (j = 0; j < count; j++)
			plan->steps[plan->step_count++] = (struct step){
				.prog_fd = rules[j].prog_fd,
				.profile = profile,
				.rule = &profile->rules[i],
			};
	}
	return 0;
}

/* Loads, and leaves out what is not to be enforced. */
static int plan_profile(struct plan *const plan,
			const struct profile *const profile,
			struct report *const report)
{
	const size_t before = plan->step_count;
	const bool complains = profile->mode == PROFILE_COMPLAIN;
	int error;

	if (profile->mode == PROFILE_OFF)
		return 0;
	error = load_profile(plan, profile, report);
	if (error && profile->on_error == PROFILE_ON_ERROR_FAIL && !complains)
		return error;
	if (error)
		plan->options->notice(report);
	if (complains) {
		drop_steps(plan, before);
		report_fill(report, 0, profile->origin.file,
			    profile->origin.line, "mode",
			    "set mode = enforce to have them applied",
			    "complain: the rules of [%s] are not applied",
			    profile->section);
		plan->options->notice(report);
	}
	return 0;
}

static int apply_step(const struct step *const step, const size_t done,
		      struct report *const report)
{
	int error;

	if (!syscall(__NR_seccomp, SECCOMP_PREPEND_LANDLOCK_RULE, 0,
		     &step->prog_fd))
		return 0;
	error = -errno;
	return report_fill(report, error, step->rule->origin.file,
			   step->rule->origin.line, "rule", NULL,
			   "%s cannot be applied: %s%s", step->rule->object,
			   apply_error_text(error),
			   done ? "; what was applied before it stays" : "");
}

static int apply_steps(const struct plan *const plan,
		       struct report *const report)
{
	const struct profile *failed = NULL;
	size_t i, done = 0;
	int error;

	for (i = 0; i < plan->step_count; i++) {
		const struct step *const step = &plan->steps[i];

		if (step->profile == failed)
			continue;
		error = apply_step(step, done, report);
		if (!error) {
			done++;
			continue;
		}
		if (step->profile->on_error == PROFILE_ON_ERROR_FAIL)
			return error;
		plan->options->notice(report);
		failed = step->profile;
	}
	return 0;
}

int apply_profiles(const struct lookup_result *const profiles,
		   const struct apply_options *const options,
		   struct report *const report)
{
	struct plan plan = { .options = options };
	size_t i, rule_count = 0;
	int error;

	for (i = 0; i < profiles->profile_count; i++)
		rule_count += profiles->profiles[i]->rule_count;
	error = rule_source_open(&plan.source, options->rule_directory, report);
	if (error)
		return error;
	plan.steps =
		calloc(rule_count * LOADER_RULES_MAX + 1, sizeof(*plan.steps));
	if (!plan.steps) {
		error = report_fill(report, -ENOMEM, NULL, 0, NULL, NULL,
				    "no memory");
		goto out;
	}

	for (i = 0; i < profiles->profile_count && !error; i++)
		error = plan_profile(&plan, profiles->profiles[i], report);
	if (error)
		goto out;
	if (plan.step_count && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) {
		error = report_fill(report, -errno, NULL, 0, NULL, NULL,
				    "no_new_privs cannot be set: %m");
		goto out;
	}
	error = apply_steps(&plan, report);
out:
	drop_steps(&plan, 0);
	free(plan.steps);
	rule_source_close(&plan.source);
	return error;
}
