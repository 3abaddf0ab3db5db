/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Landlock rules - how much of views a user may have
 */
#ifndef _SECURITY_LANDLOCK_RULE_QUOTA_H
#define _SECURITY_LANDLOCK_RULE_QUOTA_H

#include <linux/types.h>

/**
 * struct quota_charge - what was charged to whom, to be given back
 */
struct quota_charge {
	/** @user: His id in the initial user namespace. */
	u32 user;
	/** @entries: 0 for who is not charged. */
	u32 entries;
};

int quota_charge(u32 entries, struct quota_charge *charge);
void quota_uncharge(const struct quota_charge *charge);

#endif /* _SECURITY_LANDLOCK_RULE_QUOTA_H */
