// SPDX-License-Identifier: GPL-2.0-only
/*
 * Landlock rules - how much of views a user may have
 *
 * Anyone may make a view. Its memory is charged to the memory cgroup of who
 * makes it, but an entry also holds an inode, and not every system has such
 * cgroups. So entries are counted by user, as those that views have room for:
 * an empty view is not free.
 */

#include <linux/capability.h>
#include <linux/cleanup.h>
#include <linux/cred.h>
#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/moduleparam.h>
#include <linux/mutex.h>
#include <linux/sizes.h>
#include <linux/uidgid.h>
#include <linux/user_namespace.h>
#include <linux/xarray.h>

#include "quota.h"

/* landlock_rule.view_entries: what is there already stays if it is lowered. */
static unsigned int view_entries = SZ_256K;
module_param(view_entries, uint, 0644);

/* By user: how many entries are charged, as a value; nobody has none. */
static DEFINE_XARRAY(charged);
static DEFINE_MUTEX(charged_lock);

static bool is_unlimited(void)
{
	return ns_capable_noaudit(&init_user_ns, CAP_BPF) ||
	       ns_capable_noaudit(&init_user_ns, CAP_SYS_ADMIN);
}

/*
 * Who makes a user namespace may have many user ids in it: he answers for all
 * of them. In those that root made, each answers for himself.
 */
static kuid_t who_answers(void)
{
	const struct user_namespace *ns = current_user_ns();
	kuid_t user = current_uid();

	for (; ns != &init_user_ns; ns = ns->parent)
		if (!uid_eq(ns->owner, GLOBAL_ROOT_UID))
			user = ns->owner;
	return user;
}

/**
 * quota_charge - charge entries of a view to who makes it
 * @entries: how many it has room for.
 * @charge: filled, for quota_uncharge().
 *
 * May sleep. Who has %CAP_BPF or %CAP_SYS_ADMIN in the initial user namespace
 * is not charged.
 *
 * Return: 0, -EDQUOT if that is more than he may have, or -ENOMEM.
 */
int quota_charge(const u32 entries, struct quota_charge *const charge)
{
	unsigned long used;

	*charge = (struct quota_charge){};
	if (is_unlimited())
		return 0;
	charge->user = __kuid_val(who_answers());

	guard(mutex)(&charged_lock);
	used = xa_to_value(xa_load(&charged, charge->user) ?: xa_mk_value(0));
	used += entries;
	/* What can be kept as a value on 32 bits is the bound of all. */
	if (used > min(READ_ONCE(view_entries), INT_MAX))
		return -EDQUOT;
	if (xa_err(xa_store(&charged, charge->user, xa_mk_value(used),
			    GFP_KERNEL)))
		return -ENOMEM;
	charge->entries = entries;
	return 0;
}

/**
 * quota_uncharge - give back what was charged
 * @charge: from quota_charge().
 *
 * May sleep.
 */
void quota_uncharge(const struct quota_charge *const charge)
{
	unsigned long used;

	if (!charge->entries)
		return;
	guard(mutex)(&charged_lock);
	used = xa_to_value(xa_load(&charged, charge->user)) - charge->entries;
	/* In place of a value, nothing is allocated. */
	xa_store(&charged, charge->user, used ? xa_mk_value(used) : NULL,
		 GFP_KERNEL);
}
