// SPDX-License-Identifier: GPL-2.0-only
/*
 * Landlock rules - who may reach a socket by its path
 *
 * Who is in a sandbox reaches what was made in it, whatever its path is granted:
 * a socket remembers the rules of the task that made it.
 */

#include <linux/lsm_hooks.h>
#include <linux/net.h>
#include <linux/path.h>
#include <linux/socket.h>
#include <net/sock.h>
#include <uapi/linux/landlock_rule.h>

#include "cgroup.h"
#include "events.h"
#include "hooks_unix.h"
#include "judge.h"
#include "setup.h"

static struct landlock_rule_sock *rule_sock(const struct sock *const sk)
{
	return sk->sk_security + landlock_rule_blob_sizes.lbs_sock;
}

/* The newest rule that is in both lists, and so are all older ones; or NULL. */
static const struct landlock_rule *common_rule(const struct landlock_rule *a,
					       const struct landlock_rule *b)
{
	while (a != b) {
		if (!a || !b)
			return NULL;
		if (a->depth > b->depth) {
			a = a->prev;
		} else if (a->depth < b->depth) {
			b = b->prev;
		} else {
			a = a->prev;
			b = b->prev;
		}
	}
	return a;
}

/* What was connected before is not asked about again. */
static int hook_unix_find(const struct path *const path,
			  struct sock *const other)
{
	const struct landlock_rule *const rule =
		landlock_rule_on_paths(landlock_rule_current());
	const struct landlock_rule *made_under;

	if (likely(!rule && !landlock_rule_cgroups_ask()))
		return 0;
	made_under = landlock_rule_on_paths(rule_sock(other)->made_under);
	return landlock_rule_judge_newer(rule, common_rule(rule, made_under),
					 path, LANDLOCK_ACTION_FS_CONNECT);
}

/*
 * Each end of socketpair(2) comes here as well, and may be bound later. What
 * accept(2) gives does not, but nobody finds it by a path.
 */
static int hook_socket_post_create(struct socket *const sock, const int family,
				   const int type, const int protocol,
				   const int kern)
{
	if (family == PF_UNIX && !kern && landlock_rule_current())
		rule_sock(sock->sk)->made_under = landlock_rule_get_events();
	return 0;
}

static void hook_sk_free_security(struct sock *const sk)
{
	landlock_rule_put_events(rule_sock(sk)->made_under);
}

static struct security_hook_list hooks[] __ro_after_init = {
	LSM_HOOK_INIT(unix_find, hook_unix_find),
	LSM_HOOK_INIT(socket_post_create, hook_socket_post_create),
	LSM_HOOK_INIT(sk_free_security, hook_sk_free_security),
};

__init void landlock_rule_add_unix_hooks(void)
{
	landlock_rule_add_task_hooks(hooks, ARRAY_SIZE(hooks));
}
