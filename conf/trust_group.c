// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Reads passwd(5), group(5) and acl(5) as far as a file's group is concerned.
 *
 * Only what is written there counts: whom another source of names knows, is not in
 * these files, and then a group of theirs is none of a local user's own.
 */
#include "trust_group.h"

#include <string.h>

#include "file.h"
#include "system.h"

/* More users than that have another source. */
#define FILE_BYTES_MAX ((size_t)1 << 20)
#define FIELDS_MAX 7

/* One line of passwd or group, its fields between colons. */
struct record {
	const char *fields[FIELDS_MAX];
	size_t lengths[FIELDS_MAX];
	size_t count;
};

enum {
	NAME = 0,
	PASSWD_USER = 2,
	PASSWD_GROUP = 3,
	GROUP_ID = 2,
	GROUP_MEMBERS = 3,
};

/* Text without NUL, but with one behind it. */
static bool read_text(const char *const path, const char **const text)
{
	const int fd = system_open(AT_FDCWD, path, O_RDONLY | O_NOCTTY);
	char *all;
	size_t size;
	int error;

	if (fd < 0)
		return false;
	error = file_read(fd, FILE_BYTES_MAX, &all, &size);
	system_close(fd);
	*text = all;
	return !error && !memchr(all, '\0', size);
}

/* Takes one line off @text; false at its end. */
static bool take_record(const char **const text, struct record *const record)
{
	const char *place = *text;

	if (!*place)
		return false;
	record->count = 0;
	for (;;) {
		const size_t length = strcspn(place, ":\n");

		if (record->count < FIELDS_MAX) {
			record->fields[record->count] = place;
			record->lengths[record->count++] = length;
		}
		place += length;
		if (*place != ':')
			break;
		place++;
	}
	*text = place + (*place == '\n');
	return true;
}

/* Is the field @index the number @id? */
static bool is_id(const struct record *const record, const size_t index,
		  const unsigned int id)
{
	unsigned long long number = 0;
	size_t i;

	if (index >= record->count || !record->lengths[index] ||
	    record->lengths[index] > 10)
		return false;
	for (i = 0; i < record->lengths[index]; i++) {
		const char digit = record->fields[index][i];

		if (digit < '0' || digit > '9')
			return false;
		number = number * 10 + (unsigned int)(digit - '0');
	}
	return number == id;
}

/* A name of one of the records. */
struct name {
	const char *text;
	size_t length;
};

static bool is_name(const struct name name, const char *const text,
		    const size_t length)
{
	return length == name.length && memcmp(text, name.text, length) == 0;
}

/* Finds the name of @user; false if he isn't the only one of @group. */
static bool find_user(const char *passwd, const gid_t group, const uid_t user,
		      struct name *const name)
{
	struct record record;

	while (take_record(&passwd, &record)) {
		if (!is_id(&record, PASSWD_GROUP, group))
			continue;
		if (!is_id(&record, PASSWD_USER, user))
			return false;
		/* Of several names for him, the first is his. */
		if (!name->length)
			*name = (struct name){ record.fields[NAME],
					       record.lengths[NAME] };
	}
	return name->length;
}

static bool has_others(const struct record *const record,
		       const struct name name)
{
	const char *member = record->fields[GROUP_MEMBERS];
	const char *const end = member + record->lengths[GROUP_MEMBERS];

	while (member < end) {
		const size_t length = strcspn(member, ",:\n");

		if (length && !is_name(name, member, length))
			return true;
		member += length + 1;
	}
	return false;
}

bool trust_group_is_private(const gid_t group, const uid_t user)
{
	const char *passwd, *groups;
	struct record record;
	struct name name = { .length = 0 };
	bool found = false;

	if (!read_text("/etc/passwd", &passwd) ||
	    !find_user(passwd, group, user, &name) ||
	    !read_text("/etc/group", &groups))
		return false;
	while (take_record(&groups, &record)) {
		if (!is_id(&record, GROUP_ID, group))
			continue;
		if (record.count <= GROUP_MEMBERS ||
		    !is_name(name, record.fields[NAME], record.lengths[NAME]) ||
		    has_others(&record, name))
			return false;
		found = true;
	}
	return found;
}

/* As linux/posix_acl_xattr.h has them; all numbers are little-endian. */
#define ACL_VERSION 2
#define ACL_HEADER_BYTES 4
#define ACL_ENTRY_BYTES 8
#define ACL_USER 0x02
#define ACL_GROUP 0x08
#define ACL_WRITE 0x02
#define ACL_ENTRIES_MAX 64

static unsigned int read_number(const unsigned char *const bytes,
				const size_t size)
{
	unsigned int number = 0;
	size_t i;

	for (i = size; i-- > 0;)
		number = number << 8 | bytes[i];
	return number;
}

bool trust_acl_is_private(const int fd, const uid_t user)
{
	unsigned char acl[ACL_HEADER_BYTES + ACL_ENTRIES_MAX * ACL_ENTRY_BYTES];
	const long size = SYSTEM_CALL(fgetxattr, fd, "system.posix_acl_access",
				      acl, sizeof(acl));
	size_t i;

	if (size == -ENODATA || size == -EOPNOTSUPP)
		return true;
	if (size < ACL_HEADER_BYTES ||
	    read_number(acl, ACL_HEADER_BYTES) != ACL_VERSION)
		return false;
	for (i = ACL_HEADER_BYTES; i + ACL_ENTRY_BYTES <= (size_t)size;
	     i += ACL_ENTRY_BYTES) {
		const unsigned int tag = read_number(acl + i, 2);
		const unsigned int id = read_number(acl + i + 4, 4);

		if (!(read_number(acl + i + 2, 2) & ACL_WRITE))
			continue;
		if (tag == ACL_GROUP || (tag == ACL_USER && id && id != user))
			return false;
	}
	return true;
}
