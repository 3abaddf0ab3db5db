// SPDX-License-Identifier: LGPL-2.1-or-later
/* Which maps the verifier lets a rule use, and how. */
#include "verifier.h"

#include <stdbool.h>

/* Maps: what a rule does with one that it may use, and which it may not. */
static const struct program map_uses[] = {
	{ "array looked up",
	  { LOOKUP, SKIP_IF(BPF_JEQ, R0, 0, 1), LOAD(BPF_DW, R0, R0, 0), EXIT },
	  &rdonly_array,
	  0,
	  NULL },
	{ "hash looked up",
	  { LOOKUP, SKIP_IF(BPF_JEQ, R0, 0, 1), LOAD(BPF_DW, R0, R0, 0), EXIT },
	  &rdonly_hash,
	  0,
	  NULL },
	{ "array read directly",
	  { MAP_VALUE(R2), LOAD(BPF_DW, R0, R2, 0), EXIT },
	  &rdonly_array,
	  0,
	  NULL },
	{ "not checked for NULL",
	  { LOOKUP, LOAD(BPF_DW, R0, R0, 0), EXIT },
	  &rdonly_hash,
	  -EACCES,
	  "invalid mem access" },
	{ "read past its value",
	  { MAP_VALUE(R2), LOAD(BPF_DW, R0, R2, 8), EXIT },
	  &rdonly_array,
	  -EACCES,
	  "invalid access to map value" },
	{ "written after a lookup",
	  { LOOKUP, SKIP_IF(BPF_JEQ, R0, 0, 1), STORE_IMM(BPF_DW, R0, 0, 1),
	    SET(R0, 0), EXIT },
	  &rdonly_hash,
	  -EACCES,
	  "write into map forbidden" },
	{ "written directly",
	  { MAP_VALUE(R2), STORE_IMM(BPF_DW, R2, 0, 1), SET(R0, 0), EXIT },
	  &rdonly_array,
	  -EACCES,
	  "write into map forbidden" },
	{ "added to atomically",
	  { MAP_VALUE(R2), SET(R3, 1), STORE_ADD(BPF_DW, R2, 0, R3), SET(R0, 0),
	    EXIT },
	  &rdonly_array,
	  -EACCES,
	  "write into map forbidden" },
	{ "written by a helper",
	  { MAP_VALUE(R1), SET(R2, 8), CALL(BPF_FUNC_get_current_comm),
	    SET(R0, 0), EXIT },
	  &rdonly_array,
	  -EACCES,
	  NULL },
};

START_TEST(a_map_is_only_read)
{
	check_program(&map_uses[_i], EVENT_FS, DEBUG);
}
END_TEST

static const struct {
	struct map map;
	bool allowed;
} maps[] = {
	{ { "array", BPF_MAP_TYPE_ARRAY, BPF_F_RDONLY_PROG, 4 }, true },
	{ { "hash", BPF_MAP_TYPE_HASH, BPF_F_RDONLY_PROG, 4 }, true },
	{ { "mapped array", BPF_MAP_TYPE_ARRAY,
	    BPF_F_RDONLY_PROG | BPF_F_MMAPABLE, 4 },
	  true },
	{ { "writable array", BPF_MAP_TYPE_ARRAY, 0, 4 }, false },
	{ { "writable hash", BPF_MAP_TYPE_HASH, 0, 4 }, false },
	{ { "array only for writing", BPF_MAP_TYPE_ARRAY, BPF_F_WRONLY_PROG,
	    4 },
	  false },
	{ { "array that user space only reads", BPF_MAP_TYPE_ARRAY,
	    BPF_F_RDONLY, 4 },
	  false },
	{ { "array of each CPU", BPF_MAP_TYPE_PERCPU_ARRAY, BPF_F_RDONLY_PROG,
	    4 },
	  false },
	{ { "hash of each CPU", BPF_MAP_TYPE_PERCPU_HASH, BPF_F_RDONLY_PROG,
	    4 },
	  false },
	{ { "LRU hash", BPF_MAP_TYPE_LRU_HASH, BPF_F_RDONLY_PROG, 4 }, false },
	{ { "prefix tree", BPF_MAP_TYPE_LPM_TRIE,
	    BPF_F_RDONLY_PROG | BPF_F_NO_PREALLOC, 8 },
	  false },
	{ { "queue", BPF_MAP_TYPE_QUEUE, 0, 0 }, false },
};

START_TEST(only_read_only_arrays_and_hashes_are_taken)
{
	const struct program program = {
		maps[_i].map.name,
		{ MAP(R2), SET(R0, 0), EXIT },
		&maps[_i].map,
		maps[_i].allowed ? 0 : -EINVAL,
		maps[_i].allowed ? NULL : "BPF_F_RDONLY_PROG",
	};

	check_program(&program, EVENT_FS, DEBUG);
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("maps");
	TCase *const tcase = tcase_create("maps");

	tcase_set_timeout(tcase, VM_TIMEOUT_SECONDS);
	tcase_add_loop_test(tcase, a_map_is_only_read, 0, ARRAY_SIZE(map_uses));
	tcase_add_loop_test(tcase, only_read_only_arrays_and_hashes_are_taken,
			    0, ARRAY_SIZE(maps));
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
