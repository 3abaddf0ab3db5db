// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The table of them.
 */
#include "vital.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SHELLS "/etc/shells"

static const char packages[] = "packages are installed under it";
static const char privileges[] = "who needs to become root runs under it";
static const char services[] = "services are started under it";

static const struct {
	const char *path;
	const char *consequence;
} vital[] = {
	{ "/bin/sh", "scripts of the whole system run under it" },
	{ "/usr/bin/env", "scripts of the whole system are started under it" },
	{ "/usr/sbin/sshd", "logins from afar run under it" },
	{ "/usr/bin/login", "logins run under it" },
	{ "/usr/bin/su", privileges },
	{ "/usr/bin/sudo", privileges },
	{ "/usr/bin/doas", privileges },
	{ "/usr/bin/pkexec", privileges },
	{ "/usr/bin/dpkg", packages },
	{ "/usr/bin/apt", packages },
	{ "/usr/bin/apt-get", packages },
	{ "/usr/bin/rpm", packages },
	{ "/usr/bin/pacman", packages },
	{ "/usr/bin/perl", "scripts of packages run under it" },
	{ "/usr/lib/systemd/systemd", services },
	{ "/lib/systemd/systemd", services },
};

/* In /etc/shells as well, but started by people who are in already. */
static bool is_login_shell(const char *const path)
{
	const char *const name = strrchr(path, '/') + 1;

	return strcmp(path, "/bin/sh") != 0 && strcmp(name, "tmux") != 0 &&
	       strcmp(name, "screen") != 0;
}

void vital_each(vital_each_t *const each, void *const user)
{
	FILE *const stream = fopen(SHELLS, "re");
	char *line = NULL;
	size_t size = 0, i;

	for (i = 0; i < sizeof(vital) / sizeof(vital[0]); i++)
		each(vital[i].path, vital[i].consequence, user);
	while (stream && getline(&line, &size, stream) > 0) {
		line[strcspn(line, " \t\n#")] = '\0';
		if (line[0] == '/' && is_login_shell(line))
			each(line, "logins run under it", user);
	}
	free(line);
	if (stream)
		fclose(stream);
}
