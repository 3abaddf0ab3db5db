// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * landlock-loader: reads one request from its standard input, loads, answers.
 *
 * It is given as much as who starts it, and gains nothing: a request that makes no
 * sense is refused for the sake of a clear word, not as an attack.
 */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "load.h"
#include "message.h"
#include "protocol.h"
#include "report.h"

#define EXIT_NOT_ASKED 2
/* More than an object takes: 16 rules, their maps, types. */
#define DESCRIPTORS 64

/* What was asked for, in the bytes of the request. */
struct request {
	const char *path;
	const char *name; /* or NULL */
	struct loader_parameter *parameters;
	size_t parameter_count;
};

static union {
	struct protocol_request head;
	char bytes[sizeof(struct protocol_request) + PROTOCOL_TEXT_MAX];
} received;

/* 0 to 2 are never an object's or a map's: the C library may write its last words
 * there. */
static void fill_standard_descriptors(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDWR | O_CLOEXEC);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd >= 0)
		close(fd);
}

/*
 * Maps and types take descriptors, of which the program may have few: libbpf takes
 * a want of them for a kernel that knows no maps.  Who may load rules may mostly
 * raise the hard limit, too.
 */
static void raise_limit(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit))
		return;
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
	if (limit.rlim_max >= DESCRIPTORS)
		return;
	limit.rlim_cur = limit.rlim_max = DESCRIPTORS;
	setrlimit(RLIMIT_NOFILE, &limit);
}

/* Returns the text at *@next and moves on; NULL when there is none. */
static const char *take_text(const char **const next, const char *const end)
{
	const char *const text = *next;
	const char *const nul = memchr(text, '\0', (size_t)(end - text));

	if (!nul)
		return NULL;
	*next = nul + 1;
	return text;
}

/* Returns what is wrong with a message of @size bytes, or NULL. */
static const char *read_request(const size_t size, struct request *const out)
{
	const struct protocol_request *const head = &received.head;
	const char *const end = received.bytes + size;
	const char *next = head->text;
	size_t i;

	if (size < sizeof(*head))
		return "is too short";
	if (head->text_bytes != size - sizeof(*head))
		return "has another length than it says";
	if (!memchr(head->name, '\0', sizeof(head->name)))
		return "has a name without an end";
	out->path = take_text(&next, end);
	if (!out->path)
		return "has a path without an end";
	if (head->parameter_count > (size_t)(end - next) / 2)
		return "has fewer parameters than it says";
	out->name = head->name[0] ? head->name : NULL;
	out->parameter_count = head->parameter_count;
	out->parameters =
		calloc(out->parameter_count + 1, sizeof(*out->parameters));
	if (!out->parameters)
		return "needs more memory than there is";
	for (i = 0; i < out->parameter_count; i++) {
		out->parameters[i].name = take_text(&next, end);
		out->parameters[i].value =
			out->parameters[i].name ? take_text(&next, end) : NULL;
		if (!out->parameters[i].value)
			return "has fewer parameters than it says";
	}
	return next == end ? NULL : "has more texts than parameters";
}

static int answer(const int result, const struct loader_rule *const rules,
		  const struct report *const report)
{
	struct protocol_answer words = {
		.error = result < 0 ? result : 0,
		.count = result < 0 ? 0 : (uint32_t)result,
	};
	int fds[PROTOCOL_RULES_MAX];
	uint32_t i;

	_Static_assert(sizeof(words.cause) >= sizeof(report->cause) &&
			       sizeof(words.remedy) >= sizeof(report->remedy),
		       "nothing is cut");
	for (i = 0; i < words.count; i++)
		fds[i] = rules[i].prog_fd;
	if (result < 0) {
		memcpy(words.cause, report->cause, sizeof(report->cause));
		memcpy(words.remedy, report->remedy, sizeof(report->remedy));
	}
	return message_send(STDIN_FILENO, &words, sizeof(words), fds,
			    words.count)
		       ? EXIT_FAILURE
		       : EXIT_SUCCESS;
}

int main(void)
{
	struct loader_rule rules[PROTOCOL_RULES_MAX];
	struct request request = { 0 };
	int fds[MESSAGE_FDS_MAX], result;
	const char *flaw = NULL;
	static struct report report;
	size_t fd_count = 0;
	ssize_t size;

	fill_standard_descriptors();
	raise_limit();
	size = message_receive(STDIN_FILENO, &received, sizeof(received), fds,
			       &fd_count);
	if (size == -ENOTSOCK)
		fputs("landlock-loader: is started by landlock-shim, for a "
		      "request on its standard input\n",
		      stderr);
	if (size == -EMSGSIZE)
		flaw = "is too long, or brings too many descriptors";
	else if (size <= 0)
		return EXIT_NOT_ASKED;
	else if (fd_count != 1)
		flaw = "brings no descriptor, or more than one";
	else
		flaw = read_request((size_t)size, &request);
	if (flaw)
		result = report_fill(&report, -EPROTO, NULL, 0, NULL,
				     "install landlock-shim again",
				     "the request %s", flaw);
	else
		result = loader_load(fds[0], request.path, request.parameters,
				     request.parameter_count, request.name,
				     rules, &report);
	return answer(result, rules, &report);
}
