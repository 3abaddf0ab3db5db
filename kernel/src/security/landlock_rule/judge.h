/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Landlock rules - asking rules for their verdict
 */
#ifndef _SECURITY_LANDLOCK_RULE_JUDGE_H
#define _SECURITY_LANDLOCK_RULE_JUDGE_H

#include <linux/bpf.h>
#include <linux/fs.h>
#include <linux/path.h>
#include <linux/types.h>

#include "events.h"

/**
 * struct landlock_handle_fs - what &struct landlock_context.arg1 points to
 *
 * Lives on the stack of the hook for the time of one verdict; the verifier
 * lets a rule do nothing with it but pass it to helpers.
 */
struct landlock_handle_fs {
	/**
	 * @inode: The object, or NULL for one that does not exist yet. The
	 * hook's caller keeps it alive, in RCU walk by RCU.
	 */
	const struct inode *inode;
	/**
	 * @path: Where the object is, or is about to be; NULL where the event
	 * has no path or, under FS_PATH, the hook knows none.
	 */
	const struct path *path;
	/**
	 * @from: Under %LANDLOCK_ACTION_FS_MOVE, where it is now; else NULL.
	 */
	const struct path *from;
	/**
	 * @view: Of the rule that judges, or NULL.
	 */
	struct bpf_map *view;
};

/**
 * struct landlock_path_check - one question of a hook that knows the path
 * @path: see &struct landlock_handle_fs.path.
 * @from: see &struct landlock_handle_fs.from.
 * @actions: mask of ``LANDLOCK_ACTION_FS_*``; nothing is asked if it is 0.
 * @command: see &struct landlock_context.arg3.
 */
struct landlock_path_check {
	const struct path *path;
	const struct path *from;
	u64 actions;
	u64 command;
};

/**
 * struct landlock_fs_check - one question of a hook
 * @inode: see &struct landlock_handle_fs.inode.
 * @actions: mask of ``LANDLOCK_ACTION_FS_*``; nothing is asked if it is 0.
 */
struct landlock_fs_check {
	const struct inode *inode;
	u64 actions;
};

int landlock_rule_judge_fs(const struct landlock_events *events,
			   const struct landlock_fs_check *checks,
			   size_t count);
int landlock_rule_judge_command(const struct landlock_events *events,
				const struct inode *inode, u64 action,
				enum landlock_subtype_event event, u64 command);

int landlock_rule_judge_path(const struct landlock_rule *rule,
			     const struct landlock_path_check *check);

#endif /* _SECURITY_LANDLOCK_RULE_JUDGE_H */
