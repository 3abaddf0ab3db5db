/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The variables of a rule object that a profile may set.
 */
#ifndef LANDLOCK_SHIM_VARIABLE_H
#define LANDLOCK_SHIM_VARIABLE_H

#include <stddef.h>

#include "parameter.h"

struct btf;

/* A `const volatile` variable and where it lies in .rodata. */
struct variable {
	struct parameter_type type;
	size_t offset;
	size_t size;
};

/*
 * Finds the variable @name by the type information @btf of the object (NULL for
 * an object without).  Returns 0; -ENOENT when there is none; -ENOTSUP for one
 * that is no integer, enumeration or bool.
 */
int variable_find(const struct btf *btf, const char *name,
		  struct variable *variable);

#endif
