// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * A bare wrapper as the kernel's sample is one: a ruleset that lets read and
 * execute what is below some paths, then the program.
 *
 *	wrapper PATH... -- PROGRAM [ARGUMENT...]
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "mainline_abi.h"

int main(const int argc, char **const argv)
{
	const struct mainline_ruleset_attr attr = {
		.handled_access_fs =
			MAINLINE_FS_EXECUTE | MAINLINE_FS_READ_FILE |
			MAINLINE_FS_READ_DIR | MAINLINE_FS_WRITE_FILE,
	};
	const int ruleset = (int)syscall(MAINLINE_NR_CREATE_RULESET, &attr,
					 sizeof(attr), 0);
	int i;

	for (i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
		struct mainline_path_beneath rule = {
			.allowed_access = MAINLINE_FS_EXECUTE |
					  MAINLINE_FS_READ_FILE |
					  MAINLINE_FS_READ_DIR,
			.parent_fd = open(argv[i], O_PATH | O_CLOEXEC),
		};

		if (syscall(MAINLINE_NR_ADD_RULE, ruleset,
			    MAINLINE_RULE_PATH_BENEATH, &rule, 0)) {
			perror(argv[i]);
			return 1;
		}
		close(rule.parent_fd);
	}
	if (i + 1 >= argc || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) ||
	    syscall(MAINLINE_NR_RESTRICT_SELF, ruleset, 0)) {
		perror("wrapper");
		return 1;
	}
	execv(argv[i + 1], argv + i + 1);
	perror(argv[i + 1]);
	return 1;
}
