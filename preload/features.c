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

#include <linux/capability.h>

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

static int mainline_abi(void)
{
	const int saved_errno = errno;
	const long version = syscall(__NR_landlock_create_ruleset, NULL, 0,
				     CREATE_RULESET_VERSION);

	errno = saved_errno;
	return version > 0 ? (int)version : 0;
}

static bool has_cap_sys_admin(void)
{
	const int saved_errno = errno;
	struct __user_cap_header_struct header = {
		.version = _LINUX_CAPABILITY_VERSION_3,
	};
	struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3] = { 0 };
	const long error = syscall(__NR_capget, &header, data);

	errno = saved_errno;
	return !error && data[CAP_TO_INDEX(CAP_SYS_ADMIN)].effective &
				 CAP_TO_MASK(CAP_SYS_ADMIN);
}

void features_probe(struct features *const features)
{
	*features = (struct features){
		.rules = features_rules(),
		.mainline_abi = mainline_abi(),
		.may_load = has_cap_sys_admin(),
	};
}

int features_inside(struct features_inside *const inside)
{
	const int saved_errno = errno;
	/* The four events of ABI 1 full of rules, and as much again. */
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
