// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Finds, believes and loads rule objects, but for those already applied.
 */
#include "rule.h"

#include <dlfcn.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hash.h"
#include "trust.h"

#define LOADER_PATH LANDLOCK_LIBDIR "/landlock_loader.so"
#define KEY "rule"

/*
 * The hash is no cryptographic one, and need not be: who wants another rule
 * taken for this one has to load it under a name that collides, loading takes
 * CAP_SYS_ADMIN, and who has that has no need of such tricks. Against chance, 44
 * of its bits are plenty.
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
	snprintf(name, RULE_NAME_BYTES, "ll%011" PRIx64, state >> 20);
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
	const int length =
		strchr(object, '/')
			? snprintf(path, size, "%s", object)
			: snprintf(path, size, "%s/%s", directory, object);

	return length < 0 || (size_t)length >= size ? -ENAMETOOLONG : 0;
}

int rule_source_open(struct rule_source *const source,
		     const char *const directory, struct report *const report)
{
	int error;

	*source = (struct rule_source){ .directory = directory };
	error = features_inside(&source->inside);
	if (error)
		return report_fill(report, error, NULL, 0, NULL, NULL,
				   "cannot tell which rules are applied "
				   "already: %s",
				   strerror(-error));
	return 0;
}

void rule_source_close(struct rule_source *const source)
{
	features_inside_free(&source->inside);
	if (source->library)
		dlclose(source->library);
	source->library = NULL;
}

/* @report speaks of the object's file: puts the line that named it in front. */
static int blame_rule(const struct profile_rule *const rule, const int error,
		      struct report *const report)
{
	const struct report inner = *report;

	return report_fill(report, error, rule->origin.file, rule->origin.line,
			   KEY, inner.remedy[0] ? inner.remedy : NULL, "%s%s%s",
			   inner.file, inner.file[0] ? ": " : "", inner.cause);
}

static int open_loader(struct rule_source *const source,
		       const struct profile_rule *const rule,
		       struct report *const report)
{
	if (source->load)
		return 0;
	source->library = dlopen(LOADER_PATH, RTLD_LOCAL | RTLD_NOW);
	if (source->library)
		*(void **)&source->load = dlsym(source->library, LOADER_SYMBOL);
	if (!source->load)
		return report_fill(report, -ELIBACC, rule->origin.file,
				   rule->origin.line, KEY,
				   "install landlock-shim again",
				   "the loader cannot be used: %s", dlerror());
	return 0;
}

static int name_object(const int fd, const struct profile_rule *const rule,
		       const uint64_t data, char name[const RULE_NAME_BYTES])
{
	struct stat status;
	void *bytes = NULL;

	if (fstat(fd, &status))
		return -errno;
	if (status.st_size) {
		bytes = mmap(NULL, (size_t)status.st_size, PROT_READ,
			     MAP_PRIVATE, fd, 0);
		if (bytes == MAP_FAILED)
			return -errno;
	}
	rule_name(bytes, (size_t)status.st_size, rule->parameters,
		  rule->parameter_count, data, name);
	if (bytes)
		munmap(bytes, (size_t)status.st_size);
	return 0;
}

int rule_load(struct rule_source *const source,
	      const struct profile_rule *const rule, const uint64_t data,
	      const uid_t user, struct loader_rule *const rules,
	      struct report *const report)
{
	struct loader_parameter *parameters = NULL;
	char path[PATH_MAX], name[RULE_NAME_BYTES];
	int fd = -1, result;
	size_t i;

	if (rule_path(rule->object, source->directory, path, sizeof(path)))
		return report_fill(report, -ENAMETOOLONG, rule->origin.file,
				   rule->origin.line, KEY, NULL,
				   "the object's path is too long");
	*report = (struct report){ 0 };
	fd = trust_open(path, user, report);
	if (fd == -ENOENT)
		return report_fill(report, fd, rule->origin.file,
				   rule->origin.line, KEY,
				   "name an object that is there",
				   "%s does not exist", path);
	if (fd < 0)
		return blame_rule(rule, fd, report);

	result = name_object(fd, rule, data, name);
	if (result) {
		report_fill(report, result, rule->origin.file,
			    rule->origin.line, KEY, NULL, "%s: %s", path,
			    strerror(-result));
		goto out;
	}
	if (rule_is_inside(source->inside.rules, source->inside.count, name))
		goto out;

	result = open_loader(source, rule, report);
	if (result)
		goto out;
	parameters = calloc(rule->parameter_count + 1, sizeof(*parameters));
	if (!parameters) {
		result = report_fill(report, -ENOMEM, rule->origin.file,
				     rule->origin.line, KEY, NULL, "no memory");
		goto out;
	}
	for (i = 0; i < rule->parameter_count; i++)
		parameters[i] = (struct loader_parameter){
			.name = rule->parameters[i].name,
			.value = rule->parameters[i].value,
		};
	result = source->load(fd, path, parameters, rule->parameter_count, name,
			      rule->origin.file, rule->origin.line, KEY, rules,
			      report);
out:
	free(parameters);
	close(fd);
	return result;
}
