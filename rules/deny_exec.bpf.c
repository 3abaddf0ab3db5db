// SPDX-License-Identifier: GPL-2.0-only
/*
 * No program is started.
 *
 * Directories can still be searched. The program that applies the rule goes on,
 * with the libraries that it has mapped by then.
 *
 * This keeps a program from starting others, not from running code of its own
 * making: memory that belongs to no file can be made executable under any rule.
 */
#include "landlock_rule.h"

/*
 * 1: files may still be mapped executable, as dlopen(3) does for plugins and
 * for the C library's name services. 0: that is refused, too.
 */
const volatile bool libraries = true;

LANDLOCK_RULE(deny_exec, LANDLOCK_SUBTYPE_EVENT_FS, 0)
{
	int mode;

	if (!(ctx->arg2 & LANDLOCK_ACTION_FS_EXEC))
		return 0;
	/*
	 * execve(2) opens what it runs: EXEC and GET in one. A mapping is of a
	 * file that is open already: EXEC, but no GET; so is access(2) with
	 * X_OK, which runs nothing.
	 */
	if (libraries && !(ctx->arg2 & LANDLOCK_ACTION_FS_GET))
		return 0;

	mode = landlock_get_mode(ctx);
	return mode < 0 || S_ISREG(mode);
}

const char LICENSE[] SEC("license") = "GPL";
