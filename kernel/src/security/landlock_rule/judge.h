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
	 * @granted: By the view of the rule that judges, on the object or, under
	 * %LANDLOCK_ACTION_FS_MOVE, but for what it would gain. Nothing without
	 * a view, and where there is no path.
	 */
	u64 granted;
};

/* As many as one system call names. */
#define LANDLOCK_RULE_MAX_PLACES 2

/**
 * struct landlock_place - a path, or an entry of the directory there
 *
 * The way up is walked once for a place, whatever is asked there.
 *
 * @path: of a mount and in it; a NULL dentry where the hook knows none.
 * @entry: an entry of the directory @path, which need not exist; NULL if there
 *	is no question about one.
 */
struct landlock_place {
	struct path path;
	struct dentry *entry;
};

/**
 * enum landlock_object - what of a place a question is about
 * @LANDLOCK_OBJECT_PATH: &struct landlock_place.path.
 * @LANDLOCK_OBJECT_ENTRY: &struct landlock_place.entry.
 * @LANDLOCK_OBJECT_MOVED: what is at the other place, if it got this name.
 * @LANDLOCK_OBJECT_MOVED_BENEATH: what is beneath that.
 */
enum landlock_object {
	LANDLOCK_OBJECT_PATH,
	LANDLOCK_OBJECT_ENTRY,
	LANDLOCK_OBJECT_MOVED,
	LANDLOCK_OBJECT_MOVED_BENEATH,
};

/**
 * struct landlock_path_question - one question of a hook that knows the path
 * @actions: mask of ``LANDLOCK_ACTION_FS_*``; nothing is asked if it is 0.
 * @command: see &struct landlock_context.arg3.
 * @place: which of the places.
 * @object: what there.
 * @kept: the answer counts only later: nobody is told of a denial.
 */
struct landlock_path_question {
	u64 actions;
	u64 command;
	u8 place;
	u8 object;
	bool kept;
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
int landlock_rule_judge_one(const struct landlock_events *events,
			    const struct inode *inode, u64 actions);
int landlock_rule_judge_command(const struct landlock_events *events,
				const struct inode *inode, u64 action,
				enum landlock_subtype_event event, u64 command);

int landlock_rule_judge_path(const struct landlock_rule *rule,
			     const struct path *path, u64 actions, u64 command);
int landlock_rule_judge_ioctl(const struct landlock_rule *rule, bool cgroups,
			      const struct path *path, u64 command);
int landlock_rule_judge_open(const struct landlock_rule *rule,
			     const struct path *path, u64 actions, u64 later,
			     bool *denied_later);
int landlock_rule_judge_newer(const struct landlock_rule *rule,
			      const struct landlock_rule *until,
			      const struct path *path, u64 actions);
int landlock_rule_judge_places(const struct landlock_rule *rule,
			       const struct landlock_place *places,
			       size_t place_count,
			       const struct landlock_path_question *questions,
			       size_t question_count);

#endif /* _SECURITY_LANDLOCK_RULE_JUDGE_H */
