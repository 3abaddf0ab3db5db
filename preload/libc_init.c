// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Finds the C library among the loaded objects and its initialisers in it, as
 * the dynamic loader does.
 */
#include "libc_init.h"

#include <link.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <gnu/libc-version.h>

typedef void initialiser_t(int argc, char *const *argv,
			   char *const *environment);

struct arguments {
	int argc;
	char *const *argv;
	char *const *environment;
};

static bool holds_libc(const struct dl_phdr_info *const object)
{
	/* Data, as a function's address may be that of a stub elsewhere. */
	const uintptr_t inside = (uintptr_t)gnu_get_libc_version();
	size_t i;

	for (i = 0; i < object->dlpi_phnum; i++) {
		const ElfW(Phdr) *const segment = &object->dlpi_phdr[i];

		if (segment->p_type == PT_LOAD &&
		    inside - object->dlpi_addr - segment->p_vaddr <
			    segment->p_memsz)
			return true;
	}
	return false;
}

static void run(const struct dl_phdr_info *const object,
		const ElfW(Dyn) * entry,
		const struct arguments *const arguments)
{
	initialiser_t *const *array = NULL;
	initialiser_t *first = NULL;
	size_t count = 0, i;

	for (; entry->d_tag != DT_NULL; entry++) {
		const uintptr_t address = object->dlpi_addr + entry->d_un.d_ptr;

		if (entry->d_tag == DT_INIT)
			first = (initialiser_t *)address;
		else if (entry->d_tag == DT_INIT_ARRAY)
			array = (initialiser_t *const *)address;
		else if (entry->d_tag == DT_INIT_ARRAYSZ)
			count = entry->d_un.d_val / sizeof(*array);
	}
	if (first)
		first(arguments->argc, arguments->argv, arguments->environment);
	for (i = 0; array && i < count; i++)
		array[i](arguments->argc, arguments->argv,
			 arguments->environment);
}

static int visit(struct dl_phdr_info *const object, const size_t size,
		 void *const arguments)
{
	size_t i;

	(void)size;
	if (!holds_libc(object))
		return 0;
	for (i = 0; i < object->dlpi_phnum; i++)
		if (object->dlpi_phdr[i].p_type == PT_DYNAMIC)
			run(object,
			    (const ElfW(Dyn) *)(object->dlpi_addr +
						object->dlpi_phdr[i].p_vaddr),
			    arguments);
	return 1;
}

void libc_init(const int argc, char *const *const argv,
	       char *const *const environment)
{
	struct arguments arguments = {
		.argc = argc,
		.argv = argv,
		.environment = environment,
	};

	dl_iterate_phdr(visit, &arguments);
}
