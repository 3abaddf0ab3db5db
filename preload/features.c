// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Probes that leave no trace: each is a call that cannot succeed, or only asks.
 */
#include "features.h"

#include <string.h>
#include <sys/prctl.h>

#include <linux/bpf.h>
#include <linux/capability.h>
#include <linux/seccomp.h>

#include "arena.h"
#include "system.h"

/* From linux/landlock.h and linux/lsm.h, which older systems do not have. */
#define CREATE_RULESET_VERSION 1U
#define ATTR_CURRENT 100U
#define FLAG_SINGLE 1U

/* struct lsm_ctx, its ctx at the end being our array. */
struct self_attr {
	uint64_t id;
	uint64_t flags;
	uint64_t len;
	uint64_t ctx_len;
	struct landlock_rule_info rules[];
};

enum features_rules features_rules_from_error(const int error)
{
	switch (error) {
	case -EOPNOTSUPP:
		return FEATURES_RULES_OFF;
	case -EPERM:  /* no no_new_privs and no capability */
	case -EFAULT: /* allowed, and the pointer was looked at */
		return FEATURES_RULES_ON;
	default: /* EINVAL; or ENOSYS, EACCES, … from a seccomp filter */
		return FEATURES_RULES_ABSENT;
	}
}

enum features_rules features_rules(void)
{
	return features_rules_from_error(
		(int)SYSTEM_CALL(seccomp, SECCOMP_PREPEND_LANDLOCK_RULE, 0, 0));
}

/*
 * The first ABI can't be asked for.  A filter that answers EPERM to all it does
 * not know is no kernel with rules: such a kernel answers the question for the ABI,
 * or takes its flag for invalid.
 */
static int rules_abi(void)
{
	const long version = SYSTEM_CALL(seccomp, SECCOMP_PREPEND_LANDLOCK_RULE,
					 LANDLOCK_RULE_PREPEND_ABI, 0);

	if (version == -EPERM)
		return 0;
	return version > 0 ? (int)version : 1;
}

/* Without the capability in any namespace, rules can't be loaded in this one. */
static bool has_sys_admin(void)
{
	struct __user_cap_header_struct header = {
		.version = _LINUX_CAPABILITY_VERSION_3,
	};
	struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3] = { 0 };

	return !SYSTEM_CALL(capget, &header, data) &&
	       data[CAP_TO_INDEX(CAP_SYS_ADMIN)].effective &
		       CAP_TO_MASK(CAP_SYS_ADMIN);
}

/*
 * Loading takes CAP_SYS_ADMIN in the initial user namespace, as does asking for
 * the id of the first program; capget(2) would tell of any namespace's.
 */
static bool may_load(void)
{
	union bpf_attr attr;
	long error;

	memset(&attr, 0, sizeof(attr));
	error = SYSTEM_CALL(bpf, BPF_PROG_GET_NEXT_ID, &attr, sizeof(attr));
	return !error || error == -ENOENT;
}

static void probe_rules(struct features *const features)
{
	features->rules = features_rules();
	if (features->rules != FEATURES_RULES_ON)
		return;
	features->rules_abi = rules_abi();
	if (!features->rules_abi)
		features->rules = FEATURES_RULES_ABSENT;
}

static void probe_mainline(struct features *const features)
{
	const long version = SYSTEM_CALL(landlock_create_ruleset, 0, 0,
					 CREATE_RULESET_VERSION);

	if (version > 0)
		features->mainline_abi = (int)version;
	else
		features->mainline_error = (int)version;
}

/*
 * A filter that is nowhere is EFAULT.  Whatever else somebody's filter answers, it is
 * for who applies one to find out.
 */
static bool has_filters(void)
{
	const long error =
		SYSTEM_CALL(prctl, PR_SET_SECCOMP, SECCOMP_MODE_FILTER, 0);

	return error != -EINVAL && error != -ENOSYS;
}

void features_probe(const unsigned int ask, struct features *const features)
{
	const bool might_load = ask & FEATURES_ASK_VIEWS && has_sys_admin();

	*features = (struct features){ .rules = FEATURES_RULES_ABSENT };
	if (ask & FEATURES_ASK_RULES || might_load)
		probe_rules(features);
	if (might_load && features->rules == FEATURES_RULES_ON)
		features->may_load = may_load();
	if (ask & FEATURES_ASK_MAINLINE)
		probe_mainline(features);
	if (ask & FEATURES_ASK_FILTERS)
		features->filters = has_filters();
}

int features_inside(struct features_inside *const inside)
{
	/* The five events of ABI 2 full of rules, and more. */
	uint32_t size =
		sizeof(struct self_attr) +
		8 * LANDLOCK_RULE_MAX_STACK * sizeof(struct landlock_rule_info);
	struct self_attr *const answer = arena_take(1, size);
	long contexts;

	*inside = (struct features_inside){ 0 };
	if (!answer)
		return -ENOMEM;
	answer->id = LANDLOCK_RULE_LSM_ID;
	contexts = SYSTEM_CALL(lsm_get_self_attr, ATTR_CURRENT, answer, &size,
			       FLAG_SINGLE);
	/*
	 * No such system call, a filter that refuses it, or no such LSM that
	 * answers: rules that are applied once more do no harm.
	 */
	if (contexts == -ENOSYS || contexts == -EPERM ||
	    contexts == -EOPNOTSUPP || contexts == -EINVAL)
		return 0;
	if (contexts < 0)
		return (int)contexts;
	if (contexts && answer->ctx_len >= sizeof(*inside->rules)) {
		inside->count =
			(size_t)answer->ctx_len / sizeof(*inside->rules);
		inside->rules = answer->rules;
	}
	return 0;
}
