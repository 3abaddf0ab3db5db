// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Makes, lists and removes pins: directories in a BPF file system.
 */
#include "pins.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <linux/bpf.h>
#include <linux/magic.h>

#include "arena.h"
#include "format.h"
#include "pin.h"
#include "request.h"
#include "rule.h"
#include "system.h"
#include "trust.h"

/* Becomes the pin's directory when it is complete: nobody takes half of one. */
#define UNFINISHED PIN_DIRECTORY "/unfinished"

/* By errno. */
static int fail(struct report *const report, const char *const path)
{
	const int error = -errno;

	return report_fill(report, error, path, 0, NULL,
			   error == -EACCES || error == -EPERM ? "do it as root"
							       : NULL,
			   "%s", report_error_text(error));
}

static int prepare_file_system(struct report *const report)
{
	struct statfs system;
	struct stat status;

	if (statfs(PIN_FILE_SYSTEM, &system))
		return fail(report, PIN_FILE_SYSTEM);
	if (system.f_type != BPF_FS_MAGIC &&
	    mount("bpf", PIN_FILE_SYSTEM, "bpf",
		  MS_NOSUID | MS_NODEV | MS_NOEXEC, "mode=0755"))
		return fail(report, PIN_FILE_SYSTEM);
	/* systemd keeps it to root: others may pass, and still not list. */
	if (stat(PIN_FILE_SYSTEM, &status) ||
	    (!(status.st_mode & S_IXOTH) &&
	     chmod(PIN_FILE_SYSTEM,
		   (status.st_mode & 07777) | S_IXUSR | S_IXGRP | S_IXOTH)))
		return fail(report, PIN_FILE_SYSTEM);
	return 0;
}

int pins_prepare(struct report *const report)
{
	int error;

	/* Where anyone may make it, it would be his, and in root's way. */
	if (geteuid())
		return report_fill(report, -EPERM, NULL, 0, NULL,
				   "do it as root", "only root can pin rules");
	error = prepare_file_system(report);
	if (error)
		return error;
	if (mkdir(PIN_DIRECTORY, 0755) && errno != EEXIST)
		return fail(report, PIN_DIRECTORY);
	if (!pin_is_there())
		return report_fill(report, -EPERM, PIN_DIRECTORY, 0, NULL,
				   "remove it",
				   "others than root can write to it");
	return 0;
}

static const char *about_of(const struct profile_rule *const rule,
			    const char *const path)
{
	size_t size = strlen(path) + 1, length, i;
	char *text;

	for (i = 0; i < rule->parameter_count; i++)
		size += strlen(rule->parameters[i].name) +
			strlen(rule->parameters[i].value) + 2;
	text = arena_take(1, size);
	if (!text)
		return NULL;
	length = format_text(text, size, "%s", path);
	for (i = 0; i < rule->parameter_count; i++)
		length += format_text(text + length, size - length, " %s=%s",
				      rule->parameters[i].name,
				      rule->parameters[i].value);
	return text;
}

static int remove_directory(const char *const path, struct report *const report)
{
	DIR *const stream = opendir(path);
	const struct dirent *entry;

	if (!stream)
		return errno == ENOENT ? 0 : fail(report, path);
	while ((entry = readdir(stream)))
		if (strcmp(entry->d_name, ".") != 0 &&
		    strcmp(entry->d_name, "..") != 0)
			unlinkat(dirfd(stream), entry->d_name, 0);
	closedir(stream);
	return rmdir(path) ? fail(report, path) : 0;
}

static int pin_one(const int fd, const int number, struct report *const report)
{
	char path[sizeof(UNFINISHED) + 8];
	union bpf_attr attr;
	long error;

	format_text(path, sizeof(path), UNFINISHED "/%x", (unsigned int)number);
	memset(&attr, 0, sizeof(attr));
	attr.pathname = (uintptr_t)path;
	attr.bpf_fd = (__u32)fd;
	error = SYSTEM_CALL(bpf, BPF_OBJ_PIN, &attr, sizeof(attr));
	errno = (int)-error;
	/* Applying takes no more than reading; nobody can write to it. */
	return error || chmod(path, 0444) ? fail(report, path) : 0;
}

static int pin_all(const char *const name, const char *const about,
		   const int *const fds, const int count,
		   struct report *const report)
{
	char path[PIN_PATH_BYTES];
	int error = remove_directory(UNFINISHED, report), i;

	if (error)
		return error;
	format_text(path, sizeof(path), PIN_DIRECTORY "/%s", name);
	error = remove_directory(path, report);
	if (!error && mkdir(UNFINISHED, 0755))
		error = fail(report, UNFINISHED);
	for (i = 0; i < count && !error; i++)
		error = pin_one(fds[i], i, report);
	if (!error && (symlink(about, UNFINISHED "/" PIN_ABOUT) ||
		       rename(UNFINISHED, path)))
		error = fail(report, path);
	if (error) {
		static struct report unheard;

		remove_directory(UNFINISHED, &unheard);
	}
	return error;
}

/* What an upgrade has left of the same name. */
static int remove_outdated(const char *const name, const char *const about,
			   struct report *const report)
{
	struct pins pins;
	int error = pins_list(&pins, report);
	size_t i;

	for (i = 0; i < pins.count && !error; i++)
		if (strcmp(pins.all[i].about, about) == 0 &&
		    strcmp(pins.all[i].name, name) != 0)
			error = pins_remove(&pins.all[i], report);
	return error;
}

static int load_and_pin(const int object, const char *const path,
			const struct profile_rule *const rule,
			struct report *const report)
{
	const char *const about = about_of(rule, path);
	int fds[PROTOCOL_RULES_MAX], count, error;
	char name[RULE_NAME_BYTES];
	bool is_new;

	error = rule_name_object(object, rule, 0, name);
	if (error)
		return report_fill(report, error, path, 0, NULL, NULL, "%s",
				   report_error_text(error));
	if (!about)
		return report_no_memory(report);
	count = pin_take(name, fds);
	is_new = !count;
	if (is_new) {
		count = request_rules(LANDLOCK_PKGLIBDIR "/landlock-loader",
				      object, path, rule, name, fds, report);
		if (count < 0)
			return count;
		error = pin_all(name, about, fds, count, report);
	}
	while (count)
		close(fds[--count]);
	if (!error)
		error = remove_outdated(name, about, report);
	return error ? error : is_new;
}

int pins_add(const struct profile_rule *const rule, struct report *const report)
{
	static char path[PATH_MAX];
	int object, result;

	if (rule_path(rule->object, LANDLOCK_PKGLIBDIR "/rules", path,
		      sizeof(path)))
		return report_fill(report, -ENAMETOOLONG, NULL, 0, NULL, NULL,
				   "%s: the path is too long", rule->object);
	/* Not even a user's own profile is worth code of his in everyone's pins. */
	object = trust_open(path, 0, TRUST_CODE, report);
	if (object == -ENOENT)
		return report_fill(report, object, path, 0, NULL,
				   "name an object that is there",
				   "does not exist");
	if (object < 0)
		return object;
	result = load_and_pin(object, path, rule, report);
	close(object);
	return result;
}

static int read_entry(const char *const name, struct pins_entry *const pin)
{
	char path[sizeof(PIN_DIRECTORY) + NAME_MAX + sizeof(PIN_ABOUT) + 2];
	static char text[PATH_MAX];
	int fds[PROTOCOL_RULES_MAX], count;
	ssize_t length;

	format_text(path, sizeof(path), PIN_DIRECTORY "/%s/" PIN_ABOUT, name);
	length = readlink(path, text, sizeof(text) - 1);
	text[length < 0 ? 0 : length] = '\0';
	count = pin_take(name, fds);
	*pin = (struct pins_entry){ .name = arena_text(name),
				    .about = arena_text(text),
				    .rule_count = (size_t)count };
	while (count)
		close(fds[--count]);
	return pin->name && pin->about ? 0 : -ENOMEM;
}

int pins_list(struct pins *const pins, struct report *const report)
{
	DIR *const stream = opendir(PIN_DIRECTORY);
	const struct dirent *entry;
	int error = 0;

	*pins = (struct pins){ 0 };
	if (!stream)
		return errno == ENOENT ? 0 : fail(report, PIN_DIRECTORY);
	while (!error && (entry = readdir(stream))) {
		struct pins_entry *const all = arena_append(
			pins->all, pins->count, sizeof(*pins->all));

		if (entry->d_name[0] == '.')
			continue;
		error = all ? read_entry(entry->d_name, &all[pins->count])
			    : -ENOMEM;
		pins->all = all;
		pins->count += !error;
	}
	closedir(stream);
	return error ? report_no_memory(report) : 0;
}

int pins_remove(const struct pins_entry *const pin, struct report *const report)
{
	char path[sizeof(PIN_DIRECTORY) + NAME_MAX + 1];

	format_text(path, sizeof(path), PIN_DIRECTORY "/%s", pin->name);
	return remove_directory(path, report);
}
