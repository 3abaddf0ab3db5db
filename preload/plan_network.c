// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Ports, address families, sockets with a path and scopes: what enforces each, from
 * which ABI on.
 */
#include "plan_network.h"

#include "mainline_abi.h"
#include "plan_gaps.h"

/* What a use of ports takes. */
static const struct {
	uint64_t right;
	int abi;
	unsigned int filter;
	const char *lack;
	const char *remedy;
} uses[PROFILE_PORT_USE_COUNT] = {
#define TCP                                                                    \
	MAINLINE_ABI_TCP, PLAN_FILTER_TCP,                                     \
		"this kernel can't restrict TCP ports",                        \
		"use Linux 6.7 or newer, or set on-error = warn"
#define UDP                                                                       \
	MAINLINE_ABI_UDP, PLAN_FILTER_UDP,                                        \
		"this kernel can't restrict UDP ports",                           \
		"use Linux 7.2 or newer, or network = without the families that " \
		"have UDP, or set on-error = warn"
	[PROFILE_CONNECT_TCP] = { MAINLINE_NET_CONNECT_TCP, TCP },
	[PROFILE_BIND_TCP] = { MAINLINE_NET_BIND_TCP, TCP },
	[PROFILE_CONNECT_UDP] = { MAINLINE_NET_CONNECT_SEND_UDP, UDP },
	[PROFILE_BIND_UDP] = { MAINLINE_NET_BIND_UDP, UDP },
#undef TCP
#undef UDP
};

/* What a scope takes: bits of a ruleset, or a filter. */
static const struct {
	uint64_t scoped;
	unsigned int filter;
} scopes[PROFILE_SCOPE_COUNT] = {
	[PROFILE_SCOPE_ABSTRACT_UNIX] = { .scoped =
						  MAINLINE_SCOPE_ABSTRACT_UNIX },
	[PROFILE_SCOPE_SIGNAL] = { .scoped = MAINLINE_SCOPE_SIGNAL },
	[PROFILE_SCOPE_TERMINAL] = { .filter = PLAN_FILTER_TERMINAL },
};

#define NO_FILTERS "this kernel has no seccomp filters"
#define NO_FILTERS_REMEDY                                                      \
	"use a kernel with CONFIG_SECCOMP_FILTER, or set on-error = warn"

uint64_t plan_port_right(const enum profile_port_use use)
{
	return uses[use].right;
}

static void add_whole(struct plan *const plan, const char *const key,
		      const struct origin origin, const char *const cause,
		      const char *const remedy)
{
	plan_add_gap(plan, (struct plan_gap){ .key = key,
					      .origin = origin,
					      .cause = cause,
					      .remedy = remedy,
					      .kind = PLAN_GAP_WHOLE });
}

static bool is_of_tcp(const enum profile_port_use use)
{
	return uses[use].filter == PLAN_FILTER_TCP;
}

static void limit_use(struct plan *const plan, const enum profile_port_use use,
		      const struct origin origin)
{
	const struct profile_use_of_ports *const ports = plan->profile->ports;
	const char *const key = profile_port_key(use);

	if (is_of_tcp(use) && !ports[PROFILE_CONNECT_UDP].restricted &&
	    !ports[PROFILE_BIND_UDP].restricted)
		plan_add_limit(plan, key, origin, "UDP is not restricted");
	if (use == PROFILE_BIND_TCP)
		plan_add_limit(plan, key, origin,
			       "listen(2) without bind(2) takes a port of the "
			       "kernel's choice");
	if (use == PROFILE_BIND_UDP && plan->binds_any_udp)
		plan_add_limit(plan, key, origin,
			       "port 0 is granted as well: who sends is bound "
			       "to a port of the kernel's choice");
#ifdef __i386__
	plan_add_limit(plan, key, origin,
		       is_of_tcp(use)
			       ? "of a 32-bit program that uses socketcall(2), "
				 "MPTCP, SMC and TCP Fast Open are not "
				 "restricted"
			       : "of a 32-bit program that uses socketcall(2), "
				 "UDP-Lite is not restricted");
#endif
}

/*
 * Who sends without having bound is bound to a port of the kernel's choice, which
 * has to be granted, as port 0.  Else nobody could ask for a name, whatever
 * connect-udp grants.
 */
static bool needs_port_zero(const struct profile *const profile)
{
	const struct profile_use_of_ports *const to =
		&profile->ports[PROFILE_CONNECT_UDP];

	return profile->ports[PROFILE_BIND_UDP].restricted &&
	       (!to->restricted || to->range_count);
}

static void plan_ports(struct plan *const plan,
		       const struct features *const features)
{
	size_t i;

	plan->binds_any_udp = features->mainline_abi >= MAINLINE_ABI_UDP &&
			      features->filters &&
			      needs_port_zero(plan->profile);
	for (i = 0; i < PROFILE_PORT_USE_COUNT; i++) {
		const enum profile_port_use use = (enum profile_port_use)i;
		const struct profile_use_of_ports *const ports =
			&plan->profile->ports[use];
		const char *const key = profile_port_key(use);

		if (!ports->restricted)
			continue;
		if (!features->mainline_abi) {
			plan_add_absence(plan, key, ports->origin,
					 features->mainline_error);
		} else if (features->mainline_abi < uses[use].abi) {
			add_whole(plan, key, ports->origin, uses[use].lack,
				  uses[use].remedy);
		} else if (!features->filters) {
			add_whole(plan, key, ports->origin, NO_FILTERS,
				  NO_FILTERS_REMEDY);
		} else {
			plan->handled_net |= uses[use].right;
			plan->filter |= uses[use].filter;
			limit_use(plan, use, ports->origin);
		}
	}
}

static void plan_scopes(struct plan *const plan,
			const struct features *const features)
{
	size_t i;

	for (i = 0; i < PROFILE_SCOPE_COUNT; i++) {
		const struct origin origin = plan->profile->scopes[i];

		if (!origin.line)
			continue;
		if (scopes[i].filter && features->filters)
			plan->filter |= scopes[i].filter;
		else if (scopes[i].filter)
			add_whole(plan, "scope", origin, NO_FILTERS,
				  NO_FILTERS_REMEDY);
		else if (features->mainline_abi >= MAINLINE_ABI_SCOPE)
			plan->scoped |= scopes[i].scoped;
		else if (features->mainline_abi)
			add_whole(plan, "scope", origin,
				  "this kernel can't keep signals and abstract "
				  "sockets inside",
				  "use Linux 6.12 or newer, or set on-error = "
				  "warn");
		else
			plan_add_absence(plan, "scope", origin,
					 features->mainline_error);
	}
}

static void plan_families(struct plan *const plan,
			  const struct features *const features)
{
	const struct profile_network *const network = &plan->profile->network;

	if (!network->restricted)
		return;
	if (!features->filters) {
		add_whole(plan, "network", network->origin, NO_FILTERS,
			  NO_FILTERS_REMEDY);
		return;
	}
	plan->filter |= PLAN_FILTER_NETWORK;
	plan->families = network->families;
#ifdef __i386__
	if (network->families)
		plan_add_limit(plan, "network", network->origin,
			       "a 32-bit program that uses socketcall(2) gets "
			       "no socket of any family, as it can't be told "
			       "of which one it asks for");
#endif
}

/*
 * By what paths are enforced by; by a view or ruleset of its own, if there are none.
 * Beside a view, the paths of the profile are not looked up for a ruleset.
 */
static void plan_sockets(struct plan *const plan,
			 const struct features *const features)
{
	const struct profile_sockets *const sockets = &plan->profile->sockets;
	const enum plan_paths by = plan_sockets_by(features);

	if (!sockets->restricted)
		return;
	if (by == PLAN_PATHS_NONE && !features->mainline_abi) {
		plan_add_absence(plan, "connect-unix", sockets->origin,
				 features->mainline_error);
	} else if (by == PLAN_PATHS_NONE) {
		add_whole(plan, "connect-unix", sockets->origin,
			  "this kernel can't restrict sockets with a path",
			  "use Linux 7.1 or newer, or network = without unix, "
			  "or set on-error = warn");
	} else {
		plan->sockets_by = by;
	}
	if (plan->sockets_by == PLAN_PATHS_RULESET) {
		plan->handled_fs |= MAINLINE_FS_RESOLVE_UNIX;
		plan->rights[PROFILE_CONNECT] = MAINLINE_FS_RESOLVE_UNIX;
	}
}

/*
 * A filter alone holds the program, but none of the others that it may reach as
 * its user: a ruleset and a view keep it from ptrace(2) of what is outside.
 */
static void limit_filter(struct plan *const plan)
{
	const struct profile *const profile = plan->profile;
	const struct origin terminal = profile->scopes[PROFILE_SCOPE_TERMINAL];

	if (plan_needs_ruleset(plan) || plan_needs_view(plan))
		return;
	if (plan->filter & PLAN_FILTER_NETWORK)
		plan_add_limit(plan, "network", profile->network.origin,
			       "another process of the user can be made to "
			       "open a socket, by ptrace(2), as no path, port "
			       "or scope signal is restricted");
	else if (plan->filter & PLAN_FILTER_TERMINAL)
		plan_add_limit(plan, "scope", terminal,
			       "another process of the user can be made to "
			       "type, by ptrace(2), as no path, port or scope "
			       "signal is restricted");
}

void plan_network(struct plan *const plan,
		  const struct features *const features)
{
	plan_ports(plan, features);
	plan_scopes(plan, features);
	plan_families(plan, features);
	plan_sockets(plan, features);
	limit_filter(plan);
}
