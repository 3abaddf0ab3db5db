// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Rule objects into the kernel; alone here are libbpf and libelf.
 *
 * libbpf opens the object, sets up its maps and relocates its programs, but can
 * neither name our program type nor hand over a subtype.  So prepare_load(), a
 * handler that libbpf calls with each program's final instructions right before
 * it would load it, makes the bpf(2) call itself and keeps the descriptor.  It
 * leaves libbpf a program of two instructions to load instead, of a type that
 * every kernel has: bpf_program__set_insns() is made for this callback, and
 * libbpf reads instructions and type again after it.  So the load ends well by
 * libbpf's own account, and each of several rules gets its turn.
 */
#include "load.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "bpf_abi.h"
#include "features.h"
#include "object.h"
#include "parameter.h"
#include "variable.h"

#define VERIFIER_LOG_BYTES (1 << 20)
#define VERIFIER_LOG_LINES 4

struct loading {
	const char *path;
	const char *name;
	struct report *report;

	const char *license;
	struct object_rule found[PROTOCOL_RULES_MAX];
	size_t found_count;
	struct loader_rule *rules;
	size_t rule_count;
	int error;     /* that has filled the report already */
	char log[256]; /* libbpf's last complaint */
};

/* libbpf's callbacks for its log take no cookie. */
static struct loading *current;

static int __attribute__((format(printf, 2, 0)))
collect_log(const enum libbpf_print_level level, const char *const format,
	    va_list arguments)
{
	char text[sizeof(current->log)];

	if (level != LIBBPF_WARN || current->log[0])
		return 0;
	vsnprintf(text, sizeof(text), format, arguments);
	text[strcspn(text, "\n")] = '\0';
	memcpy(current->log, text, sizeof(text));
	return 0;
}

/* report_fill() that names the object. */
static int __attribute__((format(printf, 4, 5)))
fail(struct loading *const loading, const int error, const char *const remedy,
     const char *const format, ...)
{
	char cause[sizeof(loading->report->cause)];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(cause, sizeof(cause), format, arguments);
	va_end(arguments);
	loading->error = error;
	return report_fill(loading->report, error, NULL, 0, NULL, remedy,
			   "%s: %s", loading->path, cause);
}

/* Reads from the start, wherever the descriptor stands. */
static int read_object(struct loading *const loading, const int fd,
		       void **const bytes, size_t *const size)
{
	struct stat status;
	size_t done = 0;
	char *buffer;

	if (fstat(fd, &status))
		return fail(loading, -errno, NULL, "cannot be read: %m");
	if (status.st_size > PROTOCOL_OBJECT_BYTES_MAX)
		return fail(loading, -ENOEXEC, NULL,
			    "too large for a rule object");
	*size = (size_t)status.st_size;
	buffer = malloc(*size + 1);
	if (!buffer)
		return fail(loading, -ENOMEM, NULL, "%m");
	while (done < *size) {
		const ssize_t got =
			pread(fd, buffer + done, *size - done, (off_t)done);

		if (got <= 0) {
			const int error = got ? -errno : -EIO;

			free(buffer);
			return fail(loading, error, NULL, "cannot be read: %s",
				    strerror(-error));
		}
		done += (size_t)got;
	}
	*bytes = buffer;
	return 0;
}

/* Puts the last lines of the log into one line: the verdict comes last. */
static void last_lines(char *const log)
{
	size_t end = strlen(log), start, i;
	int lines = 0;

	/* The statistics that end every log say nothing of the rule. */
	for (;;) {
		while (end && log[end - 1] == '\n')
			log[--end] = '\0';
		for (start = end; start && log[start - 1] != '\n'; start--)
			;
		if (strncmp(log + start, "processed ", 10) != 0 || !start)
			break;
		end = start;
		log[end] = '\0';
	}
	for (start = end; start; start--)
		if (log[start - 1] == '\n' && ++lines == VERIFIER_LOG_LINES)
			break;
	memmove(log, log + start, end - start + 1);
	for (i = 0; log[i]; i++)
		if (log[i] == '\n')
			log[i] = '|';
}

static int prog_load(const struct bpf_abi_prog_load *const attr)
{
	const long fd = syscall(__NR_bpf, BPF_PROG_LOAD, attr, sizeof(*attr));

	return fd < 0 ? -errno : (int)fd;
}

/* Returns 0 for a failure that is not for want of rules or of the right. */
static int explain_kernel(struct loading *const loading, const int error)
{
	switch (features_rules()) {
	case FEATURES_RULES_ABSENT:
		return fail(loading, -EOPNOTSUPP,
			    "boot a kernel with CONFIG_SECURITY_LANDLOCK_RULE, "
			    "or drop the rule, or set on-error = warn",
			    "this kernel has no Landlock rules");
	case FEATURES_RULES_OFF:
		return fail(loading, -EOPNOTSUPP,
			    "add landlock_rule to lsm= on the kernel command "
			    "line, or drop the rule, or set on-error = warn",
			    "Landlock rules are built into this kernel but "
			    "off");
	case FEATURES_RULES_ON:
		break;
	}
	if (error == -EPERM)
		return fail(loading, error, "start the program as root",
			    "loading rules needs CAP_SYS_ADMIN");
	return 0;
}

/* Says why the kernel refused, which the errno alone does not tell. */
static int explain_refusal(struct loading *const loading, const int error,
			   struct bpf_abi_prog_load *const attr,
			   const char *const section)
{
	const int explained = explain_kernel(loading, error);
	char *log;
	int again, result;

	if (explained)
		return explained;
	log = malloc(VERIFIER_LOG_BYTES);
	if (!log)
		return fail(loading, error, NULL, "section %s: %s", section,
			    strerror(-error));
	log[0] = '\0';
	attr->log_buf = (uintptr_t)log;
	attr->log_size = VERIFIER_LOG_BYTES;
	attr->log_level = 1;
	again = prog_load(attr);
	if (again >= 0)
		close(again);
	log[VERIFIER_LOG_BYTES - 1] = '\0';
	last_lines(log);
	if (log[0])
		result = fail(loading, -EINVAL, NULL,
			      "the verifier refuses section %s: %s", section,
			      log);
	else
		result = fail(loading, error, NULL,
			      "the kernel refuses section %s: %s", section,
			      strerror(-error));
	free(log);
	return result;
}

static const struct object_rule *find_rule(const struct loading *const loading,
					   const char *const section)
{
	size_t i;

	for (i = 0; i < loading->found_count; i++)
		if (strcmp(loading->found[i].section, section) == 0)
			return &loading->found[i];
	return NULL;
}

/* PROTOCOL_RULES_MAX is 16, so that each number is one hex digit. */
static void name_rule(const struct loading *const loading,
		      const struct bpf_program *const program,
		      char name[const BPF_OBJ_NAME_LEN])
{
	if (loading->name)
		snprintf(name, BPF_OBJ_NAME_LEN, "%.13s%zx%zx", loading->name,
			 loading->rule_count, loading->found_count - 1);
	else
		snprintf(name, BPF_OBJ_NAME_LEN, "%s",
			 bpf_program__name(program));
}

static int prepare_load(struct bpf_program *const program,
			struct bpf_prog_load_opts *const options,
			const long cookie)
{
	static const struct bpf_insn harmless[] = {
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_0 },
		{ .code = BPF_JMP | BPF_EXIT },
	};
	struct loading *const loading = current;
	const char *const section = bpf_program__section_name(program);
	const struct object_rule *const found = find_rule(loading, section);
	struct loader_rule *const rule = &loading->rules[loading->rule_count];
	struct bpf_abi_prog_load attr;
	int fd;

	(void)cookie;
	if (!found || loading->rule_count == loading->found_count)
		return fail(loading, -EINVAL,
			    "put each rule into a section of its own",
			    "section %s holds a program that is no rule, or "
			    "more than one",
			    section);
	attr = (struct bpf_abi_prog_load){
		.prog_type = LANDLOCK_RULE_PROG_TYPE,
		.insns = (uintptr_t)bpf_program__insns(program),
		.insn_cnt = (__u32)bpf_program__insn_cnt(program),
		.license = (uintptr_t)loading->license,
		.prog_btf_fd = options->prog_btf_fd,
		.func_info_rec_size = options->func_info_rec_size,
		.func_info = (uintptr_t)options->func_info,
		.func_info_cnt = options->func_info_cnt,
		.line_info_rec_size = options->line_info_rec_size,
		.line_info = (uintptr_t)options->line_info,
		.line_info_cnt = options->line_info_cnt,
		.fd_array = (uintptr_t)options->fd_array,
		.prog_subtype = (uintptr_t)&found->subtype,
		.prog_subtype_size = sizeof(found->subtype),
	};
	name_rule(loading, program, attr.prog_name);
	fd = prog_load(&attr);
	if (fd < 0)
		return explain_refusal(loading, fd, &attr, section);

	rule->prog_fd = fd;
	memcpy(rule->section, found->section, sizeof(rule->section));
	rule->subtype = found->subtype;
	loading->rule_count++;

	/* The rest describes instructions that are gone. */
	options->prog_btf_fd = 0;
	options->func_info_cnt = 0;
	options->line_info_cnt = 0;
	bpf_program__set_type(program, BPF_PROG_TYPE_SOCKET_FILTER);
	return bpf_program__set_insns(program, (struct bpf_insn *)harmless,
				      sizeof(harmless) / sizeof(harmless[0]));
}

static int set_parameter(struct loading *const loading,
			 const struct btf *const btf, char *const rodata,
			 const size_t rodata_size,
			 const struct loader_parameter *const parameter)
{
	struct variable variable;
	char wanted[64];
	int error = variable_find(btf, parameter->name, &variable);

	if (!error && (variable.offset > rodata_size ||
		       variable.size > rodata_size - variable.offset))
		error = -ENOENT;
	if (error == -ENOENT)
		return fail(loading, -EINVAL,
			    "see the rule's source for its parameters",
			    "there is no parameter %s", parameter->name);
	if (!error)
		error = parameter_parse(parameter->value, &variable.type,
					rodata + variable.offset);
	if (error == -ENOTSUP)
		return fail(loading, -EINVAL,
			    "parameters are integers of up to 8 bytes, or bool",
			    "%s is no parameter that could be set",
			    parameter->name);
	if (error) {
		parameter_describe(&variable.type, wanted, sizeof(wanted));
		return fail(loading, -EINVAL, NULL, "%s=%s: not %s",
			    parameter->name, parameter->value, wanted);
	}
	return 0;
}

static int set_parameters(struct loading *const loading,
			  const struct bpf_object *const object,
			  const struct loader_parameter *const parameters,
			  const size_t count)
{
	struct bpf_map *const map =
		bpf_object__find_map_by_name(object, ".rodata");
	const void *initial = NULL;
	char *rodata = NULL;
	size_t size = 0, i;
	int error = 0;

	if (!count)
		return 0;
	if (map)
		initial = bpf_map__initial_value(map, &size);
	rodata = malloc(size + 1);
	if (!rodata)
		return fail(loading, -ENOMEM, NULL, "no memory");
	if (initial)
		memcpy(rodata, initial, size);
	for (i = 0; i < count && !error; i++)
		error = set_parameter(loading, bpf_object__btf(object), rodata,
				      size, &parameters[i]);
	if (!error)
		error = bpf_map__set_initial_value(map, rodata, size);
	free(rodata);
	return error;
}

static int load_object(struct loading *const loading, const void *const bytes,
		       const size_t size,
		       const struct loader_parameter *const parameters,
		       const size_t parameter_count)
{
	LIBBPF_OPTS(bpf_object_open_opts, options, .object_name = "landlock");
	struct bpf_object *const object =
		bpf_object__open_mem(bytes, size, &options);
	struct bpf_program *program;
	int error;

	if (!object)
		return fail(loading, -ENOEXEC, NULL,
			    "libbpf cannot make sense of it: %s",
			    loading->log[0] ? loading->log : strerror(errno));

	bpf_object__for_each_program(program, object) bpf_program__set_type(
		program, (enum bpf_prog_type)LANDLOCK_RULE_PROG_TYPE);
	error = set_parameters(loading, object, parameters, parameter_count);
	if (!error)
		error = bpf_object__load(object);
	if (!error && loading->rule_count != loading->found_count)
		error = fail(loading, -ENOEXEC, NULL,
			     "libbpf found %zu of %zu rules",
			     loading->rule_count, loading->found_count);
	/* libbpf may fail before any rule had its turn. */
	if (error && !loading->error && !explain_kernel(loading, error))
		fail(loading, error, NULL, "%s: %s",
		     loading->log[0] ? loading->log : "libbpf failed",
		     strerror(-error));
	bpf_object__close(object);
	return loading->error;
}

int loader_load(const int object_fd, const char *const path,
		const struct loader_parameter *const parameters,
		const size_t parameter_count, const char *const name,
		struct loader_rule rules[const PROTOCOL_RULES_MAX],
		struct report *const report)
{
	LIBBPF_OPTS(libbpf_prog_handler_opts, handler_options,
		    .prog_prepare_load_fn = prepare_load);
	struct loading loading = {
		.path = path,
		.name = name,
		.report = report,
		.rules = rules,
	};
	void *bytes = NULL;
	size_t size = 0;
	int found, handler, error;

	error = read_object(&loading, object_fd, &bytes, &size);
	if (error)
		return error;
	found = object_rules(bytes, size, path, loading.found, report);
	if (found < 0) {
		error = found;
		goto out;
	}
	loading.found_count = (size_t)found;
	object_make_global(bytes, size);
	loading.license = object_license(bytes, size);

	/*
	 * A handler without a section name is asked for all that libbpf does not
	 * know, and it knows none that begins with "landlock".
	 */
	current = &loading;
	libbpf_set_print(collect_log);
	handler = libbpf_register_prog_handler(
		NULL, (enum bpf_prog_type)LANDLOCK_RULE_PROG_TYPE, 0,
		&handler_options);
	if (handler < 0) {
		error = fail(&loading, handler, NULL,
			     "libbpf takes no handler: %s", strerror(-handler));
		goto out_current;
	}
	error = load_object(&loading, bytes, size, parameters, parameter_count);
	libbpf_unregister_prog_handler(handler);
out_current:
	libbpf_set_print(NULL);
	current = NULL;
	if (error)
		while (loading.rule_count)
			close(rules[--loading.rule_count].prog_fd);
out:
	free(bytes);
	return error ? error : (int)loading.rule_count;
}
