/* SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note */
/*
 * Landlock rules: the contract between the kernel, those who apply rules and
 * those who write them.
 *
 * A rule is an eBPF program of type %BPF_PROG_TYPE_LANDLOCK_RULE.  It is
 * triggered by one kind of event, named by its subtype, and returns 0 to allow
 * the access or anything else to deny it; who is denied sees %EPERM.  All 64
 * bits of R0 count.
 *
 * See Documentation/userspace-api/landlock_rule.rst, bpf(2) and seccomp(2).
 */
#ifndef _UAPI_LINUX_LANDLOCK_RULE_H
#define _UAPI_LINUX_LANDLOCK_RULE_H

#include <linux/types.h>

/**
 * LANDLOCK_ABI - the newest ABI version that this header describes
 *
 * &union bpf_prog_subtype.landlock_rule.abi names the version that a rule was
 * written for.  The kernel refuses 0 and versions newer than its own.
 */
#define LANDLOCK_ABI 3

/**
 * LANDLOCK_RULE_PROG_TYPE - value of %BPF_PROG_TYPE_LANDLOCK_RULE
 *
 * &enum bpf_prog_type is dense and upstream adds no more program types, so the
 * type follows the last one of Linux 6.12.  It is repeated here for user space
 * built against the headers of another kernel.
 */
#define LANDLOCK_RULE_PROG_TYPE 33

/**
 * LANDLOCK_RULE_MAP_TYPE_FSVIEW - value of %BPF_MAP_TYPE_LANDLOCK_FSVIEW
 *
 * Repeated here for the same reason; &enum bpf_map_type is dense as well, and
 * newer kernels give the number to another type: ask for the ABI first, with
 * %LANDLOCK_RULE_PREPEND_ABI.  Since ABI 2.
 */
#define LANDLOCK_RULE_MAP_TYPE_FSVIEW 34

/**
 * LANDLOCK_RULE_LSM_ID - value of %LSM_ID_LANDLOCK_RULE
 *
 * Far from the dense numbers of upstream's LSMs, as none of them may ever be
 * mistaken for this one.  See lsm_list_modules(2).
 */
#define LANDLOCK_RULE_LSM_ID 2017

/**
 * SECCOMP_PREPEND_LANDLOCK_RULE - operation of seccomp(2): put a rule in front
 *
 * ``seccomp(SECCOMP_PREPEND_LANDLOCK_RULE, 0, &prog_fd)`` applies the rule
 * behind the descriptor to the calling thread and to all that it creates from
 * then on, for ever.  Newer rules are asked before older ones; the first denial
 * wins.  The descriptor may be closed afterwards.
 *
 * Far from upstream's operations, which count up from 0.
 *
 * Errors, checked in this order:
 *
 * * %EOPNOTSUPP: the LSM ``landlock_rule`` is built in but was not enabled at
 *   boot (see ``lsm=`` on the kernel command line);
 * * %EINVAL: flags has other bits than ``LANDLOCK_RULE_PREPEND_*``, or this
 *   kernel knows no such operation;
 * * %EPERM: neither no_new_privs is set (see prctl(2)) nor has the caller
 *   %CAP_SYS_ADMIN in its user namespace;
 * * %EFAULT: the third argument does not point to a readable int, or
 *   &struct landlock_rule_prepend;
 * * %EBADF: it points to no open descriptor;
 * * %EINVAL: the descriptor is no eBPF program, or one of another type; that
 *   of the view is none, or the rule is for another event than
 *   %LANDLOCK_SUBTYPE_EVENT_FS_PATH;
 * * %EBUSY: the view can still be changed from user space, or a change that was
 *   under way, or refused, has not ended: try again;
 * * %E2BIG: %LANDLOCK_RULE_MAX_STACK rules are already stacked for the event;
 * * %EMFILE, %ENFILE: no more descriptors can be had;
 * * %ENOMEM: no memory, or the limit of the caller's cgroup is reached.
 *
 * Those of %LANDLOCK_RULE_PREPEND_CGROUP, after %EBUSY:
 *
 * * %EBADF: the descriptor is of no directory of a cgroup v2, or the kernel has
 *   no cgroups;
 * * %EINVAL: that is the root of all cgroups, which nobody could ever leave;
 * * %ENOENT: the cgroup was removed;
 * * the errors of open(2) for cgroup.procs in it, %O_WRONLY (%EACCES, %EROFS); and
 *   %EACCES where something is mounted over that;
 * * %EPERM: the caller has no %CAP_SYS_ADMIN in the initial user namespace, and
 *   a task in the cgroup or below has not set no_new_privs, has capabilities
 *   there, or has another effective or saved id than its real one.
 */
#define SECCOMP_PREPEND_LANDLOCK_RULE 0x4c4c

/**
 * DOC: LANDLOCK_RULE_PREPEND
 *
 * Flags of %SECCOMP_PREPEND_LANDLOCK_RULE.  Since ABI 2.
 *
 * * %LANDLOCK_RULE_PREPEND_VIEW: the third argument points to a
 *   &struct landlock_rule_prepend: a rule of %LANDLOCK_SUBTYPE_EVENT_FS_PATH
 *   and the view that it is to compare with.
 * * %LANDLOCK_RULE_PREPEND_DENIALS: the third argument points to a
 *   &struct landlock_rule_prepend, of which view_fd counts only with the flag
 *   above.  Returns not 0 but a descriptor (close-on-exec) to read what the
 *   rule denies, see &struct landlock_rule_denial.  Since ABI 3.
 * * %LANDLOCK_RULE_PREPEND_CGROUP: the third argument points to a
 *   &struct landlock_rule_prepend: the rule holds not the caller but every task
 *   that is in a cgroup v2 or below it, for as long as it is there, until the
 *   cgroup is removed.  Its view_fd counts with %LANDLOCK_RULE_PREPEND_VIEW
 *   only.  Since ABI 3.
 * * %LANDLOCK_RULE_PREPEND_ABI: alone; applies nothing and needs no privilege;
 *   the third argument must be NULL.  Returns %LANDLOCK_ABI of the kernel; fails
 *   with %EINVAL where that is 1.
 */
#define LANDLOCK_RULE_PREPEND_VIEW (1U << 0)
#define LANDLOCK_RULE_PREPEND_DENIALS (1U << 1)
#define LANDLOCK_RULE_PREPEND_CGROUP (1U << 2)
#define LANDLOCK_RULE_PREPEND_ABI (1U << 31)

/**
 * struct landlock_rule_denial - a denial, as read(2) gives it
 *
 * From the descriptor that %LANDLOCK_RULE_PREPEND_DENIALS asks for, which gives
 * whole records, as many as fit, one behind the other: %EINVAL if not even one
 * does (PATH_MAX more than this structure is enough for any).  It waits for
 * one, or fails with %EAGAIN if it is %O_NONBLOCK; poll(2) tells.  The end (0,
 * %POLLHUP) is when nobody is under the rule any more: a little later than the
 * last has exited and was waited for, and no earlier than sockets and devices
 * are closed that were opened under it.
 *
 * A denial is told by the rule that decided it: of several rules that deny the
 * same, the newest.  What does not fit (some 16 KiB are kept) is lost and
 * counted.  Of the rule of a cgroup, denials of other users are told to who had
 * CAP_SYS_ADMIN in their user namespace, or one above it, when it was applied.
 *
 * @size: bytes of this record, path and padding included; a multiple of 8.
 * @lost: number of denials between the record before this one and this one.
 * @event: &enum landlock_subtype_event; 0 if this record only tells @lost.
 * @flags: 0 or %LANDLOCK_RULE_DENIAL_LONG.
 * @arg2: what the rule was asked, see &struct landlock_context.arg2.
 * @arg3: likewise.
 * @pid: of the denied process, as it is numbered where who applied the rule
 *	was; 0 if it has no number there.
 * @reserved: 0.
 * @name: the rule's, as in &struct bpf_prog_info, NUL-padded.
 * @path: of %LANDLOCK_SUBTYPE_EVENT_FS_PATH, where the access led to, from the
 *	root of the denied task, NUL-terminated: not in a record that is no
 *	longer than up to here, as for other events, or where no path leads
 *	there from that root.
 */
struct landlock_rule_denial {
	__u32 size;
	__u32 lost;
	__u32 event;
	__u32 flags;
	__aligned_u64 arg2;
	__aligned_u64 arg3;
	__s32 pid;
	__u32 reserved;
	char name[16];
	char path[];
};

/**
 * LANDLOCK_RULE_DENIAL_LONG - the path is longer than PATH_MAX, and left out
 */
#define LANDLOCK_RULE_DENIAL_LONG (1U << 0)

/**
 * struct landlock_rule_prepend - a rule, its view, and whom it holds
 *
 * @prog_fd: descriptor of the rule.
 * @view_fd: descriptor of a map of type %BPF_MAP_TYPE_LANDLOCK_FSVIEW that was
 *	frozen (%BPF_MAP_FREEZE of bpf(2)), so that a view that holds someone
 *	never changes.
 * @cgroup_fd: descriptor of the directory of a cgroup v2, %O_PATH is enough.
 *	Read with %LANDLOCK_RULE_PREPEND_CGROUP only.  Since ABI 3.
 */
struct landlock_rule_prepend {
	__s32 prog_fd;
	__s32 view_fd;
	__s32 cgroup_fd;
};

/**
 * LANDLOCK_RULE_MAX_STACK - most rules that a thread may be under, per event
 *
 * Bounds the work of one access and the depth that a chain of programs, each
 * applying its own rules, can reach.
 */
#define LANDLOCK_RULE_MAX_STACK 64

/**
 * enum landlock_subtype_event - what triggers a rule
 *
 * @LANDLOCK_SUBTYPE_EVENT_UNSPEC: none; refused when a rule is loaded.
 * @LANDLOCK_SUBTYPE_EVENT_FS: a use of a file-system object.
 *	&struct landlock_context.arg2 is a mask of ``LANDLOCK_ACTION_FS_*``.
 * @LANDLOCK_SUBTYPE_EVENT_FS_IOCTL: ioctl(2) on a file; arg2 is the request.
 * @LANDLOCK_SUBTYPE_EVENT_FS_LOCK: a lock on a file; arg2 is the command
 *	(%F_RDLCK, %F_WRLCK or %F_UNLCK), for fcntl(2) and flock(2) alike.
 * @LANDLOCK_SUBTYPE_EVENT_FS_FCNTL: fcntl(2) on a file; arg2 is the command.
 * @LANDLOCK_SUBTYPE_EVENT_FS_PATH: a use of a file by a path that the kernel
 *	knows; arg2 is a mask of ``LANDLOCK_ACTION_FS_*``, arg3 the request of
 *	an ioctl(2), and with %LANDLOCK_ACTION_FS_NEW the type of what becomes
 *	the entry, as in st_mode of stat(2) (%S_IFDIR, …; since ABI 3).  Who is
 *	denied sees %EACCES; for %LANDLOCK_ACTION_FS_REFER and
 *	%LANDLOCK_ACTION_FS_MOVE %EXDEV, so that programs copy instead; for
 *	%LANDLOCK_ACTION_FS_MOUNT %EPERM.  Since ABI 2.
 *
 * In all of them &struct landlock_context.arg1 is the handle of the object.
 * FS_IOCTL, FS_LOCK and FS_FCNTL are triggered after
 * %LANDLOCK_SUBTYPE_EVENT_FS rules have allowed the matching action.
 *
 * FS_PATH asks what a process may reach, when it opens or names something, not
 * what it does with what it has open: no question comes for reading, writing,
 * mapping or locking.  See the table in the manual.
 */
enum landlock_subtype_event {
	LANDLOCK_SUBTYPE_EVENT_UNSPEC,
	LANDLOCK_SUBTYPE_EVENT_FS,
	LANDLOCK_SUBTYPE_EVENT_FS_IOCTL,
	LANDLOCK_SUBTYPE_EVENT_FS_LOCK,
	LANDLOCK_SUBTYPE_EVENT_FS_FCNTL,
	LANDLOCK_SUBTYPE_EVENT_FS_PATH,
};

/**
 * DOC: LANDLOCK_SUBTYPE_ABILITY
 *
 * What a rule may do beyond judging; bits of
 * &union bpf_prog_subtype.landlock_rule.ability.
 *
 * * %LANDLOCK_SUBTYPE_ABILITY_DEBUG: may call bpf_trace_printk(),
 *   bpf_get_current_comm(), bpf_get_current_pid_tgid() and
 *   bpf_get_current_uid_gid().  Needs %CAP_SYS_ADMIN in the initial user
 *   namespace, as the helpers tell of other processes.
 */
#define LANDLOCK_SUBTYPE_ABILITY_DEBUG (1ULL << 0)

/**
 * union bpf_prog_subtype - what a program of one type is for
 *
 * Given to bpf(2) %BPF_PROG_LOAD through &union bpf_attr.prog_subtype and
 * &union bpf_attr.prog_subtype_size.
 *
 * @landlock_rule: for %BPF_PROG_TYPE_LANDLOCK_RULE, which must have one.
 * @landlock_rule.abi: ABI version the rule was written for, 1 to %LANDLOCK_ABI.
 * @landlock_rule.event: one of &enum landlock_subtype_event.
 * @landlock_rule.ability: mask of ``LANDLOCK_SUBTYPE_ABILITY_*``.
 * @landlock_rule.option: mask of options; none is defined, must be 0.
 *
 * Errors of %BPF_PROG_LOAD that come from it:
 *
 * * %EINVAL: no subtype for a rule, or one for a program of another type; size
 *   below that of the first version; unknown abi, event, ability or option;
 * * %E2BIG: larger than the kernel's, and the rest is not all zero;
 * * %EFAULT: not readable;
 * * %EPERM: the caller has no %CAP_SYS_ADMIN in the initial user namespace;
 * * %EOPNOTSUPP: the LSM ``landlock_rule`` was not enabled at boot.
 */
union bpf_prog_subtype {
	struct {
		__u32 abi;
		__u32 event;
		__aligned_u64 ability;
		__aligned_u64 option;
	} landlock_rule;
} __attribute__((aligned(8)));

/**
 * DOC: LANDLOCK_ACTION_FS
 *
 * What is done to an object: bits of &struct landlock_context.arg2 under
 * %LANDLOCK_SUBTYPE_EVENT_FS.  One access may carry several.
 *
 * * %LANDLOCK_ACTION_FS_EXEC: execute a file, map it executable, search a
 *   directory;
 * * %LANDLOCK_ACTION_FS_WRITE: change content, attributes or entries;
 * * %LANDLOCK_ACTION_FS_READ: read content, attributes or entries;
 * * %LANDLOCK_ACTION_FS_NEW: become a new entry;
 * * %LANDLOCK_ACTION_FS_GET: be opened or received as a descriptor;
 * * %LANDLOCK_ACTION_FS_REMOVE: lose an entry (unlink, rmdir, rename);
 * * %LANDLOCK_ACTION_FS_IOCTL, %LANDLOCK_ACTION_FS_LOCK,
 *   %LANDLOCK_ACTION_FS_FCNTL: the system call or calls of that name.
 *
 * Under %LANDLOCK_SUBTYPE_EVENT_FS_PATH, IOCTL is for devices that were opened
 * under the rule, and there are four more (since ABI 2):
 *
 * * %LANDLOCK_ACTION_FS_ATTR: the READ or WRITE is of attributes (mode, owner,
 *   times, extended attributes; to become the working directory is READ);
 * * %LANDLOCK_ACTION_FS_REFER: a directory loses an entry to, or shares one
 *   with, another directory;
 * * %LANDLOCK_ACTION_FS_MOVE: get another place, or one more (rename, link).
 *   The object is what moves; compared with a view, the question is what would
 *   be gained by it.  A directory is asked about twice, and with an arg3 of
 *   %LANDLOCK_MOVE_BENEATH it is about what is in it (since ABI 3);
 * * %LANDLOCK_ACTION_FS_MOUNT: change what is mounted there;
 * * %LANDLOCK_ACTION_FS_TRUNCATE: the WRITE is of the length (truncate(2), and
 *   %O_TRUNC, asked beside the READ or WRITE of an open).  ftruncate(2) of a
 *   file that was opened under the rule ends as this did then.  Since ABI 3;
 *   a rule that does not know it sees a WRITE;
 * * %LANDLOCK_ACTION_FS_CONNECT: connect(2) or send to the socket that is bound
 *   there.  Not asked where the socket was made by a task that was under the
 *   rule already.  Since ABI 3.
 */
#define LANDLOCK_ACTION_FS_EXEC (1ULL << 0)
#define LANDLOCK_ACTION_FS_WRITE (1ULL << 1)
#define LANDLOCK_ACTION_FS_READ (1ULL << 2)
#define LANDLOCK_ACTION_FS_NEW (1ULL << 3)
#define LANDLOCK_ACTION_FS_GET (1ULL << 4)
#define LANDLOCK_ACTION_FS_REMOVE (1ULL << 5)
#define LANDLOCK_ACTION_FS_IOCTL (1ULL << 6)
#define LANDLOCK_ACTION_FS_LOCK (1ULL << 7)
#define LANDLOCK_ACTION_FS_FCNTL (1ULL << 8)
#define LANDLOCK_ACTION_FS_ATTR (1ULL << 9)
#define LANDLOCK_ACTION_FS_REFER (1ULL << 10)
#define LANDLOCK_ACTION_FS_MOVE (1ULL << 11)
#define LANDLOCK_ACTION_FS_MOUNT (1ULL << 12)
#define LANDLOCK_ACTION_FS_TRUNCATE (1ULL << 13)
#define LANDLOCK_ACTION_FS_CONNECT (1ULL << 14)

/**
 * LANDLOCK_MOVE_BENEATH - arg3 of %LANDLOCK_ACTION_FS_MOVE: what a directory holds
 */
#define LANDLOCK_MOVE_BENEATH 1

/**
 * struct landlock_context - what a rule is given; read-only
 *
 * @status: reserved, 0.
 * @event: the &enum landlock_subtype_event that triggered the rule.
 * @arg1: opaque handle of the object, to be passed to helpers.  It can neither
 *	be computed with nor compared nor returned.  Read in one 8-byte access.
 * @arg2: action bits or command, see &enum landlock_subtype_event.
 * @arg3: command beside action bits, 0 where there is none.  Since ABI 2: a
 *	rule written for ABI 1 can't read it.
 */
struct landlock_context {
	__u64 status;
	__u64 event;
	__u64 arg1;
	__u64 arg2;
	__u64 arg3;
};

/**
 * BPF_FUNC_handle_fs_get_mode - id of bpf_handle_fs_get_mode()
 *
 * ``int bpf_handle_fs_get_mode(void *handle)``: file type and mode bits of the
 * object behind &struct landlock_context.arg1, like st_mode of stat(2).
 * Returns %-ENOENT for an object that does not exist yet (action
 * %LANDLOCK_ACTION_FS_NEW).
 *
 * Helper ids are dense and closed upstream: 212 is not taken by us, so that it
 * can never mean two things.
 */
#define BPF_FUNC_handle_fs_get_mode 0x4c01

/**
 * BPF_FUNC_handle_fs_compare_view - id of bpf_handle_fs_compare_view()
 *
 * ``long bpf_handle_fs_compare_view(void *handle, __u64 access)``: the bits of
 * access that the view, with which the rule was applied, does not grant at the
 * path of the object: 0 if it grants them all.  On the way up from the object,
 * each entry adds what it grants, until one without %LANDLOCK_FSVIEW_ADDS
 * decides.
 *
 * For %LANDLOCK_ACTION_FS_MOVE: the bits that the object, or what is in it,
 * would gain.  An object takes its own entry with it; what it replaces lends
 * it nothing, but an entry for the name holds for it.
 *
 * Without a view, or where there is no path, nothing is granted.  What the
 * kernel made for itself (pipes, sockets, memory files) is granted all.
 *
 * Only for %LANDLOCK_SUBTYPE_EVENT_FS_PATH.  Since ABI 2.
 */
#define BPF_FUNC_handle_fs_compare_view 0x4c02

/**
 * DOC: LANDLOCK_FSVIEW
 *
 * A view of the file system: a map of %BPF_MAP_TYPE_LANDLOCK_FSVIEW with
 * &struct landlock_fsview_key to &struct landlock_fsview_value and map_flags 0.
 *
 * %BPF_MAP_UPDATE_ELEM, _LOOKUP_ELEM and _DELETE_ELEM take keys by descriptor;
 * %BPF_MAP_GET_NEXT_KEY fails with %EOPNOTSUPP.  An entry stays with its inode
 * whatever that is named, and wherever it is mounted, until its file system is
 * unmounted, which an entry does not hinder.
 *
 * Anyone may make one, whatever kernel.unprivileged_bpf_disabled says (since
 * ABI 3).  %BPF_MAP_CREATE fails with %EDQUOT where max_entries of all views of
 * the user, who has neither %CAP_BPF nor %CAP_SYS_ADMIN in the initial user
 * namespace, would be more than the kernel's parameter
 * landlock_rule.view_entries.
 *
 * Errors of %BPF_MAP_UPDATE_ELEM beside those that bpf(2) lists:
 *
 * * %EINVAL: unknown access bits; a name that no entry of a directory can have;
 *   unknown flags; a file that no path leads to (a pipe, a socket); a pin in a
 *   BPF file system, which would keep the view for ever (since ABI 3): give
 *   the name in its directory instead;
 * * %EBADF: fd is no open descriptor;
 * * %ENOTDIR: there is a name, and fd is no directory;
 * * %EOPNOTSUPP: a pattern that decides, in a directory whose file system takes
 *   other bytes for the same name (``A`` for ``a``), where it could be evaded;
 * * %E2BIG: max_entries were put in already; or there are, for the directory,
 *   256 patterns, patterns of 4096 bytes together or, where its file system
 *   takes other bytes for the same name, 1024 names; or, for all directories
 *   together, patterns of 16384 bytes or such names of 262144;
 * * %ENOMEM: no memory, or the limit of the cgroup is reached.
 */
#define LANDLOCK_FSVIEW_ACCESS_MASK ((1ULL << 62) - 1)

/**
 * LANDLOCK_FSVIEW_ADDS - the entry adds to what the way up grants
 *
 * In &struct landlock_fsview_value.access, beside access bits: what lies above
 * the entry counts as well.  Without it the entry decides, and whatever it does
 * not grant is denied: at one place, an entry that decides goes before one that
 * adds, and of two that decide the one by name.  Not for
 * %LANDLOCK_FSVIEW_ELSEWHERE.  Since ABI 3.
 */
#define LANDLOCK_FSVIEW_ADDS (1ULL << 63)

/**
 * LANDLOCK_FSVIEW_PATTERN - flag of a key: its name is a pattern
 *
 * The entry is for every name in the directory that matches, now and later, as
 * glob(7) has it: ``*``, ``?``, ``[a-z]``, ``[!a-z]``, ``\``.  A leading dot
 * is a character like others: ``[!.]*`` leaves such names out.  The bytes of
 * names are compared, one character being one byte.  Since ABI 3.
 */
#define LANDLOCK_FSVIEW_PATTERN (1U << 0)

/**
 * LANDLOCK_FSVIEW_ELSEWHERE - key for what no entry covers, in place of a fd
 */
#define LANDLOCK_FSVIEW_ELSEWHERE (-1)

/**
 * struct landlock_fsview_value - what an entry of a view grants
 *
 * Masks of access bits, %LANDLOCK_FSVIEW_ACCESS_MASK at most; what they mean is
 * up to the rule.
 *
 * @access: on all beneath it; %LANDLOCK_FSVIEW_ADDS may be set.
 * @own: on the entry itself.
 */
struct landlock_fsview_value {
	__aligned_u64 access;
	__aligned_u64 own;
};

/**
 * struct landlock_fsview_key - what an entry of a view is for
 *
 * @fd: descriptor, %O_PATH is enough: the hierarchy that begins there.
 * @flags: 0 or %LANDLOCK_FSVIEW_PATTERN.
 * @name: if not empty, the entry is for what is, or ever will be, of this name
 *	in the directory @fd.  Decides before patterns, and they before the
 *	inode's own entry.  Of several that fit, what all of them grant is
 *	granted.  NUL-padded.
 */
struct landlock_fsview_key {
	__s32 fd;
	__u32 flags;
	char name[256];
};

/**
 * struct landlock_rule_info - one applied rule, as told to its own thread
 *
 * ``lsm_get_self_attr(LSM_ATTR_CURRENT, …)`` gives one &struct lsm_ctx with id
 * %LSM_ID_LANDLOCK_RULE; its ctx is an array of these, by event and from the
 * newest to the oldest.  It is empty for a thread that is under no rule.
 *
 * @event: the &enum landlock_subtype_event that the rule is triggered by.
 * @prog_id: id of the program, as in &struct bpf_prog_info.
 * @tag: hash of its instructions, as in &struct bpf_prog_info.
 * @name: the name it was loaded under, NUL-padded.
 */
struct landlock_rule_info {
	__u32 event;
	__u32 prog_id;
	__u8 tag[8];
	char name[16];
};

#endif /* _UAPI_LINUX_LANDLOCK_RULE_H */
