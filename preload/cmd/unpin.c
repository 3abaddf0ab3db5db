// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * landlock unpin: takes away what `landlock pin` has pinned.
 */
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "cmd.h"
#include "pins.h"
#include "print.h"
#include "report.h"
#include "rule.h"

/* Large; this program needs one. */
static struct report report;

/* By what it was pinned of: the object may be another by now, or gone. */
static bool is_of(const struct pins_entry *const pin, const char *const object)
{
	static char path[PATH_MAX];
	size_t length;

	if (!object)
		return true;
	if (rule_path(object, LANDLOCK_PKGLIBDIR "/rules", path, sizeof(path)))
		return false;
	length = strlen(path);
	return strncmp(pin->about, path, length) == 0 &&
	       (!pin->about[length] || pin->about[length] == ' ');
}

/* With any parameters; without @object, all. */
static bool unpin(const struct pins *const pins, const char *const object)
{
	bool found = !object;
	size_t i;

	for (i = 0; i < pins->count; i++) {
		if (!is_of(&pins->all[i], object))
			continue;
		found = true;
		if (pins_remove(&pins->all[i], &report)) {
			report_warn(&report);
			return false;
		}
		print_text(pins->all[i].about);
		puts(": no longer pinned");
	}
	if (found)
		return true;
	report_fill(&report, 0, NULL, 0, NULL, "see landlock pin --list",
		    "%s is not pinned", object);
	report_warn(&report);
	return false;
}

static int run(const int argc, char **const argv)
{
	struct cmd_arguments arguments = cmd_arguments(&cmd_unpin, argc, argv);
	const int got = cmd_no_more_options(&arguments);
	struct pins pins;
	bool good = true;
	int i;

	if (got)
		return got;
	if (pins_list(&pins, &report)) {
		report_warn(&report);
		return CMD_EXIT_FAILURE;
	}
	if (!arguments.operand_count)
		good = unpin(&pins, NULL);
	for (i = 0; i < arguments.operand_count; i++)
		good &= unpin(&pins, arguments.operands[i]);
	return good ? 0 : CMD_EXIT_FAILURE;
}

const struct command cmd_unpin = {
	.name = "unpin",
	.usage = "[OBJECT...]",
	.purpose = "undo pin",
	.usage_status = CMD_EXIT_USAGE,
	.page = "pin",
	.names = CMD_NAMES_OBJECT,
	.run = run,
};
