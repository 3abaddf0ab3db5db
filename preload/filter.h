/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A seccomp filter: what neither a ruleset nor a view can refuse, and a witness
 * that says which profile a process is under already.
 *
 * Mainline Landlock does not tell which rulesets a process is under, and takes 16
 * at most.  So where a profile may be met again, its filter answers one harmless
 * system call, getppid(2) with arguments that the kernel does not look at, with an
 * error that the kernel never gives: who gets that answer is under the filter, and
 * so under all that was applied before it.  It is inherited as the rest is.
 *
 * The answer can be forged by who starts the program.  One who is under the profile
 * himself gains nothing by it; whether it may be believed otherwise is for the
 * caller to find out, by something that the profile refuses.
 */
#ifndef LANDLOCK_SHIM_FILTER_H
#define LANDLOCK_SHIM_FILTER_H

#include <stdbool.h>
#include <stdint.h>

struct filter {
	unsigned int refuses; /* mask of enum plan_filter */
	uint64_t families;    /* that sockets may be of; see struct plan */
	bool witnesses;
	uint64_t identity; /* of the profile that it is a witness for */
};

/*
 * Puts the calling thread, with no_new_privs set, under a filter for ever.  Returns
 * 0 or a negative errno.
 */
int filter_apply(const struct filter *filter);

/*
 * Is a filter in force that refuses what @filter does?  Of PLAN_FILTER_NETWORK and
 * PLAN_FILTER_TERMINAL it is tried, by a call that fails in any case: with another
 * error where there is no such filter.  True of all else.
 */
bool filter_is_in_force(const struct filter *filter);

/* Does a filter say that this thread is under the profile of this identity? */
bool filter_is_witness(uint64_t identity);

#endif
