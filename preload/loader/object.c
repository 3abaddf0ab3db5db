// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Reads the section table of a rule object.
 *
 * Nothing is trusted: section() is the only way to a section's bytes, and gives
 * none that are not wholly inside the file.
 */
#include "object.h"

#include <elf.h>
#include <endian.h>
#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define RULE_PREFIX "landlock"
#define LICENSE_SECTION "license"
#define SUBTYPE_SECTION "subtype"
#define AUTHOR_REMEDY                                                          \
	"compile the rule for the bpf target with LANDLOCK_RULE() of "         \
	"landlock/landlock_rule.h"

struct object {
	const uint8_t *bytes;
	size_t size;
	size_t section_count;
	uint64_t sections_offset;
	size_t names_index;
};

struct section {
	const char *name;
	const uint8_t *bytes; /* not aligned: copy out of it */
	size_t size;
	uint32_t type;
	bool executable;
};

static bool is_inside(const struct object *const object, const uint64_t offset,
		      const uint64_t size)
{
	return offset <= object->size && size <= object->size - offset;
}

static bool read_header(const struct object *const object, const size_t index,
			Elf64_Shdr *const header)
{
	if (index >= object->section_count)
		return false;
	memcpy(header,
	       object->bytes + object->sections_offset +
		       index * sizeof(*header),
	       sizeof(*header));
	return true;
}

/* NULL unless it ends inside the table of names. */
static const char *section_name(const struct object *const object,
				const uint32_t offset)
{
	Elf64_Shdr names;

	if (!read_header(object, object->names_index, &names) ||
	    !is_inside(object, names.sh_offset, names.sh_size) ||
	    offset >= names.sh_size ||
	    !memchr(object->bytes + names.sh_offset + offset, '\0',
		    names.sh_size - offset))
		return NULL;
	return (const char *)object->bytes + names.sh_offset + offset;
}

static bool section(const struct object *const object, const size_t index,
		    struct section *const out)
{
	Elf64_Shdr header;

	if (!read_header(object, index, &header))
		return false;
	if (header.sh_type == SHT_NOBITS || header.sh_type == SHT_NULL)
		header.sh_offset = header.sh_size = 0;
	if (!is_inside(object, header.sh_offset, header.sh_size))
		return false;
	*out = (struct section){
		.name = section_name(object, header.sh_name),
		.bytes = object->bytes + header.sh_offset,
		.size = header.sh_size,
		.type = header.sh_type,
		.executable = header.sh_type == SHT_PROGBITS &&
			      header.sh_flags & SHF_EXECINSTR,
	};
	return out->name;
}

/* Returns what is wrong with the file as an eBPF object, or NULL. */
static const char *open_object(struct object *const object)
{
	Elf64_Ehdr header;

	if (object->size < sizeof(header))
		return "is too short for an ELF file";
	memcpy(&header, object->bytes, sizeof(header));
	if (memcmp(header.e_ident, ELFMAG, SELFMAG) != 0)
		return "is no ELF file";
	if (header.e_ident[EI_CLASS] != ELFCLASS64)
		return "is not of ELF class 64";
	if (header.e_ident[EI_DATA] !=
	    (BYTE_ORDER == LITTLE_ENDIAN ? ELFDATA2LSB : ELFDATA2MSB))
		return "has the byte order of another machine";
	if (header.e_machine != EM_BPF)
		return "is an ELF file for another machine than BPF";
	if (header.e_type != ET_REL)
		return "is no relocatable ELF object";
	if (header.e_shentsize != sizeof(Elf64_Shdr) ||
	    !is_inside(object, header.e_shoff,
		       (uint64_t)header.e_shnum * sizeof(Elf64_Shdr)))
		return "is cut short: its section table is not in the file";
	object->sections_offset = header.e_shoff;
	object->section_count = header.e_shnum;
	object->names_index = header.e_shstrndx;
	return NULL;
}

static bool is_rule(const struct section *const section)
{
	return section->executable &&
	       strncmp(section->name, RULE_PREFIX, strlen(RULE_PREFIX)) == 0;
}

/* The part of @rule_section that pairs with a subtype: "/NAME" or "". */
static const char *pair_name(const char *const rule_section)
{
	const char *const slash = strchr(rule_section, '/');

	return slash ? slash : "";
}

static bool find_subtype(const struct object *const object,
			 const char *const rule_section,
			 struct section *const out)
{
	const size_t prefix = strlen(SUBTYPE_SECTION);
	size_t i;

	for (i = 0; i < object->section_count; i++)
		if (section(object, i, out) && !out->executable &&
		    strncmp(out->name, SUBTYPE_SECTION, prefix) == 0 &&
		    strcmp(out->name + prefix, pair_name(rule_section)) == 0)
			return true;
	return false;
}

/*
 * The kernel checks the values as well, but can only answer EINVAL for all of
 * them: here each has its own words.  Returns false with @why filled.
 */
static bool check_subtype(const union bpf_prog_subtype *const subtype,
			  char *const why, const size_t why_bytes)
{
	const uint64_t abilities = LANDLOCK_SUBTYPE_ABILITY_DEBUG;

	if (subtype->landlock_rule.abi < 1 ||
	    subtype->landlock_rule.abi > LANDLOCK_ABI)
		snprintf(why, why_bytes, "ABI %u, known are 1 to %u",
			 subtype->landlock_rule.abi, LANDLOCK_ABI);
	else if (subtype->landlock_rule.event < LANDLOCK_SUBTYPE_EVENT_FS ||
		 subtype->landlock_rule.event > LANDLOCK_SUBTYPE_EVENT_FS_PATH)
		snprintf(why, why_bytes, "unknown event %u",
			 subtype->landlock_rule.event);
	else if (subtype->landlock_rule.ability & ~abilities)
		snprintf(why, why_bytes, "unknown ability bits 0x%" PRIx64,
			 (uint64_t)subtype->landlock_rule.ability & ~abilities);
	else if (subtype->landlock_rule.option)
		snprintf(why, why_bytes, "unknown option bits 0x%" PRIx64,
			 (uint64_t)subtype->landlock_rule.option);
	else
		return true;
	return false;
}

int object_rules(const void *const bytes, const size_t size,
		 const char *const path,
		 struct object_rule rules[const PROTOCOL_RULES_MAX],
		 struct report *const report)
{
	struct object object = { .bytes = bytes, .size = size };
	const char *const flaw = open_object(&object);
	struct section program, subtype;
	char why[64];
	int count = 0;
	size_t i;

	if (flaw)
		return report_fill(report, -ENOEXEC, NULL, 0, NULL,
				   AUTHOR_REMEDY, "%s %s", path, flaw);

	/* All of them first: a subtype is looked for among later ones too. */
	for (i = 0; i < object.section_count; i++)
		if (!section(&object, i, &program))
			return report_fill(
				report, -ENOEXEC, NULL, 0, NULL, AUTHOR_REMEDY,
				"%s is damaged: section %zu is not in the file",
				path, i);

	for (i = 0; i < object.section_count; i++) {
		section(&object, i, &program);
		if (!is_rule(&program))
			continue;
		if (count == PROTOCOL_RULES_MAX)
			return report_fill(report, -EINVAL, NULL, 0, NULL,
					   "split the object",
					   "%s holds more than %d rules", path,
					   PROTOCOL_RULES_MAX);
		if (strlen(program.name) >= sizeof(rules[count].section))
			return report_fill(report, -EINVAL, NULL, 0, NULL,
					   "shorten it",
					   "%s: section name %s is too long",
					   path, program.name);
		if (!find_subtype(&object, program.name, &subtype))
			return report_fill(
				report, -EINVAL, NULL, 0, NULL, AUTHOR_REMEDY,
				"%s: section %s has no subtype, which section "
				"%s%s would hold",
				path, program.name, SUBTYPE_SECTION,
				pair_name(program.name));
		if (subtype.size != sizeof(rules[count].subtype))
			return report_fill(
				report, -EINVAL, NULL, 0, NULL, AUTHOR_REMEDY,
				"%s: section %s is of %zu bytes, a subtype of "
				"%zu",
				path, subtype.name, subtype.size,
				sizeof(rules[count].subtype));
		memcpy(&rules[count].subtype, subtype.bytes, subtype.size);
		if (!check_subtype(&rules[count].subtype, why, sizeof(why)))
			return report_fill(report, -EINVAL, NULL, 0, NULL,
					   AUTHOR_REMEDY, "%s: section %s: %s",
					   path, subtype.name, why);
		strcpy(rules[count].section, program.name);
		count++;
	}
	if (!count)
		return report_fill(report, -ENOEXEC, NULL, 0, NULL,
				   AUTHOR_REMEDY,
				   "%s holds no rule: no code in a section "
				   "whose name begins with \"%s\"",
				   path, RULE_PREFIX);
	return count;
}

/* Symbols are copied out and in: nothing says that they are aligned. */
static void make_symbol_global(const struct object *const object,
			       uint8_t *const bytes)
{
	struct section function;
	Elf64_Sym symbol;

	memcpy(&symbol, bytes, sizeof(symbol));
	if (ELF64_ST_TYPE(symbol.st_info) != STT_FUNC ||
	    ELF64_ST_BIND(symbol.st_info) != STB_LOCAL ||
	    !section(object, symbol.st_shndx, &function) || !is_rule(&function))
		return;
	symbol.st_info = ELF64_ST_INFO(STB_GLOBAL, STT_FUNC);
	memcpy(bytes, &symbol, sizeof(symbol));
}

void object_make_global(void *const bytes, const size_t size)
{
	struct object object = { .bytes = bytes, .size = size };
	struct section symbols;
	size_t i, j;

	if (open_object(&object))
		return;
	/*
	 * A table may lie upon anything, section table included: so each section
	 * is looked up again for each symbol, and the loop ends by @object.
	 */
	for (i = 0; i < object.section_count; i++) {
		if (!section(&object, i, &symbols) ||
		    symbols.type != SHT_SYMTAB)
			continue;
		for (j = 0; j < symbols.size / sizeof(Elf64_Sym); j++)
			make_symbol_global(
				&object,
				(uint8_t *)bytes +
					(symbols.bytes - object.bytes) +
					j * sizeof(Elf64_Sym));
	}
}

const char *object_license(const void *const bytes, const size_t size)
{
	struct object object = { .bytes = bytes, .size = size };
	struct section found;
	size_t i;

	if (open_object(&object))
		return "";
	for (i = 0; i < object.section_count; i++)
		if (section(&object, i, &found) &&
		    strcmp(found.name, LICENSE_SECTION) == 0 &&
		    memchr(found.bytes, '\0', found.size))
			return (const char *)found.bytes;
	return "";
}
