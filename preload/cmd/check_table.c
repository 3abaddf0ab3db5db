// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * All checks: a row each.
 */
#include "check.h"

const struct check check_table[] = {
	{ "fault", CHECK_FINDING, check_file_faults, CHECK_OF_FILE },
	{ "empty", CHECK_FINDING, check_empty, CHECK_OF_FILE },
	{ "never-read", CHECK_FINDING, check_never_read,
	  CHECK_OF_FILE | CHECK_IN_USE },
	{ "never-read", CHECK_FINDING, check_template_name, CHECK_OF_FILE },

	{ "fault", CHECK_FINDING, check_faults, CHECK_TEXT },
	{ "mode", CHECK_NOTE, check_mode, CHECK_TEXT },

	{ "nobody", CHECK_NOTE, check_nobody, CHECK_PROFILE },
	{ "no-program", CHECK_FINDING, check_no_program, CHECK_IN_USE },
	{ "vital", CHECK_FINDING, check_vital, CHECK_PROFILE },
	{ "static", CHECK_FINDING, check_static, CHECK_IN_USE },
	{ "privileged", CHECK_FINDING, check_privileged, CHECK_IN_USE },
	{ "other-class", CHECK_FINDING, check_other_class, CHECK_IN_USE },
	{ "link", CHECK_NOTE, check_link, CHECK_IN_USE },

	{ "missing", CHECK_FINDING, check_missing, CHECK_LOCAL },
	{ "no-grant", CHECK_FINDING, check_no_grant, CHECK_PROFILE },
	{ "no-effect", CHECK_FINDING, check_denies_nothing, CHECK_LOCAL },
	{ "overruled", CHECK_FINDING, check_overruled, CHECK_LOCAL },
	{ "credentials", CHECK_FINDING, check_credentials, CHECK_LOCAL },
	{ "writable-by-all", CHECK_FINDING, check_writable_by_all,
	  CHECK_LOCAL },
	{ "placeless", CHECK_DETAIL, check_placeless, CHECK_LOCAL },

	{ "kernel", CHECK_FINDING, check_gaps, CHECK_IN_USE },
	{ "left-out", CHECK_FINDING, check_left_out, CHECK_IN_USE },
	{ "limit", CHECK_DETAIL, check_limits, CHECK_IN_USE },
	{ "rule", CHECK_FINDING, check_rules, CHECK_LOCAL },
	{ .id = NULL },
};

const struct check check_unreadable = { .id = "unreadable",
					.level = CHECK_FINDING };
const struct check check_unbelieved = { .id = "unbelieved",
					.level = CHECK_NOTE };
