// SPDX-License-Identifier: GPL-2.0-only
/*
 * Landlock rules - asking rules for their verdict
 */

#include <linux/bpf.h>
#include <linux/err.h>
#include <linux/filter.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/slab.h>

#include "cgroup.h"
#include "denials.h"
#include "fsview.h"
#include "judge.h"

/*
 * What is not judged, and why:
 *
 * - Kernel threads. They are forked by kthreadd, which is under no rule, and
 *   cannot call seccomp(2): landlock_rule_current() is NULL. What they do for
 *   a task (writeback, NFS server, user-mode helpers) is the kernel's work.
 *   Threads that do a task's own work (io_uring workers, vhost) are forked
 *   from it and are under the rules it had then.
 * - Private inodes (below): the kernel made them for itself (anonymous inodes
 *   of eventfd or epoll, a file system's own xattr or quota files). No name
 *   leads to them, and %S_PRIVATE hides them from every LSM.
 *
 * What a file system does in turn for an access, in the context of the task
 * (an overlay in its layers), is judged as the task's own.
 */
static bool is_judged(const struct inode *const inode)
{
	return !inode || likely(!IS_PRIVATE(inode));
}

/*
 * Programs are run on one CPU, and RCU protects their maps; the rules themselves
 * are kept by the caller.
 */
static void begin_asking(void)
{
	migrate_disable();
	rcu_read_lock();
}

static void end_asking(void)
{
	rcu_read_unlock();
	migrate_enable();
}

/* Between two rules, which may have names and patterns to compare for long. */
static void rest_from_asking(void)
{
	if (likely(!need_resched()))
		return;
	end_asking();
	cond_resched();
	begin_asking();
}

static bool denies(const struct landlock_rule *const rule,
		   const struct landlock_context *const context)
{
	return bpf_prog_run(rule->parts.prog, context);
}

/*
 * Asks @rule and those older than it. Nothing here sleeps: inode_permission and
 * inode_follow_link come in RCU walk.
 */
static int judge(const struct landlock_rule *rule,
		 const struct landlock_context *const context)
{
	int err = 0;

	begin_asking();
	for (; rule && !err; rule = rule->prev) {
		if (denies(rule, context)) {
			landlock_rule_report(rule, context, NULL);
			err = -EPERM;
		}
	}
	end_asking();
	return err;
}

static int judge_inode(const struct landlock_events *const events,
		       const enum landlock_subtype_event event,
		       const struct inode *const inode, const u64 arg2)
{
	struct landlock_handle_fs handle = {
		.inode = inode,
	};
	const struct landlock_context context = {
		.event = event,
		.arg1 = (u64)(uintptr_t)&handle,
		.arg2 = arg2,
	};

	struct landlock_cgroup_walk walk;
	const struct landlock_rule *rule;
	int err = events ? judge(events->rules[event], &context) : 0;

	if (err || likely(!landlock_rule_cgroups_ask()))
		return err;
	landlock_rule_walk_begin(&walk);
	while (!err && (rule = landlock_rule_walk_next(&walk, event)))
		err = judge(rule, &context);
	landlock_rule_walk_end(&walk);
	return err;
}

/* What programs make of an error, and what Landlock's rulesets give them. */
static int path_error(const u64 actions)
{
	if (actions & LANDLOCK_ACTION_FS_MOUNT)
		return -EPERM;
	if (actions & (LANDLOCK_ACTION_FS_REFER | LANDLOCK_ACTION_FS_MOVE))
		return -EXDEV;
	return -EACCES;
}

/* What @rule's view grants at each place of a hook. */
struct granted {
	const struct fsview *view;
	const struct landlock_place *places;
	struct fsview_grant at[LANDLOCK_RULE_MAX_PLACES];
};

static const struct inode *object_at(const struct landlock_place *const place,
				     const enum landlock_object object)
{
	const struct dentry *const dentry = object == LANDLOCK_OBJECT_ENTRY ?
						    place->entry :
						    place->path.dentry;

	return dentry ? d_backing_inode(dentry) : NULL;
}

/* What is, or is about to be, at a place. */
static const struct inode *moved_from(const struct landlock_place *const place)
{
	return object_at(place, place->entry ? LANDLOCK_OBJECT_ENTRY :
					       LANDLOCK_OBJECT_PATH);
}

static struct fsview_grant grant_named(const struct granted *const granted,
				       const size_t place,
				       const struct inode *const inode)
{
	const struct landlock_place *const at = &granted->places[place];

	if (!at->entry)
		return granted->at[place];
	return fsview_grant_entry(granted->view, &granted->at[place],
				  at->path.dentry, at->entry, inode);
}

/*
 * What is moved takes its own entries with it: it gains what the new place grants
 * and the old one does not.
 */
static struct fsview_grant gain_of_move(const struct granted *const granted,
					const size_t place)
{
	const size_t other = !place;
	const struct inode *const inode = moved_from(&granted->places[other]);
	const struct fsview_grant from = grant_named(granted, other, inode);
	const struct fsview_grant to = grant_named(granted, place, inode);

	return (struct fsview_grant){ .own = to.own & ~from.own,
				      .beneath = to.beneath & ~from.beneath };
}

static u64 granted_for(const struct granted *const granted,
		       const struct landlock_path_question *const question,
		       const struct inode *const inode)
{
	if (!granted->view || !granted->places[question->place].path.dentry)
		return 0;
	switch (question->object) {
	case LANDLOCK_OBJECT_PATH:
		return granted->at[question->place].own;
	case LANDLOCK_OBJECT_ENTRY:
		return grant_named(granted, question->place, inode).own;
	case LANDLOCK_OBJECT_MOVED:
		return ~gain_of_move(granted, question->place).own;
	default:
		return ~gain_of_move(granted, question->place).beneath;
	}
}

/* Asks one rule. Returns the number of the question that it denies, or @count. */
static size_t ask(const struct landlock_rule *const rule,
		  const struct granted *const granted,
		  const struct landlock_path_question *const questions,
		  const size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		const struct landlock_path_question *const question =
			&questions[i];
		const struct landlock_place *const places = granted->places;
		const struct inode *const inode =
			question->object >= LANDLOCK_OBJECT_MOVED ?
				moved_from(&places[!question->place]) :
				object_at(&places[question->place],
					  question->object);
		struct landlock_handle_fs handle = { .inode = inode };
		const struct landlock_context context = {
			.event = LANDLOCK_SUBTYPE_EVENT_FS_PATH,
			.arg1 = (u64)(uintptr_t)&handle,
			.arg2 = question->actions,
			.arg3 = question->command,
		};

		if (!question->actions || !is_judged(inode))
			continue;
		handle.granted = granted_for(granted, question, inode);
		if (denies(rule, &context))
			break;
	}
	return i;
}

static bool has_view(const struct landlock_rule *rule)
{
	while (rule && !rule->parts.view)
		rule = rule->prev;
	return rule;
}

/* Tells that @rule denied what the task is answered. */
static void report(const struct landlock_rule *const rule,
		   const struct landlock_place *const places,
		   const struct landlock_path_question *const question)
{
	const struct landlock_place *const place = &places[question->place];
	const struct landlock_context context = {
		.event = LANDLOCK_SUBTYPE_EVENT_FS_PATH,
		.arg2 = question->actions,
		.arg3 = question->command,
	};
	struct path path = place->path;

	if (question->kept)
		return;
	if (question->object != LANDLOCK_OBJECT_PATH && place->entry)
		path.dentry = place->entry;
	landlock_rule_report(rule, &context, path.dentry ? &path : NULL);
}

/* More rules than a profile, and the one of who started it, have. */
#define FEW_RULES 4

/*
 * Asks @rule and those older than it, up to @until, about one path: most of what is
 * asked. As judge_list() otherwise.
 */
static ssize_t judge_at(const struct landlock_rule *const rule,
			const struct landlock_rule *const until,
			const struct landlock_place *const place,
			const struct landlock_path_question *const questions,
			const size_t question_count)
{
	const struct inode *const inode =
		object_at(place, LANDLOCK_OBJECT_PATH);
	const bool is_walked = place->path.dentry && has_view(rule);
	const struct landlock_rule *each, *denied_by = NULL;
	struct landlock_handle_fs handle = { .inode = inode };
	struct landlock_context context = {
		.event = LANDLOCK_SUBTYPE_EVENT_FS_PATH,
		.arg1 = (u64)(uintptr_t)&handle,
	};
	struct fsview_grant few[FEW_RULES], *grants = few;
	size_t first = question_count, newer = 0, i;

	might_sleep();
	if (!is_judged(inode))
		return first;
	if (is_walked) {
		if (rule->depth > FEW_RULES)
			grants = kmalloc_array(rule->depth, sizeof(*grants),
					       GFP_KERNEL);
		if (!grants)
			return -ENOMEM;
		fsview_walk(rule, &place->path, grants);
	}

	begin_asking();
	for (each = rule; each != until && first; each = each->prev, newer++) {
		handle.granted = is_walked && each->parts.view ?
					 grants[newer].own :
					 0;
		for (i = 0; i < first; i++) {
			context.arg2 = questions[i].actions;
			context.arg3 = questions[i].command;
			if (!context.arg2 || !denies(each, &context))
				continue;
			first = i;
			denied_by = each;
		}
	}
	end_asking();
	if (unlikely(denied_by))
		report(denied_by, place, &questions[first]);
	if (grants != few)
		kfree(grants);
	return first;
}

/*
 * Asks @rule and those older than it, up to @until. Returns the number of the
 * first question that any of them denies, or that of questions, or -ENOMEM.
 */
static ssize_t judge_list(const struct landlock_rule *const rule,
			  const struct landlock_rule *const until,
			  const struct landlock_place *const places,
			  const size_t place_count,
			  const struct landlock_path_question *const questions,
			  const size_t question_count)
{
	struct fsview_grant few[LANDLOCK_RULE_MAX_PLACES * FEW_RULES];
	struct fsview_grant *grants = few;
	struct granted granted = { .places = places };
	const struct landlock_rule *each = rule, *denied_by = NULL;
	size_t walked[LANDLOCK_RULE_MAX_PLACES] = {};
	size_t first = question_count, asked;
	size_t i;

	if (place_count == 1 && !places->entry)
		return judge_at(rule, until, places, questions, question_count);
	might_sleep();
	if (rule->depth > FEW_RULES)
		grants = kmalloc_array(rule->depth * place_count,
				       sizeof(*grants), GFP_KERNEL);
	if (!grants)
		return -ENOMEM;
	for (i = 0; i < place_count && has_view(rule); i++) {
		const struct path *const path = &places[i].path;

		/* Both names of a rename are mostly in one directory. */
		walked[i] = i && path_equal(path, &places[0].path) ? 0 : i;
		if (path->dentry && walked[i] == i)
			fsview_walk(rule, path, &grants[i * rule->depth]);
	}

	begin_asking();
	for (; each != until && first; each = each->prev) {
		const size_t newer = rule->depth - each->depth;

		granted.view = each->parts.view ? to_fsview(each->parts.view) :
						  NULL;
		for (i = 0; i < place_count && granted.view; i++)
			granted.at[i] = grants[walked[i] * rule->depth + newer];
		asked = first;
		first = ask(each, &granted, questions, asked);
		if (first != asked)
			denied_by = each;
		rest_from_asking();
	}
	end_asking();
	if (unlikely(denied_by))
		report(denied_by, places, &questions[first]);
	if (grants != few)
		kfree(grants);
	return first;
}

/* As judge_list(), then by the rules of the current task's cgroups. */
static ssize_t
judge_places(const struct landlock_rule *rule,
	     const struct landlock_rule *const until,
	     const struct landlock_place *const places,
	     const size_t place_count,
	     const struct landlock_path_question *const questions,
	     const size_t question_count)
{
	struct landlock_cgroup_walk walk;
	ssize_t first = question_count;

	if (rule != until)
		first = judge_list(rule, until, places, place_count, questions,
				   question_count);
	if (likely(!landlock_rule_cgroups_ask()))
		return first;
	landlock_rule_walk_begin(&walk);
	while (first > 0 && (rule = landlock_rule_walk_next(
				     &walk, LANDLOCK_SUBTYPE_EVENT_FS_PATH)))
		first = judge_list(rule, NULL, places, place_count, questions,
				   first);
	landlock_rule_walk_end(&walk);
	return first;
}

/* Of what judge_places() returned. */
static int error_of(const ssize_t denied,
		    const struct landlock_path_question *const questions,
		    const size_t question_count)
{
	if (denied < 0)
		return denied;
	return denied < question_count ? path_error(questions[denied].actions) :
					 0;
}

/**
 * landlock_rule_judge_places - %LANDLOCK_SUBTYPE_EVENT_FS_PATH
 * @rule: the newest of the rules to ask, or NULL; those of the current task's
 *	cgroups are asked after it.
 * @places: where; one way up is walked for each.
 * @place_count: number of @places, %LANDLOCK_RULE_MAX_PLACES at most.
 * @questions: what is asked there, in this order: of those that any rule
 *	denies, the first gives the error.
 * @question_count: number of @questions.
 *
 * May sleep.
 *
 * Return: 0, -EACCES, -EXDEV or -EPERM; -ENOMEM.
 */
int landlock_rule_judge_places(
	const struct landlock_rule *const rule,
	const struct landlock_place *const places, const size_t place_count,
	const struct landlock_path_question *const questions,
	const size_t question_count)
{
	return error_of(judge_places(rule, NULL, places, place_count, questions,
				     question_count),
			questions, question_count);
}

/**
 * landlock_rule_judge_path - one question at one path
 * @rule: see landlock_rule_judge_places().
 * @path: where; NULL if the hook knows none.
 * @actions: see &struct landlock_path_question.
 * @command: see &struct landlock_path_question.
 *
 * Return: see landlock_rule_judge_places().
 */
int landlock_rule_judge_path(const struct landlock_rule *const rule,
			     const struct path *const path, const u64 actions,
			     const u64 command)
{
	const struct landlock_place place = {
		.path = path ? *path : (struct path){},
	};
	const struct landlock_path_question question = {
		.actions = actions,
		.command = command,
	};

	/* Nor is a way walked for no question. */
	if (!actions)
		return 0;
	return landlock_rule_judge_places(rule, &place, 1, &question, 1);
}

/**
 * landlock_rule_judge_ioctl - a request to a device
 * @rule: the newest of the rules that it was opened under, or NULL.
 * @cgroups: whether the current task's cgroups are asked as well.
 * @path: of the device.
 * @command: the request.
 *
 * Return: see landlock_rule_judge_places().
 */
int landlock_rule_judge_ioctl(const struct landlock_rule *const rule,
			      const bool cgroups, const struct path *const path,
			      const u64 command)
{
	const struct landlock_place place = { .path = *path };
	const struct landlock_path_question question = {
		.actions = LANDLOCK_ACTION_FS_IOCTL,
		.command = command,
	};

	return error_of(
		cgroups ? judge_places(rule, NULL, &place, 1, &question, 1) :
			  judge_list(rule, NULL, &place, 1, &question, 1),
		&question, 1);
}

/**
 * landlock_rule_judge_open - a question at one path, and one whose answer is kept
 * @rule: see landlock_rule_judge_places().
 * @path: where.
 * @actions: see &struct landlock_path_question.
 * @later: actions of a question that counts only later.
 * @denied_later: whether that was denied, if nothing else was.
 *
 * Return: see landlock_rule_judge_places(), of @actions.
 */
int landlock_rule_judge_open(const struct landlock_rule *const rule,
			     const struct path *const path, const u64 actions,
			     const u64 later, bool *const denied_later)
{
	const struct landlock_place place = { .path = *path };
	const struct landlock_path_question questions[] = {
		{ .actions = actions },
		{ .actions = later, .kept = true },
	};
	const ssize_t denied = judge_places(rule, NULL, &place, 1, questions,
					    ARRAY_SIZE(questions));

	*denied_later = denied == 1;
	return denied == 1 ? 0 :
			     error_of(denied, questions, ARRAY_SIZE(questions));
}

/**
 * landlock_rule_judge_newer - one question at one path, to some of the rules
 * @rule: the newest of the rules to ask.
 * @until: neither this rule of the same list is asked nor any older one; NULL:
 *	all are.
 * @path: where.
 * @actions: see &struct landlock_path_question.
 *
 * Return: see landlock_rule_judge_places().
 */
int landlock_rule_judge_newer(const struct landlock_rule *const rule,
			      const struct landlock_rule *const until,
			      const struct path *const path, const u64 actions)
{
	const struct landlock_place place = { .path = *path };
	const struct landlock_path_question question = { .actions = actions };

	return error_of(judge_places(rule, until, &place, 1, &question, 1),
			&question, 1);
}

/**
 * landlock_rule_judge_one - %LANDLOCK_SUBTYPE_EVENT_FS, of one object
 * @events: rules of the current task, or NULL.
 * @inode: see &struct landlock_fs_check.
 * @actions: likewise.
 *
 * Return: 0, or -EPERM.
 */
int landlock_rule_judge_one(const struct landlock_events *const events,
			    const struct inode *const inode, const u64 actions)
{
	if (!actions || !is_judged(inode))
		return 0;
	return judge_inode(events, LANDLOCK_SUBTYPE_EVENT_FS, inode, actions);
}

/**
 * landlock_rule_judge_fs - %LANDLOCK_SUBTYPE_EVENT_FS
 * @events: rules of the current task.
 * @checks: what is asked, in this order; the first denial wins.
 * @count: number of @checks.
 *
 * Return: 0, or -EPERM.
 */
int landlock_rule_judge_fs(const struct landlock_events *const events,
			   const struct landlock_fs_check *const checks,
			   const size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		const int err = landlock_rule_judge_one(events, checks[i].inode,
							checks[i].actions);

		if (err)
			return err;
	}
	return 0;
}

/**
 * landlock_rule_judge_command - an action, and the event with its command
 * @events: rules of the current task.
 * @inode: the object.
 * @action: asked first, as %LANDLOCK_SUBTYPE_EVENT_FS.
 * @event: %LANDLOCK_SUBTYPE_EVENT_FS_IOCTL, _LOCK or _FCNTL; asked second.
 * @command: the command.
 *
 * Return: 0, or -EPERM.
 */
int landlock_rule_judge_command(const struct landlock_events *const events,
				const struct inode *const inode,
				const u64 action,
				const enum landlock_subtype_event event,
				const u64 command)
{
	int err;

	if (!is_judged(inode))
		return 0;

	err = judge_inode(events, LANDLOCK_SUBTYPE_EVENT_FS, inode, action);
	if (err)
		return err;
	return judge_inode(events, event, inode, command);
}
