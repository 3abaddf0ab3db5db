/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * From a profile's `rule` key to rules that the kernel has verified.
 */
#ifndef LANDLOCK_SHIM_RULE_H
#define LANDLOCK_SHIM_RULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "features.h"
#include "loader/protocol.h"
#include "profile.h"
#include "report.h"

/* "ll", 11 hex digits of what the object is, and NUL. */
#define RULE_NAME_BYTES 14

/* Where rules come from, until rule_end(), for as long as some are being loaded. */
struct rule_source {
	const char *directory; /* of objects without a path */
	const char *loader;    /* the program */
	struct features_inside inside;
	bool asked;    /* @inside is filled */
	bool has_pins; /* pin_is_there(), asked once for all */
	/* Of fs_paths, taken by rule_probe(); or -1. */
	int view_rule;
};

/*
 * Can @rule be applied without being loaded: is this thread under it already, or is
 * it pinned?  @user: as for rule_load().
 */
bool rule_is_at_hand(struct rule_source *source,
		     const struct profile_rule *rule, uid_t user);

/* The object that compares paths with a view. */
#define RULE_OF_VIEWS "fs_paths.o"

/*
 * features_probe(), and whether the rule of views is pinned, which @source then
 * holds a descriptor of.  Where there are no pins, asks nothing else of the kernel.
 */
void rule_probe(struct rule_source *source, unsigned int ask,
		struct features *features);

/*
 * Takes the rules of the object that @rule names where they are pinned, else loads
 * them by the loader.
 *
 * @data: see rule_name().
 * @user: who besides root may have written the object.
 *
 * Returns how many rules' descriptors were written to @rule_fds (at most
 * PROTOCOL_RULES_MAX), which are then the caller's: 0 when this thread is under
 * all of them already.  On error a negative errno with @report filled:
 *   -ENOEXEC   not an eBPF ELF object (class, machine, byte order, no rule)
 *   -EINVAL    bad or missing subtype, unknown parameter, value out of type or
 *              range, or the verifier's refusal (with the last lines of its log)
 *   -EPERM     the object is not believed, or the caller may not load rules
 *   -EOPNOTSUPP the kernel has no Landlock rules, or they are off
 *   other      errno of the system call that failed
 */
int rule_load(struct rule_source *source, const struct profile_rule *rule,
	      uint64_t data, uid_t user, int rule_fds[PROTOCOL_RULES_MAX],
	      struct report *report);

/* Closes what was kept open for the next rule.  @source can be used again. */
void rule_end(struct rule_source *source);

/*
 * Writes the path of the object called @object to @path: @object itself if it
 * has a slash, else its place in @directory.  Returns 0 or -ENAMETOOLONG.
 */
int rule_path(const char *object, const char *directory, char *path,
	      size_t size);

/*
 * rule_name() of the object that is open as @fd, with the parameters of @rule.
 * Returns 0; -EFBIG for what is too large for an object; or a negative errno.
 */
int rule_name_object(int fd, const struct profile_rule *rule, uint64_t data,
		     char name[RULE_NAME_BYTES]);

/*
 * Names what would be loaded: the bytes of the object, its parameters in their
 * order and @data, a hash of what it is applied with (0: nothing).  The same
 * name means the same rules.
 */
void rule_name(const void *bytes, size_t size,
	       const struct profile_parameter *parameters,
	       size_t parameter_count, uint64_t data,
	       char name[RULE_NAME_BYTES]);

/*
 * Is a thread under the @count rules at @inside under all that were loaded as
 * @name?  The loader ends their names with two hex digits: the rule's number
 * and the last one's.
 */
bool rule_is_inside(const struct landlock_rule_info *inside, size_t count,
		    const char *name);

#endif
