// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Each check of each file-system hook: one access that a rule denies, and the
 * same access without.
 */
#include "hooks.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const struct hook_table *const tables[] = {
	&hooks_mount, &hooks_entry,   &hooks_inode,  &hooks_xattr,
	&hooks_file,  &hooks_mapping, &hooks_binder,
};

#define TABLE_COUNT (sizeof(tables) / sizeof(*tables))

/* Two tests for each row of all tables, in their order. */
enum variant {
	ALLOWED_WITHOUT,
	DENIED_BY_RULE,
	VARIANT_COUNT,
};

static const struct hook_row *row_at(size_t index)
{
	size_t i;

	for (i = 0; i < TABLE_COUNT; i++) {
		if (index < tables[i]->row_count)
			return &tables[i]->rows[index];
		index -= tables[i]->row_count;
	}
	ck_abort_msg("no such row");
}

static int load_denial(const struct hook_row *const row)
{
	char actions[24], mode[16];
	const struct loader_parameter parameters[] = {
		{ "actions", actions },
		{ "exact", row->exact ? "1" : "0" },
		{ "absent", row->mode == ABSENT ? "1" : "0" },
		{ "mode_mask", "65535" },
		{ "mode_value", mode },
	};

	snprintf(actions, sizeof(actions), "%" PRIu64, row->actions);
	snprintf(mode, sizeof(mode), "%u", row->mode);
	return vm_load_rule("deny_action", LANDLOCK_SUBTYPE_EVENT_FS,
			    parameters,
			    sizeof(parameters) / sizeof(*parameters));
}

static void test_row(const int index)
{
	const struct hook_row *const row =
		row_at((size_t)index / VARIANT_COUNT);
	const bool denied = index % VARIANT_COUNT == DENIED_BY_RULE;
	const int expected = denied ? -EPERM : row->allowed;
	struct scene scene;
	int prog_fd, result;

	ck_assert_int_ne(row->allowed, -EPERM);
	prog_fd = denied ? load_denial(row) : -1;
	hooks_scene(&scene);
	if (row->prepare)
		row->prepare(&scene);

	result = vm_child_under(prog_fd, row->access, &scene);
	ck_assert_msg(result == expected, "%s, %s: %s instead of %s", row->hook,
		      row->check, strerror(-result), strerror(-expected));
}

int main(void)
{
	static const char *const endings[VARIANT_COUNT] = {
		[ALLOWED_WITHOUT] = "allowed without a rule",
		[DENIED_BY_RULE] = "denied by a rule",
	};
	Suite *const suite = suite_create("hooks");
	int index = 0;
	size_t i, j;

	for (i = 0; i < TABLE_COUNT; i++) {
		TCase *const tcase = tcase_create(tables[i]->name);

		tcase_set_timeout(tcase, VM_TIMEOUT_SECONDS);
		for (j = 0; j < tables[i]->row_count * VARIANT_COUNT;
		     j++, index++) {
			const struct hook_row *const row =
				&tables[i]->rows[j / VARIANT_COUNT];

			vm_add_row(tcase, test_row, index, "%s, %s: %s",
				   row->hook, row->check,
				   endings[j % VARIANT_COUNT]);
		}
		suite_add_tcase(suite, tcase);
	}
	return run_suite(suite);
}
