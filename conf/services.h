/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Names of ports, as services(5) has them.
 */
#ifndef LANDLOCK_SHIM_SERVICES_H
#define LANDLOCK_SHIM_SERVICES_H

/*
 * Finds the port that is called @name, or has it for an alias, of @protocol ("tcp",
 * "udp") in /etc/services.
 *
 * @text: keeps the file's text, from NULL on, from one call to the next.
 *
 * Returns 0; -ENOENT when there is none; -ENOMEM; -EFBIG for a file above 1 MiB; or
 * why the file can't be read.
 */
int service_port(const char **text, const char *name, const char *protocol,
		 unsigned short *port);

#endif
