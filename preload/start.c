// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Environment and auxiliary vector, as they lie on the stack of a program that has
 * not begun yet, under glibc and under musl.
 */
#include "start.h"

#include <stddef.h>
#include <string.h>

#include <linux/auxvec.h>

/*
 * The only names that the shim asks others for, data both.  glibc's dynamic loader
 * has the first, and hands its arguments to constructors; musl's does not, but has
 * set environ by then.
 */
#define ASKED __attribute__((weak, visibility("default")))
extern void *__libc_stack_end ASKED;
extern char **environ ASKED;

static char *const *find_environment(char *const *const handed)
{
	if (&__libc_stack_end)
		return handed;
	return &environ ? environ : NULL;
}

bool start_find(char *const *const handed, struct start *const start)
{
	char *const *const environment = find_environment(handed);
	const unsigned long *word;

	if (!environment)
		return false;
	*start = (struct start){ .environment = environment };
	word = (const unsigned long *)environment;
	while (*word)
		word++;
	/* More than one 0: ld.so takes variables out where AT_SECURE is set. */
	while (!*word)
		word++;
	for (; word[0] != AT_NULL; word += 2) {
		if (word[0] == AT_EXECFN)
			start->execfn = (const char *)word[1];
		else if (word[0] == AT_SECURE)
			start->secure = word[1];
	}
	return true;
}

const char *start_variable(char *const *const environment,
			   const char *const name)
{
	const size_t length = strlen(name);
	char *const *variable;

	for (variable = environment; *variable; variable++)
		if (strncmp(*variable, name, length) == 0 &&
		    (*variable)[length] == '=')
			return *variable + length + 1;
	return NULL;
}
