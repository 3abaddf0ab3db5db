// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Finds, believes and loads rule objects, but for those already applied.
 */
#include "rule.h"

#include <limits.h>
#include <string.h>

#include <linux/mman.h>

#include "arena.h"
#include "format.h"
#include "hash.h"
#include "pin.h"
#include "request.h"
#include "system.h"
#include "trust.h"

#define KEY "rule"

/*
 * The hash is no cryptographic one, and need not be: who wants another rule
 * taken for this one has to load it under a name that collides, loading takes
 * CAP_SYS_ADMIN, and who has that has no need of such tricks. Nor has root it done
 * for others: what `landlock pin` loads, root alone could have written. Who writes
 * an object that collides with a pinned one has weakened his own profile. Against
 * chance, 44 of its bits are plenty.
 */
void rule_name(const void *const bytes, const size_t size,
	       const struct profile_parameter *const parameters,
	       const size_t parameter_count, const uint64_t data,
	       char name[const RULE_NAME_BYTES])
{
	uint64_t state = hash_add(HASH_START, bytes, size);
	size_t i;

	/* With the NULs, which no text holds, so that none runs into the next. */
	for (i = 0; i < parameter_count; i++) {
		state = hash_add(state, parameters[i].name,
				 strlen(parameters[i].name) + 1);
		state = hash_add(state, parameters[i].value,
				 strlen(parameters[i].value) + 1);
	}
	if (data)
		state = hash_add(state, &data, sizeof(data));
	/* In two parts, as a long may have 32 bits. */
	format_text(name, RULE_NAME_BYTES, "ll%03x%08x",
		    (unsigned int)(state >> 52),
		    (unsigned int)((state >> 20) & UINT32_MAX));
}

/* Value of a lower-case hex digit, or -1. */
static int hex_digit(const char digit)
{
	static const char digits[] = "0123456789abcdef";
	const char *const found = digit ? strchr(digits, digit) : NULL;

	return found ? (int)(found - digits) : -1;
}

bool rule_is_inside(const struct landlock_rule_info *const inside,
		    const size_t count, const char *const name)
{
	const size_t length = strlen(name);
	uint32_t seen = 0, wanted = 0;
	size_t i;

	for (i = 0; i < count; i++) {
		int number, last;

		if (strncmp(inside[i].name, name, length) != 0)
			continue;
		number = hex_digit(inside[i].name[length]);
		last = hex_digit(inside[i].name[length + 1]);
		if (number < 0 || last < 0)
			continue;
		seen |= UINT32_C(1) << number;
		wanted = (UINT32_C(2) << last) - 1;
	}
	return wanted && (seen & wanted) == wanted;
}

int rule_path(const char *const object, const char *const directory,
	      char *const path, const size_t size)
{
	const bool is_path = strchr(object, '/');
	const size_t length =
		format_text(path, size, "%s%s%s", is_path ? "" : directory,
			    is_path ? "" : "/", object);

	return length >= size ? -ENAMETOOLONG : 0;
}

/* Puts the line that named the object in front of what @report says of it. */
static int blame_rule(const struct profile_rule *const rule, const int error,
		      struct report *const report)
{
	/* Copies, as report_fill() may not be given parts of what it fills. */
	const char *const file = arena_text(report->file);
	const char *const cause = arena_text(report->cause);
	const char *const remedy = arena_text(report->remedy);

	if (!file || !cause || !remedy)
		return report_no_memory(report);
	return report_fill_at(report, error, &rule->origin, KEY, remedy,
			      "%s%s%s", file, file[0] ? ": " : "", cause);
}

static int blame_object(const struct profile_rule *const rule, const int error,
			const char *const path, const char *const remedy,
			const char *const cause, struct report *const report)
{
	return report_fill_at(report, error, &rule->origin, KEY, remedy,
			      "%s%s%s", path, path[0] ? ": " : "", cause);
}

/* Fills @size bytes from the start of a file that nobody has read from yet. */
static int read_all(const int fd, char *const bytes, const size_t size)
{
	size_t done = 0;

	while (done < size) {
		const ssize_t got = system_read(fd, bytes + done, size - done);

		if (got <= 0)
			return got ? (int)got : -EIO;
		done += (size_t)got;
	}
	return 0;
}

/*
 * The bytes are read, not mapped: of a mapped file that is cut short meanwhile,
 * the program would die by SIGBUS.
 */
int rule_name_object(const int fd, const struct profile_rule *const rule,
		     const uint64_t data, char name[const RULE_NAME_BYTES])
{
	struct system_status status = { 0 };
	int error = system_stat_fd(fd, &status);
	size_t size;
	char *bytes;

	if (error)
		return error;
	if (status.size_bytes > PROTOCOL_OBJECT_BYTES_MAX)
		return -EFBIG;
	size = (size_t)status.size_bytes;
	bytes = system_map(size + 1, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS, -1);
	error = system_map_error(bytes);
	if (error)
		return error;
	error = read_all(fd, bytes, size);
	if (!error)
		rule_name(bytes, size, rule->parameters, rule->parameter_count,
			  data, name);
	SYSTEM_CALL(munmap, bytes, size + 1);
	return error;
}

/* The rules that this thread is under, asked for when the first rule is. */
static int ask_inside(struct rule_source *const source)
{
	const int error = source->asked ? 0 : features_inside(&source->inside);

	source->asked |= !error;
	return error;
}

static int load_object(struct rule_source *const source, const int fd,
		       const char *const path,
		       const struct profile_rule *const rule,
		       const uint64_t data,
		       int rule_fds[const PROTOCOL_RULES_MAX],
		       struct report *const report)
{
	char name[RULE_NAME_BYTES];
	int result = rule_name_object(fd, rule, data, name);

	if (result == -EFBIG)
		return blame_object(rule, -ENOEXEC, path, NULL,
				    "too large for a rule object", report);
	if (result)
		return blame_object(rule, result, path, NULL,
				    report_error_text(result), report);
	result = ask_inside(source);
	if (result)
		return blame_object(rule, result,
				    "cannot tell which rules are applied "
				    "already",
				    NULL, report_error_text(result), report);
	if (rule_is_inside(source->inside.rules, source->inside.count, name))
		return 0;
	/* With data, the name is of this start alone. */
	result = !data && source->has_pins ? pin_take(name, rule_fds) : 0;
	if (result)
		return result;
	memset(report, 0, sizeof(*report));
	/* The loader needs what descriptors there are, and takes its time anyway. */
	trust_end();
	result = request_rules(source->loader, fd, path, rule, name, rule_fds,
			       report);
	return result < 0 ? blame_rule(rule, result, report) : result;
}

int rule_load(struct rule_source *const source,
	      const struct profile_rule *const rule, const uint64_t data,
	      const uid_t user, int rule_fds[const PROTOCOL_RULES_MAX],
	      struct report *const report)
{
	char *const path = arena_take(1, PATH_MAX);
	int fd, result;

	if (!path)
		return report_no_memory(report);
	if (rule_path(rule->object, source->directory, path, PATH_MAX))
		return blame_object(rule, -ENAMETOOLONG, "", NULL,
				    "the object's path is too long", report);
	memset(report, 0, sizeof(*report));
	fd = trust_open_sibling(path, user, TRUST_CODE, report);
	if (fd == -ENOENT)
		return report_fill_at(report, fd, &rule->origin, KEY,
				      "name an object that is there",
				      "%s does not exist", path);
	if (fd < 0)
		return blame_rule(rule, fd, report);
	result = load_object(source, fd, path, rule, data, rule_fds, report);
	system_close(fd);
	return result;
}

/* The name of an object and its parameters, or an error that nobody is told of. */
static int find_name(const struct rule_source *const source,
		     const struct profile_rule *const rule, const uid_t user,
		     char name[const RULE_NAME_BYTES])
{
	struct report *const report = arena_take(1, sizeof(*report));
	char *const path = arena_take(1, PATH_MAX);
	int fd, error;

	if (!report || !path)
		return -ENOMEM;
	error = rule_path(rule->object, source->directory, path, PATH_MAX);
	if (error)
		return error;
	fd = trust_open_sibling(path, user, TRUST_CODE, report);
	if (fd < 0)
		return fd;
	error = rule_name_object(fd, rule, 0, name);
	system_close(fd);
	return error;
}

bool rule_is_at_hand(struct rule_source *const source,
		     const struct profile_rule *const rule, const uid_t user)
{
	int fds[PROTOCOL_RULES_MAX], count, i;
	char name[RULE_NAME_BYTES];

	if (find_name(source, rule, user, name) || ask_inside(source))
		return false;
	if (rule_is_inside(source->inside.rules, source->inside.count, name))
		return true;
	count = source->has_pins ? pin_take(name, fds) : 0;
	for (i = 0; i < count; i++)
		system_close(fds[i]);
	return count;
}

static int take_view_rule(const struct rule_source *const source)
{
	const struct profile_rule rule = { .object = RULE_OF_VIEWS };
	int fds[PROTOCOL_RULES_MAX], count = 0;
	char name[RULE_NAME_BYTES];

	if (!find_name(source, &rule, 0, name))
		count = pin_take(name, fds);
	/* Another number of rules is no object of ours. */
	while (count > 1)
		system_close(fds[--count]);
	return count ? fds[0] : -1;
}

void rule_probe(struct rule_source *const source, const unsigned int ask,
		struct features *const features)
{
	if (ask & FEATURES_ASK_VIEWS && source->view_rule < 0 &&
	    source->has_pins)
		source->view_rule = take_view_rule(source);
	features_probe(source->view_rule >= 0 ? ask | FEATURES_ASK_RULES : ask,
		       features);
	features->view_is_pinned = source->view_rule >= 0;
}

void rule_end(struct rule_source *const source)
{
	trust_end();
	system_close(source->view_rule);
	source->view_rule = -1;
}
