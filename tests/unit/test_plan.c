// SPDX-License-Identifier: LGPL-2.1-or-later
/* Every key of a profile, held against every kernel. */
#include "plan.h"

#include <errno.h>
#include <string.h>

#include "fs_paths.h"
#include "mainline_abi.h"

#include "../suite.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
/* One more than is known: what it brings is left alone. */
#define ABI_NEWEST (MAINLINE_ABI_KNOWN + 1)
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
	DIRECTIVE_CONNECT_UNIX,
	DIRECTIVE_CONNECT_TCP, /* as enum profile_port_use */
	DIRECTIVE_BIND_TCP,
	DIRECTIVE_CONNECT_UDP,
	DIRECTIVE_BIND_UDP,
	DIRECTIVE_ABSTRACT_UNIX, /* as enum profile_scope */
	DIRECTIVE_SIGNAL,
	DIRECTIVE_TERMINAL,
	DIRECTIVE_NETWORK,
	DIRECTIVE_RULE,
	DIRECTIVE_COUNT,
};

#define FAMILIES UINT64_C(0x406)

/*
 * From which ABI on a directive is enforced at all, and from which on without
 * a gap. 0: on a kernel with rules, or seccomp filters, alone.
 */
static const struct {
	const char *key;
	int enforced;
	int whole;
	uint64_t fs, net, scoped;
	unsigned int filter; /* needs one */
} directives[DIRECTIVE_COUNT] = {
	[DIRECTIVE_READ] = { "read", 1, 5, 0, 0, 0, 0 },
	[DIRECTIVE_WRITE] = { "write", 1, 5, 0, 0, 0, 0 },
	[DIRECTIVE_EXEC] = { "exec", 1, 5, 0, 0, 0, 0 },
	[DIRECTIVE_DENY] = { "deny", 1, 5, 0, 0, 0, 0 },
	[DIRECTIVE_HIDE] = { "hide", 1, 5, 0, 0, 0, 0 },
	[DIRECTIVE_CONNECT_UNIX] = { "connect-unix", 9, 9,
				     MAINLINE_FS_RESOLVE_UNIX, 0, 0, 0 },
	[DIRECTIVE_CONNECT_TCP] = { "connect-tcp", 4, 4, 0,
				    MAINLINE_NET_CONNECT_TCP, 0,
				    PLAN_FILTER_TCP },
	[DIRECTIVE_BIND_TCP] = { "bind-tcp", 4, 4, 0, MAINLINE_NET_BIND_TCP, 0,
				 PLAN_FILTER_TCP },
	[DIRECTIVE_CONNECT_UDP] = { "connect-udp", 10, 10, 0,
				    MAINLINE_NET_CONNECT_SEND_UDP, 0,
				    PLAN_FILTER_UDP },
	[DIRECTIVE_BIND_UDP] = { "bind-udp", 10, 10, 0, MAINLINE_NET_BIND_UDP,
				 0, PLAN_FILTER_UDP },
	[DIRECTIVE_ABSTRACT_UNIX] = { "scope", 6, 6, 0, 0,
				      MAINLINE_SCOPE_ABSTRACT_UNIX, 0 },
	[DIRECTIVE_SIGNAL] = { "scope", 6, 6, 0, 0, MAINLINE_SCOPE_SIGNAL, 0 },
	[DIRECTIVE_TERMINAL] = { "scope", 0, 0, 0, 0, 0, PLAN_FILTER_TERMINAL },
	[DIRECTIVE_NETWORK] = { "network", 0, 0, 0, 0, 0, PLAN_FILTER_NETWORK },
	[DIRECTIVE_RULE] = { "rule", 0, 0, 0, 0, 0, 0 },
};

/* What `write` includes with an ABI, and how many rights are still to come; of newer
 * ones as of the last. */
static const struct {
	uint64_t write;
	size_t gaps;
} abis[] = {
	{ 0, 1 },
	{ WRITE_1, 3 },
	{ WRITE_1 | MAINLINE_FS_REFER, 2 },
	{ WRITE_1 | MAINLINE_FS_REFER | MAINLINE_FS_TRUNCATE, 1 },
	{ WRITE_1 | MAINLINE_FS_REFER | MAINLINE_FS_TRUNCATE, 1 },
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
	case DIRECTIVE_CONNECT_UDP:
	case DIRECTIVE_BIND_UDP:
		profile->ports[directive - DIRECTIVE_CONNECT_TCP] =
			(struct profile_use_of_ports){ .restricted = true,
						       .origin = origin };
		break;
	case DIRECTIVE_ABSTRACT_UNIX:
	case DIRECTIVE_SIGNAL:
	case DIRECTIVE_TERMINAL:
		profile->scopes[directive - DIRECTIVE_ABSTRACT_UNIX] = origin;
		break;
	case DIRECTIVE_NETWORK:
		profile->network = (struct profile_network){
			.restricted = true,
			.families = FAMILIES,
			.origin = origin,
		};
		break;
	case DIRECTIVE_CONNECT_UNIX:
		profile->sockets = (struct profile_sockets){ .restricted = true,
							     .origin = origin };
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

static void check_paths(const struct plan *const plan, int abi)
{
	if (abi >= (int)ARRAY_SIZE(abis))
		abi = ARRAY_SIZE(abis) - 1;
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
	bool pinned;
	bool views; /* paths and connect-unix are enforced by them */
} all_rules[] = {
	{ FEATURES_RULES_ABSENT, 0, true, false, false },
	{ FEATURES_RULES_OFF, 0, true, true, false },
	{ FEATURES_RULES_ON, 1, true, true, false },
	{ FEATURES_RULES_ON, 2, true, true, false },
	{ FEATURES_RULES_ON, 3, false, false, false },
	{ FEATURES_RULES_ON, 3, true, false, true },
	{ FEATURES_RULES_ON, 3, false, true, true },
	{ FEATURES_RULES_ON, 3, true, true, true },
};

static void check_view(const enum directive directive,
		       const struct features *const features)
{
	struct profile profile;
	struct plan plan;

	ask(&profile, directive);
	ck_assert_int_eq(plan_make(&profile, features, &plan), 0);
	if (directive == DIRECTIVE_CONNECT_UNIX) {
		ck_assert_int_eq(plan.sockets_by, PLAN_PATHS_VIEW);
		ck_assert_int_eq(plan.paths_by, PLAN_PATHS_NONE);
	} else {
		ck_assert_int_eq(plan.paths_by, PLAN_PATHS_VIEW);
		ck_assert_int_eq(plan.sockets_by, PLAN_PATHS_NONE);
	}
	ck_assert_int_eq(plan.view_is_pinned, features->view_is_pinned);
	ck_assert_uint_eq(plan.gap_count, 0);
	ck_assert(plan_needs_view(&plan) && plan_needs_paths(&plan));
	ck_assert(!plan_needs_ruleset(&plan));
}

static void check(const enum directive directive, const int abi,
		  const struct rules *const rules, const bool filters)
{
	const struct features features = { .rules = rules->state,
					   .rules_abi = rules->abi,
					   .may_load = rules->may_load,
					   .view_is_pinned = rules->pinned,
					   .mainline_abi = abi,
					   .filters = filters };
	const bool is_rule = directive == DIRECTIVE_RULE;
	const unsigned int filter = directives[directive].filter;
	const bool enforced = is_rule ? rules->state == FEATURES_RULES_ON
				      : abi >= directives[directive].enforced &&
						(filters || !filter);
	const bool whole =
		enforced && (is_rule || abi >= directives[directive].whole);
	const bool ruleset = directives[directive].enforced && enforced;
	struct profile profile;
	struct plan plan;
	size_t i;

	if (rules->views && (directive <= DIRECTIVE_HIDE ||
			     directive == DIRECTIVE_CONNECT_UNIX)) {
		check_view(directive, &features);
		return;
	}
	ask(&profile, directive);
	ck_assert_int_eq(plan_make(&profile, &features, &plan), 0);
	ck_assert(!plan_needs_view(&plan));
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
	ck_assert_int_eq(plan_needs_ruleset(&plan), ruleset);
	ck_assert_int_eq(plan.mainline_abi, ruleset ? abi : 0);
	ck_assert_uint_eq(plan.handled_net,
			  enforced ? directives[directive].net : 0);
	ck_assert_uint_eq(plan.scoped,
			  enforced ? directives[directive].scoped : 0);
	ck_assert_uint_eq(plan.filter, enforced ? filter : 0);
	ck_assert_uint_eq(plan.families,
			  plan.filter & PLAN_FILTER_NETWORK ? FAMILIES : 0);
	ck_assert_uint_eq(plan.log, 0);
	if (directive <= DIRECTIVE_HIDE) {
		check_paths(&plan, abi);
		ck_assert_uint_eq(plan.rights_everywhere, 0);
	} else {
		/* Moving files is granted, as another layer may be about them. */
		ck_assert_uint_eq(plan.handled_fs,
				  ruleset ? MAINLINE_FS_REFER |
						    directives[directive].fs
					  : 0);
		ck_assert_uint_eq(plan.rights_everywhere,
				  ruleset ? MAINLINE_FS_REFER : 0);
		ck_assert_uint_eq(plan.rights[PROFILE_CONNECT],
				  ruleset ? directives[directive].fs : 0);
		ck_assert_int_eq(plan_needs_paths(&plan),
				 plan.rights[PROFILE_CONNECT] != 0);
	}
}

START_TEST(each_kernel_enforces_what_it_knows_and_the_rest_is_a_gap)
{
	size_t i;
	int abi;

	for (abi = 0; abi <= ABI_NEWEST; abi++)
		for (i = 0; i < ARRAY_SIZE(all_rules); i++) {
			check((enum directive)_i, abi, &all_rules[i], true);
			check((enum directive)_i, abi, &all_rules[i], false);
		}
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

	for (i = DIRECTIVE_READ; i < DIRECTIVE_RULE; i++) {
		if (!directives[i].enforced)
			continue;
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
	const struct features features = { .mainline_abi = ABI_NEWEST,
					   .filters = true };
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

/* Who sends without having bound is bound to port 0. */
static const struct {
	bool connect, connects_somewhere, bind;
	bool zero;
} udp_uses[] = {
	{ true, false, true, false },  { true, true, true, true },
	{ false, false, true, true },  { true, true, false, false },
	{ true, false, false, false }, { false, false, false, false },
};

START_TEST(who_may_send_datagrams_may_bind_port_zero_and_is_told_so)
{
	const struct features features = { .mainline_abi = MAINLINE_ABI_UDP,
					   .filters = true };
	struct profile_ports range = { 53, 53 };
	struct profile profile = { .section = "/a" };
	struct plan plan;
	size_t i, told = 0;

	profile.ports[PROFILE_CONNECT_UDP] = (struct profile_use_of_ports){
		.restricted = udp_uses[_i].connect,
		.ranges = &range,
		.range_count = udp_uses[_i].connects_somewhere,
	};
	profile.ports[PROFILE_BIND_UDP].restricted = udp_uses[_i].bind;
	ck_assert_int_eq(plan_make(&profile, &features, &plan), 0);
	ck_assert_int_eq(plan.binds_any_udp, udp_uses[_i].zero);
	for (i = 0; i < plan.gap_count; i++)
		told += strstr(plan.gaps[i].cause, "port 0") != NULL;
	ck_assert_uint_eq(told, udp_uses[_i].zero);
}
END_TEST

START_TEST(what_cannot_be_said_of_udp_names_the_key_that_can)
{
	const struct features features = { .mainline_abi = MAINLINE_ABI_UDP - 1,
					   .filters = true };
	struct profile profile;
	struct plan plan;

	ask(&profile, DIRECTIVE_CONNECT_UDP);
	ck_assert_int_eq(plan_make(&profile, &features, &plan), 0);
	ck_assert_uint_eq(plan.gap_count, 1);
	ck_assert_ptr_nonnull(strstr(plan.gaps[0].remedy, "network"));
}
END_TEST

/* Who cannot load finds a rule pinned, or does without: told by `landlock show`. */
START_TEST(a_rule_that_can_not_be_loaded_has_to_be_at_hand)
{
	static const bool yes = true, no = false;
	static const struct {
		bool may_load;
		const bool *at_hand;
		size_t gaps;
	} cases[] = {
		{ false, &no, 1 },
		{ false, &yes, 0 },
		{ true, &no, 0 },
		{ false, NULL, 0 },
	};
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct features features = {
			.rules = FEATURES_RULES_ON,
			.rules_abi = 3,
			.may_load = cases[i].may_load,
			.rules_at_hand = cases[i].at_hand,
		};
		struct profile profile;
		struct plan plan;

		ask(&profile, DIRECTIVE_RULE);
		ck_assert_int_eq(plan_make(&profile, &features, &plan), 0);
		ck_assert_uint_eq(plan.gap_count, cases[i].gaps);
		if (plan.gap_count)
			ck_assert_int_eq(plan.gaps[0].kind, PLAN_GAP_WHOLE);
	}
}
END_TEST

START_TEST(a_view_holds_sockets_with_a_path_as_well)
{
	const struct features features = { .rules = FEATURES_RULES_ON,
					   .rules_abi = 3,
					   .may_load = true,
					   .mainline_abi = ABI_NEWEST,
					   .filters = true };
	struct profile profile;
	struct plan plan;

	ask(&profile, DIRECTIVE_READ);
	profile.sockets = (struct profile_sockets){ .restricted = true,
						    .origin = origin };
	ck_assert_int_eq(plan_make(&profile, &features, &plan), 0);
	ck_assert_int_eq(plan.paths_by, PLAN_PATHS_VIEW);
	ck_assert_int_eq(plan.sockets_by, PLAN_PATHS_VIEW);
	ck_assert_uint_eq(plan.handled_fs, 0);
	ck_assert_uint_eq(plan.gap_count, 0);
	ck_assert_uint_eq(plan_view_elsewhere(&plan), FS_PATHS_SEE);
}
END_TEST

START_TEST(what_a_view_does_not_restrict_it_grants_elsewhere)
{
	const struct plan paths = { .paths_by = PLAN_PATHS_VIEW };
	const struct plan sockets = { .sockets_by = PLAN_PATHS_VIEW };

	ck_assert_uint_eq(plan_view_elsewhere(&paths),
			  FS_PATHS_SEE | FS_PATHS_CONNECT);
	ck_assert_uint_eq(plan_view_elsewhere(&sockets),
			  FS_PATHS_SEE | FS_PATHS_READ | FS_PATHS_CHANGE |
				  FS_PATHS_EXEC);
}
END_TEST

START_TEST(sockets_and_paths_are_of_one_ruleset)
{
	const struct features features = { .mainline_abi = MAINLINE_ABI_UNIX };
	struct profile profile;
	struct plan plan;

	ask(&profile, DIRECTIVE_READ);
	profile.sockets.restricted = true;
	ck_assert_int_eq(plan_make(&profile, &features, &plan), 0);
	ck_assert_uint_eq(plan.handled_fs, abis[ARRAY_SIZE(abis) - 1].write |
						   MAINLINE_FS_EXECUTE |
						   MAINLINE_FS_RESOLVE_UNIX);
	ck_assert_uint_eq(plan.rights[PROFILE_READ], READ);
	ck_assert_uint_eq(plan.rights_everywhere, 0);
}
END_TEST

/* What log asks for, of a profile with a ruleset and without, from ABI 7 on. */
static const struct {
	enum profile_log log;
	uint32_t flags;
	bool limited; /* told where it can't be had */
} logs[] = {
	{ PROFILE_LOG_DEFAULT, 0, false },
	{ PROFILE_LOG_NONE, 1U << 0 | 1U << 2, false },
	{ PROFILE_LOG_SELF, 0, true },
	{ PROFILE_LOG_ALL, 1U << 1, true },
};

START_TEST(whose_denials_are_recorded_is_said_where_the_kernel_knows)
{
	struct features features = { .filters = true };
	struct profile profile;
	struct plan plan;
	int abi, has_ruleset;

	for (abi = 1; abi <= ABI_NEWEST; abi++)
		for (has_ruleset = 0; has_ruleset < 2; has_ruleset++) {
			const bool can = abi >= 7 && has_ruleset;
			size_t told = 0, i;

			features.mainline_abi = abi;
			ask(&profile,
			    has_ruleset ? DIRECTIVE_READ : DIRECTIVE_NETWORK);
			profile.log = logs[_i].log;
			profile.log_origin = origin;
			ck_assert_int_eq(plan_make(&profile, &features, &plan),
					 0);
			ck_assert_uint_eq(plan.log, can ? logs[_i].flags : 0);
			for (i = 0; i < plan.gap_count; i++) {
				if (strcmp(plan.gaps[i].key, "log") != 0)
					continue;
				told++;
				ck_assert_int_eq(plan.gaps[i].kind,
						 PLAN_GAP_LIMIT);
			}
			ck_assert_uint_eq(told, logs[_i].limited && !can);
		}
}
END_TEST

START_TEST(a_filter_alone_says_what_leads_around_it)
{
	const struct features features = { .mainline_abi = ABI_NEWEST,
					   .filters = true };
	static const enum directive alone[] = { DIRECTIVE_NETWORK,
						DIRECTIVE_TERMINAL };
	struct profile profile;
	struct plan plan;

	ask(&profile, alone[_i]);
	ck_assert_int_eq(plan_make(&profile, &features, &plan), 0);
	ck_assert_ptr_nonnull(strstr(plan.gaps[0].cause, "ptrace(2)"));
	profile.scopes[PROFILE_SCOPE_SIGNAL] = origin;
	ck_assert_int_eq(plan_make(&profile, &features, &plan), 0);
	ck_assert_uint_eq(plan.gap_count, 0);
}
END_TEST

/* Every gap at once: the plan has room for them. */
START_TEST(a_profile_that_asks_for_all_is_told_of_all)
{
	const struct features kernels[] = {
		{ .filters = false },
		{ .mainline_abi = 1 },
		{ .mainline_abi = ABI_NEWEST, .filters = true },
	};
	struct profile_path paths[] = {
		{ .access = PROFILE_DENY, .origin = origin },
		{ .access = PROFILE_HIDE, .origin = origin },
	};
	struct profile_ports range = { 1, 2 };
	struct profile profile;
	struct plan plan;
	size_t i;

	ask(&profile, DIRECTIVE_RULE);
	profile.paths = paths;
	profile.path_count = 2;
	for (i = 0; i < PROFILE_PORT_USE_COUNT; i++)
		profile.ports[i] = (struct profile_use_of_ports){
			.restricted = true,
			.ranges = &range,
			.range_count = 1,
		};
	for (i = 0; i < PROFILE_SCOPE_COUNT; i++)
		profile.scopes[i] = origin;
	profile.network.restricted = profile.sockets.restricted = true;
	profile.log = PROFILE_LOG_ALL;
	ck_assert_int_eq(plan_make(&profile, &kernels[_i], &plan), 0);
	ck_assert_uint_ge(plan.gap_count, 5);
	for (i = 0; i < plan.gap_count; i++)
		ck_assert_ptr_nonnull(plan.gaps[i].cause);
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
		[DIRECTIVE_CONNECT_TCP] =
			FEATURES_ASK_MAINLINE | FEATURES_ASK_FILTERS,
		[DIRECTIVE_BIND_TCP] =
			FEATURES_ASK_MAINLINE | FEATURES_ASK_FILTERS,
		[DIRECTIVE_ABSTRACT_UNIX] = FEATURES_ASK_MAINLINE,
		[DIRECTIVE_SIGNAL] = FEATURES_ASK_MAINLINE,
		[DIRECTIVE_CONNECT_UDP] =
			FEATURES_ASK_MAINLINE | FEATURES_ASK_FILTERS,
		[DIRECTIVE_BIND_UDP] =
			FEATURES_ASK_MAINLINE | FEATURES_ASK_FILTERS,
		[DIRECTIVE_CONNECT_UNIX] =
			FEATURES_ASK_VIEWS | FEATURES_ASK_MAINLINE,
		[DIRECTIVE_TERMINAL] = FEATURES_ASK_FILTERS,
		[DIRECTIVE_NETWORK] = FEATURES_ASK_FILTERS,
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
	tcase_add_loop_test(
		all, who_may_send_datagrams_may_bind_port_zero_and_is_told_so,
		0, ARRAY_SIZE(udp_uses));
	tcase_add_test(all, what_cannot_be_said_of_udp_names_the_key_that_can);
	tcase_add_test(all, a_rule_that_can_not_be_loaded_has_to_be_at_hand);
	tcase_add_test(all, a_view_holds_sockets_with_a_path_as_well);
	tcase_add_test(all, what_a_view_does_not_restrict_it_grants_elsewhere);
	tcase_add_test(all, sockets_and_paths_are_of_one_ruleset);
	tcase_add_loop_test(
		all, whose_denials_are_recorded_is_said_where_the_kernel_knows,
		0, ARRAY_SIZE(logs));
	tcase_add_loop_test(all, a_filter_alone_says_what_leads_around_it, 0,
			    2);
	tcase_add_loop_test(all, a_profile_that_asks_for_all_is_told_of_all, 0,
			    3);
	tcase_add_test(all, what_no_key_reaches_is_listed_with_its_consequence);
	tcase_add_loop_test(all, only_what_a_profile_needs_is_asked, 0,
			    DIRECTIVE_COUNT);
	suite_add_tcase(suite, all);
	return run_suite(suite);
}
