// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The arena: pieces of any size that do not touch each other, and nothing left
 * behind.
 */
#include "arena.h"
#include "../suite.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

/* The first mapping has 64 KiB. */
static const size_t sizes[] = {
	0, 1, 15, 16, 17, 65503, 65504, 65505, 65535, 65536, 131072, 40 << 20,
};

START_TEST(piece_of_any_size_is_zeroed_aligned_and_its_own)
{
	const size_t size = sizes[_i];
	char *const before = arena_take(size, 1);
	char *const piece = arena_take(1, size);
	char *const after = arena_take(size, 1);

	ck_assert(before && piece && after);
	ck_assert(before != piece && piece != after);
	ck_assert_uint_eq((uintptr_t)piece % _Alignof(max_align_t), 0);
	memset(before, 0xaa, size);
	memset(after, 0xbb, size);
	/* All bytes are the first one, and that is none. */
	ck_assert(!size || (!piece[0] && !memcmp(piece, piece + 1, size - 1)));
	arena_end();
}
END_TEST

START_TEST(what_no_memory_can_hold_is_refused)
{
	ck_assert_ptr_null(arena_take(SIZE_MAX, 2));
	ck_assert_ptr_null(arena_take(SIZE_MAX, 1));
	ck_assert_ptr_null(arena_take(SIZE_MAX / 2 + 1, 2));
	ck_assert_ptr_null(arena_take(PTRDIFF_MAX, 1));
	ck_assert_ptr_nonnull(arena_take(1, 1));
	arena_end();
}
END_TEST

START_TEST(refused_mapping_leaves_the_arena_usable)
{
	const struct rlimit limit = { .rlim_cur = 0,
				      .rlim_max = RLIM_INFINITY };
	struct rlimit before;
	char *const piece = arena_take(1, 1);

	ck_assert_ptr_nonnull(piece);
	ck_assert_int_eq(getrlimit(RLIMIT_AS, &before), 0);
	ck_assert_int_eq(setrlimit(RLIMIT_AS, &limit), 0);
	ck_assert_ptr_null(arena_take(1 << 20, 1));
	ck_assert_ptr_nonnull(arena_take(1, 1));
	ck_assert_int_eq(setrlimit(RLIMIT_AS, &before), 0);
	ck_assert_ptr_nonnull(arena_take(1 << 20, 1));
	arena_end();
}
END_TEST

START_TEST(appended_elements_keep_their_values_and_start_zeroed)
{
	unsigned int *numbers = NULL;
	size_t count, i;

	for (count = 0; count < 1000; count++) {
		numbers = arena_append(numbers, count, sizeof(*numbers));
		ck_assert_ptr_nonnull(numbers);
		ck_assert_uint_eq(numbers[count], 0);
		numbers[count] = (unsigned int)count + 1;
		/* Something else in between, that must not be hit. */
		memset(arena_take(1, 16), 0xff, 16);
	}
	for (i = 0; i < count; i++)
		ck_assert_uint_eq(numbers[i], i + 1);
	arena_end();
}
END_TEST

/* Elements are dropped by counting less, as an empty value of a key does. */
START_TEST(array_that_was_cut_can_be_appended_to)
{
	size_t from, to, i;

	for (from = 0; from <= 20; from++)
		for (to = 0; to <= from; to++) {
			unsigned long *array = NULL;
			unsigned long *guard;

			for (i = 0; i < from; i++) {
				array = arena_append(array, i, sizeof(*array));
				array[i] = i;
			}
			guard = arena_take(1, sizeof(*guard));
			*guard = 42;
			for (i = to; i < 2 * from; i++) {
				array = arena_append(array, i, sizeof(*array));
				ck_assert_uint_eq(array[i], 0);
				array[i] = i;
			}
			for (i = 0; i < 2 * from; i++)
				ck_assert_uint_eq(array[i], i);
			ck_assert_uint_eq(*guard, 42);
		}
	arena_end();
}
END_TEST

/* What was reserved holds what was asked for, in one place; then it goes on. */
START_TEST(reserved_array_stays_where_it_is_until_it_is_full)
{
	unsigned int *const reserved = arena_reserve(100, sizeof(*reserved));
	unsigned int *numbers = reserved;
	unsigned int *guard = NULL;
	size_t count;

	for (count = 0; count < 1000; count++) {
		numbers = arena_append(numbers, count, sizeof(*numbers));
		ck_assert(count >= 100 || numbers == reserved);
		ck_assert_uint_eq(numbers[count], 0);
		numbers[count] = (unsigned int)count;
		/* Sometimes it is the last piece, and can grow where it is. */
		if (count % 300 == 0) {
			guard = arena_take(1, sizeof(*guard));
			*guard = 42;
		}
		ck_assert_uint_eq(*guard, 42);
	}
	while (count--)
		ck_assert_uint_eq(numbers[count], count);
	ck_assert_ptr_null(arena_reserve(SIZE_MAX, 2));
	ck_assert_ptr_null(arena_reserve(SIZE_MAX, 1));
	arena_end();
}
END_TEST

START_TEST(trimmed_piece_gives_its_end_back)
{
	char *const first = arena_take(1024, 1);
	char *second, *third;

	memset(first, 'a', 100);
	arena_trim(first, 1024, 100);
	second = arena_take(1024, 1);
	ck_assert(second >= first + 100 && second < first + 1024);
	ck_assert(!second[0] && !memcmp(second, second + 1, 1023));
	memset(second, 'b', 1024);
	/* What is not the last piece stays as it is. */
	arena_trim(first, 112, 1);
	third = arena_take(1, 1);
	ck_assert(third >= second + 1024);
	ck_assert_int_eq(first[99], 'a');
	arena_end();
}
END_TEST

START_TEST(copies_end_in_a_nul)
{
	ck_assert_str_eq(arena_copy("abcdef", 3), "abc");
	ck_assert_str_eq(arena_copy("", 0), "");
	ck_assert_str_eq(arena_text("text"), "text");
	arena_end();
}
END_TEST

static size_t count_mappings(void)
{
	FILE *const maps = fopen("/proc/self/maps", "re");
	size_t count = 0;
	int byte;

	ck_assert_ptr_nonnull(maps);
	while ((byte = getc(maps)) != EOF)
		count += byte == '\n';
	fclose(maps);
	return count;
}

/* Mappings side by side count as one, so each large one has a guard around it. */
START_TEST(end_unmaps_all_and_the_next_piece_starts_anew)
{
	size_t before, i;

	count_mappings(); /* what stdio allocates is there before */
	before = count_mappings();
	for (i = 0; i < 50; i++)
		ck_assert_ptr_nonnull(arena_take(1 << 20, 1));
	ck_assert_uint_ge(count_mappings(), before);
	arena_end();
	arena_end();
	ck_assert_uint_eq(count_mappings(), before);
	ck_assert_ptr_nonnull(arena_take(1, 1));
	arena_end();
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("arena");
	TCase *const tcase = tcase_create("pieces");

	tcase_add_loop_test(tcase,
			    piece_of_any_size_is_zeroed_aligned_and_its_own, 0,
			    ARRAY_SIZE(sizes));
	tcase_add_test(tcase, what_no_memory_can_hold_is_refused);
	tcase_add_test(tcase, refused_mapping_leaves_the_arena_usable);
	tcase_add_test(tcase,
		       appended_elements_keep_their_values_and_start_zeroed);
	tcase_add_test(tcase, array_that_was_cut_can_be_appended_to);
	tcase_add_test(tcase,
		       reserved_array_stays_where_it_is_until_it_is_full);
	tcase_add_test(tcase, trimmed_piece_gives_its_end_back);
	tcase_add_test(tcase, copies_end_in_a_nul);
	tcase_add_test(tcase, end_unmaps_all_and_the_next_piece_starts_anew);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
