/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Who else may write to a file that its group may write to?
 */
#ifndef LANDLOCK_SHIM_TRUST_GROUP_H
#define LANDLOCK_SHIM_TRUST_GROUP_H

#include <stdbool.h>
#include <sys/types.h>

/*
 * Is @group the private group of @user: has it his name, is it the one that
 * /etc/passwd gives him, and is nobody else in it by /etc/passwd and /etc/group?
 * False also where these files can't be read.
 */
bool trust_group_is_private(gid_t group, uid_t user);

/*
 * Does the ACL of the open file or directory @fd, which may not be O_PATH, let
 * nobody write but its owner, its group, root and @user?  False also where that
 * can't be told.
 */
bool trust_acl_is_private(int fd, uid_t user);

#endif
