// SPDX-License-Identifier: GPL-2.0-only
/*
 * Landlock rules - telling of what a rule denied
 *
 * To whoever holds the descriptor that was asked for when the rule was applied:
 * a ring of records, which loses what does not fit and counts that. To root: a
 * tracepoint, and a record of the audit.
 *
 * What is told is what the denied task asked for itself, and as it could name
 * it: who reads learns nothing that those under the rule do not know.
 */

#include <linux/anon_inodes.h>
#include <linux/audit.h>
#include <linux/bpf.h>
#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/dcache.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/fs_struct.h>
#include <linux/kfifo.h>
#include <linux/limits.h>
#include <linux/pid_namespace.h>
#include <linux/poll.h>
#include <linux/refcount.h>
#include <linux/sched.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/uidgid.h>
#include <linux/user_namespace.h>
#include <linux/wait.h>
#include <uapi/linux/landlock_rule.h>

#include "denials.h"
#include "events.h"

#define CREATE_TRACE_POINTS
#include <trace/events/landlock_rule.h>

#define RING_SIZE SZ_16K
#define RECORD_MAX \
	ALIGN(sizeof(struct landlock_rule_denial) + PATH_MAX, sizeof(u64))

/**
 * struct landlock_denials - what a rule denied, until it is read
 *
 * The rule and the open file each own a reference; neither keeps the other.
 */
struct landlock_denials {
	refcount_t usage;
	/** @lock: Protects what follows. Nothing sleeps under it. */
	spinlock_t lock;
	/** @ring: Whole records. */
	struct kfifo_rec_ptr_2 ring;
	/** @lost: Since the last record that was put in. */
	u32 lost;
	/** @ended: No one is under the rule any more. */
	bool ended;
	/** @closed: No one will read. */
	bool closed;
	/** @wait: Who waits for a record, or for the end. */
	wait_queue_head_t wait;
	/** @pid_ns: Of who applied the rule: processes are numbered in it. */
	struct pid_namespace *pid_ns;
	/**
	 * @of_cgroup: The rule may hold processes of others than who applied
	 * it, whose business is not his unless he is over them.
	 */
	bool of_cgroup;
	/** @user: Who applied it. */
	kuid_t user;
	/** @over: The user namespace that he may administer, or NULL. */
	struct user_namespace *over;
};

/* Of the task itself, in whose name an overlay may be at work. */
static bool may_tell(const struct landlock_denials *const denials)
{
	const struct cred *const cred = current_real_cred();

	return !denials->of_cgroup || uid_eq(cred->uid, denials->user) ||
	       (denials->over && in_userns(denials->over, cred->user_ns));
}

/**
 * landlock_rule_denials_make - a ring for a rule that is about to be applied
 * @of_cgroup: to a cgroup?
 *
 * Return: the ring, or NULL without memory.
 */
struct landlock_denials *landlock_rule_denials_make(const bool of_cgroup)
{
	struct landlock_denials *const denials =
		kzalloc(sizeof(*denials), GFP_KERNEL_ACCOUNT);

	if (!denials ||
	    kfifo_alloc(&denials->ring, RING_SIZE, GFP_KERNEL_ACCOUNT)) {
		kfree(denials);
		return NULL;
	}
	refcount_set(&denials->usage, 1);
	spin_lock_init(&denials->lock);
	init_waitqueue_head(&denials->wait);
	denials->pid_ns = get_pid_ns(task_active_pid_ns(current));
	denials->of_cgroup = of_cgroup;
	denials->user = current_uid();
	if (ns_capable_noaudit(current_user_ns(), CAP_SYS_ADMIN))
		denials->over = get_user_ns(current_user_ns());
	return denials;
}

/**
 * landlock_rule_denials_get - take a reference
 * @denials: a ring, or NULL.
 */
void landlock_rule_denials_get(struct landlock_denials *const denials)
{
	if (denials)
		refcount_inc(&denials->usage);
}

/**
 * landlock_rule_denials_put - drop a reference
 * @denials: a ring, or NULL.
 */
void landlock_rule_denials_put(struct landlock_denials *const denials)
{
	if (!denials || !refcount_dec_and_test(&denials->usage))
		return;
	kfifo_free(&denials->ring);
	put_pid_ns(denials->pid_ns);
	if (denials->over)
		put_user_ns(denials->over);
	kfree(denials);
}

/**
 * landlock_rule_denials_end - drop a rule's reference on its ring
 * @denials: the ring, or NULL.
 */
void landlock_rule_denials_end(struct landlock_denials *const denials)
{
	if (!denials)
		return;
	spin_lock(&denials->lock);
	denials->ended = true;
	spin_unlock(&denials->lock);
	wake_up_poll(&denials->wait, EPOLLIN | EPOLLHUP);
	landlock_rule_denials_put(denials);
}

static void put_record(struct landlock_denials *const denials,
		       struct landlock_rule_denial *const record)
{
	spin_lock(&denials->lock);
	if (!denials->closed) {
		record->lost = denials->lost;
		if (kfifo_avail(&denials->ring) >= record->size) {
			kfifo_in(&denials->ring, (void *)record, record->size);
			denials->lost = 0;
		} else if (denials->lost < U32_MAX) {
			denials->lost++;
		}
	}
	spin_unlock(&denials->lock);
	wake_up_poll(&denials->wait, EPOLLIN);
}

/*
 * Takes the next record that is no larger than @size; after the last one, one that
 * only tells what was lost behind it. Returns its size; 0 at the end; -EAGAIN
 * while there is none; -EINVAL if it is larger.
 */
static ssize_t take_record(struct landlock_denials *const denials,
			   struct landlock_rule_denial *const record,
			   const size_t size)
{
	ssize_t taken;

	spin_lock(&denials->lock);
	/* Of an empty ring, the length of a record is what was there before. */
	taken = kfifo_is_empty(&denials->ring) ?
			0 :
			kfifo_peek_len(&denials->ring);
	if (!taken && denials->lost) {
		taken = sizeof(*record);
		if (taken <= size) {
			*record = (struct landlock_rule_denial){
				.size = taken,
				.lost = denials->lost,
			};
			denials->lost = 0;
		}
	} else if (taken && taken <= size) {
		taken = kfifo_out(&denials->ring, (void *)record, taken);
	}
	if (!taken && !denials->ended)
		taken = -EAGAIN;
	spin_unlock(&denials->lock);
	return taken > 0 && taken > size ? -EINVAL : taken;
}

static __poll_t denials_poll(struct file *const file, poll_table *const wait)
{
	struct landlock_denials *const denials = file->private_data;
	__poll_t events = 0;

	poll_wait(file, &denials->wait, wait);
	spin_lock(&denials->lock);
	if (!kfifo_is_empty(&denials->ring) || denials->lost)
		events |= EPOLLIN | EPOLLRDNORM;
	if (denials->ended)
		events |= EPOLLHUP;
	spin_unlock(&denials->lock);
	return events;
}

/* As many whole records as fit; what can't be copied is lost. */
static ssize_t denials_read(struct file *const file, char __user *const buffer,
			    const size_t size, loff_t *const offset)
{
	struct landlock_denials *const denials = file->private_data;
	struct landlock_rule_denial *const record =
		kmalloc(RECORD_MAX, GFP_KERNEL);
	size_t done = 0;
	ssize_t got;

	if (!record)
		return -ENOMEM;
	for (;;) {
		got = take_record(denials, record, size - done);
		if (got == -EAGAIN && !done && !(file->f_flags & O_NONBLOCK)) {
			got = wait_event_interruptible(
				denials->wait, denials_poll(file, NULL));
			if (!got)
				continue;
		}
		if (got <= 0)
			break;
		if (copy_to_user(buffer + done, record, got)) {
			got = -EFAULT;
			break;
		}
		done += got;
	}
	kfree(record);
	return done ?: got;
}

static int denials_release(struct inode *const inode, struct file *const file)
{
	struct landlock_denials *const denials = file->private_data;

	spin_lock(&denials->lock);
	WRITE_ONCE(denials->closed, true);
	spin_unlock(&denials->lock);
	/* Nobody puts in any more, and the rule may be there for long. */
	kfifo_free(&denials->ring);
	landlock_rule_denials_put(denials);
	return 0;
}

static const struct file_operations denials_operations = {
	.owner = THIS_MODULE,
	.poll = denials_poll,
	.read = denials_read,
	.release = denials_release,
};

/**
 * landlock_rule_denials_open - a file to read a ring by
 * @denials: the ring.
 *
 * Return: the file, or an error.
 */
struct file *landlock_rule_denials_open(struct landlock_denials *const denials)
{
	struct file *const file = anon_inode_getfile(
		"[landlock_denials]", &denials_operations, denials, O_RDONLY);

	if (!IS_ERR(file))
		landlock_rule_denials_get(denials);
	return file;
}

/*
 * The path, as it leads there from the task's root; nothing where none does. A
 * task that exits has no root any more.
 */
static void fill_path(struct landlock_rule_denial *const record,
		      const struct path *const path)
{
	struct path root;
	char *start;
	size_t size;

	if (!current->fs)
		return;
	get_fs_root(current->fs, &root);
	start = __d_path(path, &root, record->path, PATH_MAX);
	path_put(&root);
	if (IS_ERR_OR_NULL(start)) {
		if (start)
			record->flags |= LANDLOCK_RULE_DENIAL_LONG;
		record->path[0] = '\0';
		return;
	}
	size = strlen(start) + 1;
	memmove(record->path, start, size);
	record->size = ALIGN(sizeof(*record) + size, sizeof(u64));
	/* Nothing of what was there before is told. */
	memset(record->path + size, 0, record->size - sizeof(*record) - size);
}

static void fill(struct landlock_rule_denial *const record,
		 const struct landlock_rule *const rule,
		 const struct landlock_context *const context)
{
	const struct bpf_prog_aux *const aux = rule->parts.prog->aux;

	BUILD_BUG_ON(sizeof(record->name) != sizeof(aux->name));
	*record = (struct landlock_rule_denial){
		.size = sizeof(*record),
		.event = context->event,
		.arg2 = context->arg2,
		.arg3 = context->arg3,
	};
	memcpy(record->name, aux->name, sizeof(record->name));
}

#ifdef CONFIG_AUDIT
/* %AUDIT_AVC, as SELinux, AppArmor and Smack: readers know its fields. */
static void audit(const struct landlock_rule_denial *const record,
		  const struct landlock_rule *const rule,
		  const struct path *const path)
{
	struct audit_buffer *buffer;

	if (!audit_enabled)
		return;
	/*
	 * Directories are locked where entries are judged: who sleeps here for
	 * room, as audit does for a minute, would keep others out of them.
	 */
	buffer = audit_log_start(audit_context(), GFP_ATOMIC | __GFP_NOWARN,
				 AUDIT_AVC);
	if (!buffer)
		return;
	audit_log_format(
		buffer,
		"landlock_rule=\"DENIED\" rule=%u event=%u arg2=%#llx arg3=%#llx pid=%d comm=",
		rule->parts.prog->aux->id, record->event, record->arg2,
		record->arg3, task_tgid_nr(current));
	audit_log_untrustedstring(buffer, current->comm);
	if (path)
		audit_log_d_path(buffer, " path=", path);
	audit_log_end(buffer);
}
#else
static void audit(const struct landlock_rule_denial *const record,
		  const struct landlock_rule *const rule,
		  const struct path *const path)
{
}
#endif

static bool is_heard(const struct landlock_rule *const rule)
{
	const struct landlock_denials *const denials = rule->parts.denials;

	return (denials && !READ_ONCE(denials->closed)) ||
	       trace_landlock_rule_denied_enabled() || audit_enabled;
}

/**
 * landlock_rule_report - tell that a rule denied something
 * @rule: the rule whose denial is answered to the task.
 * @context: what it was asked.
 * @path: of what, or of what would be; NULL where the hook knows none. May sleep
 *	if there is one.
 *
 * Without memory for the path, the rest is told.
 */
void landlock_rule_report(const struct landlock_rule *const rule,
			  const struct landlock_context *const context,
			  const struct path *const path)
{
	struct landlock_rule_denial without_path, *record = NULL;

	if (likely(!is_heard(rule)))
		return;
	if (path)
		record = kmalloc(RECORD_MAX, GFP_KERNEL);
	fill(record ?: &without_path, rule, context);
	if (record)
		fill_path(record, path);
	else
		record = &without_path;

	trace_landlock_rule_denied(record, rule->parts.prog->aux->id);
	audit(record, rule, path);
	if (rule->parts.denials && may_tell(rule->parts.denials)) {
		record->pid =
			task_tgid_nr_ns(current, rule->parts.denials->pid_ns);
		put_record(rule->parts.denials, record);
	}
	if (record != &without_path)
		kfree(record);
}
