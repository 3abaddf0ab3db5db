// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * landlock list: profiles that are shipped, those that are enabled, and others that
 * the layers have.
 */
#include <stdio.h>
#include <string.h>

#include "arena.h"
#include "cmd.h"
#include "entries.h"
#include "lookup_layer.h"
#include "print.h"
#include "programs.h"
#include "report.h"
#include "shipped.h"
#include "system.h"

#define COLUMN_MAX 32

/* Large; this program needs one. */
static struct report report;

/* A profile in a layer; of what is only shipped, in none. */
struct row {
	const char *name;    /* of the program, or the section */
	const char *shipped; /* the file's path, or NULL */
	const char *layer;   /* whose word it is, or NULL */
	const char *file;    /* in that layer */
	const char *state;
	const char *program; /* the first one here, or NULL */
};

struct table {
	struct row *rows;
	size_t count;
};

static const struct {
	enum profile_layer layer;
	const char *word;
} layers[] = {
	{ PROFILE_SYSTEM, "administrator" },
	{ PROFILE_USER, "user" },
};

static int add(struct table *const table, const struct row row)
{
	struct row *const rows =
		arena_append(table->rows, table->count, sizeof(*rows));

	if (!rows)
		return report_no_memory(&report);
	table->rows = rows;
	rows[table->count++] = row;
	return 0;
}

static const char *find_program(const struct profile *const profile)
{
	const char *program = NULL;
	size_t i;

	for (i = 0; i < profile->match_count && !program; i++)
		program = programs_first(profile->matches[i]);
	return program;
}

static const char *find_programs(const struct profile_file *const file)
{
	const char *program = NULL;
	size_t i;

	for (i = 0; i < file->profile_count && !program; i++)
		program = find_program(&file->profiles[i]);
	return program;
}

static const char *state_of(const struct profile *const profile)
{
	if (profile->mode == PROFILE_OFF)
		return "off";
	if (profile->fault_count)
		return "faulty";
	return profile->mode == PROFILE_COMPLAIN ? "complain" : "enabled";
}

static const char *shipped_path(const char *const file)
{
	char *const path =
		arena_take(strlen(SHIPPED_PROFILES) + strlen(file) + 2, 1);

	if (path)
		sprintf(path, "%s/%s", SHIPPED_PROFILES, file);
	return path;
}

/* The row of a link of ours. */
static int add_link(struct table *const table, const char *const layer,
		    const struct entry *const entry,
		    const struct profile_file *const file)
{
	const struct profile *const profile =
		file && file->profile_count ? file->profiles : NULL;
	const struct row row = {
		.name = shipped_name(entry->shipped),
		.shipped = shipped_path(entry->shipped),
		.layer = layer,
		.file = entry->path,
		.state = profile ? state_of(profile) : "broken",
		.program = profile ? find_programs(file) : NULL,
	};
	size_t i;

	/* Of a program's several names, one will do. */
	for (i = 0; i < table->count; i++)
		if (table->rows[i].layer == layer && table->rows[i].shipped &&
		    row.shipped &&
		    strcmp(table->rows[i].shipped, row.shipped) == 0)
			return 0;
	return add(table, row);
}

static int add_sections(struct table *const table, const char *const layer,
			const struct profile_file *const file)
{
	int error = 0;
	size_t i;

	for (i = 0; i < file->profile_count && !error; i++) {
		const struct profile *const profile = &file->profiles[i];

		if (profile_is_template(profile))
			continue;
		error = add(table, (struct row){
					   .name = profile->section,
					   .layer = layer,
					   .file = profile->origin.file,
					   .state = state_of(profile),
					   .program = find_program(profile),
				   });
	}
	return error;
}

static int complete(const struct profile_file *const file)
{
	int error = 0;
	size_t i;

	for (i = 0; i < file->profile_count && !error; i++)
		if (!profile_is_template(&file->profiles[i]))
			error = profile_complete(&file->profiles[i], &report);
	return error;
}

static int add_entry(struct table *const table, const char *const layer,
		     struct lookup_layer *const place,
		     const struct entry *const entry)
{
	struct profile_file *file = NULL;
	int error = lookup_layer_find(place, entry->name);

	if (!error)
		error = lookup_layer_read(place, &file, &report);
	if (!error)
		error = complete(file);
	if (system_is_exhausted(error))
		return error;
	if (error)
		file = NULL;
	if (entry->shipped)
		return add_link(table, layer, entry, file);
	if (file)
		return add_sections(table, layer, file);
	return add(table, (struct row){ .name = entry->name,
					.layer = layer,
					.file = entry->path,
					.state = "broken" });
}

static int add_layer(struct table *const table,
		     const struct lookup *const lookup, const size_t which)
{
	struct lookup_layer place;
	struct entries entries;
	int error = lookup_layer_enter(lookup, layers[which].layer, &place,
				       &report);
	size_t i;

	if (!error)
		error = entries_list(place.directory, &entries, &report);
	if (error)
		return system_is_exhausted(error) ? error : 0;
	for (i = 0; i < entries.count && !error; i++)
		error = add_entry(table, layers[which].word, &place,
				  &entries.all[i]);
	return error;
}

/* What is shipped and nowhere enabled. */
static int add_shipped(struct table *const table,
		       const struct shipped_list *const list)
{
	const size_t enabled = table->count;
	int error = 0;
	size_t i, j;

	for (i = 0; i < list->count && !error; i++) {
		const struct shipped *const shipped = &list->all[i];
		const char *const path = shipped_path(shipped->file);

		if (!path)
			return report_no_memory(&report);
		for (j = 0; j < enabled; j++)
			if (table->rows[j].shipped &&
			    strcmp(table->rows[j].shipped, path) == 0)
				break;
		if (j == enabled)
			error = add(table,
				    (struct row){ .name = shipped->name,
						  .shipped = path,
						  .program = find_programs(
							  shipped->profiles) });
	}
	return error;
}

/* Code points, as far as a terminal shows each in one column. */
static size_t width(const char *text)
{
	size_t columns = 0;

	for (; *text; text++)
		columns += ((unsigned char)*text & 0xc0) != 0x80;
	return columns;
}

static void print_column(const char *const text, const size_t columns)
{
	size_t i;

	print_text(text);
	for (i = width(text); i < columns + 2; i++)
		putchar(' ');
}

static void print_row(const struct row *const row, const size_t columns)
{
	print_column(row->name, columns);
	print_column(row->state ? row->state : "-", strlen("complain"));
	print_column(row->layer ? row->layer : "-", strlen("administrator"));
	print_text(row->program ? row->program : "(not here)");
	if (row->file) {
		fputs("  ", stdout);
		print_text(row->file);
	}
	putchar('\n');
}

static void print_table(const struct table *const table)
{
	static const struct row head = {
		.name = "PROFILE",
		.state = "STATE",
		.layer = "BY",
		.program = "PROGRAM",
		.file = "FILE",
	};
	size_t columns = strlen("PROFILE"), i;

	for (i = 0; i < table->count; i++) {
		const size_t own = width(table->rows[i].name);

		if (own > columns)
			columns = own < COLUMN_MAX ? own : COLUMN_MAX;
	}
	print_row(&head, columns);
	for (i = 0; i < table->count; i++)
		print_row(&table->rows[i], columns);
}

static void print_json_table(const struct table *const table)
{
	size_t i;

	putchar('[');
	for (i = 0; i < table->count; i++) {
		const struct row *const row = &table->rows[i];

		print_json_member(i ? ", {" : "{", "name", row->name);
		print_json_member(", ", "shipped", row->shipped);
		print_json_member(", ", "layer", row->layer);
		print_json_member(", ", "file", row->file);
		print_json_member(", ", "state", row->state);
		print_json_member(", ", "program", row->program);
		putchar('}');
	}
	puts("]");
}

static int fill(struct table *const table)
{
	struct shipped_list list;
	struct lookup lookup;
	int error;
	size_t i;

	cmd_lookup(&lookup);
	error = shipped_read(&lookup, &list, &report);
	for (i = 0; i < sizeof(layers) / sizeof(layers[0]) && !error; i++)
		error = add_layer(table, &lookup, i);
	return error ?: add_shipped(table, &list);
}

static int run(const int argc, char **const argv)
{
	struct cmd_arguments arguments = cmd_arguments(&cmd_list, argc, argv);
	struct table table = { .count = 0 };
	bool json = false;
	int got;

	while ((got = cmd_next_option(&arguments)) == 1)
		json = true;
	if (got)
		return got;
	if (arguments.operand_count) {
		fprintf(stderr, "landlock list: unexpected %s\n",
			arguments.operands[0]);
		return CMD_USAGE;
	}
	if (fill(&table)) {
		report_warn(&report);
		return CMD_EXIT_FAILURE;
	}
	(json ? print_json_table : print_table)(&table);
	return 0;
}

static const struct cmd_option options[] = {
	{ .name = "json",
	  .purpose = "print a JSON array with an object for each profile" },
	{ 0 },
};

const struct command cmd_list = {
	.name = "list",
	.usage = "[--json]",
	.purpose = "tell which profiles are shipped, enabled, or your own",
	.usage_status = CMD_EXIT_USAGE,
	.page = "enable",
	.options = options,
	.run = run,
};
