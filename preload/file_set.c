// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * A hash table, open addressed, at most half full.
 */
#include "file_set.h"

#include "arena.h"
#include "hash.h"

#define SLOTS_FIRST 64

/* The slot of @id, or the free one that it would take. */
static struct file_set_slot *find(const struct file_set *const set,
				  const struct system_file_id id)
{
	size_t i = (size_t)hash_add(HASH_START, &id, sizeof(id));

	for (;; i++) {
		struct file_set_slot *const slot =
			&set->slots[i & (set->slot_count - 1)];

		if (!slot->used || system_same_file(slot->id, id))
			return slot;
	}
}

uint64_t file_set_word(const struct file_set *const set,
		       const struct system_file_id id)
{
	const struct file_set_slot *const slot =
		set->slot_count ? find(set, id) : NULL;

	return slot && slot->used ? slot->word : 0;
}

static int grow(struct file_set *const set)
{
	struct file_set larger = {
		.slot_count =
			set->slot_count ? 2 * set->slot_count : SLOTS_FIRST,
		.used = set->used,
	};
	size_t i;

	larger.slots = arena_take(larger.slot_count, sizeof(*larger.slots));
	if (!larger.slots)
		return -ENOMEM;
	for (i = 0; i < set->slot_count; i++)
		if (set->slots[i].used)
			*find(&larger, set->slots[i].id) = set->slots[i];
	*set = larger;
	return 0;
}

int file_set_add(struct file_set *const set, const struct system_file_id id,
		 const uint64_t bits)
{
	struct file_set_slot *slot;

	if (2 * (set->used + 1) > set->slot_count && grow(set))
		return -ENOMEM;
	slot = find(set, id);
	if (!slot->used) {
		*slot = (struct file_set_slot){ .id = id, .used = true };
		set->used++;
	}
	slot->word |= bits;
	return 0;
}
