/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Landlock rules - telling of what a rule denied
 */
#ifndef _SECURITY_LANDLOCK_RULE_DENIALS_H
#define _SECURITY_LANDLOCK_RULE_DENIALS_H

#include <linux/err.h>
#include <linux/fs.h>
#include <linux/path.h>

#include "events.h"

struct landlock_context;
struct landlock_denials;

struct landlock_denials *landlock_rule_denials_make(bool of_cgroup);
void landlock_rule_denials_get(struct landlock_denials *denials);
void landlock_rule_denials_put(struct landlock_denials *denials);
struct file *landlock_rule_denials_open(struct landlock_denials *denials);
void landlock_rule_denials_end(struct landlock_denials *denials);
void landlock_rule_report(const struct landlock_rule *rule,
			  const struct landlock_context *context,
			  const struct path *path);

#endif /* _SECURITY_LANDLOCK_RULE_DENIALS_H */
