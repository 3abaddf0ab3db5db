// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Looks for the two switches that only root, or who boots the machine, can set,
 * and for the process that is never touched.
 */
#include "rescue.h"

#include <string.h>

#include "arena.h"
#include "system.h"

#define OFF_FILE SYSCONFDIR "/landlock.off"
#define OFF_WORD "landlock_shim=off"
#define BLANKS " \t\n"
/* What the kernel keeps of its command line, on all architectures. */
#define COMMAND_LINE_BYTES 4096
/* PROC_PID_INIT_INO of linux/proc_ns.h: the machine's own pid namespace. */
#define MACHINE_PIDS "pid:[4026531836]"
/* Without /proc the machine is known by its kthreadd(), which is in no process group;
 * nothing that was started in a pid namespace is like that. */
#define KERNEL_THREADS_PID 2

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
	char *text;
	int fd;

	if (system_exists(AT_FDCWD, OFF_FILE) == 0)
		return true;
	fd = system_open(AT_FDCWD, "/proc/cmdline", O_RDONLY);
	if (fd < 0)
		return false;
	text = arena_take(COMMAND_LINE_BYTES + 1, 1);
	if (text)
		system_read(fd, text, COMMAND_LINE_BYTES);
	system_close(fd);
	return text && rescue_in_command_line(text);
}

bool rescue_is_first_process(void)
{
	char namespace[sizeof(MACHINE_PIDS) + 8];
	ssize_t length;

	if (SYSTEM_CALL(getpid) != 1)
		return false;
	length = system_readlink(AT_FDCWD, "/proc/self/ns/pid", namespace,
				 sizeof(namespace));
	if (length < 0)
		return SYSTEM_CALL(getpgid, KERNEL_THREADS_PID) == 0;
	return (size_t)length == strlen(MACHINE_PIDS) &&
	       memcmp(namespace, MACHINE_PIDS, strlen(MACHINE_PIDS)) == 0;
}
