// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Rule objects from the outside: a good one is understood, and each way to
 * spoil it is refused in its own words.
 */
#include <elf.h>
#include <endian.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "loader/object.h"
#include "../suite.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

enum {
	SECTION_NULL,
	SECTION_NAMES,
	SECTION_FIRST_RULE,
	SECTION_SECOND_RULE,
	SECTION_FIRST_SUBTYPE,
	SECTION_SECOND_SUBTYPE,
	SECTION_LICENSE,
	SECTION_TEXT,
	SECTION_SYMBOLS,
	SECTION_COUNT,
};

#define FIRST_RULE "landlock1"
#define SECOND_RULE "landlock/ioctl"
#define FIRST_SUBTYPE "subtype"
#define SECOND_SUBTYPE "subtype/ioctl"

enum {
	SYMBOL_NULL,
	SYMBOL_SECTION,
	SYMBOL_STATIC_RULE,
	SYMBOL_GLOBAL_RULE,
	SYMBOL_STATIC_HELPER,
	SYMBOL_STATIC_SUBTYPE,
	SYMBOL_UNDEFINED,
	SYMBOL_NOWHERE,
	SYMBOL_COUNT,
};

/* How they are bound in the object as compiled. */
static const struct {
	unsigned char type;
	unsigned char binding;
	Elf64_Section section;
} symbols[SYMBOL_COUNT] = {
	[SYMBOL_SECTION] = { STT_SECTION, STB_LOCAL, SECTION_FIRST_RULE },
	[SYMBOL_STATIC_RULE] = { STT_FUNC, STB_LOCAL, SECTION_FIRST_RULE },
	[SYMBOL_GLOBAL_RULE] = { STT_FUNC, STB_WEAK, SECTION_SECOND_RULE },
	[SYMBOL_STATIC_HELPER] = { STT_FUNC, STB_LOCAL, SECTION_TEXT },
	[SYMBOL_STATIC_SUBTYPE] = { STT_OBJECT, STB_LOCAL,
				    SECTION_FIRST_SUBTYPE },
	[SYMBOL_UNDEFINED] = { STT_FUNC, STB_LOCAL, SHN_UNDEF },
	[SYMBOL_NOWHERE] = { STT_FUNC, STB_LOCAL, SHN_COMMON },
};

/* An object of two rules, in one piece. */
struct image {
	Elf64_Ehdr header;
	Elf64_Shdr sections[SECTION_COUNT];
	char names[SECTION_COUNT][80];
	uint64_t code[SECTION_COUNT][2];
	union bpf_prog_subtype subtypes[SECTION_COUNT];
	Elf64_Sym symbols[SYMBOL_COUNT];
	char license[4];
};

static void place(struct image *const image, const unsigned int index,
		  const char *const name, const size_t offset,
		  const size_t size, const uint64_t flags)
{
	strcpy(image->names[index], name);
	image->sections[index] = (Elf64_Shdr){
		.sh_name = (uint32_t)(index * sizeof(image->names[0])),
		.sh_type = SHT_PROGBITS,
		.sh_offset = offset,
		.sh_size = size,
		.sh_flags = flags,
	};
}

static void place_rule(struct image *const image, const unsigned int index,
		       const char *const name)
{
	place(image, index, name, offsetof(struct image, code[index]),
	      sizeof(image->code[index]), SHF_ALLOC | SHF_EXECINSTR);
}

static void place_subtype(struct image *const image, const unsigned int index,
			  const char *const name, const uint32_t event)
{
	place(image, index, name, offsetof(struct image, subtypes[index]),
	      sizeof(image->subtypes[index]), SHF_ALLOC);
	image->subtypes[index].landlock_rule.abi = LANDLOCK_ABI;
	image->subtypes[index].landlock_rule.event = event;
}

static struct image good_image(void)
{
	struct image image = {
		.header = {
			.e_type = ET_REL,
			.e_machine = EM_BPF,
			.e_version = EV_CURRENT,
			.e_shoff = offsetof(struct image, sections),
			.e_ehsize = sizeof(Elf64_Ehdr),
			.e_shentsize = sizeof(Elf64_Shdr),
			.e_shnum = SECTION_COUNT,
			.e_shstrndx = SECTION_NAMES,
		},
		.license = "GPL",
	};
	size_t i;

	memcpy(image.header.e_ident, ELFMAG, SELFMAG);
	image.header.e_ident[EI_CLASS] = ELFCLASS64;
	image.header.e_ident[EI_DATA] =
		BYTE_ORDER == LITTLE_ENDIAN ? ELFDATA2LSB : ELFDATA2MSB;
	place(&image, SECTION_NAMES, ".strtab", offsetof(struct image, names),
	      sizeof(image.names), 0);
	place_rule(&image, SECTION_FIRST_RULE, FIRST_RULE);
	place_rule(&image, SECTION_SECOND_RULE, SECOND_RULE);
	place_subtype(&image, SECTION_FIRST_SUBTYPE, FIRST_SUBTYPE,
		      LANDLOCK_SUBTYPE_EVENT_FS);
	place_subtype(&image, SECTION_SECOND_SUBTYPE, SECOND_SUBTYPE,
		      LANDLOCK_SUBTYPE_EVENT_FS_IOCTL);
	place(&image, SECTION_TEXT, ".text",
	      offsetof(struct image, code[SECTION_TEXT]),
	      sizeof(image.code[SECTION_TEXT]), SHF_ALLOC | SHF_EXECINSTR);
	place(&image, SECTION_SYMBOLS, ".symtab",
	      offsetof(struct image, symbols), sizeof(image.symbols), 0);
	image.sections[SECTION_SYMBOLS].sh_type = SHT_SYMTAB;
	image.sections[SECTION_SYMBOLS].sh_entsize = sizeof(Elf64_Sym);
	for (i = 0; i < SYMBOL_COUNT; i++) {
		image.symbols[i].st_shndx = symbols[i].section;
		image.symbols[i].st_info = (unsigned char)ELF64_ST_INFO(
			symbols[i].binding, symbols[i].type);
	}
	place(&image, SECTION_LICENSE, "license",
	      offsetof(struct image, license), sizeof(image.license), 0);
	return image;
}

static int read_image(const struct image *const image, const size_t size,
		      struct object_rule rules[const PROTOCOL_RULES_MAX],
		      struct report *const report)
{
	/* Of its own size, so that valgrind and ASan see a byte too far. */
	void *const copy = malloc(size ? size : 1);
	int result;

	memcpy(copy, image, size);
	result = object_rules(copy, size, "x.o", rules, report);
	if (result > 0)
		object_make_global(copy, size);
	free(copy);
	return result;
}

START_TEST(good_object_gives_its_rules_in_order)
{
	const struct image image = good_image();
	struct object_rule rules[PROTOCOL_RULES_MAX];
	struct report report;

	ck_assert_int_eq(read_image(&image, sizeof(image), rules, &report), 2);
	ck_assert_str_eq(rules[0].section, FIRST_RULE);
	ck_assert_uint_eq(rules[0].subtype.landlock_rule.event,
			  LANDLOCK_SUBTYPE_EVENT_FS);
	ck_assert_str_eq(rules[1].section, SECOND_RULE);
	ck_assert_uint_eq(rules[1].subtype.landlock_rule.event,
			  LANDLOCK_SUBTYPE_EVENT_FS_IOCTL);
}
END_TEST

START_TEST(license_is_the_objects_own)
{
	struct image image = good_image();

	ck_assert_str_eq(object_license(&image, sizeof(image)), "GPL");
	memcpy(image.license, "MIT", 4);
	ck_assert_str_eq(object_license(&image, sizeof(image)), "MIT");
	image.license[3] = '!';
	ck_assert_str_eq(object_license(&image, sizeof(image)), "");
}
END_TEST

/* The slides' functions are static; libbpf takes none for a program. */
START_TEST(static_functions_of_rules_alone_become_global)
{
	const struct image before = good_image();
	struct image image = good_image();

	object_make_global(&image, sizeof(image));
	ck_assert_uint_eq(image.symbols[SYMBOL_STATIC_RULE].st_info,
			  ELF64_ST_INFO(STB_GLOBAL, STT_FUNC));
	image.symbols[SYMBOL_STATIC_RULE].st_info =
		before.symbols[SYMBOL_STATIC_RULE].st_info;
	ck_assert_mem_eq(&image, &before, sizeof(image));
}
END_TEST

/* The table of sections, by which it was found, included. */
START_TEST(symbols_may_lie_upon_anything)
{
	size_t offset;

	for (offset = 0; offset < sizeof(struct image); offset++) {
		struct image *const image = malloc(sizeof(*image));

		*image = good_image();
		image->sections[SECTION_SYMBOLS].sh_offset = offset;
		image->sections[SECTION_SYMBOLS].sh_size =
			sizeof(*image) - offset;
		object_make_global(image, sizeof(*image));
		free(image);
	}
}
END_TEST

static void spoil_magic(struct image *const image)
{
	image->header.e_ident[0] = 'x';
}

static void spoil_class(struct image *const image)
{
	image->header.e_ident[EI_CLASS] = ELFCLASS32;
}

static void spoil_byte_order(struct image *const image)
{
	image->header.e_ident[EI_DATA] ^= ELFDATA2LSB ^ ELFDATA2MSB;
}

static void spoil_machine(struct image *const image)
{
	image->header.e_machine = EM_X86_64;
}

static void spoil_type(struct image *const image)
{
	image->header.e_type = ET_EXEC;
}

static void spoil_table_offset(struct image *const image)
{
	image->header.e_shoff = UINT64_MAX - 8;
}

static void spoil_table_length(struct image *const image)
{
	image->header.e_shnum = UINT16_MAX;
}

static void spoil_entry_size(struct image *const image)
{
	image->header.e_shentsize = 1;
}

static void spoil_names_index(struct image *const image)
{
	image->header.e_shstrndx = SECTION_COUNT;
}

static void spoil_name_offset(struct image *const image)
{
	image->sections[SECTION_FIRST_RULE].sh_name = UINT32_MAX;
}

static void spoil_name_end(struct image *const image)
{
	char *const last = image->names[SECTION_COUNT - 1];

	memset(last, 'x', sizeof(image->names[0]));
}

static void spoil_section_offset(struct image *const image)
{
	image->sections[SECTION_FIRST_SUBTYPE].sh_offset = UINT64_MAX;
}

static void spoil_section_size(struct image *const image)
{
	image->sections[SECTION_FIRST_RULE].sh_size = UINT64_MAX;
}

static void rename_rules(struct image *const image)
{
	strcpy(image->names[SECTION_FIRST_RULE], "lanlock1");
	strcpy(image->names[SECTION_SECOND_RULE], "xlandlock");
}

static void make_rules_data(struct image *const image)
{
	image->sections[SECTION_FIRST_RULE].sh_flags = SHF_ALLOC;
	image->sections[SECTION_SECOND_RULE].sh_flags = SHF_ALLOC;
}

static void lengthen_rule_name(struct image *const image)
{
	char *const name = image->names[SECTION_FIRST_RULE];

	memset(name + strlen(name), 'x', 79 - strlen(name));
}

static void rename_first_subtype(struct image *const image)
{
	strcpy(image->names[SECTION_FIRST_SUBTYPE], "subtypes");
}

static void rename_second_subtype(struct image *const image)
{
	strcpy(image->names[SECTION_SECOND_SUBTYPE], "subtype/lock");
}

static void make_subtype_code(struct image *const image)
{
	image->sections[SECTION_FIRST_SUBTYPE].sh_flags |= SHF_EXECINSTR;
}

static void make_subtype_empty(struct image *const image)
{
	image->sections[SECTION_FIRST_SUBTYPE].sh_type = SHT_NOBITS;
}

static void shorten_subtype(struct image *const image)
{
	image->sections[SECTION_FIRST_SUBTYPE].sh_size--;
}

static void lengthen_subtype(struct image *const image)
{
	image->sections[SECTION_FIRST_SUBTYPE].sh_size++;
}

static void spoil_abi_zero(struct image *const image)
{
	image->subtypes[SECTION_FIRST_SUBTYPE].landlock_rule.abi = 0;
}

static void spoil_abi_new(struct image *const image)
{
	image->subtypes[SECTION_FIRST_SUBTYPE].landlock_rule.abi =
		LANDLOCK_ABI + 1;
}

static void spoil_event_zero(struct image *const image)
{
	image->subtypes[SECTION_SECOND_SUBTYPE].landlock_rule.event =
		LANDLOCK_SUBTYPE_EVENT_UNSPEC;
}

static void spoil_event_new(struct image *const image)
{
	image->subtypes[SECTION_SECOND_SUBTYPE].landlock_rule.event =
		LANDLOCK_SUBTYPE_EVENT_FS_PATH + 1;
}

static void spoil_ability(struct image *const image)
{
	image->subtypes[SECTION_FIRST_SUBTYPE].landlock_rule.ability = 1ULL
								       << 63;
}

static void spoil_option(struct image *const image)
{
	image->subtypes[SECTION_FIRST_SUBTYPE].landlock_rule.option = 1;
}

static const struct {
	void (*spoil)(struct image *image);
	int error;
	const char *cause; /* part of it */
} flaws[] = {
	{ spoil_magic, -ENOEXEC, "no ELF file" },
	{ spoil_class, -ENOEXEC, "class 64" },
	{ spoil_byte_order, -ENOEXEC, "byte order" },
	{ spoil_machine, -ENOEXEC, "another machine" },
	{ spoil_type, -ENOEXEC, "relocatable" },
	{ spoil_table_offset, -ENOEXEC, "cut short" },
	{ spoil_table_length, -ENOEXEC, "cut short" },
	{ spoil_entry_size, -ENOEXEC, "cut short" },
	{ spoil_names_index, -ENOEXEC, "section 0" },
	{ spoil_name_offset, -ENOEXEC, "section 2" },
	{ spoil_name_end, -ENOEXEC, "section 8" },
	{ spoil_section_offset, -ENOEXEC, "section 4" },
	{ spoil_section_size, -ENOEXEC, "section 2" },
	{ rename_rules, -ENOEXEC, "no rule" },
	{ make_rules_data, -ENOEXEC, "no rule" },
	{ lengthen_rule_name, -EINVAL, "too long" },
	{ rename_first_subtype, -EINVAL, "section subtype would" },
	{ rename_second_subtype, -EINVAL, "section subtype/ioctl would" },
	{ make_subtype_code, -EINVAL, "no subtype" },
	{ make_subtype_empty, -EINVAL, "0 bytes" },
	{ shorten_subtype, -EINVAL, "23 bytes" },
	{ lengthen_subtype, -EINVAL, "25 bytes" },
	{ spoil_abi_zero, -EINVAL, "ABI 0" },
	{ spoil_abi_new, -EINVAL, "ABI 4" },
	{ spoil_event_zero, -EINVAL, "event 0" },
	{ spoil_event_new, -EINVAL, "event 6" },
	{ spoil_ability, -EINVAL, "ability bits 0x8000000000000000" },
	{ spoil_option, -EINVAL, "option bits 0x1" },
};

START_TEST(spoilt_object_is_refused_in_its_own_words)
{
	struct image image = good_image();
	struct object_rule rules[PROTOCOL_RULES_MAX];
	struct report report = { 0 };

	flaws[_i].spoil(&image);
	ck_assert_int_eq(read_image(&image, sizeof(image), rules, &report),
			 flaws[_i].error);
	ck_assert_msg(strstr(report.cause, flaws[_i].cause),
		      "\"%s\" lacks \"%s\"", report.cause, flaws[_i].cause);
	ck_assert_ptr_nonnull(strstr(report.cause, "x.o"));
}
END_TEST

START_TEST(object_cut_anywhere_is_refused)
{
	const struct image image = good_image();
	const size_t needed =
		offsetof(struct image, license) + sizeof(image.license);
	struct object_rule rules[PROTOCOL_RULES_MAX];
	struct report report;
	size_t size;

	for (size = 0; size < needed; size++)
		ck_assert_int_eq(read_image(&image, size, rules, &report),
				 -ENOEXEC);
}
END_TEST

/* Whatever a byte is changed to: an answer, and no access outside. */
START_TEST(any_one_changed_byte_is_survived)
{
	static const uint8_t changes[] = { 0x01, 0x80, 0xff };
	struct object_rule rules[PROTOCOL_RULES_MAX];
	struct report report;
	size_t i, j;

	for (i = 0; i < sizeof(struct image); i++) {
		for (j = 0; j < ARRAY_SIZE(changes); j++) {
			struct image image = good_image();
			int result;

			((uint8_t *)&image)[i] ^= changes[j];
			result = read_image(&image, sizeof(image), rules,
					    &report);
			ck_assert(result == 1 || result == 2 ||
				  result == -ENOEXEC || result == -EINVAL);
		}
	}
}
END_TEST

START_TEST(object_of_too_many_rules_is_refused)
{
	struct {
		struct image image;
		Elf64_Shdr sections[PROTOCOL_RULES_MAX + 3];
	} many = { .image = good_image() };
	struct object_rule rules[PROTOCOL_RULES_MAX];
	struct report report = { 0 };
	size_t i;

	many.sections[0] = many.image.sections[SECTION_NAMES];
	many.sections[1] = many.image.sections[SECTION_FIRST_SUBTYPE];
	for (i = 2; i < ARRAY_SIZE(many.sections); i++)
		many.sections[i] = many.image.sections[SECTION_FIRST_RULE];
	many.image.header.e_shoff = offsetof(typeof(many), sections);
	many.image.header.e_shstrndx = 0;

	many.image.header.e_shnum = PROTOCOL_RULES_MAX + 2;
	ck_assert_int_eq(object_rules(&many, sizeof(many), "x.o", rules,
				      &report),
			 PROTOCOL_RULES_MAX);
	many.image.header.e_shnum = PROTOCOL_RULES_MAX + 3;
	ck_assert_int_eq(object_rules(&many, sizeof(many), "x.o", rules,
				      &report),
			 -EINVAL);
	ck_assert_ptr_nonnull(strstr(report.cause, "more than 16 rules"));
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("object");
	TCase *const objects = tcase_create("objects");

	tcase_add_test(objects, good_object_gives_its_rules_in_order);
	tcase_add_test(objects, license_is_the_objects_own);
	tcase_add_test(objects, static_functions_of_rules_alone_become_global);
	tcase_add_test(objects, symbols_may_lie_upon_anything);
	tcase_add_loop_test(objects, spoilt_object_is_refused_in_its_own_words,
			    0, ARRAY_SIZE(flaws));
	tcase_add_test(objects, object_cut_anywhere_is_refused);
	tcase_add_test(objects, any_one_changed_byte_is_survived);
	tcase_add_test(objects, object_of_too_many_rules_is_refused);
	suite_add_tcase(suite, objects);
	return run_suite(suite);
}
