// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Keys whose values are ports, and `network`.
 */
#include <errno.h>
#include <string.h>

#include "arena.h"
#include "profile_setters.h"
#include "profile_values.h"
#include "services.h"

#define RANGES_MAX 1024

static const char *const protocols[PROFILE_PORT_USE_COUNT] = {
	[PROFILE_CONNECT_TCP] = "tcp",
	[PROFILE_BIND_TCP] = "tcp",
	[PROFILE_CONNECT_UDP] = "udp",
	[PROFILE_BIND_UDP] = "udp",
};

/* Reads the name of a port; tells of one that is none.  @port 0: it was. */
static int read_service(const struct profile_place *const place,
			const enum profile_port_use use, const char *const name,
			unsigned short *const port)
{
	const char *text = place->variables ? place->variables->services : NULL;
	const int error = service_port(&text, name, protocols[use], port);

	if (place->variables)
		place->variables->services = text;
	if (!error)
		return 0;
	*port = 0;
	if (error == -ENOMEM)
		return error;
	if (error != -ENOENT)
		return profile_fault(place, "write its number",
				     "/etc/services cannot be read for the "
				     "port \"%s\": %s",
				     name, report_error_text(error));
	return profile_fault(place, "write its number",
			     "no %s port of that name in /etc/services: \"%s\"",
			     protocols[use], name);
}

static int add_range(const struct profile_place *const place,
		     struct profile_use_of_ports *const ports,
		     const struct profile_ports range, const char *const word)
{
	struct profile_ports *ranges;

	if (ports->range_count == RANGES_MAX)
		return profile_refuse(place, "write ranges",
				      "too many ports before", word);
	ranges = arena_append(ports->ranges, ports->range_count,
			      sizeof(*ranges));
	if (!ranges)
		return -ENOMEM;
	ports->ranges = ranges;
	ranges[ports->range_count++] = range;
	ports->restricted = true;
	ports->origin = profile_place_origin(place);
	return 0;
}

static int add_ports(const struct profile_place *const place,
		     const struct profile_word *const word,
		     const unsigned int which)
{
	const enum profile_port_use use = (enum profile_port_use)which;
	struct profile_ports range;
	int error;

	if (!value_read_ports(word->text, &range)) {
		if (!value_is_service(word->text) ||
		    strcmp(word->text, "none") == 0 ||
		    strcmp(word->text, "any") == 0)
			return profile_refuse(
				place,
				"write none, any, or ports, ranges and names "
				"(443 8000-8080 https)",
				"not a port", word->written);
		error = read_service(place, use, word->text, &range.first);
		if (error || !range.first)
			return error;
		range.last = range.first;
	}
	return add_range(place, &place->profile->ports[use], range,
			 word->written);
}

int profile_set_ports(const struct profile_place *const place,
		      char *const value, const unsigned int which)
{
	struct profile_use_of_ports *const ports =
		&place->profile->ports[which];
	const int list = profile_begin_list(place, value, ports->range_count,
					    &ports->restricted, &ports->origin);

	if (list == PROFILE_LIST_RESET) {
		*ports = (struct profile_use_of_ports){ .restricted = false };
		return 0;
	}
	return list != PROFILE_LIST_WORDS
		       ? list
		       : profile_add_words(place, value, PROFILE_WORD_PLAIN,
					   add_ports, which);
}

/* As linux/socket.h numbers them; names are those of its AF_. */
static const char *const families[] = {
	[1] = "unix",	    [2] = "inet",      [3] = "ax25",
	[4] = "ipx",	    [5] = "appletalk", [6] = "netrom",
	[7] = "bridge",	    [8] = "atmpvc",    [9] = "x25",
	[10] = "inet6",	    [11] = "rose",     [12] = "decnet",
	[13] = "netbeui",   [14] = "security", [15] = "key",
	[16] = "netlink",   [17] = "packet",   [18] = "ash",
	[19] = "econet",    [20] = "atmsvc",   [21] = "rds",
	[22] = "sna",	    [23] = "irda",     [24] = "pppox",
	[25] = "wanpipe",   [26] = "llc",      [27] = "ib",
	[28] = "mpls",	    [29] = "can",      [30] = "tipc",
	[31] = "bluetooth", [32] = "iucv",     [33] = "rxrpc",
	[34] = "isdn",	    [35] = "phonet",   [36] = "ieee802154",
	[37] = "caif",	    [38] = "alg",      [39] = "nfc",
	[40] = "vsock",	    [41] = "kcm",      [42] = "qipcrtr",
	[43] = "smc",	    [44] = "xdp",      [45] = "mctp",
};

#define FAMILY_COUNT (sizeof(families) / sizeof(families[0]))

const char *profile_network_word(const unsigned int family)
{
	return family < FAMILY_COUNT ? families[family] : NULL;
}

static int add_family(const struct profile_place *const place,
		      const struct profile_word *const word,
		      const unsigned int which)
{
	struct profile_network *const network = &place->profile->network;
	/* Family 0 is none that a socket could be of. */
	const size_t family = 1 + profile_find_word(word->text, families + 1,
						    FAMILY_COUNT - 1);

	(void)which;
	if (family == FAMILY_COUNT)
		return profile_refuse(place,
				      "write none, any, or families of "
				      "addresses (inet inet6 unix netlink)",
				      "not a family of addresses",
				      word->written);
	network->families |= UINT64_C(1) << family;
	network->restricted = true;
	network->origin = profile_place_origin(place);
	return 0;
}

int profile_set_network(const struct profile_place *const place,
			char *const value, const unsigned int which)
{
	struct profile_network *const network = &place->profile->network;
	const int list =
		profile_begin_list(place, value, network->families,
				   &network->restricted, &network->origin);

	if (list == PROFILE_LIST_RESET) {
		*network = (struct profile_network){ .restricted = false };
		return 0;
	}
	return list != PROFILE_LIST_WORDS
		       ? list
		       : profile_add_words(place, value, PROFILE_WORD_PLAIN,
					   add_family, which);
}
