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

#include "features.h"
#include "mainline.h"
#include "plan.h"
#include "rule.h"
#include "view.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

/* A verified rule, or a ruleset that is complete, and who asked for it. */
struct step {
	int fd;
	int view_fd; /* that the rule is applied with; -1: none */
	const struct profile *profile;
	const struct profile_rule *rule; /* NULL: the ruleset of the profile */
};

struct batch {
	const struct apply_options *options;
	struct features features;
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
	{ E2BIG, "too many are stacked on this process already" },
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

static void drop_steps(struct batch *const batch, const size_t keep)
{
	while (batch->step_count > keep) {
		const struct step *const step =
			&batch->steps[--batch->step_count];

		close(step->fd);
		if (step->view_fd >= 0)
			close(step->view_fd);
	}
}

static int load_profile(struct batch *const batch,
			const struct profile *const profile,
			struct report *const report)
{
	const uid_t user = apply_object_user(batch->options, profile);
	const size_t before = batch->step_count;
	struct loader_rule rules[LOADER_RULES_MAX];
	size_t i;
	int j, count;

	for (i = 0; i < profile->rule_count; i++) {
		count = rule_load(&batch->source, &profile->rules[i], 0, user,
				  rules, report);
		if (count < 0) {
			drop_steps(batch, before);
			return count;
		}
		for (j = 0; j < count; j++)
			batch->steps[batch->step_count++] = (struct step){
				.fd = rules[j].prog_fd,
				.view_fd = -1,
				.profile = profile,
				.rule = &profile->rules[i],
			};
	}
	return 0;
}

/*
 * Tells of what the kernel lacks. Rules are left out here: who loads them says
 * better what is missing.
 */
static int tell_gaps(const struct batch *const batch,
		     const struct plan *const plan, struct report *const report)
{
	size_t i;

	for (i = 0; i < plan->gap_count; i++) {
		const struct plan_gap *const gap = &plan->gaps[i];
		const bool fatal =
			!gap->partial &&
			plan->profile->on_error == PROFILE_ON_ERROR_FAIL &&
			plan->profile->mode != PROFILE_COMPLAIN;

		if (gap->of_rule)
			continue;
		report_fill(report, -EOPNOTSUPP, gap->origin.file,
			    gap->origin.line, gap->key, gap->remedy, "%s",
			    gap->cause);
		if (fatal)
			return -EOPNOTSUPP;
		batch->options->notice(report);
	}
	return 0;
}

static int make_ruleset(struct batch *const batch,
			const struct plan *const plan,
			const char *const *const readable,
			struct report *const report)
{
	const int fd = mainline_ruleset(plan, readable, report);

	if (fd < 0)
		return fd;
	batch->steps[batch->step_count++] = (struct step){
		.fd = fd,
		.view_fd = -1,
		.profile = plan->profile,
	};
	return 0;
}

/* The rule that compares with a view, in the name of the first path's line. */
static int make_view(struct batch *const batch, const struct plan *const plan,
		     const char *const *const readable,
		     struct report *const report)
{
	static char object[] = "fs_paths.o";
	static const struct profile_rule fs_paths = { .object = object };
	struct loader_rule rules[LOADER_RULES_MAX];
	struct profile_rule rule = fs_paths;
	view_identity_t identity;
	int count, view_fd;

	view_fd = view_make(plan, readable, &identity, report);
	if (view_fd < 0)
		return view_fd;
	rule.origin = plan->profile->paths[0].origin;
	count = rule_load(&batch->source, &rule, identity, 0, rules, report);
	if (count <= 0) {
		close(view_fd);
		return count;
	}
	batch->steps[batch->step_count++] = (struct step){
		.fd = rules[0].prog_fd,
		.view_fd = view_fd,
		.profile = plan->profile,
	};
	return 0;
}

/*
 * Makes what enforces the keys of a profile other than rule, the last of its
 * steps. The shim wakes up in what the program starts as well: it has to find
 * itself and the profiles.
 */
static int make_plan(struct batch *const batch,
		     const struct profile *const profile,
		     struct report *const report)
{
	const char *const readable[] = {
		SYSCONFDIR "/landlock.ini",
		SYSCONFDIR "/landlock.d",
		LANDLOCK_LIBDIR,
		LANDLOCK_LIBDIR "/../liblandlock_shim.so",
		batch->options->user_origins[0],
		NULL,
	};
	struct plan plan;
	int error;

	if (plan_make(profile, &batch->features, &plan))
		return report_fill(report, -ENOMEM, NULL, 0, NULL, NULL,
				   "no memory");
	error = tell_gaps(batch, &plan, report);
	if (!error && plan.paths_by == PLAN_PATHS_VIEW)
		error = make_view(batch, &plan, readable, report);
	if (!error && plan_needs_ruleset(&plan))
		error = make_ruleset(batch, &plan, readable, report);
	plan_free(&plan);
	return error;
}

/*
 * With on-error = warn, a kernel without rules still enforces what it can;
 * anything else that is wrong fails the profile whole.
 */
static int prepare_steps(struct batch *const batch,
			 const struct profile *const profile,
			 struct report *const report)
{
	const size_t before = batch->step_count;
	int error = load_profile(batch, profile, report);

	if (error == -EOPNOTSUPP &&
	    profile->on_error == PROFILE_ON_ERROR_WARN) {
		batch->options->notice(report);
		error = 0;
	}
	if (!error)
		error = make_plan(batch, profile, report);
	if (error)
		drop_steps(batch, before);
	return error;
}

/* Loads, and leaves out what is not to be enforced. */
static int prepare_profile(struct batch *const batch,
			   const struct profile *const profile,
			   struct report *const report)
{
	const size_t before = batch->step_count;
	const bool complains = profile->mode == PROFILE_COMPLAIN;
	int error;

	if (profile->mode == PROFILE_OFF)
		return 0;
	error = prepare_steps(batch, profile, report);
	if (error && profile->on_error == PROFILE_ON_ERROR_FAIL && !complains)
		return error;
	if (error)
		batch->options->notice(report);
	if (complains) {
		drop_steps(batch, before);
		report_fill(report, 0, profile->origin.file,
			    profile->origin.line, "mode",
			    "set mode = enforce to have it enforced",
			    "complain: nothing of [%s] is enforced",
			    profile->section);
		batch->options->notice(report);
	}
	return 0;
}

static int apply_view(const struct step *const step)
{
	const struct landlock_rule_prepend prepend = {
		.prog_fd = step->fd,
		.view_fd = step->view_fd,
	};

	return syscall(__NR_seccomp, SECCOMP_PREPEND_LANDLOCK_RULE,
		       LANDLOCK_RULE_PREPEND_VIEW, &prepend)
		       ? -errno
		       : 0;
}

static int apply_step(const struct step *const step, const size_t done,
		      struct report *const report)
{
	const char *const before =
		done ? "; what was applied before it stays" : "";
	int error;

	if (!step->rule) {
		error = step->view_fd < 0 ? mainline_restrict(step->fd)
					  : apply_view(step);
		return error ? report_fill(
				       report, error,
				       step->profile->origin.file,
				       step->profile->origin.line, NULL, NULL,
				       "the %s of [%s] cannot be applied: %s%s",
				       step->view_fd < 0 ? "ruleset" : "view",
				       step->profile->section,
				       apply_error_text(error), before)
			     : 0;
	}
	if (!syscall(__NR_seccomp, SECCOMP_PREPEND_LANDLOCK_RULE, 0, &step->fd))
		return 0;
	error = -errno;
	return report_fill(report, error, step->rule->origin.file,
			   step->rule->origin.line, "rule", NULL,
			   "%s cannot be applied: %s%s", step->rule->object,
			   apply_error_text(error), before);
}

static int apply_steps(const struct batch *const batch,
		       struct report *const report)
{
	const struct profile *failed = NULL;
	size_t i, done = 0;
	int error;

	for (i = 0; i < batch->step_count; i++) {
		const struct step *const step = &batch->steps[i];

		if (step->profile == failed)
			continue;
		error = apply_step(step, done, report);
		if (!error) {
			done++;
			continue;
		}
		if (step->profile->on_error == PROFILE_ON_ERROR_FAIL)
			return error;
		batch->options->notice(report);
		failed = step->profile;
	}
	return 0;
}

int apply_profiles(const struct lookup_result *const profiles,
		   const struct apply_options *const options,
		   struct report *const report)
{
	struct batch batch = { .options = options };
	size_t i, rule_count = 0;
	int error;

	for (i = 0; i < profiles->profile_count; i++)
		rule_count += profiles->profiles[i]->rule_count;
	features_probe(&batch.features);
	error = rule_source_open(&batch.source, options->rule_directory,
				 report);
	if (error)
		return error;
	/* Each profile may have a view and a ruleset besides. */
	batch.steps = calloc(rule_count * LOADER_RULES_MAX +
				     2 * profiles->profile_count + 1,
			     sizeof(*batch.steps));
	if (!batch.steps) {
		error = report_fill(report, -ENOMEM, NULL, 0, NULL, NULL,
				    "no memory");
		goto out;
	}

	for (i = 0; i < profiles->profile_count && !error; i++)
		error = prepare_profile(&batch, profiles->profiles[i], report);
	if (error)
		goto out;
	if (batch.step_count && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) {
		error = report_fill(report, -errno, NULL, 0, NULL, NULL,
				    "no_new_privs cannot be set: %m");
		goto out;
	}
	error = apply_steps(&batch, report);
out:
	drop_steps(&batch, 0);
	free(batch.steps);
	rule_source_close(&batch.source);
	return error;
}
