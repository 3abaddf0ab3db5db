// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * bpf(2) with rules and views at random: `test_kernel [SEED [ROUNDS]]`, inside the
 * virtual machine.
 *
 * Programs are good ones, changed; whatever the verifier takes is applied, and loosens
 * nothing. Views are filled at random; what they hold and grant is what a model of
 * the manual says, which knows nothing of how the kernel looks for it. Requests of
 * any bytes must not bring the kernel down.
 */
#include "../vm/chance.h"
#include "../vm/fsview.h"
#include "../vm/instructions.h"

#include <fcntl.h>
#include <fnmatch.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define ARRAY_SIZE(ARRAY) (sizeof(ARRAY) / sizeof(*(ARRAY)))

/* Some seconds of the fast kernel, a minute of the one with KASAN. */
#define ROUNDS 300

static struct chance_run run;

/* The scene: what is in VM_SCRATCH, each behind its directory. */
static const struct node {
	const char *path;
	const char *name;
	int directory; /* index, or -1 */
	bool is_file;
} nodes[] = {
	{ "/mnt", "", -1, false },	  { "/mnt/a", "a", 0, false },
	{ "/mnt/a/b", "b", 1, false },	  { "/mnt/a/b/f", "f", 2, true },
	{ "/mnt/a/b/fg", "fg", 2, true }, { "/mnt/a/h", "h", 1, true },
};

/* Denied by a view of its own, below all that is tried. */
#define SHUT "/mnt/shut"

static void make_scene(void)
{
	size_t i;

	vm_scratch();
	for (i = 1; i < ARRAY_SIZE(nodes); i++) {
		if (nodes[i].is_file)
			vm_file(nodes[i].path);
		else
			ck_assert_int_eq(mkdir(nodes[i].path, 0755), 0);
	}
	vm_file(SHUT);
}

/* Programs */

#define R0 BPF_REG_0
#define R1 BPF_REG_1
#define R2 BPF_REG_2
#define R3 BPF_REG_3
#define FP BPF_REG_10
#define PROGRAM_MAX 24

/* One of each thing that a rule may do. */
static const struct bpf_insn seeds[][PROGRAM_MAX] = {
	{ SET(R0, 0), EXIT },
	{ LOAD(BPF_DW, R1, R1, offsetof(struct landlock_context, arg1)),
	  CALL(BPF_FUNC_handle_fs_get_mode), EXIT },
	{ LOAD(BPF_DW, R2, R1, offsetof(struct landlock_context, arg2)),
	  LOAD(BPF_DW, R1, R1, offsetof(struct landlock_context, arg1)),
	  CALL(BPF_FUNC_handle_fs_compare_view), EXIT },
	{ LOAD(BPF_DW, R0, R1, offsetof(struct landlock_context, arg3)),
	  COMPUTE(BPF_AND, R0, 1), EXIT },
	{ STORE_IMM(BPF_W, FP, -4, 0), COPY(R2, FP), COMPUTE(BPF_ADD, R2, -4),
	  SET64(R1, BPF_PSEUDO_MAP_FD, 0, 0), CALL(BPF_FUNC_map_lookup_elem),
	  SKIP_IF(BPF_JNE, R0, 0, 2), SET(R0, 1), EXIT, LOAD(BPF_DW, R0, R0, 0),
	  EXIT },
	{ SET64(R2, BPF_PSEUDO_MAP_VALUE, 0, 0), LOAD(BPF_W, R3, R2, 4),
	  COPY(R0, R3), EXIT },
};

static size_t length_of(const struct bpf_insn *const program)
{
	size_t length = PROGRAM_MAX;

	while (length && !program[length - 1].code)
		length--;
	return length;
}

static void change_instruction(struct chance *const chance,
			       struct bpf_insn *const instruction)
{
	static const uint8_t classes[] = { BPF_LD,    BPF_LDX,	BPF_ST,
					   BPF_STX,   BPF_ALU,	BPF_JMP,
					   BPF_ALU64, BPF_JMP32 };
	static const int16_t offsets[] = {
		-8, -1, 0, 1, 4, 8, 16, 24, 32, 512
	};
	static const int32_t numbers[] = { -1, 0, 1, 8, 63, INT32_MAX };

	switch (chance_below(chance, 7)) {
	case 0:
		instruction->code = (uint8_t)chance_next(chance);
		break;
	case 1:
		instruction->code = (uint8_t)((instruction->code & ~7) |
					      CHANCE_OF(chance, classes));
		break;
	case 2:
		instruction->dst_reg = chance_below(chance, 11) & 15U;
		break;
	case 3:
		instruction->src_reg = chance_below(chance, 11) & 15U;
		break;
	case 4:
		instruction->off = CHANCE_OF(chance, offsets);
		break;
	case 5:
		instruction->imm = CHANCE_OF(chance, numbers);
		break;
	default:
		/* Of helpers, the kernel's and ours. */
		instruction->imm =
			chance_below(chance, 2)
				? (int32_t)chance_below(chance, 220)
				: BPF_FUNC_handle_fs_get_mode +
					  (int32_t)chance_below(chance, 3);
	}
}

/* Loops are not ours, and the verifier follows a long one for minutes. */
static void jump_forward(struct bpf_insn *const instruction)
{
	const uint8_t class = instruction->code & 7;

	if ((class == BPF_JMP || class == BPF_JMP32) && instruction->off < 0)
		instruction->off = (int16_t)-instruction->off;
}

/* Changes up to three instructions, or none. Returns the new length. */
static size_t change_program(struct chance *const chance,
			     struct bpf_insn program[const PROGRAM_MAX],
			     size_t length)
{
	uint32_t changes = chance_below(chance, 4);

	while (changes--) {
		const size_t at = chance_below(chance, (uint32_t)length);

		switch (chance_below(chance, 4)) {
		case 0: /* once more */
			if (length == PROGRAM_MAX)
				break;
			memmove(program + at + 1, program + at,
				(length - at) * sizeof(*program));
			length++;
			break;
		case 1:
			if (length == 1)
				break;
			length--;
			memmove(program + at, program + at + 1,
				(length - at) * sizeof(*program));
			break;
		default:
			change_instruction(chance, program + at);
		}
	}
	return length;
}

static int make_map(struct chance *const chance)
{
	static const uint32_t types[] = {
		BPF_MAP_TYPE_ARRAY,
		BPF_MAP_TYPE_ARRAY,
		BPF_MAP_TYPE_HASH,
		BPF_MAP_TYPE_PERCPU_ARRAY,
		LANDLOCK_RULE_MAP_TYPE_FSVIEW,
	};
	static const uint32_t flags[] = { BPF_F_RDONLY_PROG, BPF_F_RDONLY_PROG,
					  0, BPF_F_MMAPABLE,
					  BPF_F_WRONLY_PROG };
	union bpf_attr attr = {
		.map_type = CHANCE_OF(chance, types),
		.key_size = 4,
		.value_size = 8,
		.max_entries = 1 + chance_below(chance, 2),
		.map_flags = CHANCE_OF(chance, flags),
	};

	return fsview_bpf(BPF_MAP_CREATE, &attr);
}

/* Loads a program that nobody wrote. Returns its descriptor, or an error. */
static int load_program(struct chance *const chance, uint32_t *const event)
{
	struct bpf_insn program[PROGRAM_MAX];
	union bpf_prog_subtype subtype =
		vm_subtype(1 + chance_below(chance, 5), 0);
	struct bpf_abi_prog_load attr;
	const int map = make_map(chance);
	size_t i, length;
	int fd;

	memcpy(program, CHANCE_OF(chance, seeds), sizeof(program));
	length = change_program(chance, program, length_of(program));
	for (i = 0; i < length; i++) {
		jump_forward(program + i);
		if (program[i].code == (BPF_LD | BPF_IMM | BPF_DW) &&
		    program[i].src_reg)
			program[i].imm = map;
	}
	subtype.landlock_rule.abi = 1 + chance_below(chance, 3);
	if (!chance_below(chance, 4))
		((uint8_t *)&subtype)[chance_below(chance, sizeof(subtype))] =
			(uint8_t)chance_next(chance);
	attr = vm_prog_attr(program, length, &subtype);
	if (!chance_below(chance, 4))
		((uint8_t *)&attr)[chance_below(chance, sizeof(attr))] ^=
			(uint8_t)(1U << chance_below(chance, 8));
	fd = vm_prog_load(&attr);
	*event = subtype.landlock_rule.event;
	if (map >= 0)
		close(map);
	return fd;
}

/* What a rule of any verdict may be asked: everything a bit. */
static void use_files(void)
{
	struct stat status;
	char byte;
	int fd;

	stat("/mnt/a", &status);
	fd = open("/mnt/a/h", O_RDWR | O_CLOEXEC);
	if (fd >= 0) {
		if (write(fd, "x", 1) == 1 && pread(fd, &byte, 1, 0) == 1)
			fcntl(fd, F_GETFL);
		close(fd);
	}
	rename("/mnt/a/h", "/mnt/a/b/h");
	rename("/mnt/a/b/h", "/mnt/a/h");
}

struct unknown_rule {
	int fd, view;
};

static int try_unknown_rule(void *const argument)
{
	const struct unknown_rule *const rule = argument;

	if (!vm_prepend(rule->fd))
		use_files();
	if (!fsview_prepend(rule->fd, rule->view))
		use_files();
	return fsview_read(SHUT) == 0 ? 1 : 0;
}

START_TEST(what_the_verifier_takes_loosens_nothing)
{
	struct chance chance = { run.seed };
	const int shut = fsview_make(2), open_view = fsview_make(1);
	uint32_t i, taken = 0, event;

	make_scene();
	fsview_put_elsewhere(shut, FSVIEW_GRANT_ALL);
	ck_assert_int_eq(fsview_put(shut, SHUT, NULL, 0), 0);
	fsview_put_elsewhere(open_view, FSVIEW_GRANT_ALL);
	fsview_freeze(shut);
	fsview_freeze(open_view);
	for (i = 0; i < 4 * run.rounds; i++) {
		struct unknown_rule rule = {
			.fd = load_program(&chance, &event),
			.view = open_view,
		};

		if (rule.fd < 0)
			continue;
		taken++;
		ck_assert_msg(!fsview_child(shut, try_unknown_rule, &rule),
			      "round %u: what is denied is read", i);
		close(rule.fd);
	}
	/* Else nothing was tried. */
	ck_assert_msg(taken > run.rounds / 8, "%u of %u programs were taken",
		      taken, 4 * run.rounds);
	printf("# %u of %u programs were taken\n", taken, 4 * run.rounds);
}
END_TEST

/* Views */

static const char *const names[] = { "",  "f",	"fg", "b",   "h",    "nothing",
				     "*", "f*", "?",  "[f]", "[!f]*" };
#define PATTERNS_FROM 6
#define ENTRIES_MAX 12

/* What was put in, by node and name. */
struct model {
	bool has[ARRAY_SIZE(nodes)][ARRAY_SIZE(names)];
	struct landlock_fsview_value value[ARRAY_SIZE(nodes)]
					  [ARRAY_SIZE(names)];
	struct landlock_fsview_value elsewhere;
	uint32_t put;
};

static struct landlock_fsview_value any_value(struct chance *const chance)
{
	static const uint64_t masks[] = { 0, FSVIEW_ALL, FS_PATHS_READ,
					  FS_PATHS_SEE | FS_PATHS_READ,
					  FS_PATHS_WRITE | FS_PATHS_SEE };
	struct landlock_fsview_value value = { CHANCE_OF(chance, masks),
					       CHANCE_OF(chance, masks) };

	if (chance_below(chance, 2))
		value.access |= LANDLOCK_FSVIEW_ADDS;
	return value;
}

static struct landlock_fsview_key key_of(const size_t node, const size_t name)
{
	struct landlock_fsview_key key =
		fsview_key(nodes[node].path, names[name]);

	if (name >= PATTERNS_FROM)
		key.flags = LANDLOCK_FSVIEW_PATTERN;
	return key;
}

static int expected_of_put(const struct model *const model, const size_t node,
			   const size_t name)
{
	if (name && nodes[node].is_file)
		return -ENOTDIR;
	return !model->has[node][name] && model->put == ENTRIES_MAX ? -E2BIG
								    : 0;
}

/* One change or look, which does what the model says. */
static void change_view(struct chance *const chance, const int view,
			struct model *const model)
{
	const size_t node = chance_below(chance, ARRAY_SIZE(nodes));
	const size_t name = chance_below(chance, ARRAY_SIZE(names));
	struct landlock_fsview_value value = any_value(chance), got;
	const struct landlock_fsview_key key = key_of(node, name);
	bool *const has = &model->has[node][name];
	int err, expected;

	switch (chance_below(chance, 4)) {
	case 0:
		err = fsview_element(BPF_MAP_LOOKUP_ELEM, view, &key, &got, 0);
		if (name && nodes[node].is_file)
			ck_assert_int_lt(err, 0);
		else
			ck_assert_int_eq(err, *has ? 0 : -ENOENT);
		if (!err)
			ck_assert_mem_eq(&got, &model->value[node][name],
					 sizeof(got));
		break;
	case 1:
		err = fsview_element(BPF_MAP_DELETE_ELEM, view, &key, NULL, 0);
		if (name && nodes[node].is_file)
			ck_assert_int_lt(err, 0);
		else
			ck_assert_int_eq(err, *has ? 0 : -ENOENT);
		if (!err) {
			*has = false;
			model->put--;
		}
		break;
	default:
		expected = expected_of_put(model, node, name);
		err = fsview_element(BPF_MAP_UPDATE_ELEM, view, &key, &value,
				     BPF_ANY);
		ck_assert_msg(err == expected, "%s, '%s': %d, not %d",
			      nodes[node].path, names[name], err, expected);
		if (err)
			break;
		model->put += !*has;
		*has = true;
		model->value[node][name] = value;
	}
	close(key.fd);
}

/* Of the name of @node: whether there is an entry, and what it says. */
static bool model_name(const struct model *const model, const size_t node,
		       struct landlock_fsview_value *const value)
{
	const int directory = nodes[node].directory;
	struct landlock_fsview_value decided = { ~0ULL, ~0ULL }, added = { 0 };
	bool decides = false, adds = false;
	size_t i;

	if (directory < 0)
		return false;
	for (i = 1; i < ARRAY_SIZE(names); i++) {
		const struct landlock_fsview_value *const each =
			&model->value[directory][i];

		if (!model->has[directory][i])
			continue;
		if (i < PATTERNS_FROM) {
			if (strcmp(names[i], nodes[node].name) != 0)
				continue;
			*value = *each;
			return true;
		}
		if (fnmatch(names[i], nodes[node].name, 0) != 0)
			continue;
		if (each->access & LANDLOCK_FSVIEW_ADDS) {
			adds = true;
			added.access |= each->access;
			added.own |= each->own;
		} else {
			decides = true;
			decided.access &= each->access;
			decided.own &= each->own;
		}
	}
	*value = decides ? decided : added;
	return decides || adds;
}

/* What the manual says is granted on @node itself. */
static uint64_t model_grant(const struct model *const model, const size_t node)
{
	uint64_t granted = 0;
	int at;

	for (at = (int)node; at >= 0; at = nodes[at].directory) {
		const bool own = at == (int)node;
		struct landlock_fsview_value by_name;
		const bool has_name = model_name(model, (size_t)at, &by_name);
		const bool adds =
			has_name && by_name.access & LANDLOCK_FSVIEW_ADDS;

		if (has_name && !adds)
			return granted | (own ? by_name.own : by_name.access);
		if (model->has[at][0]) {
			const struct landlock_fsview_value *const value =
				&model->value[at][0];

			granted |= own ? value->own : value->access;
			if (!(value->access & LANDLOCK_FSVIEW_ADDS))
				return granted;
		}
		if (adds)
			granted |= own ? by_name.own : by_name.access;
	}
	return granted | model->elsewhere.access;
}

struct expectation {
	uint64_t granted[ARRAY_SIZE(nodes)];
};

/* Under the view. Returns 0, or 1 + the first node that is judged otherwise. */
static int compare(void *const argument)
{
	const struct expectation *const expected = argument;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(nodes); i++) {
		const uint64_t granted = expected->granted[i];
		const char *const path = nodes[i].path;
		struct stat status;
		int fd;

		if (vm_result(stat(path, &status)) !=
		    (granted & FS_PATHS_SEE ? 0 : -EACCES))
			return (int)i + 1;
		if (fsview_read(path) !=
		    (granted & FS_PATHS_READ ? 0 : -EACCES))
			return (int)i + 1;
		if (!nodes[i].is_file)
			continue;
		fd = open(path, O_WRONLY | O_CLOEXEC);
		if (vm_result(fd < 0 ? -1 : 0) !=
		    (granted & FS_PATHS_WRITE ? 0 : -EACCES))
			return (int)i + 1;
		if (fd >= 0)
			close(fd);
	}
	return 0;
}

START_TEST(a_view_holds_and_grants_what_the_manual_says)
{
	struct chance chance = { run.seed + 1 };
	uint32_t i, j;

	make_scene();
	for (i = 0; i < run.rounds; i++) {
		const int view = fsview_make(ENTRIES_MAX);
		struct model model = { .elsewhere = any_value(&chance) };
		struct expectation expected;
		size_t node;
		int differs;

		model.elsewhere.access &= LANDLOCK_FSVIEW_ACCESS_MASK;
		fsview_put_elsewhere(view, model.elsewhere);
		for (j = chance_below(&chance, 32); j; j--)
			change_view(&chance, view, &model);
		fsview_freeze(view);
		for (node = 0; node < ARRAY_SIZE(nodes); node++)
			expected.granted[node] = model_grant(&model, node);
		differs = fsview_child(view, compare, &expected);
		close(view);
		ck_assert_msg(!differs, "seed %#llx, round %u: %s",
			      (unsigned long long)run.seed, i,
			      differs < 0 ? strerror(-differs)
					  : nodes[differs - 1].path);
	}
}
END_TEST

/*
 * Where the kernel reads keys and writes values: a pointer of which one bit is
 * wrong mostly stays in it, and else leads to nothing that this program needs.
 */
#define AREA_SIZE (1UL << 26)
#define AREA_ALIGNMENT (1UL << 25)

static char *make_area(void)
{
	char *const area =
		mmap(NULL, AREA_SIZE, PROT_READ | PROT_WRITE,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	ck_assert_ptr_ne(area, MAP_FAILED);
	return area + (-(uintptr_t)area & (AREA_ALIGNMENT - 1));
}

/* Requests of any bytes, most of them nearly good. */
START_TEST(requests_of_any_bytes_are_refused_or_done)
{
	static const enum bpf_cmd commands[] = {
		BPF_MAP_CREATE,		BPF_MAP_UPDATE_ELEM,
		BPF_MAP_LOOKUP_ELEM,	BPF_MAP_DELETE_ELEM,
		BPF_MAP_GET_NEXT_KEY,	BPF_MAP_FREEZE,
		BPF_OBJ_GET_INFO_BY_FD, BPF_MAP_LOOKUP_AND_DELETE_ELEM,
		BPF_MAP_LOOKUP_BATCH,	BPF_MAP_UPDATE_BATCH,
		BPF_MAP_DELETE_BATCH,	BPF_PROG_TEST_RUN,
		BPF_PROG_ATTACH,	BPF_LINK_CREATE,
		BPF_PROG_BIND_MAP,
	};
	struct chance chance = { run.seed + 2 };
	char *const area = make_area();
	struct landlock_fsview_key *const key = (void *)area;
	struct landlock_fsview_value *const value = (void *)(area + 4096);
	uint32_t i;

	make_scene();
	for (i = 0; i < 8 * run.rounds; i++) {
		const int view = fsview_make(4);
		const enum bpf_cmd command = CHANCE_OF(&chance, commands);
		union bpf_attr attr = { 0 };
		uint32_t flips = chance_below(&chance, 3);
		int place, got;

		*key = key_of(chance_below(&chance, ARRAY_SIZE(nodes)),
			      chance_below(&chance, ARRAY_SIZE(names)));
		place = key->fd;
		*value = any_value(&chance);

		if (command == BPF_MAP_CREATE) {
			attr = fsview_attr(1 + chance_below(&chance, 64));
		} else {
			attr.map_fd = (uint32_t)view;
			attr.key = (uintptr_t)key;
			attr.value = (uintptr_t)value;
		}
		while (flips--) {
			const uint32_t bit = chance_below(&chance, 8);
			uint8_t *const bytes[] = { (uint8_t *)&attr,
						   (uint8_t *)key,
						   (uint8_t *)value };
			const uint32_t sizes[] = { sizeof(attr), 16,
						   sizeof(*value) };
			const uint32_t which = chance_below(&chance, 3);

			bytes[which][chance_below(&chance, sizes[which])] ^=
				(uint8_t)(1U << bit);
		}
		got = (int)syscall(__NR_bpf, command, &attr,
				   chance_below(&chance, 8)
					   ? sizeof(attr)
					   : chance_below(&chance, 256));
		/* A descriptor, which is no standard one. */
		if (got > 2)
			close(got);
		close(place);
		close(view);
	}
}
END_TEST

int main(const int argc, char **const argv)
{
	Suite *const suite = suite_create("kernel");
	TCase *const tcase = tcase_create("fuzz");

	run = chance_run(argc, argv, ROUNDS);
	/* Asked for more rounds, it takes what it takes. */
	tcase_set_timeout(tcase, argc > 2 ? 0 : VM_TIMEOUT_SECONDS);
	fsview_share_rule(tcase);
	tcase_add_test(tcase, what_the_verifier_takes_loosens_nothing);
	tcase_add_test(tcase, a_view_holds_and_grants_what_the_manual_says);
	tcase_add_test(tcase, requests_of_any_bytes_are_refused_or_done);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
