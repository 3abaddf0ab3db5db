/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the author of a Landlock rule includes, and nothing else is needed.
 *
 * A rule is a function that is asked before a file is used: it returns 0 to
 * allow or anything else to deny, which the program sees as EPERM. A whole one:
 *
 *	#include <landlock/landlock_rule.h>
 *
 *	LANDLOCK_RULE(deny_create, LANDLOCK_SUBTYPE_EVENT_FS, 0)
 *	{
 *		return !!(ctx->arg2 & LANDLOCK_ACTION_FS_NEW);
 *	}
 *
 *	const char LICENSE[] SEC("license") = "GPL";
 *
 * Compile it with
 *
 *	clang -target bpf -O2 -g -I/usr/include/$(gcc -print-multiarch) \
 *		-c deny_create.bpf.c -o deny_create.o
 *
 * try it with `landlock ./deny_create.o bash`, and read the list of events,
 * actions and errors in <linux/landlock_rule.h>.
 *
 * Parameters. A global `const volatile` integer or bool is a parameter of the
 * object: its initializer is the default, and whoever applies the rule may set
 * it by its name (`rule = NAME.o sockets=1`). It can't change afterwards.
 *
 * Limits. The kernel verifies that a rule ends and reads only what is its own.
 * A rule has no memory: it can't write to a map or to a variable, and the
 * verdict depends on the context and the parameters alone. Headers of the C
 * library can't be included; <linux/stat.h> gives S_IFMT, S_ISREG() and so on.
 */
#ifndef LANDLOCK_RULE_H
#define LANDLOCK_RULE_H

#include <linux/bpf.h>
#include <linux/landlock_rule.h>
#include <linux/stat.h>
#include <linux/types.h>

#include <stdbool.h>

#include <bpf/bpf_helpers.h>

/**
 * LANDLOCK_RULE - define a rule: its subtype and the head of its function
 * @NAME: its name; the kernel knows it by the first 15 characters. One object
 *	may hold several rules of different names; all of them are applied.
 * @EVENT: what triggers it, one of ``LANDLOCK_SUBTYPE_EVENT_*``:
 *	``_FS`` (a use of a file, &ctx->arg2 is a mask of
 *	``LANDLOCK_ACTION_FS_*``), ``_FS_IOCTL``, ``_FS_LOCK`` or ``_FS_FCNTL``
 *	(&ctx->arg2 is the command); or ``_FS_PATH`` (a use of a path, &ctx->arg2
 *	is a mask of actions, &ctx->arg3 the request of an ioctl(2)).
 * @ABILITY: 0, or %LANDLOCK_SUBTYPE_ABILITY_DEBUG for a rule that calls
 *	bpf_printk(), bpf_get_current_comm(), bpf_get_current_pid_tgid() or
 *	bpf_get_current_uid_gid().
 *
 * The body follows in braces and returns 0 to allow, anything else to deny. It
 * is given @ctx, a &struct landlock_context:
 *
 * * ``ctx->status``: 0, reserved;
 * * ``ctx->event``: @EVENT;
 * * ``ctx->arg1``: handle of the file, for helpers; see landlock_get_mode();
 * * ``ctx->arg2``: actions or command, as @EVENT says;
 * * ``ctx->arg3``: command beside actions; for ``_FS_PATH`` alone.
 *
 * The rule is written for the first ABI that has its event: 2 for ``_FS_PATH``,
 * 1 for the others; a newer header does not make it ask for a newer kernel.
 */
#define LANDLOCK_RULE(NAME, EVENT, ABILITY)                                    \
	LANDLOCK_SUBTYPE(NAME, EVENT, ABILITY);                                \
	SEC("landlock/" #NAME)                                                 \
	long NAME(const struct landlock_context *ctx __attribute__((unused)))

/* The part of LANDLOCK_RULE() that says what the rule is for. */
#define LANDLOCK_SUBTYPE(NAME, EVENT, ABILITY)                                 \
	static const union bpf_prog_subtype NAME##_subtype                    \
		SEC("subtype/" #NAME) = {                                     \
			.landlock_rule = {                                    \
				.abi = (EVENT) ==                             \
						       LANDLOCK_SUBTYPE_EVENT_FS_PATH \
					       ? 2                            \
					       : 1,                           \
				.event = (EVENT),                             \
				.ability = (ABILITY),                         \
			},                                                    \
		}

/**
 * bpf_handle_fs_get_mode - what kind of file is it, and its permissions
 * @handle: &landlock_context.arg1, unchanged.
 *
 * Return: st_mode as stat(2) tells it, or -ENOENT for a file that does not
 * exist yet (seen with %LANDLOCK_ACTION_FS_NEW).
 */
static int (*const bpf_handle_fs_get_mode)(const void *handle)
	__attribute__((unused)) = (const void *)BPF_FUNC_handle_fs_get_mode;

/**
 * landlock_get_mode - bpf_handle_fs_get_mode() of the file in question
 * @ctx: what the rule was given.
 *
 * Return: see bpf_handle_fs_get_mode(). A negative value must be told apart
 * before S_ISREG() and the like are asked.
 */
static __always_inline int
landlock_get_mode(const struct landlock_context *const ctx)
{
	return bpf_handle_fs_get_mode((const void *)ctx->arg1);
}

/**
 * bpf_handle_fs_compare_view - what of an access does the view not grant?
 * @handle: &landlock_context.arg1, unchanged.
 * @access: bits whose meaning is up to the rule and who fills its view.
 *
 * Return: those bits of @access that are not granted where the file is; with
 * %LANDLOCK_ACTION_FS_MOVE, those that it would gain. 0 says yes.
 */
static __u64 (*const bpf_handle_fs_compare_view)(const void *handle,
						 __u64 access)
	__attribute__((unused)) = (const void *)BPF_FUNC_handle_fs_compare_view;

/**
 * landlock_compare_view - bpf_handle_fs_compare_view() of the file in question
 * @ctx: what the rule was given; for %LANDLOCK_SUBTYPE_EVENT_FS_PATH alone.
 * @access: see bpf_handle_fs_compare_view().
 *
 * Return: see bpf_handle_fs_compare_view().
 */
static __always_inline __u64 landlock_compare_view(
	const struct landlock_context *const ctx, const __u64 access)
{
	return bpf_handle_fs_compare_view((const void *)ctx->arg1, access);
}

#endif
