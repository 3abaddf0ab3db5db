// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Looks for the two switches that only root, or who boots the machine, can set.
 */
#include "rescue.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define OFF_FILE SYSCONFDIR "/landlock.off"
#define OFF_WORD "landlock_shim=off"
#define BLANKS " \t\n"
/* What the kernel keeps of its command line, on all architectures. */
#define COMMAND_LINE_BYTES 4096

bool rescue_in_command_line(const char *command_line)
{
	const size_t word = strlen(OFF_WORD);

	while (*command_line) {
		const size_t length = strcspn(command_line, BLANKS);

		if (length == word &&
		    strncmp(command_line, OFF_WORD, word) == 0)
			return true;
		command_line += length;
		command_line += strspn(command_line, BLANKS);
	}
	return false;
}

bool rescue_is_on(void)
{
	const int saved_errno = errno;
	char text[COMMAND_LINE_BYTES + 1];
	bool on = access(OFF_FILE, F_OK) == 0;
	ssize_t length = 0;
	int fd;

	if (!on) {
		fd = open("/proc/cmdline", O_RDONLY | O_CLOEXEC);
		if (fd >= 0) {
			length = read(fd, text, sizeof(text) - 1);
			close(fd);
		}
		text[length > 0 ? length : 0] = '\0';
		on = rescue_in_command_line(text);
	}
	errno = saved_errno;
	return on;
}
