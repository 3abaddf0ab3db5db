// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Looks variables up in BTF: section .rodata, variable, type.
 */
#include "variable.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include <bpf/btf.h>

static bool describe_type(const struct btf *const btf, const __u32 id,
			  struct parameter_type *const type)
{
	const int resolved = btf__resolve_type(btf, id);
	const struct btf_type *const found =
		resolved < 0 ? NULL : btf__type_by_id(btf, (__u32)resolved);

	if (!found)
		return false;
	*type = (struct parameter_type){ .size = found->size };
	if (btf_is_int(found)) {
		type->is_signed = btf_int_encoding(found) & BTF_INT_SIGNED;
		type->is_bool = btf_int_encoding(found) & BTF_INT_BOOL;
		return true;
	}
	if (btf_is_any_enum(found)) {
		type->is_signed = btf_kflag(found);
		return true;
	}
	return false;
}

int variable_find(const struct btf *const btf, const char *const name,
		  struct variable *const variable)
{
	const __s32 section =
		btf ? btf__find_by_name_kind(btf, ".rodata", BTF_KIND_DATASEC)
		    : -ENOENT;
	const struct btf_type *type;
	const struct btf_var_secinfo *info;
	int i;

	if (section < 0)
		return -ENOENT;
	type = btf__type_by_id(btf, (__u32)section);
	info = btf_var_secinfos(type);
	for (i = 0; i < btf_vlen(type); i++, info++) {
		const struct btf_type *const entry =
			btf__type_by_id(btf, info->type);
		const char *const entry_name =
			btf__name_by_offset(btf, entry->name_off);

		/* A static constant is the author's, not a parameter. */
		if (!btf_is_var(entry) || btf_var(entry)->linkage == 0 ||
		    strcmp(entry_name, name) != 0)
			continue;
		variable->offset = info->offset;
		variable->size = info->size;
		if (!describe_type(btf, entry->type, &variable->type) ||
		    variable->type.size != variable->size)
			return -ENOTSUP;
		return 0;
	}
	return -ENOENT;
}
