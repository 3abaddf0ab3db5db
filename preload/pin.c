// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Takes pinned rules, by their name, from where root alone could put them.
 */
#include "pin.h"

#include <string.h>

#include <linux/bpf.h>
#include <linux/landlock_rule.h>

#include "format.h"
#include "system.h"

bool pin_is_there(void)
{
	struct system_status status;

	return !system_stat(AT_FDCWD, PIN_DIRECTORY, AT_SYMLINK_NOFOLLOW,
			    &status) &&
	       SYSTEM_IS(status.mode, DIR) && status.user == 0 &&
	       !(status.mode & (S_IWGRP | S_IWOTH));
}

/* The pin number @number of @name; or a negative errno. */
static int open_pin(const char *const name, const int number)
{
	char path[PIN_PATH_BYTES];
	union bpf_attr attr;

	if (format_text(path, sizeof(path), PIN_DIRECTORY "/%s/%x", name,
			(unsigned int)number) >= sizeof(path))
		return -ENAMETOOLONG;
	memset(&attr, 0, sizeof(attr));
	attr.pathname = (uintptr_t)path;
	attr.file_flags = BPF_F_RDONLY;
	return (int)SYSTEM_CALL(bpf, BPF_OBJ_GET, &attr, sizeof(attr));
}

/*
 * The number of the last rule of the object that @fd is rule @number of, as its
 * name ends with; or -1 if it is no rule, or not the one that is looked for.
 */
static int last_of(const int fd, const char *const name, const int number)
{
	static const char digits[] = "0123456789abcdef";
	const size_t length = strlen(name);
	struct bpf_prog_info info;
	union bpf_attr attr;
	const char *last;

	memset(&info, 0, sizeof(info));
	memset(&attr, 0, sizeof(attr));
	attr.info.bpf_fd = (__u32)fd;
	attr.info.info = (uintptr_t)&info;
	attr.info.info_len = sizeof(info);
	if (SYSTEM_CALL(bpf, BPF_OBJ_GET_INFO_BY_FD, &attr, sizeof(attr)) ||
	    info.type != LANDLOCK_RULE_PROG_TYPE ||
	    length + 2 >= sizeof(info.name) ||
	    strncmp(info.name, name, length) != 0 ||
	    info.name[length] != digits[number] || !info.name[length + 1])
		return -1;
	last = strchr(digits, info.name[length + 1]);
	return last && !info.name[length + 2] ? (int)(last - digits) : -1;
}

int pin_take(const char *const name, int rule_fds[const PROTOCOL_RULES_MAX])
{
	int count = 0, last = 0;

	while (count <= last) {
		const int fd = open_pin(name, count);
		const int end = fd < 0 ? -1 : last_of(fd, name, count);

		if (fd >= 0)
			rule_fds[count++] = fd;
		if (end < 0 || (count > 1 && end != last)) {
			while (count)
				system_close(rule_fds[--count]);
			return 0;
		}
		last = end;
	}
	return count;
}
