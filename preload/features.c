// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Probes that leave no trace: each is a call that cannot succeed, or only asks.
 */
#include "features.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <linux/bpf.h>

#ifndef __NR_landlock_create_ruleset
#define __NR_landlock_create_ruleset 444
#endif
#ifndef __NR_lsm_get_self_attr
#define __NR_lsm_get_self_attr 459
#endif

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

enum features_rules features_rules_from_errno(const int error)
{
	switch (error) {
	case EOPNOTSUPP:
		return FEATURES_RULES_OFF;
	case EPERM:  /* no no_new_privs and no capability */
	case EFAULT: /* allowed, and the pointer was looked at */
		return FEATURES_RULES_ON;
	default: /* EINVAL; or ENOSYS, EACCES, … from a seccomp filter */
		return FEATURES_RULES_ABSENT;
	}
}

enum features_rules features_rules(void)
{
	const int saved_errno = errno;
	const long error =
		syscall(__NR_seccomp, SECCOMP_PREPEND_LANDLOCK_RULE, 0, NULL);
	const enum features_rules rules =
		features_rules_from_errno(error ? errno : 0);

	errno = saved_errno;
	return rules;
}

/* The first ABI can't be asked for. */
static int rules_abi(const enum features_rules rules)
{
	const int saved_errno = errno;
	long version;

	if (rules != FEATURES_RULES_ON)
		return 0;
	version = syscall(__NR_seccomp, SECCOMP_PREPEND_LANDLOCK_RULE,
			  LANDLOCK_RULE_PREPEND_ABI, NULL);
	errno = saved_errno;
	return version > 0 ? (int)version : 1;
}

static int mainline_abi(void)
{
	const int saved_errno = errno;
	const long version = syscall(__NR_landlock_create_ruleset, NULL, 0,
				     CREATE_RULESET_VERSION);

	errno = saved_errno;
	return version > 0 ? (int)version : 0;
}

/*
 * Loading takes CAP_SYS_ADMIN in the initial user namespace, as does asking for
 * the id of the first program; capget(2) would tell of any namespace's.
 */
static bool may_load(void)
{
	const int saved_errno = errno;
	union bpf_attr attr = { .start_id = 0 };
	const long error =
		syscall(__NR_bpf, BPF_PROG_GET_NEXT_ID, &attr, sizeof(attr));
	const bool allowed = !error || errno == ENOENT;

	errno = saved_errno;
	return allowed;
}

void features_probe(struct features *const features)
{
	const enum features_rules rules = features_rules();

	*features = (struct features){
		.rules = rules,
		.rules_abi = rules_abi(rules),
		.mainline_abi = mainline_abi(),
		.may_load = may_load(),
	};
}

int features_inside(struct features_inside *const inside)
{
	const int saved_errno = errno;
	/* The five events of ABI 2 full of rules, and more. */
	uint32_t size =
		sizeof(struct self_attr) +
		8 * LANDLOCK_RULE_MAX_STACK * sizeof(struct landlock_rule_info);
	struct self_attr *const answer = calloc(1, size);
	long contexts;
	int error = 0;

	*inside = (struct features_inside){ 0 };
	if (!answer) {
		error = -ENOMEM;
		goto out;
	}
	answer->id = LANDLOCK_RULE_LSM_ID;
	contexts = syscall(__NR_lsm_get_self_attr, ATTR_CURRENT, answer, &size,
			   FLAG_SINGLE);
	if (contexts < 0) {
		/* No such system call, or no such LSM that answers. */
		if (errno != ENOSYS && errno != EOPNOTSUPP && errno != EINVAL)
			error = -errno;
		goto out;
	}
	if (!contexts || answer->ctx_len < sizeof(*inside->rules))
		goto out;
	inside->count = answer->ctx_len / sizeof(*inside->rules);
	inside->rules = malloc(inside->count * sizeof(*inside->rules));
	if (!inside->rules) {
		inside->count = 0;
		error = -ENOMEM;
		goto out;
	}
	memcpy(inside->rules, answer->rules,
	       inside->count * sizeof(*inside->rules));
out:
	free(answer);
	errno = saved_errno;
	return error;
}

void features_inside_free(struct features_inside *const inside)
{
	free(inside->rules);
	*inside = (struct features_inside){ 0 };
}
