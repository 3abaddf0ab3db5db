// SPDX-License-Identifier: LGPL-2.1-or-later
/* Every key of a profile, held against every kernel. */
#include "plan.h"

#include <errno.h>
#include <string.h>

#include "mainline_abi.h"

#include "../suite.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#define ABI_NEWEST 7
#define LINE 3

#define READ (MAINLINE_FS_READ_FILE | MAINLINE_FS_READ_DIR)
#define WRITE_1                                                                \
	(READ | MAINLINE_FS_WRITE_FILE | MAINLINE_FS_REMOVE_DIR |              \
	 MAINLINE_FS_REMOVE_FILE | MAINLINE_FS_MAKE_CHAR |                     \
	 MAINLINE_FS_MAKE_DIR | MAINLINE_FS_MAKE_REG | MAINLINE_FS_MAKE_SOCK | \
	 MAINLINE_FS_MAKE_FIFO | MAINLINE_FS_MAKE_BLOCK |                      \
	 MAINLINE_FS_MAKE_SYM)

static const struct origin origin = { .file = "a.ini", .line = LINE };

enum directive {
	DIRECTIVE_READ,
	DIRECTIVE_WRITE,
	DIRECTIVE_EXEC,
	DIRECTIVE_DENY,
	DIRECTIVE_HIDE,
	DIRECTIVE_CONNECT_TCP,
	DIRECTIVE_BIND_TCP,
	DIRECTIVE_ABSTRACT_UNIX,
	DIRECTIVE_SIGNAL,
	DIRECTIVE_RULE,
	DIRECTIVE_COUNT,
};

/*
 * From which ABI on a directive is enforced at all, and from which on without
 * a gap. 0: on a kernel with rules alone.
 */
static const struct {
	const char *key;
	int enforced;
	int whole;
	uint64_t net, scoped;
} directives[DIRECTIVE_COUNT] = {
	[DIRECTIVE_READ] = { "read", 1, 5, 0, 0 },
	[DIRECTIVE_WRITE] = { "write", 1, 5, 0, 0 },
	[DIRECTIVE_EXEC] = { "exec", 1, 5, 0, 0 },
	[DIRECTIVE_DENY] = { "deny", 1, 5, 0, 0 },
	[DIRECTIVE_HIDE] = { "hide", 1, 5, 0, 0 },
	[DIRECTIVE_CONNECT_TCP] = { "connect-tcp", 4, 4,
				    MAINLINE_NET_CONNECT_TCP, 0 },
	[DIRECTIVE_BIND_TCP] = { "bind-tcp", 4, 4, MAINLINE_NET_BIND_TCP, 0 },
	[DIRECTIVE_ABSTRACT_UNIX] = { "scope", 6, 6, 0,
				      MAINLINE_SCOPE_ABSTRACT_UNIX },
	[DIRECTIVE_SIGNAL] = { "scope", 6, 6, 0, MAINLINE_SCOPE_SIGNAL },
	[DIRECTIVE_RULE] = { "rule", 0, 0, 0, 0 },
};

/* What `write` includes with an ABI, and how many rights are still to come. */
static const struct {
	uint64_t write;
	size_t gaps;
} abis[ABI_NEWEST + 1] = {
	{ 0, 1 },
	{ WRITE_1, 3 },
	{ WRITE_1 | MAINLINE_FS_REFER, 2 },
	{ WRITE_1 | MAINLINE_FS_REFER | MAINLINE_FS_TRUNCATE, 1 },
	{ WRITE_1 | MAINLINE_FS_REFER | MAINLINE_FS_TRUNCATE, 1 },
	{ WRITE_1 | MAINLINE_FS_REFER | MAINLINE_FS_TRUNCATE |
		  MAINLINE_FS_IOCTL_DEV,
	  0 },
	{ WRITE_1 | MAINLINE_FS_REFER | MAINLINE_FS_TRUNCATE |
		  MAINLINE_FS_IOCTL_DEV,
	  0 },
	{ WRITE_1 | MAINLINE_FS_REFER | MAINLINE_FS_TRUNCATE |
		  MAINLINE_FS_IOCTL_DEV,
	  0 },
};

static void ask(struct profile *const profile, const enum directive directive)
{
	static struct profile_path path;
	static struct profile_rule rule;

	*profile = (struct profile){ .section = "/a" };
	switch (directive) {
	case DIRECTIVE_CONNECT_TCP:
	case DIRECTIVE_BIND_TCP:
		profile->ports[directive - DIRECTIVE_CONNECT_TCP] =
			(struct profile_use_of_ports){ .restricted = true,
						       .origin = origin };
		break;
	case DIRECTIVE_ABSTRACT_UNIX:
	case DIRECTIVE_SIGNAL:
		profile->scopes[directive - DIRECTIVE_ABSTRACT_UNIX] = origin;
		break;
	case DIRECTIVE_RULE:
		rule = (struct profile_rule){ .origin = origin };
		profile->rules = &rule;
		profile->rule_count = 1;
		break;
	default:
		path = (struct profile_path){
			.access = (enum profile_access)directive,
			.origin = origin,
		};
		profile->paths = &path;
		profile->path_count = 1;
	}
}

/* Those that a kernel makes: limits are there on every one. */
static size_t count_gaps(const struct plan *const plan)
{
	size_t count = 0, i;

	for (i = 0; i < plan->gap_count; i++)
		count += plan->gaps[i].kind != PLAN_GAP_LIMIT;
	return count;
}

static void check_paths(const struct plan *const plan, const int abi)
{
	ck_assert_uint_eq(plan->handled_fs,
			  abi ? abis[abi].write | MAINLINE_FS_EXECUTE : 0);
	ck_assert_uint_eq(plan->rights[PROFILE_READ], abi ? READ : 0);
	ck_assert_uint_eq(plan->rights[PROFILE_EXEC],
			  abi ? READ | MAINLINE_FS_EXECUTE : 0);
	ck_assert_uint_eq(plan->rights[PROFILE_WRITE], abis[abi].write);
	ck_assert_uint_eq(plan->rights[PROFILE_DENY], 0);
	ck_assert_uint_eq(plan->rights[PROFILE_HIDE], 0);
	ck_assert_uint_eq(count_gaps(plan), abis[abi].gaps);
}

/* Landlock rules of a kernel, and what they are to who asks. */
static const struct rules {
	enum features_rules state;
	int abi;
	bool may_load;
	bool views; /* paths are enforced by them */
} all_rules[] = {
	{ FEATURES_RULES_ABSENT, 0, true, false },
	{ FEATURES_RULES_OFF, 0, true, false },
	{ FEATURES_RULES_ON, 1, true, false },
	{ FEATURES_RULES_ON, 2, false, false },
	{ FEATURES_RULES_ON, 2, true, true },
};

static void check_view(const enum directive directive,
		       const struct features *const features)
{
	struct profile profile;
	struct plan plan;

	ask(&profile, directive);
	ck_assert_int_eq(plan_make(&profile, features, &plan), 0);
	ck_assert_int_eq(plan.paths_by, PLAN_PATHS_VIEW);
	ck_assert_uint_eq(plan.gap_count, 0);
	ck_assert(!plan_needs_ruleset(&plan));
}

static void check(const enum directive directive, const int abi,
		  const struct rules *const rules)
{
	const struct features features = { .rules = rules->state,
					   .rules_abi = rules->abi,
					   .may_load = rules->may_load,
					   .mainline_abi = abi };
	const bool is_rule = directive == DIRECTIVE_RULE;
	const bool enforced = is_rule ? rules->state == FEATURES_RULES_ON
				      : abi >= directives[directive].enforced;
	const bool whole =
		is_rule ? enforced : abi >= directives[directive].whole;
	struct profile profile;
	struct plan plan;
	size_t i;

	if (rules->views && directive <= DIRECTIVE_HIDE) {
		check_view(directive, &features);
		return;
	}
	ask(&profile, directive);
	ck_assert_int_eq(plan_make(&profile, &features, &plan), 0);
	ck_assert_int_ne(plan.paths_by, PLAN_PATHS_VIEW);
	ck_assert_int_eq(count_gaps(&plan) == 0, whole);
	for (i = 0; i < plan.gap_count; i++) {
		ck_assert_str_eq(plan.gaps[i].key, directives[directive].key);
		ck_assert_uint_eq(plan.gaps[i].origin.line, LINE);
		ck_assert_str_ne(plan.gaps[i].cause, "");
		ck_assert_str_ne(plan.gaps[i].remedy, "");
		if (plan.gaps[i].kind != PLAN_GAP_LIMIT)
			ck_assert_int_eq(plan.gaps[i].kind,
					 enforced ? PLAN_GAP_PARTIAL
						  : PLAN_GAP_WHOLE);
	}
	ck_assert_int_eq(plan_needs_ruleset(&plan), enforced && !is_rule);
	ck_assert_uint_eq(plan.handled_net,
			  enforced ? directives[directive].net : 0);
	ck_assert_uint_eq(plan.scoped,
			  enforced ? directives[directive].scoped : 0);
	ck_assert_uint_eq(plan.filter, plan.handled_net ? PLAN_FILTER_TCP : 0);
	if (directive <= DIRECTIVE_HIDE) {
		check_paths(&plan, abi);
		ck_assert_uint_eq(plan.rights_everywhere, 0);
	} else {
		/* Moving files is granted, as another layer may be about them. */
		ck_assert_uint_eq(plan.handled_fs,
				  enforced && !is_rule ? MAINLINE_FS_REFER : 0);
		ck_assert_uint_eq(plan.rights_everywhere, plan.handled_fs);
	}
}

START_TEST(each_kernel_enforces_what_it_knows_and_the_rest_is_a_gap)
{
	size_t i;
	int abi;

	for (abi = 0; abi <= ABI_NEWEST; abi++)
		for (i = 0; i < ARRAY_SIZE(all_rules); i++)
			check((enum directive)_i, abi, &all_rules[i]);
}
END_TEST

static const struct {
	int error;
	const char *cause;
} absences[] = {
	{ -EOPNOTSUPP, "off (EOPNOTSUPP)" },
	{ -EPERM, "filter (EPERM)" },
	{ -ENOSYS, "(ENOSYS)" },
};

START_TEST(why_there_is_no_landlock_is_told_apart)
{
	const struct features features = { .mainline_error =
						   absences[_i].error };
	struct profile profile;
	struct plan plan;
	size_t i;

	for (i = DIRECTIVE_READ; i <= DIRECTIVE_SIGNAL; i++) {
		ask(&profile, (enum directive)i);
		ck_assert_int_eq(plan_make(&profile, &features, &plan), 0);
		ck_assert_uint_eq(plan.gap_count, 1);
		ck_assert_int_eq(plan.gaps[0].kind, PLAN_GAP_WHOLE);
		ck_assert_ptr_nonnull(
			strstr(plan.gaps[0].cause, absences[_i].cause));
	}
}
END_TEST

START_TEST(a_ruleset_tells_the_limits_of_what_it_denies)
{
	const struct features features = { .mainline_abi = ABI_NEWEST };
	static const enum directive limited[] = { DIRECTIVE_DENY,
						  DIRECTIVE_HIDE,
						  DIRECTIVE_CONNECT_TCP,
						  DIRECTIVE_BIND_TCP };
	struct profile profile;
	struct plan plan;

	ask(&profile, limited[_i]);
	ck_assert_int_eq(plan_make(&profile, &features, &plan), 0);
	ck_assert_uint_ge(plan.gap_count, 1);
	ck_assert_int_eq(plan.gaps[0].kind, PLAN_GAP_LIMIT);
	ck_assert_str_eq(plan.gaps[0].key, directives[limited[_i]].key);
}
END_TEST

START_TEST(what_no_key_reaches_is_listed_with_its_consequence)
{
	const struct plan_limit *limit;

	for (limit = plan_limits; limit->subject; limit++) {
		ck_assert_str_ne(limit->subject, "");
		ck_assert_str_ne(limit->consequence, "");
	}
	ck_assert_int_ge(limit - plan_limits, 5);
}
END_TEST

START_TEST(only_what_a_profile_needs_is_asked)
{
	static const unsigned int asks[DIRECTIVE_COUNT] = {
		[DIRECTIVE_READ] = FEATURES_ASK_VIEWS | FEATURES_ASK_MAINLINE,
		[DIRECTIVE_WRITE] = FEATURES_ASK_VIEWS | FEATURES_ASK_MAINLINE,
		[DIRECTIVE_EXEC] = FEATURES_ASK_VIEWS | FEATURES_ASK_MAINLINE,
		[DIRECTIVE_DENY] = FEATURES_ASK_VIEWS | FEATURES_ASK_MAINLINE,
		[DIRECTIVE_HIDE] = FEATURES_ASK_VIEWS | FEATURES_ASK_MAINLINE,
		[DIRECTIVE_CONNECT_TCP] = FEATURES_ASK_MAINLINE,
		[DIRECTIVE_BIND_TCP] = FEATURES_ASK_MAINLINE,
		[DIRECTIVE_ABSTRACT_UNIX] = FEATURES_ASK_MAINLINE,
		[DIRECTIVE_SIGNAL] = FEATURES_ASK_MAINLINE,
		[DIRECTIVE_RULE] = FEATURES_ASK_RULES,
	};
	struct profile profile;

	ask(&profile, (enum directive)_i);
	ck_assert_uint_eq(plan_asks(&profile), asks[_i]);
}
END_TEST

START_TEST(a_profile_that_asks_for_nothing_needs_nothing)
{
	const struct features features = { .rules = FEATURES_RULES_ABSENT };
	const struct profile profile = { .section = "/a" };
	struct plan plan;

	ck_assert_int_eq(plan_make(&profile, &features, &plan), 0);
	ck_assert_uint_eq(plan.gap_count, 0);
	ck_assert(!plan_needs_ruleset(&plan));
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("plan");
	TCase *const all = tcase_create("plan");

	tcase_add_loop_test(
		all, each_kernel_enforces_what_it_knows_and_the_rest_is_a_gap,
		0, DIRECTIVE_COUNT);
	tcase_add_test(all, a_profile_that_asks_for_nothing_needs_nothing);
	tcase_add_loop_test(all, why_there_is_no_landlock_is_told_apart, 0,
			    ARRAY_SIZE(absences));
	tcase_add_loop_test(all, a_ruleset_tells_the_limits_of_what_it_denies,
			    0, 4);
	tcase_add_test(all, what_no_key_reaches_is_listed_with_its_consequence);
	tcase_add_loop_test(all, only_what_a_profile_needs_is_asked, 0,
			    DIRECTIVE_COUNT);
	suite_add_tcase(suite, all);
	return run_suite(suite);
}
