// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What is granted, or guarded, whatever a profile says.
 */
#include "extra_paths.h"

#include "arena.h"
#include "pin.h"

int extra_paths(const char *const user_directory, const bool has_pins,
		struct paths_extra *const extra)
{
	/* The shim wakes up in what the program starts as well: it has to be
	 * found, and to find the profiles. */
	static const char *const readable[] = {
		PIN_DIRECTORY, /* where there is one of root's */
		LANDLOCK_PKGLIBDIR,   LANDLOCK_LIBDIR "/liblandlock_shim.so",
		"/etc/ld.so.preload", NULL,
	};
	/* It can do nothing that who starts it could not. */
	static const char *const runnable[] = {
		LANDLOCK_PKGLIBDIR "/landlock-loader",
		NULL,
	};
	const char **const guarded = arena_take(3, sizeof(*guarded));

	if (!guarded)
		return -ENOMEM;
	guarded[0] = SYSCONFDIR "/landlock";
	guarded[1] = user_directory;
	*extra = (struct paths_extra){ .readable = has_pins ? readable
							    : readable + 1,
				       .runnable = runnable,
				       .guarded = guarded };
	return 0;
}
