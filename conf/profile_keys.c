// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * One table from keys to what sets them; manual, messages, completions and words for
 * others are of the same.
 */
#include "profile_keys.h"

#include <errno.h>
#include <string.h>

#include "arena.h"
#include "format.h"
#include "profile_setters.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

#define PORTS "none | any | PORT..."

/* In the order in which messages name them. */
static const struct key {
	struct profile_key key;
	profile_setter_t *set;
	unsigned int which; /* of those that @set sets */
} keys[] = {
	{ { "include", "@TEMPLATE...", "what templates say, as if written here",
	    .on_command_line = true },
	  profile_set_include,
	  0 },
	{ { "read", "[-+]PATH...", "files to read, directories to list",
	    .on_command_line = true },
	  profile_set_paths,
	  PROFILE_READ },
	{ { "write", "[-+]PATH...",
	    "files and directories to read, write, make and remove",
	    .on_command_line = true },
	  profile_set_paths,
	  PROFILE_WRITE },
	{ { "exec", "[-+]PATH...", "files to read and to run",
	    .on_command_line = true },
	  profile_set_paths,
	  PROFILE_EXEC },
	{ { "deny", "[-]PATH...",
	    "what can't be opened, changed or run inside of what is granted",
	    .on_command_line = true },
	  profile_set_paths,
	  PROFILE_DENY },
	{ { "hide", "[-]PATH...", "the same, and names in it can't be listed",
	    .on_command_line = true },
	  profile_set_paths,
	  PROFILE_HIDE },
	{ { "network", "none | any | FAMILY...",
	    "families of addresses that new sockets may be of",
	    .on_command_line = true },
	  profile_set_network,
	  0 },
	{ { "connect-tcp", PORTS, "TCP ports that may be connected to",
	    .on_command_line = true },
	  profile_set_ports,
	  PROFILE_CONNECT_TCP },
	{ { "bind-tcp", PORTS, "TCP ports that may be bound",
	    .on_command_line = true },
	  profile_set_ports,
	  PROFILE_BIND_TCP },
	{ { "connect-udp", PORTS, "UDP ports that may be sent to",
	    .on_command_line = true },
	  profile_set_ports,
	  PROFILE_CONNECT_UDP },
	{ { "bind-udp", PORTS, "UDP ports that may be bound",
	    .on_command_line = true },
	  profile_set_ports,
	  PROFILE_BIND_UDP },
	{ { "connect-unix", "none | any | [-]PATH...",
	    "sockets with a path that may be connected to",
	    .on_command_line = true },
	  profile_set_sockets,
	  PROFILE_CONNECT },
	{ { "scope", "[signal] [abstract-unix] [terminal]",
	    "what does not leave the sandbox", .on_command_line = true },
	  profile_set_scope,
	  0 },
	{ { "rule", "OBJECT [NAME=VALUE...]",
	    "a rule object to apply, with its parameters",
	    .on_command_line = true },
	  profile_set_rule,
	  0 },
	{ { "log", "none | self | all",
	    "whose denials the kernel's audit records",
	    .on_command_line = true },
	  profile_set_log,
	  0 },
	{ { "on-error", "fail | warn",
	    "what to do about what makes no sense or cannot be enforced",
	    .on_command_line = true },
	  profile_set_on_error,
	  0 },
	{ { "mode", "enforce | complain | off",
	    "whether the profile is applied", .of_programs = true,
	    .on_command_line = true },
	  profile_set_mode,
	  0 },
	{ { "match", "PATH...", "programs that the profile speaks of",
	    .of_programs = true },
	  profile_set_match,
	  0 },
};

const struct profile_key *profile_key_at(const size_t index)
{
	return index < ARRAY_SIZE(keys) ? &keys[index].key : NULL;
}

const struct profile_key *profile_key_find(const char *const name,
					   const size_t length)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(keys); i++)
		if (strncmp(keys[i].key.name, name, length) == 0 &&
		    !keys[i].key.name[length])
			return &keys[i].key;
	return NULL;
}

/* Small letters, and dashes for underscores. */
static char fold(const char c)
{
	if (c >= 'A' && c <= 'Z')
		return (char)(c - 'A' + 'a');
	return c == '_' ? '-' : c;
}

static unsigned int least(const unsigned int a, const unsigned int b)
{
	return a < b ? a : b;
}

#define NAME_BYTES_MAX 32

/*
 * How many letters are to be put in, taken out, changed, or swapped with the next, to
 * get from @a to @b?  Both are of at most NAME_BYTES_MAX.
 */
static unsigned int distance(const char *const a, const char *const b)
{
	unsigned char rows[3][NAME_BYTES_MAX + 1];
	unsigned char *before = rows[0], *last = rows[1], *row = rows[2];
	const size_t length = strlen(b);
	size_t i, j;

	for (j = 0; j <= length; j++)
		last[j] = (unsigned char)j;
	for (i = 1; a[i - 1]; i++) {
		unsigned char *const oldest = before;

		row[0] = (unsigned char)i;
		for (j = 1; j <= length; j++) {
			const bool same = fold(a[i - 1]) == b[j - 1];
			unsigned int steps =
				least(last[j - 1] + !same,
				      least(last[j], row[j - 1]) + 1U);

			if (i > 1 && j > 1 && fold(a[i - 1]) == b[j - 2] &&
			    fold(a[i - 2]) == b[j - 1])
				steps = least(steps, before[j - 2] + 1U);
			row[j] = (unsigned char)steps;
		}
		before = last;
		last = row;
		row = oldest;
	}
	return last[length];
}

/* Returns the one key that @name was most likely meant for, or NULL. */
static const char *find_meant(const char *const name)
{
	/* Of a short name, two slips would leave nothing that tells it. */
	unsigned int best = strlen(name) > 4 ? 3 : 2;
	const char *meant = NULL;
	size_t i;

	if (strlen(name) > NAME_BYTES_MAX)
		return NULL;
	for (i = 0; i < ARRAY_SIZE(keys); i++) {
		const unsigned int steps = distance(name, keys[i].key.name);

		if (steps < best) {
			best = steps;
			meant = keys[i].key.name;
		}
	}
	return meant;
}

/* Takes time and memory only where it is needed: a fault is rare. */
static int refuse_key(const struct profile_place *const place)
{
	const char *const meant = find_meant(place->key);
	char text[256] = "use ";
	size_t length = strlen(text), i;
	const char *remedy;

	if (meant)
		length = format_text(text, sizeof(text), "did you mean %s?",
				     meant);
	for (i = 0; !meant && i < ARRAY_SIZE(keys); i++)
		length += format_text(text + length, sizeof(text) - length,
				      "%s%s",
				      !i			 ? ""
				      : i < ARRAY_SIZE(keys) - 1 ? ", "
								 : " or ",
				      keys[i].key.name);
	remedy = arena_text(text);
	return remedy ? profile_fault(place, remedy, "unknown key") : -ENOMEM;
}

int profile_set_key(const struct profile_place *const place,
		    const char *const value)
{
	const struct profile_key *const found =
		profile_key_find(place->key, strlen(place->key));
	const struct key *key;
	char *text;

	if (!found)
		return refuse_key(place);
	key = (const struct key *)found; /* its first member */
	text = arena_text(value + strspn(value, " \t"));
	return text ? key->set(place, text, key->which) : -ENOMEM;
}

static const char *key_of(profile_setter_t *const set, const unsigned int which)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(keys); i++)
		if (keys[i].set == set && keys[i].which == which)
			return keys[i].key.name;
	return "";
}

const char *profile_access_key(const enum profile_access access)
{
	return access == PROFILE_CONNECT ? key_of(profile_set_sockets, access)
					 : key_of(profile_set_paths, access);
}

const char *profile_port_key(const enum profile_port_use use)
{
	return key_of(profile_set_ports, use);
}
