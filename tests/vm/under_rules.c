// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Runs a program under rules that allow everything, several of each event: what it
 * does is asked about, walked for and allowed. `under_rules COMMAND [WORD…]`
 */
#include "fsview.h"
#include "instructions.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* More than one list's worth of what is kept on the stack. */
#define LAYERS 6

static int load(const struct bpf_insn *const instructions, const size_t count,
		const uint32_t event)
{
	union bpf_prog_subtype subtype = vm_subtype(event, 0);
	struct bpf_abi_prog_load attr;

	subtype.landlock_rule.abi = 2;
	attr = vm_prog_attr(instructions, count, &subtype);
	return vm_prog_load(&attr);
}

/* A view that grants all of it, so that its rule asks, and nothing is denied. */
static int make_view(void)
{
	const struct landlock_fsview_key elsewhere = {
		.fd = LANDLOCK_FSVIEW_ELSEWHERE,
	};
	struct landlock_fsview_value all = { LANDLOCK_FSVIEW_ACCESS_MASK,
					     LANDLOCK_FSVIEW_ACCESS_MASK };
	union bpf_attr attr = fsview_attr(1);
	const int view = fsview_bpf(BPF_MAP_CREATE, &attr);
	int err;

	if (view < 0)
		return view;
	err = fsview_element(BPF_MAP_UPDATE_ELEM, view, &elsewhere, &all,
			     BPF_ANY);
	if (err)
		return err;
	attr = (union bpf_attr){ .map_fd = (uint32_t)view };
	err = fsview_bpf(BPF_MAP_FREEZE, &attr);
	return err ? err : view;
}

static int apply(void)
{
	static const struct bpf_insn allow[] = {
		SET(BPF_REG_0, 0),
		EXIT,
	};
	static const struct bpf_insn compare[] = {
		SET(BPF_REG_2, -1),
		LOAD(BPF_DW, BPF_REG_1, BPF_REG_1,
		     offsetof(struct landlock_context, arg1)),
		CALL(BPF_FUNC_handle_fs_compare_view),
		EXIT,
	};
	const int view = make_view();
	uint32_t event;
	int layer, err = view < 0 ? view : 0;

	for (event = LANDLOCK_SUBTYPE_EVENT_FS;
	     !err && event <= LANDLOCK_SUBTYPE_EVENT_FS_PATH; event++) {
		const bool by_view = event == LANDLOCK_SUBTYPE_EVENT_FS_PATH;
		const int rule = by_view ? load(compare, 4, event)
					 : load(allow, 2, event);

		err = rule < 0 ? rule : 0;
		for (layer = 0; !err && layer < LAYERS; layer++)
			err = by_view ? fsview_prepend(rule, view)
				      : vm_prepend(rule);
		close(rule);
	}
	close(view);
	return err;
}

int main(const int argc, char **const argv)
{
	const int err = apply();

	if (err) {
		fprintf(stderr, "%s: rules cannot be applied: %s\n", argv[0],
			strerror(-err));
		return 125;
	}
	if (argc > 1)
		execvp(argv[1], argv + 1);
	perror(argc > 1 ? argv[1] : argv[0]);
	return 127;
}
