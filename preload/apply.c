// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * First everything that can fail harmlessly, then what cannot be taken back.
 */
#include "apply.h"

#include <string.h>
#include <sys/prctl.h>

#include <linux/landlock_rule.h>

#include "arena.h"
#include "create.h"
#include "extra_paths.h"
#include "features.h"
#include "filter.h"
#include "mainline.h"
#include "nesting.h"
#include "pin.h"
#include "plan.h"
#include "rule.h"
#include "view.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

/* What is applied, in this order for one profile. */
enum step_kind {
	STEP_RULE,
	STEP_VIEW,
	STEP_RULESET,
	STEP_FILTER, /* last, as it may refuse what the others need */
};

struct step {
	enum step_kind kind;
	const struct profile *profile;
	const struct profile_rule *rule; /* of STEP_RULE */
	int fd;	      /* a verified rule, or a complete ruleset; else -1 */
	int view_fd;  /* of STEP_VIEW; else -1 */
	uint32_t log; /* of STEP_RULESET */
	struct filter filter;
};

struct batch {
	const struct apply_options *options;
	struct rule_source source;
	struct paths_extra extra;
	bool may_be_nested;
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
	return report_error_text(error);
}

uid_t apply_object_user(const struct apply_options *const options,
			const struct profile *const profile)
{
	return profile->layer == PROFILE_USER ? options->user : 0;
}

static void drop_steps(struct batch *const batch, const size_t keep)
{
	while (batch->step_count > keep) {
		const struct step *const step =
			&batch->steps[--batch->step_count];

		system_close(step->fd);
		system_close(step->view_fd);
	}
}

/* Takes over the descriptors of @step. */
static int add_step(struct batch *const batch, const struct step step,
		    struct report *const report)
{
	struct step *const steps =
		arena_append(batch->steps, batch->step_count, sizeof(*steps));

	if (!steps) {
		system_close(step.fd);
		system_close(step.view_fd);
		return report_no_memory(report);
	}
	batch->steps = steps;
	steps[batch->step_count++] = step;
	return 0;
}

static bool goes_on(const struct profile *const profile)
{
	return profile->on_error == PROFILE_ON_ERROR_WARN ||
	       profile->mode == PROFILE_COMPLAIN;
}

/* With on-error = warn, what fails is told and left out; with fail it counts. */
static int settle(const struct batch *const batch,
		  const struct profile *const profile, const int error,
		  const struct report *const report)
{
	if (!error || !goes_on(profile))
		return error;
	batch->options->notice(report);
	return 0;
}

static int load_rule(struct batch *const batch,
		     const struct profile *const profile,
		     const struct profile_rule *const rule,
		     struct report *const report)
{
	int fds[PROTOCOL_RULES_MAX];
	const int count = rule_load(&batch->source, rule, 0,
				    apply_object_user(batch->options, profile),
				    fds, report);
	int i, error = 0;

	if (count < 0)
		return count;
	for (i = 0; i < count; i++) {
		const struct step step = { .kind = STEP_RULE,
					   .profile = profile,
					   .rule = rule,
					   .fd = fds[i],
					   .view_fd = -1 };

		if (error)
			system_close(fds[i]);
		else
			error = add_step(batch, step, report);
	}
	return error;
}

static int load_rules(struct batch *const batch,
		      const struct profile *const profile,
		      struct report *const report)
{
	size_t i;
	int error = 0;

	for (i = 0; i < profile->rule_count && !error; i++)
		error = settle(batch, profile,
			       load_rule(batch, profile, &profile->rules[i],
					 report),
			       report);
	return error;
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

		if (gap->of_rule || gap->kind == PLAN_GAP_LIMIT)
			continue;
		report_fill_at(report, -EOPNOTSUPP, &gap->origin, gap->key,
			       gap->remedy, "%s", gap->cause);
		if (gap->kind == PLAN_GAP_WHOLE && !goes_on(plan->profile))
			return -EOPNOTSUPP;
		batch->options->notice(report);
	}
	return 0;
}

/* Each path that is lacking: leaves it out, or fails. */
static int tell_lacking(const struct batch *const batch,
			const struct profile *const profile,
			const struct paths *const paths,
			struct report *const report)
{
	size_t i;
	int error = 0;

	for (i = 0; i < paths->count && !error; i++) {
		const struct paths_entry *const entry = &paths->entries[i];

		if (entry->state == PATHS_LACKING)
			error = settle(batch, profile,
				       paths_fail(entry, entry->error, NULL,
						  report),
				       report);
	}
	return error;
}

/*
 * Makes what is missing and written with a +: after all that could fail without it.
 * Then all is looked up once more, as globs may stand for what was made.
 */
static int make_missing(const struct batch *const batch,
			const struct profile *const profile,
			const struct paths_extra *const extra,
			struct paths *const paths, struct report *const report)
{
	bool made = false;
	size_t i;
	int error = 0;

	for (i = 0; i < paths->count && !error; i++) {
		if (paths->entries[i].state != PATHS_UNMADE)
			continue;
		error = create_missing(&paths->entries[i], batch->may_be_nested,
				       report);
		made |= !error;
		error = error > 0 ? 0 : settle(batch, profile, error, report);
	}
	if (error || !made)
		return error;
	paths_close(paths);
	return paths_open(profile, extra, paths, report);
}

static int find_paths(const struct batch *const batch,
		      const struct plan *const plan, struct paths *const paths,
		      struct report *const report)
{
	const struct profile *const profile = plan->profile;
	struct paths_extra extra = batch->extra;
	int error;

	extra.sockets = plan->sockets_by != PLAN_PATHS_NONE;
	extra.patterns = plan->paths_by == PLAN_PATHS_VIEW;
	error = paths_open(profile, &extra, paths, report);
	if (!error)
		error = tell_lacking(batch, profile, paths, report);
	if (!error && profile->mode == PROFILE_ENFORCE)
		error = make_missing(batch, profile, &extra, paths, report);
	return error;
}

/* Without a view, on-error = warn leaves all paths open: no line says so by itself. */
static int settle_view(const struct batch *const batch,
		       const struct profile *const profile, int error,
		       struct report *const report)
{
	if (!error)
		return 0;
	error = settle(batch, profile, error, report);
	if (error || profile->mode == PROFILE_COMPLAIN)
		return error;
	report_fill_at(report, 0, &profile->origin, NULL,
		       "correct what was told before, or set on-error = fail",
		       "[%s]: none of its paths is enforced", profile->section);
	batch->options->notice(report);
	return 0;
}

/* The rule that compares with a view, in the name of the first line that needs it. */
static int make_view(struct batch *const batch, const struct plan *const plan,
		     struct paths *const paths, struct report *const report)
{
	const struct profile *const profile = plan->profile;
	const struct profile_rule rule = {
		.object = RULE_OF_VIEWS,
		.origin = profile->path_count ? profile->paths[0].origin
					      : profile->sockets.origin,
	};
	struct step step = { .kind = STEP_VIEW, .profile = profile };
	int fds[PROTOCOL_RULES_MAX];
	view_identity_t identity;
	int count;

	step.view_fd = view_make(plan, paths, &identity, report);
	if (step.view_fd < 0)
		return step.view_fd;
	if (plan->view_is_pinned) {
		fds[0] = (int)SYSTEM_CALL(fcntl, batch->source.view_rule,
					  F_DUPFD_CLOEXEC, 0);
		count = fds[0] < 0
				? report_fill_at(report, fds[0], &rule.origin,
						 NULL, NULL, "%s",
						 report_error_text(fds[0]))
				: 1;
	} else {
		count = rule_load(&batch->source, &rule, identity, 0, fds,
				  report);
	}
	if (count <= 0) {
		system_close(step.view_fd);
		return count;
	}
	step.fd = fds[0];
	return add_step(batch, step, report);
}

static int make_ruleset(struct batch *const batch,
			const struct plan *const plan,
			struct paths *const paths, struct report *const report)
{
	struct step step = { .kind = STEP_RULESET,
			     .profile = plan->profile,
			     .view_fd = -1,
			     .log = plan->log };

	step.fd = mainline_ruleset(plan, paths, batch->options->notice, report);
	return step.fd < 0 ? step.fd : add_step(batch, step, report);
}

/* What the kernel does not tell of: the process may be under it already. */
static int make_untold(struct batch *const batch, const struct plan *const plan,
		       struct paths *const paths, struct report *const report)
{
	struct step filter = {
		.kind = STEP_FILTER,
		.profile = plan->profile,
		.fd = -1,
		.view_fd = -1,
		.filter = { .refuses = plan->filter,
			    .families = plan->families,
			    .witnesses = nesting_needs_witness(
				    plan, batch->may_be_nested),
			    .identity = nesting_identity(plan, paths) },
	};
	int error = 0;

	if (batch->may_be_nested &&
	    nesting_is_inside(plan, paths, &filter.filter))
		return 0;
	/* Of what was left out, nobody is told that it is there. */
	if (plan->view_is_pinned) {
		error = make_view(batch, plan, paths, report);
		filter.filter.witnesses &= !error;
		error = settle_view(batch, plan->profile, error, report);
	}
	if (!error && plan_needs_ruleset(plan)) {
		error = make_ruleset(batch, plan, paths, report);
		filter.filter.witnesses &= !error;
		error = settle(batch, plan->profile, error, report);
	}
	if (!error && (filter.filter.refuses || filter.filter.witnesses))
		error = add_step(batch, filter, report);
	return error;
}

/* Makes what enforces the keys of a profile other than rule. */
static int make_plan(struct batch *const batch,
		     const struct profile *const profile,
		     struct report *const report)
{
	struct paths paths = { 0 };
	struct features features;
	struct plan plan;
	int error;

	rule_probe(&batch->source, plan_asks(profile), &features);
	if (plan_make(profile, &features, &plan))
		return report_no_memory(report);
	error = tell_gaps(batch, &plan, report);
	if (!error && plan_needs_paths(&plan))
		error = find_paths(batch, &plan, &paths, report);
	if (!error && plan_needs_view(&plan) && !plan.view_is_pinned)
		error = settle_view(batch, profile,
				    make_view(batch, &plan, &paths, report),
				    report);
	if (!error &&
	    (plan.view_is_pinned || plan_needs_ruleset(&plan) || plan.filter))
		error = make_untold(batch, &plan, &paths, report);
	paths_close(&paths);
	return error;
}

/* Loads, and leaves out what is not to be enforced. */
static int prepare_profile(struct batch *const batch,
			   const struct profile *const profile,
			   struct report *const report)
{
	const size_t before = batch->step_count;
	int error;

	if (profile->mode == PROFILE_OFF)
		return 0;
	error = profile_check(profile, batch->options->notice, report);
	if (!error)
		error = load_rules(batch, profile, report);
	if (!error)
		error = make_plan(batch, profile, report);
	if (error)
		return error;
	if (profile->mode == PROFILE_COMPLAIN) {
		drop_steps(batch, before);
		report_fill_at(report, 0, &profile->origin, "mode",
			       "set mode = enforce to have it enforced",
			       "complain: nothing of [%s] is enforced",
			       profile->section);
		batch->options->notice(report);
	}
	return 0;
}

static int prepend_rule(const struct step *const step)
{
	const struct landlock_rule_prepend prepend = {
		.prog_fd = step->fd,
		.view_fd = step->view_fd,
	};

	return step->kind == STEP_VIEW
		       ? (int)SYSTEM_CALL(seccomp,
					  SECCOMP_PREPEND_LANDLOCK_RULE,
					  LANDLOCK_RULE_PREPEND_VIEW, &prepend)
		       : (int)SYSTEM_CALL(seccomp,
					  SECCOMP_PREPEND_LANDLOCK_RULE, 0,
					  &step->fd);
}

static int apply_step(const struct step *const step, const size_t done,
		      struct report *const report)
{
	static const char *const names[] = {
		[STEP_RULE] = "",
		[STEP_VIEW] = "the view of its paths",
		[STEP_RULESET] = "the ruleset",
		[STEP_FILTER] = "the seccomp filter",
	};
	const struct origin origin =
		step->rule ? step->rule->origin : step->profile->origin;
	int error;

	switch (step->kind) {
	case STEP_RULESET:
		error = mainline_restrict(step->fd, step->log);
		break;
	case STEP_FILTER:
		error = step->filter.refuses || step->filter.witnesses
				? filter_apply(&step->filter)
				: 0;
		break;
	default:
		error = prepend_rule(step);
	}
	if (!error)
		return 0;
	return report_fill_at(report, error, &origin,
			      step->rule ? "rule" : NULL, NULL,
			      "%s%s%s%s cannot be applied: %s%s",
			      step->rule ? step->rule->object : "[",
			      step->rule ? "" : step->profile->section,
			      step->rule ? "" : "]: ", names[step->kind],
			      step->kind == STEP_FILTER
				      ? report_error_text(error)
				      : apply_error_text(error),
			      done ? "; what was applied before it stays" : "");
}

/* Nor is there to be a witness for a view or a ruleset that could not be applied. */
static void take_witness(const struct batch *const batch, const size_t failed)
{
	size_t i;

	if (batch->steps[failed].kind == STEP_RULE)
		return;
	for (i = failed + 1; i < batch->step_count; i++)
		if (batch->steps[i].profile == batch->steps[failed].profile &&
		    batch->steps[i].kind == STEP_FILTER)
			batch->steps[i].filter.witnesses = false;
}

static int apply_steps(const struct batch *const batch,
		       struct report *const report)
{
	size_t i, done = 0;
	int error;

	for (i = 0; i < batch->step_count; i++) {
		const struct step *const step = &batch->steps[i];

		error = apply_step(step, done, report);
		done += !error;
		if (error)
			take_witness(batch, i);
		error = settle(batch, step->profile, error, report);
		if (error)
			return error;
	}
	return 0;
}

/* Without it, nothing can be applied: of no profile then, if all are to go on. */
static int promise(struct batch *const batch, struct report *const report)
{
	int error = (int)SYSTEM_CALL(prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	size_t i;

	if (!error)
		return 0;
	report_fill(report, error, NULL, 0, NULL, NULL,
		    "no_new_privs cannot be set: %s", report_error_text(error));
	for (i = 0; i < batch->step_count; i++)
		if (!goes_on(batch->steps[i].profile))
			return error;
	batch->options->notice(report);
	drop_steps(batch, 0);
	return 0;
}

int apply_profiles(const struct lookup_result *const profiles,
		   const struct apply_options *const options,
		   struct report *const report)
{
	struct batch batch = {
		.options = options,
		.source = { .directory = options->rule_directory,
			    .loader = LANDLOCK_PKGLIBDIR "/landlock-loader",
			    .has_pins = pin_is_there(),
			    .view_rule = -1 },
		.may_be_nested = nesting_is_possible(),
	};
	size_t i;
	int error = 0;

	if (extra_paths(options->user_directory, batch.source.has_pins,
			&batch.extra))
		return report_no_memory(report);
	for (i = 0; i < profiles->match_count && !error; i++)
		error = prepare_profile(&batch, profiles->matches[i].profile,
					report);
	if (!error && batch.step_count)
		error = promise(&batch, report);
	if (!error)
		error = apply_steps(&batch, report);
	drop_steps(&batch, 0);
	rule_end(&batch.source);
	return error;
}
