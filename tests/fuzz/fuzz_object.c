// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Any bytes as a rule object: refused with a report, or its rules found; and its
 * functions made global, accepted or not, which adds and takes no rule.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "loader/object.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(const bool holds)
{
	if (!holds)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *const data, const size_t size)
{
	struct object_rule rules[PROTOCOL_RULES_MAX];
	struct report report = { 0 };
	const int count = object_rules(data, size, "a.o", rules, &report);
	uint8_t *const copy = malloc(size ? size : 1);
	int i;

	/* Of its own size: AddressSanitizer sees a byte too far. */
	require(copy);
	if (size)
		memcpy(copy, data, size);
	object_make_global(copy, size);
	require(strlen(object_license(copy, size)) <= size);
	free(copy);

	if (count < 0) {
		require(count == -ENOEXEC || count == -EINVAL);
		require(report.cause[0]);
		return 0;
	}
	require(count >= 1 && count <= PROTOCOL_RULES_MAX);
	for (i = 0; i < count; i++) {
		require(strncmp(rules[i].section, "landlock", 8) == 0);
		require(memchr(rules[i].section, '\0',
			       sizeof(rules[i].section)));
		require(rules[i].subtype.landlock_rule.abi);
		require(rules[i].subtype.landlock_rule.event);
	}
	require(strlen(object_license(data, size)) < size);
	return 0;
}
