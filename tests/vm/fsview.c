// SPDX-License-Identifier: LGPL-2.1-or-later
/* Views of the file system: make, fill, freeze, apply. */
#include "fsview.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

int fsview_bpf(const enum bpf_cmd command, union bpf_attr *const attr)
{
	const long got = syscall(__NR_bpf, command, attr, sizeof(*attr));

	return got < 0 ? -errno : (int)got;
}

union bpf_attr fsview_attr(const uint32_t max_entries)
{
	return (union bpf_attr){
		.map_type = LANDLOCK_RULE_MAP_TYPE_FSVIEW,
		.key_size = sizeof(struct landlock_fsview_key),
		.value_size = sizeof(struct landlock_fsview_value),
		.max_entries = max_entries,
	};
}

int fsview_make(const uint32_t max_entries)
{
	union bpf_attr attr = fsview_attr(max_entries);
	const int view = fsview_bpf(BPF_MAP_CREATE, &attr);

	ck_assert_msg(view >= 0, "view: %s", strerror(-view));
	return view;
}

int fsview_element(const enum bpf_cmd command, const int view,
		   const struct landlock_fsview_key *const key,
		   struct landlock_fsview_value *const value,
		   const uint64_t flags)
{
	union bpf_attr attr = {
		.map_fd = (uint32_t)view,
		.key = (uintptr_t)key,
		.value = (uintptr_t)value,
		.flags = flags,
	};

	return fsview_bpf(command, &attr);
}

struct landlock_fsview_key fsview_key(const char *const path,
				      const char *const name)
{
	struct landlock_fsview_key key = {
		.fd = open(path, O_PATH | O_NOFOLLOW | O_CLOEXEC),
	};

	ck_assert_msg(key.fd >= 0, "%s: %m", path);
	snprintf(key.name, sizeof(key.name), "%s", name ? name : "");
	return key;
}

int fsview_put_key(const int view, const struct landlock_fsview_key key,
		   struct landlock_fsview_value value)
{
	const int error = fsview_element(BPF_MAP_UPDATE_ELEM, view, &key,
					 &value, BPF_ANY);

	close(key.fd);
	return error;
}

int fsview_put(const int view, const char *const path, const char *const name,
	       const uint64_t access)
{
	return fsview_put_key(view, fsview_key(path, name),
			      (struct landlock_fsview_value){ access, access });
}

void fsview_put_elsewhere(const int view, struct landlock_fsview_value value)
{
	const struct landlock_fsview_key key = {
		.fd = LANDLOCK_FSVIEW_ELSEWHERE,
	};

	ck_assert_int_eq(fsview_element(BPF_MAP_UPDATE_ELEM, view, &key, &value,
					BPF_ANY),
			 0);
}

void fsview_freeze(const int view)
{
	union bpf_attr attr = { .map_fd = (uint32_t)view };

	ck_assert_int_eq(fsview_bpf(BPF_MAP_FREEZE, &attr), 0);
}

int fsview_prepend(const int prog_fd, const int view)
{
	const struct landlock_rule_prepend prepend = { .prog_fd = prog_fd,
						       .view_fd = view };

	return vm_result(syscall(__NR_seccomp, SECCOMP_PREPEND_LANDLOCK_RULE,
				 LANDLOCK_RULE_PREPEND_VIEW, &prepend));
}

static int load_rule(void)
{
	return vm_load_rule("fs_paths", LANDLOCK_SUBTYPE_EVENT_FS_PATH, NULL,
			    0);
}

static int loaded = -1;

static void load_once(void)
{
	if (loaded < 0)
		loaded = load_rule();
}

void fsview_share_rule(TCase *const tcase)
{
	tcase_add_unchecked_fixture(tcase, load_once, NULL);
}

int fsview_load_rule(void)
{
	return loaded < 0 ? load_rule() : fcntl(loaded, F_DUPFD_CLOEXEC, 0);
}

struct under {
	int rule, view;
	vm_function_t *function;
	void *argument;
};

static int enter(void *const argument)
{
	const struct under *const under = argument;
	int error = vm_no_new_privs();

	if (!error)
		error = fsview_prepend(under->rule, under->view);
	return error ? error : under->function(under->argument);
}

int fsview_child_under(const int prog_fd, const int view,
		       vm_function_t *const function, void *const argument)
{
	struct under under = { prog_fd, view, function, argument };

	return vm_child(enter, &under);
}

int fsview_child(const int view, vm_function_t *const function,
		 void *const argument)
{
	const int rule = fsview_load_rule();
	const int result = fsview_child_under(rule, view, function, argument);

	close(rule);
	return result;
}

int fsview_read(const char *const path)
{
	const int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd >= 0)
		close(fd);
	return vm_result(fd);
}

static int read_it(void *const path)
{
	return fsview_read(path);
}

int fsview_child_reads(const int view, const char *const path)
{
	return fsview_child(view, read_it, (char *)(uintptr_t)path);
}
