// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * landlock features: what the running kernel can enforce, as a table or JSON.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "cmd.h"
#include "features.h"
#include "mainline_abi.h"
#include "plan.h"
#include "print.h"
#include "report.h"

static const struct {
	const char *word;
	const char *text;
} rules_texts[] = {
	[FEATURES_RULES_ABSENT] = { "absent", "not known to this kernel" },
	[FEATURES_RULES_OFF] = { "off",
				 "built in, but not in lsm= of this boot" },
	[FEATURES_RULES_ON] = { "on", "enforced" },
};

static const char *why_no_mainline(const int error)
{
	switch (error) {
	case -ENOSYS:
		return "not built into this kernel (ENOSYS), or a filter refuses "
		       "to ask";
	case -EOPNOTSUPP:
		return "built in, but not in lsm= of this boot (EOPNOTSUPP)";
	case -EPERM:
		return "refused: a seccomp filter of a container or service "
		       "(EPERM)";
	default:
		return report_error_text(error);
	}
}

static void print_mainline(const struct features *const features)
{
	const int abi = features->mainline_abi;

	if (!abi)
		printf("mainline Landlock            %-7s %s\n", "no",
		       why_no_mainline(features->mainline_error));
	else
		printf("mainline Landlock            %-7s ABI %d\n", "on", abi);
	if (abi > MAINLINE_ABI_KNOWN)
		printf("  newer than ABI %-11d the kernel knows more than is "
		       "known here; that is left alone\n",
		       MAINLINE_ABI_KNOWN);
}

/* By what paths are enforced, and what is beyond its reach: the manual of the
 * kernel's part has the reasons. */
static void print_paths(const struct features *const features)
{
	static const char *const reach[] = {
		[PLAN_PATHS_NONE] = "nothing is enforced",
		[PLAN_PATHS_RULESET] =
			"stat, chdir, chmod, chown, utime, extended attributes, "
			"access, readlink, statfs",
		[PLAN_PATHS_VIEW] = "access, readlink, statfs",
	};
	const enum plan_paths paths = plan_paths_by(features);

	printf("read, write, exec, deny      %s\n", plan_paths_word(paths));
	printf("  out of reach               %s\n", reach[paths]);
}

static void print_keys(const struct features *const features)
{
	const struct plan_capability *key;

	printf("network, scope terminal      %-7s %s\n",
	       features->filters ? "yes" : "no",
	       features->filters ? "by a seccomp filter"
				 : "this kernel has no seccomp filters");
	for (key = plan_capabilities; key->keys; key++)
		if (features->mainline_abi >= key->abi)
			printf("%-28s yes\n", key->keys);
		else if (key->abi == MAINLINE_ABI_UNIX &&
			 plan_sockets_by(features) == PLAN_PATHS_VIEW)
			printf("%-28s yes     by a view\n", key->keys);
		else
			printf("%-28s no      needs ABI %d of Landlock (Linux "
			       "%s)\n",
			       key->keys, key->abi, key->linux_version);
}

static void print_limits(void)
{
	const struct plan_limit *limit;

	puts("What no key reaches:");
	for (limit = plan_limits; limit->subject; limit++)
		printf("  %s: %s\n", limit->subject, limit->consequence);
}

static void print_table(const struct features *const features,
			const struct features_inside *const inside)
{
	printf("Landlock rules (rule =)      %-7s %s\n",
	       rules_texts[features->rules].word,
	       rules_texts[features->rules].text);
	printf("  applied to this process    %-7zu\n", inside->count);
	/* Where there are none, nobody was asked. */
	if (features->rules == FEATURES_RULES_ON)
		printf("  may be loaded from files   %-7s %s\n",
		       features->may_load ? "yes" : "no",
		       features->may_load ? "CAP_SYS_ADMIN"
					  : "no CAP_SYS_ADMIN");
	if (features->rules == FEATURES_RULES_ON)
		printf("  pinned for views           %-7s %s\n",
		       features->view_is_pinned ? "yes" : "no",
		       features->view_is_pinned
			       ? "for every user"
			       : "root can have them so by landlock pin");
	if (features->rules_abi)
		printf("  ABI                        %d\n",
		       features->rules_abi);
	print_mainline(features);
	print_paths(features);
	print_keys(features);
	print_limits();
}

static void print_json_table(const struct features *const features,
			     const struct features_inside *const inside)
{
	const struct plan_capability *key;
	const struct plan_limit *limit;

	print_json_member("{", "rules", rules_texts[features->rules].word);
	printf(", \"rules_applied\": %zu, \"rules_abi\": %d, \"may_load\": %s, "
	       "\"view_is_pinned\": %s, "
	       "\"mainline_abi\": %d, \"mainline_abi_known\": %d, "
	       "\"filters\": %s",
	       inside->count, features->rules_abi,
	       features->may_load ? "true" : "false",
	       features->view_is_pinned ? "true" : "false",
	       features->mainline_abi, MAINLINE_ABI_KNOWN,
	       features->filters ? "true" : "false");
	print_json_member(", ", "mainline_absent",
			  features->mainline_abi
				  ? NULL
				  : why_no_mainline(features->mainline_error));
	print_json_member(", ", "paths",
			  plan_paths_word(plan_paths_by(features)));
	print_json_member(", ", "connect_unix",
			  plan_paths_word(plan_sockets_by(features)));
	fputs(", \"mainline_keys\": {", stdout);
	for (key = plan_capabilities; key->keys; key++)
		printf("%s\"%s\": %s", key == plan_capabilities ? "" : ", ",
		       key->keys,
		       features->mainline_abi >= key->abi ? "true" : "false");
	fputs("}, \"limits\": {", stdout);
	for (limit = plan_limits; limit->subject; limit++)
		print_json_member(limit == plan_limits ? "" : ", ",
				  limit->subject, limit->consequence);
	puts("}}");
}

static int run(const int argc, char **const argv)
{
	struct cmd_arguments arguments =
		cmd_arguments(&cmd_features, argc, argv);
	struct features_inside inside = { 0 };
	struct features features;
	bool json = false;
	int error;

	while ((error = cmd_next_option(&arguments)) == 1)
		json = true;
	if (error)
		return error;
	if (arguments.operand_count) {
		fprintf(stderr, "landlock features: unexpected %s\n",
			arguments.operands[0]);
		return CMD_USAGE;
	}
	cmd_probe(FEATURES_ASK_ALL, &features);
	error = features_inside(&inside);
	if (error) {
		fprintf(stderr,
			"landlock features: cannot tell which rules are "
			"applied: %s\n",
			report_error_text(error));
		return CMD_EXIT_FAILURE;
	}
	(json ? print_json_table : print_table)(&features, &inside);
	return 0;
}

static const struct cmd_option options[] = {
	{ .name = "json", .purpose = "print one JSON object" },
	{ 0 },
};

const struct command cmd_features = {
	.name = "features",
	.usage = "[--json]",
	.purpose = "tell what the running kernel can enforce",
	.usage_status = CMD_EXIT_USAGE,
	.options = options,
	.run = run,
};
