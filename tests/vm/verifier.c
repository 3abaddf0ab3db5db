// SPDX-License-Identifier: LGPL-2.1-or-later
/* Rules for the verifier to take or to refuse. */
#include "verifier.h"

#include <string.h>

#include <sys/syscall.h>
#include <unistd.h>

const struct map rdonly_array = { "read-only array", BPF_MAP_TYPE_ARRAY,
				  BPF_F_RDONLY_PROG, 4 };
const struct map rdonly_hash = { "read-only hash", BPF_MAP_TYPE_HASH,
				 BPF_F_RDONLY_PROG, 4 };

static int create_map(const struct map *const map)
{
	const union bpf_attr attr = {
		.map_type = map->type,
		.key_size = map->key_size,
		.value_size = 8,
		.max_entries = 1,
		.map_flags = map->flags,
	};
	const long fd = syscall(SYS_bpf, BPF_MAP_CREATE, &attr, sizeof(attr));

	ck_assert_msg(fd >= 0, "%s: %s", map->name, strerror(errno));
	return (int)fd;
}

void try_load(const struct bpf_insn *const instructions, const size_t count,
	      const struct map *const map, const uint32_t event,
	      const uint64_t ability, struct outcome *const outcome)
{
	const int map_fd = map ? create_map(map) : -1;
	const union bpf_prog_subtype subtype = vm_subtype(event, ability);
	struct bpf_insn copy[INSTRUCTIONS_MAX];
	struct bpf_abi_prog_load attr;
	size_t i, length = 0;
	int fd;

	ck_assert_uint_le(count, ARRAY_SIZE(copy));
	for (i = 0; i < count; i++) {
		copy[i] = instructions[i];
		if (copy[i].code == (BPF_LD | BPF_IMM | BPF_DW) &&
		    (copy[i].src_reg == BPF_PSEUDO_MAP_FD ||
		     copy[i].src_reg == BPF_PSEUDO_MAP_VALUE))
			copy[i].imm = map_fd;
		if (copy[i].code)
			length = i + 1;
	}

	outcome->log[0] = '\0';
	attr = vm_prog_attr(copy, length, &subtype);
	attr.log_level = 1;
	attr.log_buf = (uintptr_t)outcome->log;
	attr.log_size = sizeof(outcome->log);
	fd = vm_prog_load(&attr);
	outcome->result = fd < 0 ? fd : 0;
	if (fd >= 0)
		close(fd);
	if (map_fd >= 0)
		close(map_fd);
}

void check_program(const struct program *const program, const uint32_t event,
		   const uint64_t ability)
{
	struct outcome outcome;

	try_load(program->instructions, INSTRUCTIONS_MAX, program->map, event,
		 ability, &outcome);
	ck_assert_msg(outcome.result == program->expected,
		      "%s, event %u: %s\n%s", program->name, event,
		      strerror(-outcome.result), outcome.log);
	ck_assert_msg(!program->reason || strstr(outcome.log, program->reason),
		      "%s, event %u: not for the reason '%s'\n%s",
		      program->name, event, program->reason, outcome.log);
}
