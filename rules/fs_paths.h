/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Access bits of a view, between the rule that asks for them (fs_paths.bpf.c)
 * and who fills the view.
 */
#ifndef FS_PATHS_H
#define FS_PATHS_H

#define FS_PATHS_SEE (1ULL << 0)     /* attributes, and to make it one's cwd */
#define FS_PATHS_READ (1ULL << 1)    /* content, or the list of entries */
#define FS_PATHS_WRITE (1ULL << 2)   /* content, attributes, to be an entry */
#define FS_PATHS_EXEC (1ULL << 3)    /* execve(2) */
#define FS_PATHS_REMOVE (1ULL << 4)  /* the entry itself, beside WRITE */
#define FS_PATHS_CONNECT (1ULL << 5) /* connect or send to a socket */
/* To change the entries of a directory, those that may be written. */
#define FS_PATHS_ENTRIES (1ULL << 6)
/*
 * To be a symbolic link, beside WRITE: beneath what may be written, and not at a name
 * that is granted by itself, as the next start would follow it to what it is to grant.
 */
#define FS_PATHS_LINK (1ULL << 7)

/* All that who may write something may do with it. */
#define FS_PATHS_CHANGE                                                        \
	(FS_PATHS_WRITE | FS_PATHS_REMOVE | FS_PATHS_ENTRIES | FS_PATHS_LINK)

#endif
