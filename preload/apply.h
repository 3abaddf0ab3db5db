/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Profiles onto the calling thread, for ever.
 */
#ifndef LANDLOCK_SHIM_APPLY_H
#define LANDLOCK_SHIM_APPLY_H

#include <stddef.h>
#include <sys/types.h>

#include "lookup.h"
#include "paths.h"
#include "report.h"

struct apply_options {
	const char *rule_directory; /* of objects without a path */
	uid_t user; /* who may have written what profiles of his layer name */
	const char *user_directory; /* of his profiles, or NULL */

	/* Is told of what does not stop the program. */
	report_notice_t *notice;
};

/*
 * Loads the rules of all profiles, sets no_new_privs, applies each rule.
 *
 * Nothing is applied before everything is loaded.  What fails is left out after a
 * notice with on-error = warn, else fails the whole.  The kernel gives no way
 * back: should it refuse to apply a rule after it took another, that other stays,
 * and the report says so.
 *
 * Returns 0, or a negative errno with @report filled: the program must not go
 * on.
 */
int apply_profiles(const struct lookup_result *profiles,
		   const struct apply_options *options, struct report *report);

/* Who besides root may have written the objects of @profile; 0 for nobody. */
uid_t apply_object_user(const struct apply_options *options,
			const struct profile *profile);

/* What an @error of seccomp(SECCOMP_PREPEND_LANDLOCK_RULE) means. */
const char *apply_error_text(int error);

#endif
