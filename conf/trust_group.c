// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Reads passwd(5), group(5) and acl(5) as far as a file's group is concerned.
 *
 * Whom another source of names knows, is in neither file, and then a group of theirs
 * is none of a local user's own.
 */
#include "trust_group.h"

#include <string.h>

#include "records.h"
#include "system.h"

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

	while (record_take(&passwd, &record)) {
		if (!record_is_id(&record, RECORD_USERS_GROUP, group))
			continue;
		if (!record_is_id(&record, RECORD_ID, user))
			return false;
		/* Of several names for him, the first is his. */
		if (!name->length)
			*name = (struct name){ record.fields[RECORD_NAME],
					       record.lengths[RECORD_NAME] };
	}
	return name->length;
}

static bool has_others(const struct record *const record,
		       const struct name name)
{
	const char *member = record->fields[RECORD_MEMBERS];
	const char *const end = member + record->lengths[RECORD_MEMBERS];

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

	if (!records_read("/etc/passwd", &passwd) ||
	    !find_user(passwd, group, user, &name) ||
	    !records_read("/etc/group", &groups))
		return false;
	while (record_take(&groups, &record)) {
		if (!record_is_id(&record, RECORD_ID, group))
			continue;
		if (record.count <= RECORD_MEMBERS ||
		    !is_name(name, record.fields[RECORD_NAME],
			     record.lengths[RECORD_NAME]) ||
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
